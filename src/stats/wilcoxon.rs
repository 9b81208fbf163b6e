//! Wilcoxon's signed-rank test (Wilcoxon 1945) as SciPy 1.17.1's `wilcoxon` has it by default: pairs
//! without a difference are left out; exact up to fifty pairs where nothing is tied and nothing is left
//! out, and up to thirteen in any case; by the normal law without a correction for continuity otherwise.
//! Two-sided.

use super::correlation::ranks;
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

/// Tests differences for a centre at 0; nothing where none differs from it.
#[must_use]
pub fn wilcoxon(differences: &[f64]) -> Option<Wilcoxon> {
    let kept: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    if kept.is_empty() {
        return None;
    }
    let sizes: Vec<f64> = kept.iter().map(|d| d.abs()).collect();
    let ranks = ranks(&sizes);
    let sum = |of: fn(f64) -> bool| -> f64 {
        let chosen = kept.iter().zip(&ranks).filter(|(d, _)| of(**d));
        chosen.map(|(_, rank)| rank).sum()
    };
    let (positive, negative) = (sum(|d| d > 0.0), sum(|d| d < 0.0));
    let statistic = positive.min(negative);
    let ties = tie_sizes(sizes);
    let whole = kept.len() == differences.len() && ties.is_empty();
    let most = if whole { EXACT } else { EXACT_TIED };
    let p_value = if differences.len() <= most {
        exact(statistic, &ranks)
    } else {
        by_normal(positive, kept.len() as f64, &ties)?
    };
    Some(Wilcoxon { statistic, p_value })
}

/// How many share a value, of each that several share.
fn tie_sizes(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let runs = values.chunk_by(|a, b| a == b).map(|run| run.len() as f64);
    runs.filter(|n| *n > 1.0).collect()
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

fn by_normal(positive: f64, n: f64, ties: &[f64]) -> Option<f64> {
    let tied: f64 = ties.iter().map(|t| t * (t * t - 1.0)).sum();
    let variance = (n * (n + 1.0) * (2.0 * n + 1.0) - 0.5 * tied) / 24.0;
    let z = (positive - n * (n + 1.0) / 4.0) / variance.sqrt();
    let normal = Normal::standard();
    Some((2.0 * normal.sf(z.abs())).min(1.0))
}
