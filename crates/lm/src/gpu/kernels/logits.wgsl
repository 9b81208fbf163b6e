// What is kept of a run of logits, for the kernels of the vocabulary: the greatest, the sum of
// exponentials, their logit-weighted sum, how many lie above the target's.

fn capped(logit: f32) -> f32 {
    if (shape.cap > 0.0) {
        return shape.cap * tanh(logit / shape.cap);
    }
    return logit;
}

// The greatest logit, the sum of exponentials, their logit-weighted sum, the number above the
// target's, with one more logit.
fn counted(kept: vec4<f32>, logit: f32, aim: f32) -> vec4<f32> {
    var k = kept;
    // The first logit always sets the scale.
    if (logit > k.x || k.y == 0.0) {
        let shrink = select(exp(k.x - logit), 0.0, k.y == 0.0);
        k = vec4<f32>(logit, k.y * shrink, k.z * shrink, k.w);
    }
    let weight = exp(logit - k.x);
    return k + vec4<f32>(0.0, weight, weight * logit, select(0.0, 1.0, logit > aim));
}

// The same of two runs.
fn joined(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
    if (b.y == 0.0) {
        return a;
    }
    if (a.y == 0.0) {
        return b;
    }
    let most = max(a.x, b.x);
    let p = exp(a.x - most);
    let q = exp(b.x - most);
    return vec4<f32>(most, a.y * p + b.y * q, a.z * p + b.z * q, a.w + b.w);
}
