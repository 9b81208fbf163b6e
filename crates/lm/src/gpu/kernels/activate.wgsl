// up = activation(gate) · up, or activation(up) where there is no gate.

struct Shape {
    count: u32,
    gated: u32,
    kind: u32,          // 0 SiLU, 1 GELU by tanh, 2 GELU by the error function, 3 the positive part, 4 its square
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> gate: array<f32>;
@group(0) @binding(2) var<storage, read_write> up: array<f32>;

// Abramowitz and Stegun 1964, 7.1.26: within 1.5e-7.
fn erf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.3275911 * abs(x));
    let p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
    return sign(x) * (1.0 - p * exp(-x * x));
}

fn activated(x: f32) -> f32 {
    if (shape.kind == 1u) {
        // tanh overflows on some GPUs where its argument is large; it is 1 long before.
        let t = clamp(0.7978845608 * x * (1.0 + 0.044715 * x * x), -15.0, 15.0);
        return 0.5 * x * (1.0 + tanh(t));
    }
    if (shape.kind == 2u) {
        return 0.5 * x * (1.0 + erf(x * 0.7071067812));
    }
    if (shape.kind == 3u) {
        return max(x, 0.0);
    }
    if (shape.kind == 4u) {
        return max(x, 0.0) * max(x, 0.0);
    }
    return x / (1.0 + exp(-x));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) size: vec3<u32>) {
    let n = id.x + id.y * size.x * 64u;
    if (n >= shape.count) {
        return;
    }
    if (shape.gated == 1u) {
        up[n] *= activated(gate[n]);
    } else {
        up[n] = activated(up[n]);
    }
}
