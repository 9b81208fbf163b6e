//! Scores of probabilities, a row of them for each item in the order of the classes.

use super::curves::Curve;
use crate::bootstrap_mean::quantile;
use serde::{Deserialize, Serialize};

/// A bin of the reliability diagram: the items whose probability falls in it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Their mean probability.
    pub probability: f64,
    /// The part of them that is positive.
    pub positive: f64,
    /// How many they are.
    pub items: usize,
}

/// The mean of the negative logarithm of the true class's probability, which is kept from 0 and 1 by the
/// precision of a double.
#[must_use]
pub fn log_loss(rows: &[Vec<f64>], truth: &[usize]) -> f64 {
    let of = |(row, class): (&Vec<f64>, &usize)| {
        let p = row.get(*class).copied().unwrap_or_default();
        -p.clamp(f64::EPSILON, 1.0 - f64::EPSILON).ln()
    };
    let losses: f64 = rows.iter().zip(truth).map(of).sum();
    losses / truth.len().max(1) as f64
}

/// Brier's score: the squared distance from the truth, summed over the classes (Brier 1950).
#[must_use]
pub fn brier(rows: &[Vec<f64>], truth: &[usize]) -> f64 {
    let of = |(row, class): (&Vec<f64>, &usize)| -> f64 {
        let each = row.iter().enumerate();
        each.map(|(k, p)| (p - f64::from(u8::from(k == *class))).powi(2))
            .sum()
    };
    let sum: f64 = rows.iter().zip(truth).map(of).sum();
    sum / truth.len().max(1) as f64
}

/// Each class's curve against all others.
#[must_use]
pub fn one_vs_rest(rows: &[Vec<f64>], truth: &[usize], classes: usize) -> Vec<Curve> {
    let of = |class: usize| {
        let items = rows.iter().zip(truth);
        Curve::of(items.map(move |(row, t)| (row[class], *t == class)))
    };
    (0..classes).map(of).collect()
}

/// The curve of all classes together: each item and class by itself, positive where the class is true.
#[must_use]
pub fn micro(rows: &[Vec<f64>], truth: &[usize]) -> Curve {
    let items = rows.iter().zip(truth);
    Curve::of(items.flat_map(|(row, t)| {
        let each = row.iter().enumerate();
        each.map(move |(class, p)| (*p, class == *t))
    }))
}

/// The part of items whose true class is among the `places` likeliest; of equal ones the last comes first.
#[must_use]
pub fn top_accuracy(rows: &[Vec<f64>], truth: &[usize], places: usize) -> f64 {
    let is_in = |(row, class): (&Vec<f64>, &usize)| {
        let own = row.get(*class).copied().unwrap_or_default();
        let above = row.iter().enumerate();
        let above = above.filter(|(i, p)| **p > own || (**p == own && i > class));
        above.count() < places
    };
    let hits = rows.iter().zip(truth).filter(|pair| is_in(*pair)).count();
    hits as f64 / truth.len().max(1) as f64
}

/// Values with the number of items that each speaks of.
pub type Counted = Vec<(f64, usize)>;

/// The mean of values, each weighing the same or by its items.
#[must_use]
pub fn averaged(each: &[(f64, usize)], weighted: bool) -> f64 {
    let weight = |items: usize| if weighted { items as f64 } else { 1.0 };
    let whole: f64 = each.iter().map(|(_, items)| weight(*items)).sum();
    each.iter()
        .map(|(x, items)| weight(*items) * x)
        .sum::<f64>()
        / whole
}

/// The area under the ROC curve of each class against all others, with how often it is true. Nothing
/// where a class is never or always true.
#[must_use]
pub fn auc_ovr(curves: &[Curve]) -> Option<Counted> {
    curves
        .iter()
        .map(|c| Some((c.roc_auc()?, c.positives())))
        .collect()
}

/// The same over every two classes by themselves (Hand and Till 2001), with how often one of the two is
/// true.
#[must_use]
pub fn auc_ovo(rows: &[Vec<f64>], truth: &[usize], classes: usize) -> Option<Counted> {
    let mut pairs = Vec::new();
    for a in 0..classes {
        for b in a + 1..classes {
            let items = || {
                let items = rows.iter().zip(truth);
                items.filter(move |(_, t)| **t == a || **t == b)
            };
            let one = |class: usize| Curve::of(items().map(|(r, t)| (r[class], *t == class)));
            let area = (one(a).roc_auc()? + one(b).roc_auc()?) / 2.0;
            pairs.push((area, items().count()));
        }
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// Average precision of each class against all others, with how often it is true.
#[must_use]
pub fn average_precision(curves: &[Curve]) -> Counted {
    let of = |c: &Curve| (c.average_precision(), c.positives());
    curves.iter().map(of).collect()
}

/// The reliability diagram: bins of one width over 0 to 1, each closed on the right, the empty ones left
/// out.
#[must_use]
pub fn reliability(items: &[(f64, bool)], bins: usize) -> Vec<Bin> {
    binned(items, bins, |p| {
        ((p * bins as f64).ceil() as usize).clamp(1, bins) - 1
    })
}

/// The same with about as many items in each bin: the bounds are percentiles.
#[must_use]
pub fn reliability_by_count(items: &[(f64, bool)], bins: usize) -> Vec<Bin> {
    let mut sorted: Vec<f64> = items.iter().map(|(p, _)| *p).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    if sorted.is_empty() {
        return Vec::new();
    }
    let bound = |i: usize| quantile(&sorted, i as f64 / bins as f64);
    let bounds: Vec<f64> = (1..bins).map(bound).collect();
    binned(items, bins, |p| bounds.partition_point(|b| *b < p))
}

fn binned(items: &[(f64, bool)], bins: usize, of: impl Fn(f64) -> usize) -> Vec<Bin> {
    let mut sums = vec![(0.0, 0.0, 0usize); bins];
    for (p, positive) in items {
        let sum = &mut sums[of(*p)];
        sum.0 += p;
        sum.1 += f64::from(u8::from(*positive));
        sum.2 += 1;
    }
    let filled = sums.into_iter().filter(|s| s.2 > 0);
    filled
        .map(|(p, positive, items)| Bin {
            probability: p / items as f64,
            positive: positive / items as f64,
            items,
        })
        .collect()
}

/// Expected calibration error: how far probability and frequency lie apart, each bin weighing by its
/// items (Naeini et al. 2015).
#[must_use]
pub fn calibration_error(bins: &[Bin]) -> f64 {
    let all: usize = bins.iter().map(|b| b.items).sum();
    let apart = |b: &Bin| b.items as f64 * (b.probability - b.positive).abs();
    bins.iter().map(apart).sum::<f64>() / all.max(1) as f64
}
