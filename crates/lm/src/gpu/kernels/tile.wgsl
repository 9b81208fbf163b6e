// A tile of 64 tokens and 64 rows by a workgroup of 64 threads, for devices on which barriers are
// fast: 32 numbers of every row are unpacked once and shared, and so are 32 numbers of every token; a
// thread multiplies every eighth token with every eighth row. `Shape`, `x` and the tensor are the
// kernel's that this stands before.

var<workgroup> w_tile: array<vec4<f32>, 512>;
var<workgroup> x_tile: array<vec4<f32>, 512>;
// Of token `8 i + lane / 8` and row `8 j + lane % 8` at `8 i + j`.
var<private> sums: array<f32, 64>;

// All threads of a workgroup come here together. Rows and tokens behind the last are counted as the
// last.
fn multiply_tile(lane: u32, first_row: u32, rows: u32, first_token: u32, tokens: u32) {
    for (var i = 0u; i < 64u; i++) { // unrolled
        sums[i] = 0.0;
    }
    let start = min(first_row + lane, rows - 1u) * shape.row_bytes;
    let across = lane % 8u;
    let down = lane / 8u;
    for (var g = 0u; g < shape.groups; g++) {
        unpack_group(start, g);
        for (var i = 0u; i < 8u; i++) { // unrolled
            w_tile[i * 64u + lane] = unpacked[i];
            let token = min(first_token + i * 8u + down, tokens - 1u);
            x_tile[across * 64u + i * 8u + down] = x[(token * shape.groups + g) * 8u + across];
        }
        workgroupBarrier();
        for (var k = 0u; k < 8u; k++) {
            var w: array<vec4<f32>, 8>;
            for (var j = 0u; j < 8u; j++) { // unrolled
                w[j] = w_tile[k * 64u + j * 8u + across];
            }
            for (var i = 0u; i < 8u; i++) { // unrolled
                let v = x_tile[k * 64u + i * 8u + down];
                for (var j = 0u; j < 8u; j++) { // unrolled
                    sums[i * 8u + j] += dot(w[j], v);
                }
            }
        }
        workgroupBarrier();
    }
}
