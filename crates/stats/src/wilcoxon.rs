//! Wilcoxon's signed-rank test (Wilcoxon 1945) as SciPy 1.17.1's `wilcoxon` has it by default: pairs
//! without a difference are left out; exact up to fifty pairs where nothing is tied and nothing is left
//! out, and up to thirteen in any case; by the normal distribution without a correction for continuity otherwise.
//! Two-sided.

use super::correlation::{Ties, ranks};
use statrs::distribution::{ContinuousCDF, Normal};

/// Pairs up to which the p-value is exact, where all differ and by different sizes.
const EXACT: usize = 50;
/// Pairs up to which it always is.
const EXACT_TIED: usize = 13;

/// The smaller sum of signed ranks, and the p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wilcoxon {
    /// The smaller of the sums of the ranks of positive and of negative differences.
    pub statistic: f64,
    /// Two-sided.
    pub p_value: f64,
}

/// What is done with pairs that do not differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zeros {
    /// They are left out before ranking (Wilcoxon 1945).
    Dropped,
    /// They are ranked, and left out then (Pratt 1959).
    Ranked,
    /// They are ranked, and their ranks fall to both sides alike.
    Split,
}

/// Ranks by the size of differences, and the two sums of them.
struct Signed {
    ranks: Vec<f64>,
    positive: f64,
    negative: f64,
    zeros: f64,
    /// The sum of t³ - t over ties.
    tied: f64,
}

impl Signed {
    fn of(differences: &[f64], zeros: Zeros) -> Self {
        let is_kept = |d: &f64| *d != 0.0 || zeros != Zeros::Dropped;
        let kept: Vec<f64> = differences.iter().copied().filter(is_kept).collect();
        let sizes: Vec<f64> = kept.iter().map(|d| d.abs()).collect();
        let ranks = ranks(&sizes);
        let sum = |of: fn(f64) -> bool| -> f64 {
            let chosen = kept.iter().zip(&ranks).filter(|(d, _)| of(**d));
            chosen.map(|(_, rank)| rank).sum()
        };
        let split = match zeros {
            Zeros::Split => sum(|d| d == 0.0) / 2.0,
            _ => 0.0,
        };
        let tied: Vec<f64> = match zeros {
            Zeros::Ranked => sizes.iter().copied().filter(|d| *d != 0.0).collect(),
            _ => sizes,
        };
        Self {
            positive: sum(|d| d > 0.0) + split,
            negative: sum(|d| d < 0.0) + split,
            zeros: kept.iter().filter(|d| **d == 0.0).count() as f64,
            tied: Ties::of(&tied).cubes(),
            ranks,
        }
    }

    /// By the normal distribution, for Pratt's zeros as Cureton (1967) has it.
    fn p_by_normal(&self, zeros: Zeros, continuity: bool) -> Option<f64> {
        let n = self.ranks.len() as f64;
        let mut mean = n * (n + 1.0) / 4.0;
        let mut variance = n * (n + 1.0) * (2.0 * n + 1.0);
        if zeros == Zeros::Ranked {
            let z = self.zeros;
            mean -= z * (z + 1.0) / 4.0;
            variance -= z * (z + 1.0) * (2.0 * z + 1.0);
        }
        variance = (variance - self.tied / 2.0) / 24.0;
        let apart = self.positive - mean;
        let step = if continuity { 0.5 } else { 0.0 };
        let z = (apart.abs() - step) / variance.sqrt();
        (!z.is_nan()).then(|| (2.0 * Normal::standard().sf(z)).min(1.0))
    }
}

/// Tests differences for a centre at 0; nothing where none differs from it.
#[must_use]
pub fn wilcoxon(differences: &[f64]) -> Option<Wilcoxon> {
    let signed = Signed::of(differences, Zeros::Dropped);
    if signed.ranks.is_empty() {
        return None;
    }
    let statistic = signed.positive.min(signed.negative);
    let whole = signed.ranks.len() == differences.len() && signed.tied == 0.0;
    let most = if whole { EXACT } else { EXACT_TIED };
    let p_value = if differences.len() <= most {
        exact(statistic, &signed.ranks)
    } else {
        signed.p_by_normal(Zeros::Dropped, false)?
    };
    Some(Wilcoxon { statistic, p_value })
}

/// The same by the normal distribution however few pairs there are, with half a step taken off for `continuity` or
/// not. Nothing where no rank is left.
#[must_use]
pub fn wilcoxon_by_normal(differences: &[f64], zeros: Zeros, continuity: bool) -> Option<Wilcoxon> {
    let signed = Signed::of(differences, zeros);
    Some(Wilcoxon {
        statistic: signed.positive.min(signed.negative),
        p_value: signed.p_by_normal(zeros, continuity)?,
    })
}

/// Twice the part of all signs under which the sum of ranks is at most this.
fn exact(statistic: f64, ranks: &[f64]) -> f64 {
    // Ranks that are shared may be halves.
    let doubled = |x: f64| (2.0 * x).round() as usize;
    let most = doubled(statistic);
    let mut ways = vec![0.0; most + 1];
    ways[0] = 1.0;
    for rank in ranks.iter().copied().map(doubled) {
        for sum in (rank..=most).rev() {
            ways[sum] += ways[sum - rank];
        }
    }
    let part = ways.iter().sum::<f64>() / 2.0f64.powi(ranks.len() as i32);
    (2.0 * part).min(1.0)
}
