//! Attention: every token looks at the tokens before it in its own sequence, and at the beginning
//! that its sequence shares; never further back than the layer's window.

use super::matrix::{dot, for_rows};
use crate::arch::Shape;
use crate::batch::Batch;

/// The heads' outputs for each token, from queries, keys and values.
pub(super) fn attend(
    shape: &Shape,
    batch: &Batch,
    window: Option<usize>,
    [queries, keys, values]: [&[f32]; 3],
) -> Vec<f32> {
    let (head, width) = (shape.head_dim, shape.query_width());
    let group = shape.heads / shape.kv_heads;
    let key_width = shape.key_width();
    let mut out = vec![0.0; batch.len() * width];
    for_rows(&mut out, width, |first, rows| {
        let mut scores = Vec::new();
        for (i, row) in rows.chunks_exact_mut(width).enumerate() {
            let token = first + i;
            let seen = seen(batch, token, window);
            for (h, out) in row.chunks_exact_mut(head).enumerate() {
                let query = &queries[token * width + h * head..][..head];
                let place = |j: usize| j * key_width + h / group * head;
                scores.clear();
                scores.extend(seen.iter().map(|&j| {
                    let score = dot(query, &keys[place(j)..][..head]) * shape.attention_scale;
                    capped(score, shape.attention_cap)
                }));
                let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                let mut sum = 0.0;
                for (score, &j) in scores.iter().zip(&seen) {
                    let weight = (score - most).exp();
                    sum += weight;
                    for (o, v) in out.iter_mut().zip(&values[place(j)..][..head]) {
                        *o += weight * v;
                    }
                }
                out.iter_mut().for_each(|o| *o /= sum);
            }
        }
    });
    out
}

/// The places that a token looks at.
fn seen(batch: &Batch, token: usize, window: Option<usize>) -> Vec<usize> {
    let [from, to] = batch.shared[token];
    let own = batch.starts[token] as usize..=token;
    let back = |j: usize| (batch.positions[token] - batch.positions[j]) as usize;
    (from as usize..to as usize)
        .chain(own)
        .filter(|&j| window.is_none_or(|w| back(j) < w))
        .collect()
}

/// The number within its bound.
pub(super) fn capped(x: f32, cap: Option<f32>) -> f32 {
    cap.map_or(x, |cap| cap * (x / cap).tanh())
}
