// y = x · Wᵀ (+ bias), a tile a workgroup; see tile.wgsl.

struct Shape {
    groups: u32,        // groups of 32 in a row
    row_bytes: u32,
    rows: u32,          // rows here
    tokens: u32,
    y_stride: u32,      // numbers from one token's result to the next
    y_first: u32,       // where the first row's result stands in it
    biased: u32,
    bias_first: u32,
}

@group(0) @binding(1) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<storage, read> bias: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>) {
    let first_row = group.x * 64u;
    let first_token = group.y * 64u;
    multiply_tile(lane, first_row, shape.rows, first_token, shape.tokens);
    for (var j = 0u; j < 8u; j++) { // unrolled
        let row = first_row + j * 8u + lane % 8u;
        if (row < shape.rows) {
            var b = 0.0;
            if (shape.biased == 1u) {
                b = bias[shape.bias_first + row];
            }
            for (var i = 0u; i < 8u; i++) { // unrolled
                let token = first_token + i * 8u + lane / 8u;
                if (token < shape.tokens) {
                    y[token * shape.y_stride + shape.y_first + row] = sums[i * 8u + j] + b;
                }
            }
        }
    }
}
