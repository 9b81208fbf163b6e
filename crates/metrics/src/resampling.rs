//! Resampling of statistics rows: bootstrap intervals, paired bootstrap and paired approximate
//! randomisation, as sacreBLEU 2.6.0 does them (`significance.py`): the same draws, statistics in
//! single precision in the bootstrap, the same p-values.

use super::counted;
use crate::Scoring;
use assay_stats::paired_test::{AR_CONFIDENCE, expanded_interval};
use assay_stats::pcg64::Pcg64;
use assay_stats::{Interval, PairedTest, PairedTestKind, percentile_interval};

/// Rows from which on a resample is counted first and summed then.
pub const MANY: usize = 1 << 16;

/// Tests and intervals of a metric's rows under a [`PairedTest`]'s settings.
pub trait ResampleRows {
    /// The two-sided p-value for the difference between two systems' scores, whose rows cover the
    /// same segments. `None` without segments or resamples.
    fn p_value(&self, metric: &dyn Scoring, baseline: &[f64], system: &[f64]) -> Option<f64>;

    /// The 95 % interval of the difference of two systems' scores beside approximate randomisation: from
    /// [`AR_CONFIDENCE`] resamples in which both have the same rows. Nothing
    /// without rows.
    fn interval_beside(
        &self,
        metric: &dyn Scoring,
        baseline: &[f64],
        system: &[f64],
    ) -> Option<[f64; 2]>;

    /// The interval that sacreBLEU prints beside the test, of [`ResampleRows::resampled_scores`].
    fn interval(&self, metric: &dyn Scoring, rows: &[f64], is_baseline: bool) -> Option<Interval>;

    /// The resampled scores that the interval beside the test comes from. With approximate
    /// randomisation they are [`AR_CONFIDENCE`], drawn for the
    /// baseline by a fresh generator and for the other systems by the one that has just drawn the
    /// shufflings.
    fn resampled_scores(&self, metric: &dyn Scoring, rows: &[f64], is_baseline: bool) -> Vec<f64>;

    /// The same of several metrics over the same segments at once, a list for each. Rows come in single
    /// precision, in which they are summed.
    fn resampled_together(
        &self,
        all: &[(&dyn Scoring, &[f32])],
        is_baseline: bool,
    ) -> Vec<Vec<f64>>;
}

impl ResampleRows for PairedTest {
    fn p_value(&self, metric: &dyn Scoring, baseline: &[f64], system: &[f64]) -> Option<f64> {
        if baseline.is_empty() || baseline.len() != system.len() || self.samples == 0 {
            return None;
        }
        let observed = (total(metric, baseline) - total(metric, system)).abs();
        match self.kind {
            PairedTestKind::Bootstrap => {
                let a = bootstrap_scores(metric, baseline, self.samples, self.seed);
                let b = bootstrap_scores(metric, system, self.samples, self.seed);
                self.p_of_resamples(observed, &a, &b)
            }
            PairedTestKind::Randomization => {
                let extreme = extreme_shufflings(self, metric, baseline, system, observed);
                Some((extreme + 1) as f64 / (self.samples + 1) as f64)
            }
        }
    }

    fn interval_beside(
        &self,
        metric: &dyn Scoring,
        baseline: &[f64],
        system: &[f64],
    ) -> Option<[f64; 2]> {
        let [a, b] = [baseline, system].map(|rows| {
            let rows: Vec<f32> = rows.iter().map(|&x| x as f32).collect();
            let all = [(metric, &rows[..])];
            let rng = Pcg64::new(self.seed);
            resampled(&all, AR_CONFIDENCE, &rng)
                .pop()
                .unwrap_or_default()
        });
        difference_interval(&a, &b, baseline.len() / metric.width())
    }

    fn interval(&self, metric: &dyn Scoring, rows: &[f64], is_baseline: bool) -> Option<Interval> {
        percentile_interval(self.resampled_scores(metric, rows, is_baseline))
    }

    fn resampled_scores(&self, metric: &dyn Scoring, rows: &[f64], is_baseline: bool) -> Vec<f64> {
        let rows: Vec<f32> = rows.iter().map(|&x| x as f32).collect();
        let mut scores = self.resampled_together(&[(metric, &rows)], is_baseline);
        scores.pop().unwrap_or_default()
    }

    fn resampled_together(
        &self,
        all: &[(&dyn Scoring, &[f32])],
        is_baseline: bool,
    ) -> Vec<Vec<f64>> {
        let rows = all.first().map_or(0, |(m, rows)| rows.len() / m.width());
        let mut rng = Pcg64::new(self.seed);
        if self.kind == PairedTestKind::Randomization && !is_baseline {
            let draws = self.samples * rows;
            for _ in 0..draws.div_ceil(32) {
                rng.next_u32();
            }
        }
        resampled(all, self.resamples(), &rng)
    }
}

/// The scores of `samples` resamples of each metric's rows, all from where the generator is.
fn resampled(all: &[(&dyn Scoring, &[f32])], samples: usize, rng: &Pcg64) -> Vec<Vec<f64>> {
    let rows = all.first().map_or(0, |(m, rows)| rows.len() / m.width());
    if rows >= MANY {
        return counted::resample(all, samples, rng.clone());
    }
    let each = all.iter();
    each.map(|(metric, rows)| resample(*metric, rows, samples, rng.clone()))
        .collect()
}

/// The 95 % interval of the difference of two systems' resampled scores, of the same draws of `units` rows or clusters,
/// wider where these are few. Nothing without any; of no width where all of them differ alike.
#[must_use]
pub fn difference_interval(baseline: &[f64], system: &[f64], units: usize) -> Option<[f64; 2]> {
    if baseline.len() != system.len() {
        return None;
    }
    let differences: Vec<f64> = baseline.iter().zip(system).map(|(b, s)| s - b).collect();
    expanded_interval(differences, units)
}

/// Whether resampled scores differ by more than sums in single precision may.
#[must_use]
pub fn varies(scores: &[f64]) -> bool {
    let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let high = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high - low > 1e-6 * low.abs().max(high.abs())
}

fn extreme_shufflings(
    test: &PairedTest,
    metric: &dyn Scoring,
    baseline: &[f64],
    system: &[f64],
    observed: f64,
) -> usize {
    let width = metric.width();
    let mut rng = Pcg64::new(test.seed);
    let mut coin = rng.booleans();
    let (mut a, mut b) = (vec![0.0; width], vec![0.0; width]);
    let mut extreme = 0;
    for _ in 0..test.samples {
        a.fill(0.0);
        b.fill(0.0);
        for (base, sys) in baseline.chunks_exact(width).zip(system.chunks_exact(width)) {
            let (to_a, to_b) = if coin.draw() {
                (base, sys)
            } else {
                (sys, base)
            };
            add(&mut a, to_a);
            add(&mut b, to_b);
        }
        let difference = metric.score(&a).value - metric.score(&b).value;
        extreme += usize::from(difference.abs() > observed);
    }
    extreme
}

fn total(metric: &dyn Scoring, rows: &[f64]) -> f64 {
    let width = metric.width();
    let sum = crate::sum_rows(rows.chunks_exact(width), width);
    metric.score(&sum).value
}

fn add(sum: &mut [f64], row: &[f64]) {
    for (s, x) in sum.iter_mut().zip(row) {
        *s += x;
    }
}

/// The scores of `samples` resamples with replacement, in the order drawn, from a fresh generator.
pub fn bootstrap_scores(metric: &dyn Scoring, rows: &[f64], samples: usize, seed: u64) -> Vec<f64> {
    let rows: Vec<f32> = rows.iter().map(|&x| x as f32).collect();
    resample(metric, &rows, samples, Pcg64::new(seed))
}

fn resample(metric: &dyn Scoring, rows: &[f32], samples: usize, mut rng: Pcg64) -> Vec<f64> {
    let width = metric.width();
    let n = (rows.len() / width) as u32;
    if n == 0 {
        return Vec::new();
    }
    let mut sum = vec![0.0f32; width];
    (0..samples)
        .map(|_| {
            sum.fill(0.0);
            for _ in 0..n {
                let at = rng.below(n) as usize * width;
                for (s, x) in sum.iter_mut().zip(&rows[at..at + width]) {
                    *s += x;
                }
            }
            metric.resampled_score(&sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Chrf, Metric};

    #[test]
    fn a_system_against_itself_is_never_better() {
        let metric = Chrf::default();
        let mut rows = vec![0.0; metric.width() * 3];
        for (i, row) in rows.chunks_exact_mut(metric.width()).enumerate() {
            metric.statistics("one two", &[["one", "two one", "six"][i]], row);
        }
        let test = PairedTest {
            kind: PairedTestKind::Randomization,
            samples: 50,
            seed: 1,
        };
        assert!(test.p_value(&metric, &rows, &rows).unwrap() <= 1.0 / 51.0 + 1e-12);
        assert_eq!(test.p_value(&metric, &[], &[]), None);
    }
}
