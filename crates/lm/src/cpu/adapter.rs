//! What an adapter adds to a matrix's product: for each token `strength · scale · B (A x)`.

use super::matrix::{dot, for_rows};
use crate::adapter::Update;

/// Adds an update's product to `out`, a run of the matrix's rows for each token; `x` has a run of its columns for each.
/// Tokens of strength 0 are left as they are.
pub(super) fn add_update(out: &mut [f32], x: &[f32], update: &Update, strengths: &[f32]) {
    let (rank, columns) = (update.rank, update.columns);
    for_rows(out, update.rows, |first, rows| {
        let mut inner = vec![0.0; rank];
        for (i, y) in rows.chunks_exact_mut(update.rows).enumerate() {
            let token = first + i;
            let factor = strengths[token] * update.scale;
            if factor == 0.0 {
                continue;
            }
            let x = &x[token * columns..][..columns];
            for (inner, a) in inner.iter_mut().zip(update.a.chunks_exact(columns)) {
                *inner = factor * dot(a, x);
            }
            for (y, b) in y.iter_mut().zip(update.b.chunks_exact(rank)) {
                *y += dot(b, &inner);
            }
        }
    });
}
