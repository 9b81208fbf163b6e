// The vocabulary's logits, reduced as they come: a thread takes TILE tokens through a stretch of the
// vocabulary and keeps, for each, the greatest logit, the sum of exponentials, their logit-weighted
// sum, and how many logits lie above the target's. No row of logits is stored.

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>) {
    let begin = id.x * shape.stretch;
    let first = group.y * TILEu; // the same for all threads, and known to be
    if (begin >= shape.rows) {
        return;
    }
    var at: array<u32, TILE>;
    var kept: array<vec4<f32>, TILE>;
    for (var t = 0u; t < TILEu; t++) { // unrolled
        at[t] = min(first + t, shape.tokens - 1u);
        kept[t] = vec4<f32>(0.0);
    }
    let end = min(shape.rows, begin + shape.stretch);
    for (var row = begin; row < end; row += ROWSu) {
        var sums: array<f32, SUMS>;
        // Chromium's compiler does not clear a variable of a loop's body in every round.
        for (var i = 0u; i < SUMSu; i++) { // unrolled
            sums[i] = 0.0;
        }
        var w: array<vec4<f32>, WORDS>;
        for (var g = 0u; g < shape.groups; g++) {
            for (var r = 0u; r < ROWSu; r++) { // unrolled
                unpack_group(min(row + r, end - 1u) * shape.row_bytes, g);
                for (var i = 0u; i < 8u; i++) { // unrolled
                    w[r * 8u + i] = unpacked[i];
                }
            }
            for (var t = 0u; t < TILEu; t++) { // unrolled
                for (var i = 0u; i < 8u; i++) { // unrolled
                    let v = x[(at[t] * shape.groups + g) * 8u + i];
                    for (var r = 0u; r < ROWSu; r++) { // unrolled
                        sums[t * ROWSu + r] += dot(w[r * 8u + i], v);
                    }
                }
            }
        }
        for (var t = 0u; t < TILEu; t++) { // unrolled
            let aim = targets[at[t]];
            for (var r = 0u; r < ROWSu; r++) { // unrolled
                if (row + r < end) {
                    kept[t] = counted(kept[t], capped(sums[t * ROWSu + r]), aim);
                }
            }
        }
    }
    for (var t = 0u; t < TILEu; t++) { // unrolled
        if (first + t < shape.tokens) {
            partials[(first + t) * shape.stretches + shape.first + id.x] = kept[t];
        }
    }
}
