//! How sure the curves of a classifier are: areas and curves of bootstrap resamples over items (Efron 1979),
//! in percentiles at fixed places of the horizontal axis. Items are sorted once; a resample is a count for
//! each.

use crate::pcg64::Pcg64;
use crate::{Interval, percentile_interval};
use assay_sorting::sort_by;
use serde::{Deserialize, Serialize};

/// Places along the horizontal axis at which a curve is bounded.
pub const PLACES: usize = 41;
/// Draws in all that resampling may take.
const MOST_DRAWS: usize = 60_000_000;
/// Resamples at most.
const SAMPLES: usize = 1000;
/// Resamples at least.
const FEWEST: usize = 100;

/// The 95 % intervals of a curve and its areas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bands {
    /// Resamples that they come from.
    pub samples: usize,
    /// Of the area under the ROC curve.
    pub auc: Interval,
    /// Of average precision.
    pub precision: Interval,
    /// False positive rate, and the bounds of the true positive rate there.
    pub roc: Vec<[f64; 3]>,
    /// Recall, and the bounds of the best precision that reaches it.
    pub precision_recall: Vec<[f64; 3]>,
}

/// Resamples items with a value and whether they are positive. Nothing where all are of one kind.
#[must_use]
pub fn bands(items: &[(f64, bool)], seed: u64) -> Option<Bands> {
    let mut sorted: Vec<(f64, bool)> = items.iter().copied().filter(|i| !i.0.is_nan()).collect();
    let n = u32::try_from(sorted.len()).ok().filter(|n| *n > 0)?;
    sort_by(&mut sorted, |a, b| b.0.total_cmp(&a.0));
    let samples = (MOST_DRAWS / sorted.len()).clamp(FEWEST, SAMPLES);
    let mut rng = Pcg64::new(seed);
    let mut counts = vec![0u32; sorted.len()];
    let mut found = Found::default();
    for _ in 0..samples {
        counts.fill(0);
        for _ in 0..n {
            counts[rng.below(n) as usize] += 1;
        }
        found.take(&sorted, &counts);
    }
    found.bands()
}

/// What the resamples came to.
#[derive(Default)]
struct Found {
    auc: Vec<f64>,
    precision: Vec<f64>,
    roc: Vec<Vec<f64>>,
    precision_recall: Vec<Vec<f64>>,
}

/// Places from 0 to 1.
fn place(i: usize) -> f64 {
    i as f64 / (PLACES - 1) as f64
}

impl Found {
    fn take(&mut self, sorted: &[(f64, bool)], counts: &[u32]) {
        let weighed = || sorted.iter().zip(counts).map(|(i, c)| (i, f64::from(*c)));
        let positive: f64 = weighed().filter(|(i, _)| i.1).map(|(_, c)| c).sum();
        let negative: f64 = weighed().filter(|(i, _)| !i.1).map(|(_, c)| c).sum();
        if positive == 0.0 || negative == 0.0 {
            return;
        }
        let mut points = vec![(0.0, 0.0)];
        let (mut wrong, mut right) = (0.0, 0.0);
        let mut start = 0;
        for run in sorted.chunk_by(|a, b| a.0 == b.0) {
            for (item, count) in run.iter().zip(&counts[start..]) {
                *if item.1 { &mut right } else { &mut wrong } += f64::from(*count);
            }
            start += run.len();
            points.push((wrong / negative, right / positive));
        }
        let (mut auc, mut precision) = (0.0, 0.0);
        for pair in points.windows(2) {
            let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
            auc += (x1 - x0) * (y0 + y1) / 2.0;
            precision += (y1 - y0) * precise((x1, y1), positive, negative);
        }
        self.auc.push(auc);
        self.precision.push(precision);
        self.roc.push(rates(&points));
        self.precision_recall
            .push(precisions(&points, positive, negative));
    }

    fn bands(self) -> Option<Bands> {
        let bound = |curves: &[Vec<f64>]| -> Vec<[f64; 3]> {
            let at = |i: usize| {
                let values = curves.iter().map(|c| c[i]).collect();
                let interval = percentile_interval(values);
                interval.map(|b| [place(i), b.low, b.high])
            };
            (0..PLACES).filter_map(at).collect()
        };
        Some(Bands {
            samples: self.auc.len(),
            roc: bound(&self.roc),
            precision_recall: bound(&self.precision_recall),
            auc: percentile_interval(self.auc)?,
            precision: percentile_interval(self.precision)?,
        })
    }
}

fn precise((x, y): (f64, f64), positive: f64, negative: f64) -> f64 {
    let all = y * positive + x * negative;
    if all > 0.0 { y * positive / all } else { 1.0 }
}

/// The true positive rate at each place, on a straight line between points.
fn rates(points: &[(f64, f64)]) -> Vec<f64> {
    let at = |i: usize| {
        let x = place(i);
        let behind = points.partition_point(|p| p.0 <= x);
        let (x0, y0) = points[behind - 1];
        match points.get(behind) {
            Some((x1, y1)) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
            None => y0,
        }
    };
    (0..PLACES).map(at).collect()
}

/// The best precision of any threshold that reaches each recall.
fn precisions(points: &[(f64, f64)], positive: f64, negative: f64) -> Vec<f64> {
    let mut best = vec![0.0; PLACES];
    let mut rest = points.iter().rev().peekable();
    let mut most: f64 = 0.0;
    for i in (0..PLACES).rev() {
        while let Some(point) = rest.next_if(|p| p.1 >= place(i) - 1e-12) {
            most = most.max(precise(*point, positive, negative));
        }
        best[i] = most;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::curves::Curve;

    #[test]
    fn confidence_bands_contain_their_curve() {
        let items: Vec<(f64, bool)> = (0..400)
            .map(|i| {
                (
                    f64::from(i * 37 % 400) / 400.0,
                    i * 37 % 400 + i % 150 > 250,
                )
            })
            .collect();
        let curve = Curve::of(items.iter().copied());
        let found = bands(&items, 1).unwrap();
        let auc = curve.roc_auc().unwrap();
        assert!(found.auc.low < auc && auc < found.auc.high, "{found:?}");
        assert!((found.auc.mean - auc).abs() < 0.01);
        assert!((found.precision.mean - curve.average_precision()).abs() < 0.02);
        assert!(found.roc.iter().all(|[_, low, high]| low <= high));
        assert_eq!((found.roc.len(), found.samples), (PLACES, 1000));
        assert_eq!(found.roc[PLACES - 1], [1.0; 3]);
        let sure = bands(&[(0.9, true), (0.8, true), (0.2, false), (0.1, false)], 1).unwrap();
        assert_eq!((sure.auc.low, sure.precision.low), (1.0, 1.0));
        assert_eq!((bands(&[(0.5, true)], 1), bands(&[], 1)), (None, None));
    }
}
