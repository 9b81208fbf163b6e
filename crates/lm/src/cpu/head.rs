//! The vocabulary's logits, reduced as they come: no row of logits is kept.

use super::attention::capped;
use super::matrix::{Matrix, dot, for_rows};
use crate::batch::TokenScore;

/// Sums over some of a token's logits.
#[derive(Clone, Copy)]
struct Partial {
    most: f32,
    /// Of exp(logit - most).
    sum: f64,
    /// Of exp(logit - most) · logit.
    weighted: f64,
    /// Logits above the target's.
    above: u32,
}

impl Partial {
    const EMPTY: Self = Self {
        most: f32::NEG_INFINITY,
        sum: 0.0,
        weighted: 0.0,
        above: 0,
    };

    fn add(&mut self, logit: f32, target: f32) {
        if logit > self.most {
            let shrink = f64::from((self.most - logit).exp());
            self.sum *= shrink;
            self.weighted *= shrink;
            self.most = logit;
        }
        let weight = f64::from((logit - self.most).exp());
        self.sum += weight;
        self.weighted += weight * f64::from(logit);
        self.above += u32::from(logit > target);
    }

    fn merge(self, other: Self) -> Self {
        let most = self.most.max(other.most);
        let scale = |p: &Self| {
            if p.sum == 0.0 {
                0.0
            } else {
                f64::from((p.most - most).exp())
            }
        };
        let (a, b) = (scale(&self), scale(&other));
        Self {
            most,
            sum: self.sum * a + other.sum * b,
            weighted: self.weighted * a + other.weighted * b,
            above: self.above + other.above,
        }
    }

    fn score(self, target: f32) -> TokenScore {
        let log_sum = f64::from(self.most) + self.sum.ln();
        TokenScore {
            logprob: (f64::from(target) - log_sum) as f32,
            rank: self.above,
            entropy: (log_sum - self.weighted / self.sum) as f32,
        }
    }
}

/// The score of each target, given the normalised last states, one for each target.
pub(super) fn score(
    head: &Matrix,
    x: &[f32],
    targets: &[u32],
    cap: Option<f32>,
) -> Vec<TokenScore> {
    let columns = head.columns();
    let mut row = vec![0.0; columns];
    let of_target = |(x, &target): (&[f32], &u32)| {
        head.unpack(target as usize, &mut row);
        capped(dot(&row, x), cap)
    };
    let logits: Vec<f32> = x
        .chunks_exact(columns)
        .zip(targets)
        .map(of_target)
        .collect();
    // A range of the vocabulary for each thread; each keeps sums for all targets.
    let ranges = if cfg!(target_arch = "wasm32") { 1 } else { 16 };
    let length = head.rows().div_ceil(ranges);
    let mut partials = vec![Partial::EMPTY; ranges * targets.len()];
    for_rows(&mut partials, targets.len(), |first, out| {
        for (i, out) in out.chunks_exact_mut(targets.len()).enumerate() {
            let from = (first + i) * length;
            let to = head.rows().min(from + length);
            head.products(from..to.max(from), x, |_, i, product| {
                out[i].add(capped(product, cap), logits[i]);
            });
        }
    });
    (0..targets.len())
        .map(|t| {
            let all = (0..ranges).map(|r| partials[r * targets.len() + t]);
            all.fold(Partial::EMPTY, Partial::merge).score(logits[t])
        })
        .collect()
}
