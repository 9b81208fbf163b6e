// What both kernels of this name read and write.

struct Shape {
    groups: u32,
    row_bytes: u32,
    rows: u32,          // rows here
    tokens: u32,
    stretch: u32,       // rows a thread
    stretches: u32,     // stretches of the whole vocabulary
    first: u32,         // the first stretch here
    cap: f32,
}

@group(0) @binding(1) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> targets: array<f32>;
@group(0) @binding(4) var<storage, read_write> partials: array<vec4<f32>>;
