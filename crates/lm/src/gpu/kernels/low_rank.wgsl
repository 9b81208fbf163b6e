// A product with one of an adapter's two matrices, of few rows or few columns: y = W x, or
// y += strength · scale · W x. Four columns of W stand together, and those of neighbouring rows one behind the other, so
// that neighbouring threads read neighbouring words. Tokens of strength 0 are passed over.

struct Shape {
    inputs: u32,        // fours of columns
    outputs: u32,       // rows
    tokens: u32,
    adds: u32,
    scale: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> w: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> strengths: array<f32>;
@group(0) @binding(3) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) size: vec3<u32>) {
    let n = id.x + id.y * size.x * 64u;
    if (n >= shape.outputs * shape.tokens) {
        return;
    }
    let token = n / shape.outputs;
    let row = n % shape.outputs;
    let strength = strengths[token];
    if (strength == 0.0) {
        return;
    }
    var sum = 0.0;
    for (var i = 0u; i < shape.inputs; i++) {
        sum += dot(w[i * shape.outputs + row], x[token * shape.inputs + i]);
    }
    if (shape.adds == 1u) {
        y[n] += strength * shape.scale * sum;
    } else {
        y[n] = sum;
    }
}
