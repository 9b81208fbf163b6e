//! Ratings whose raters and items are both drawn from many: intervals of means by resampling both, and
//! a test of a difference between two systems that takes the items as drawn.

use super::pcg64::Pcg64;
use crate::paired_test::{Interval, percentile_interval};

/// Items up to which all turnings of signs are gone through.
const EXACT: usize = 16;
/// Turnings that are drawn where there are more.
const DRAWS: usize = 10_000;

/// A value with the clusters that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clustered {
    /// The rater's place.
    pub rater: usize,
    /// The item's place.
    pub item: usize,
    /// The value.
    pub value: f64,
}

/// The interval of the mean: raters are drawn with replacement and items too, and a value counts as
/// often as both its rater and its item were drawn (the pigeonhole bootstrap, Owen 2007). A single
/// rater, or a single item, is not resampled: nothing can be said of others like it. `None` of nothing.
#[must_use]
pub fn mean_interval(values: &[Clustered], samples: usize, seed: u64) -> Option<Interval> {
    let raters = values.iter().map(|v| v.rater + 1).max()?;
    let items = values.iter().map(|v| v.item + 1).max()?;
    let (present_raters, present_items) = (
        present(raters, values.iter().map(|v| v.rater)),
        present(items, values.iter().map(|v| v.item)),
    );
    let mut rng = Pcg64::new(seed);
    let mut means = Vec::with_capacity(samples);
    let (mut of_rater, mut of_item) = (vec![0.0; raters], vec![0.0; items]);
    for _ in 0..samples {
        draw(&present_raters, &mut of_rater, &mut rng);
        draw(&present_items, &mut of_item, &mut rng);
        let (mut sum, mut weight) = (0.0, 0.0);
        for v in values {
            let w = of_rater[v.rater] * of_item[v.item];
            sum += w * v.value;
            weight += w;
        }
        // A draw in which no rater saw any item says nothing.
        if weight > 0.0 {
            means.push(sum / weight);
        }
    }
    percentile_interval(means)
}

fn present(count: usize, clusters: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut there = vec![false; count];
    clusters.for_each(|c| there[c] = true);
    (0..count).filter(|&c| there[c]).collect()
}

/// How often each cluster is drawn, when as many are drawn as there are.
fn draw(present: &[usize], weights: &mut [f64], rng: &mut Pcg64) {
    weights.fill(0.0);
    for &cluster in present {
        let drawn = match present.len() {
            1 => cluster,
            n => present[rng.below(n as u32) as usize],
        };
        weights[drawn] += 1.0;
    }
}

/// The two-sided p-value of the mean of paired differences, an item each, when each might as well have
/// had the other sign (Fisher 1935): over all turnings of signs up to 16 items, over 10,000 drawn ones
/// above. Equal to SciPy 1.17.1's `permutation_test` with `permutation_type="samples"` where it is
/// exact. `None` of nothing.
#[must_use]
pub fn sign_flip(differences: &[f64], seed: u64) -> Option<f64> {
    let n = differences.len();
    if n == 0 {
        return None;
    }
    let observed: f64 = differences.iter().sum();
    // Sums that are equal but for rounding count as equal.
    let least = observed.abs() * (1.0 - 1e-14) - 1e-14;
    if n <= EXACT {
        let all = 1usize << n;
        let sum = |mask: usize| -> f64 {
            let turned = |(i, d): (usize, &f64)| if mask >> i & 1 == 1 { -d } else { *d };
            differences.iter().enumerate().map(turned).sum()
        };
        let extreme = (0..all).filter(|&mask| sum(mask).abs() >= least).count();
        return Some(extreme as f64 / all as f64);
    }
    let mut rng = Pcg64::new(seed);
    let mut coin = rng.booleans();
    let extreme = (0..DRAWS).filter(|_| {
        let turned = |d: &f64| if coin.draw() { -d } else { *d };
        differences.iter().map(turned).sum::<f64>().abs() >= least
    });
    Some((extreme.count() + 1) as f64 / (DRAWS + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(raters: usize, items: usize, value: impl Fn(usize, usize) -> f64) -> Vec<Clustered> {
        let all = (0..raters).flat_map(|r| (0..items).map(move |i| (r, i)));
        all.map(|(rater, item)| Clustered {
            rater,
            item,
            value: value(rater, item),
        })
        .collect()
    }

    #[test]
    fn differing_raters_widen_the_interval_even_with_many_items() {
        let alike = rated(4, 200, |_, i| (i % 3) as f64);
        let apart = rated(4, 200, |r, i| (i % 3) as f64 + r as f64 - 1.5);
        let width = |v: &[Clustered]| mean_interval(v, 1000, 1).unwrap().half_width();
        assert!(width(&alike) < 0.15);
        assert!(width(&apart) > 0.8);
        assert_eq!(mean_interval(&[], 10, 1), None);
    }

    #[test]
    fn one_rater_and_one_item_give_an_interval_of_zero_width() {
        let found = mean_interval(&rated(1, 1, |_, _| 3.0), 100, 1).unwrap();
        assert_eq!((found.low, found.high), (3.0, 3.0));
    }

    #[test]
    fn sign_flips_are_enumerated_exhaustively() {
        assert_eq!(sign_flip(&[1.0, 1.0, 1.0], 1), Some(0.25));
        assert_eq!(sign_flip(&[0.0, 0.0], 1), Some(1.0));
        assert_eq!(sign_flip(&[], 1), None);
        let many: Vec<f64> = (0..40).map(|i| 1.0 + f64::from(i % 2)).collect();
        assert!(sign_flip(&many, 1).unwrap() < 0.001);
    }
}
