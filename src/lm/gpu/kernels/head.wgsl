// The vocabulary's logits, reduced as they come: a thread takes TILE tokens through a stretch of the
// vocabulary and keeps, for each, the greatest logit, the sum of exponentials, their logit-weighted
// sum, and how many logits lie above the target's. No row of logits is stored.

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

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let begin = id.x * shape.stretch;
    let first = id.y * TILEu;
    if (begin >= shape.rows) {
        return;
    }
    var at: array<u32, TILE>;
    var kept: array<vec4<f32>, TILE>;
    for (var t = 0u; t < TILEu; t++) {
        at[t] = min(first + t, shape.tokens - 1u);
        kept[t] = vec4<f32>(-3.0e38, 0.0, 0.0, 0.0);
    }
    for (var row = begin; row < min(shape.rows, begin + shape.stretch); row++) {
        var logits: array<f32, TILE>;
        for (var t = 0u; t < TILEu; t++) {
            logits[t] = 0.0;
        }
        for (var g = 0u; g < shape.groups; g++) {
            unpack_group(row * shape.row_bytes, g);
            for (var i = 0u; i < 8u; i++) {
                let w = unpacked[i];
                for (var t = 0u; t < TILEu; t++) {
                    logits[t] += dot(w, x[(at[t] * shape.groups + g) * 8u + i]);
                }
            }
        }
        for (var t = 0u; t < TILEu; t++) {
            var logit = logits[t];
            if (shape.cap > 0.0) {
                logit = shape.cap * tanh(logit / shape.cap);
            }
            var k = kept[t];
            if (logit > k.x) {
                let shrink = exp(k.x - logit);
                k = vec4<f32>(logit, k.y * shrink, k.z * shrink, k.w);
            }
            let weight = exp(logit - k.x);
            k.y += weight;
            k.z += weight * logit;
            if (logit > targets[at[t]]) {
                k.w += 1.0;
            }
            kept[t] = k;
        }
    }
    for (var t = 0u; t < TILEu; t++) {
        if (first + t < shape.tokens) {
            partials[(first + t) * shape.stretches + shape.first + id.x] = kept[t];
        }
    }
}
