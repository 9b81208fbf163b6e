// Normalises runs of `length` numbers, a thread each: by root mean square, or by mean and variance.

struct Shape {
    length: u32,
    runs: u32,
    centred: u32,
    biased: u32,
    epsilon: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) size: vec3<u32>) {
    let run = id.x + id.y * size.x * 64u;
    if (run >= shape.runs) {
        return;
    }
    let start = run * shape.length;
    var mean = 0.0;
    if (shape.centred == 1u) {
        for (var i = 0u; i < shape.length; i++) {
            mean += x[start + i];
        }
        mean /= f32(shape.length);
    }
    var square = 0.0;
    for (var i = 0u; i < shape.length; i++) {
        let d = x[start + i] - mean;
        square += d * d;
    }
    let scale = 1.0 / sqrt(square / f32(shape.length) + shape.epsilon);
    for (var i = 0u; i < shape.length; i++) {
        var value = (x[start + i] - mean) * scale * weight[i];
        if (shape.biased == 1u) {
            value += bias[i];
        }
        y[start + i] = value;
    }
}
