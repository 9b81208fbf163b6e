// Joins a token's stretches of the vocabulary, a thread a token: the target's log-probability, how
// many logits lie above it, the entropy.

struct Shape {
    tokens: u32,
    stretches: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> partials: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> targets: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let token = id.x;
    if (token >= shape.tokens) {
        return;
    }
    let start = token * shape.stretches;
    var most = partials[start].x;
    for (var i = 1u; i < shape.stretches; i++) {
        most = max(most, partials[start + i].x);
    }
    var sum = 0.0;
    var weighted = 0.0;
    var above = 0.0;
    for (var i = 0u; i < shape.stretches; i++) {
        let p = partials[start + i];
        let scale = exp(p.x - most);
        sum += p.y * scale;
        // Against the greatest logit, so that nothing large is taken from something large.
        weighted += (p.z - p.y * most) * scale;
        above += p.w;
    }
    let log_sum = log(sum);
    y[token] = vec4<f32>(targets[token] - most - log_sum, above, log_sum - weighted / sum, 0.0);
}
