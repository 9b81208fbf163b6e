// Rows of a packed table, one for each token: written, or added to what is there. A table may lie in
// several buffers; rows of another one are left alone.

struct Shape {
    groups: u32,
    row_bytes: u32,
    first: u32,         // the first row here
    rows: u32,
    tokens: u32,
    adds: u32,
    scale: f32,
}

@group(0) @binding(1) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> index: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) size: vec3<u32>) {
    let n = id.x + id.y * size.x * 64u;
    let token = n / shape.groups;
    let g = n % shape.groups;
    if (token >= shape.tokens) {
        return;
    }
    let row = index[token];
    if (row < shape.first || row >= shape.first + shape.rows) {
        return;
    }
    unpack_group((row - shape.first) * shape.row_bytes, g);
    for (var i = 0u; i < 8u; i++) { // unrolled
        let at = n * 8u + i;
        var value = unpacked[i] * shape.scale;
        if (shape.adds == 1u) {
            value += y[at];
        }
        y[at] = value;
    }
}
