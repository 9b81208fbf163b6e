// Moves runs of numbers, each multiplied by a number: from those that `index` names, or in order;
// written, or added to what is there.

struct Shape {
    length: u32,
    runs: u32,
    indexed: u32,
    adds: u32,
    scale: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> index: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) size: vec3<u32>) {
    let n = id.x + id.y * size.x * 64u;
    if (n >= shape.length * shape.runs) {
        return;
    }
    var source = n;
    if (shape.indexed == 1u) {
        source = index[n / shape.length] * shape.length + n % shape.length;
    }
    if (shape.adds == 1u) {
        y[n] += shape.scale * x[source];
    } else {
        y[n] = shape.scale * x[source];
    }
}
