// y = x · Wᵀ (+ bias), a tile a workgroup; see tile.wgsl.

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
