// The vocabulary's logits, reduced as they come, a tile a workgroup (tile.wgsl): a workgroup takes 64
// tokens through a stretch of the vocabulary. No row of logits is stored.

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>) {
    let begin = group.x * shape.stretch;
    let first = group.y * 64u;
    let end = min(shape.rows, begin + shape.stretch);
    var aim: array<f32, 8>;
    var kept: array<vec4<f32>, 8>;
    for (var i = 0u; i < 8u; i++) { // unrolled
        aim[i] = targets[min(first + i * 8u + lane / 8u, shape.tokens - 1u)];
        kept[i] = vec4<f32>(0.0);
    }
    for (var row = begin; row < end; row += 64u) {
        multiply_tile(lane, row, end, first, shape.tokens);
        for (var j = 0u; j < 8u; j++) { // unrolled
            if (row + j * 8u + lane % 8u < end) {
                for (var i = 0u; i < 8u; i++) { // unrolled
                    kept[i] = counted(kept[i], capped(sums[i * 8u + j]), aim[i]);
                }
            }
        }
    }
    // Eight threads have seen parts of each token's stretch.
    for (var i = 0u; i < 8u; i++) { // unrolled
        w_tile[(i * 8u + lane / 8u) * 8u + lane % 8u] = kept[i];
    }
    workgroupBarrier();
    var whole = w_tile[lane * 8u];
    for (var i = 1u; i < 8u; i++) {
        whole = joined(whole, w_tile[lane * 8u + i]);
    }
    if (first + lane < shape.tokens) {
        partials[(first + lane) * shape.stretches + shape.first + group.x] = whole;
    }
}
