// y = x · Wᵀ (+ bias): a thread multiplies one row of W with TILE tokens, so that 32 unpacked
// numbers serve TILE of them. No shared memory: barriers are slow on software adapters.

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
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let row = id.x;
    let first = id.y * TILEu;
    if (row >= shape.rows) {
        return;
    }
    // Tokens behind the last are counted as the last and not written.
    var at: array<u32, TILE>;
    var sums: array<f32, TILE>;
    for (var t = 0u; t < TILEu; t++) {
        at[t] = min(first + t, shape.tokens - 1u) * shape.groups * 8u;
        sums[t] = 0.0;
    }
    let start = row * shape.row_bytes;
    for (var g = 0u; g < shape.groups; g++) {
        unpack_group(start, g);
        for (var i = 0u; i < 8u; i++) {
            let w = unpacked[i];
            for (var t = 0u; t < TILEu; t++) {
                sums[t] += dot(w, x[at[t] + g * 8u + i]);
            }
        }
    }
    var b = 0.0;
    if (shape.biased == 1u) {
        b = bias[shape.bias_first + row];
    }
    for (var t = 0u; t < TILEu; t++) {
        if (first + t < shape.tokens) {
            y[(first + t) * shape.y_stride + shape.y_first + row] = sums[t] + b;
        }
    }
}
