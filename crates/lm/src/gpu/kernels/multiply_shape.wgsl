// What both kernels of this name read and write.

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
