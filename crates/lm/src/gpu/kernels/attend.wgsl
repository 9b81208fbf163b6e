// Attention of one head of one token a thread: keys are walked through once, the sum of weights and
// the weighted sum of values are kept and rescaled when a greater score comes (Milakov and
// Gimelshein 2018), so that no row of scores is stored. HEAD4 is a head's length in fours.

struct Shape {
    tokens: u32,
    heads: u32,
    group: u32,         // heads of queries that share a head of keys
    key_stride: u32,    // fours from one token's keys to the next
    window: u32,        // tokens that are looked back, 0 for all
    scale: f32,
    cap: f32,           // 0 for none
}

@group(0) @binding(0) var<uniform> shape: Shape;
// For each token: where its sequence begins, the shared beginning's two ends, its position.
@group(0) @binding(1) var<storage, read> places: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> queries: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> keys: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> values: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> y: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) size: vec3<u32>) {
    let n = id.x + id.y * size.x * 64u;
    let token = n / shape.heads;
    if (token >= shape.tokens) {
        return;
    }
    let offset = (n % shape.heads) / shape.group * HEAD4u;
    let place = places[token];
    var query: array<vec4<f32>, HEAD4>;
    var sum: array<vec4<f32>, HEAD4>;
    for (var i = 0u; i < HEAD4u; i++) { // unrolled
        query[i] = queries[n * HEAD4u + i];
        sum[i] = vec4<f32>(0.0);
    }
    var most = 0.0;
    var total = 0.0;
    let before = place.z - place.y;
    let count = before + token + 1u - place.x;
    for (var k = 0u; k < count; k++) {
        var other = place.y + k;
        if (k >= before) {
            other = place.x + k - before;
        }
        if (shape.window > 0u && place.w - places[other].w >= shape.window) {
            continue;
        }
        let at = other * shape.key_stride + offset;
        var score = 0.0;
        for (var i = 0u; i < HEAD4u; i++) { // unrolled
            score += dot(query[i], keys[at + i]);
        }
        score *= shape.scale;
        if (shape.cap > 0.0) {
            score = shape.cap * tanh(score / shape.cap);
        }
        // The first score always sets the scale.
        if (score > most || total == 0.0) {
            let shrink = select(exp(most - score), 0.0, total == 0.0);
            total *= shrink;
            for (var i = 0u; i < HEAD4u; i++) { // unrolled
                sum[i] *= shrink;
            }
            most = score;
        }
        let weight = exp(score - most);
        total += weight;
        for (var i = 0u; i < HEAD4u; i++) { // unrolled
            sum[i] += weight * values[at + i];
        }
    }
    for (var i = 0u; i < HEAD4u; i++) { // unrolled
        y[n * HEAD4u + i] = sum[i] / total;
    }
}
