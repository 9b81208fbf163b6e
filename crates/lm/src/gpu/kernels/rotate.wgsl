// Turns every head's numbers by its token's position, a pair a thread.

struct Shape {
    heads: u32,
    head: u32,
    pairs: u32,
    tokens: u32,
    halves: u32,        // 1: i and i + pairs are turned together; 0: 2i and 2i + 1
    magnitude: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> positions: array<u32>;
@group(0) @binding(2) var<storage, read> frequencies: array<f32>;
@group(0) @binding(3) var<storage, read_write> x: array<f32>;

// Sine and cosine of large angles are poor on some GPUs: whole turns are taken off first, in two
// steps, so that nothing is lost of what is left.
fn reduced(angle: f32) -> f32 {
    let turns = round(angle * 0.15915494309189535);
    return fma(turns, -6.28125, angle) - turns * 0.0019353071795864769;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) size: vec3<u32>) {
    let n = id.x + id.y * size.x * 64u;
    let token = n / (shape.heads * shape.pairs);
    if (token >= shape.tokens) {
        return;
    }
    let pair = n % shape.pairs;
    let start = n / shape.pairs * shape.head;
    var a = start + 2u * pair;
    var b = a + 1u;
    if (shape.halves == 1u) {
        a = start + pair;
        b = a + shape.pairs;
    }
    let angle = reduced(f32(positions[token]) * frequencies[pair]);
    let c = cos(angle) * shape.magnitude;
    let s = sin(angle) * shape.magnitude;
    let p = x[a];
    let q = x[b];
    x[a] = p * c - q * s;
    x[b] = p * s + q * c;
}
