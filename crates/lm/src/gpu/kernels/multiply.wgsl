// y = x · Wᵀ (+ bias): a thread multiplies ROWS rows of W with TILE tokens, so that 32 unpacked
// numbers serve TILE tokens and four numbers of a token serve ROWS rows. No shared memory: barriers
// are slow on software adapters.

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>) {
    let row = id.x * ROWSu;
    let first = group.y * TILEu;
    if (row >= shape.rows) {
        return;
    }
    // Rows and tokens behind the last are counted as the last and not written.
    var start: array<u32, ROWS>;
    for (var r = 0u; r < ROWSu; r++) { // unrolled
        start[r] = min(row + r, shape.rows - 1u) * shape.row_bytes;
    }
    var at: array<u32, TILE>;
    for (var t = 0u; t < TILEu; t++) { // unrolled
        at[t] = min(first + t, shape.tokens - 1u) * shape.groups * 8u;
    }
    var sums: array<f32, SUMS>;
    var w: array<vec4<f32>, WORDS>;
    for (var g = 0u; g < shape.groups; g++) {
        for (var r = 0u; r < ROWSu; r++) { // unrolled
            unpack_group(start[r], g);
            for (var i = 0u; i < 8u; i++) { // unrolled
                w[r * 8u + i] = unpacked[i];
            }
        }
        for (var t = 0u; t < TILEu; t++) { // unrolled
            for (var i = 0u; i < 8u; i++) { // unrolled
                let v = x[at[t] + g * 8u + i];
                for (var r = 0u; r < ROWSu; r++) { // unrolled
                    sums[t * ROWSu + r] += dot(w[r * 8u + i], v);
                }
            }
        }
    }
    for (var r = 0u; r < ROWSu; r++) { // unrolled
        if (row + r < shape.rows) {
            var b = 0.0;
            if (shape.biased == 1u) {
                b = bias[shape.bias_first + row + r];
            }
            for (var t = 0u; t < TILEu; t++) { // unrolled
                if (first + t < shape.tokens) {
                    y[(first + t) * shape.y_stride + shape.y_first + row + r] = sums[t * ROWSu + r] + b;
                }
            }
        }
    }
}
