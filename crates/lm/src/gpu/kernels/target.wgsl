// The logit of each token's target, a thread each. The vocabulary may lie in several buffers; targets
// of another one are left alone.

struct Shape {
    groups: u32,
    row_bytes: u32,
    first: u32,
    rows: u32,
    tokens: u32,
    cap: f32,
}

@group(0) @binding(1) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> targets: array<u32>;
@group(0) @binding(4) var<storage, read_write> logits: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let token = id.x;
    if (token >= shape.tokens) {
        return;
    }
    let row = targets[token];
    if (row < shape.first || row >= shape.first + shape.rows) {
        return;
    }
    let start = (row - shape.first) * shape.row_bytes;
    var logit = 0.0;
    for (var g = 0u; g < shape.groups; g++) {
        unpack_group(start, g);
        for (var i = 0u; i < 8u; i++) { // unrolled
            logit += dot(unpacked[i], x[(token * shape.groups + g) * 8u + i]);
        }
    }
    if (shape.cap > 0.0) {
        logit = shape.cap * tanh(logit / shape.cap);
    }
    logits[token] = logit;
}
