//! Resampling of very many rows: how often each row is drawn is counted first, and rows are read in order
//! then, for several metrics and several resamples at once. That is far faster than reading them as they are
//! drawn, each from another place of memory. The draws are the same; the sums are in double precision, as
//! single precision has no digits left for that many rows, and rounded at the end.

use crate::Scoring;
use assay_stats::pcg64::Pcg64;
use wide::f32x4;

/// Resamples that are counted together, so that rows are read once for all of them.
const TOGETHER: usize = 8;
/// Resamples whose sums are in registers at once.
const LANES: usize = 4;
/// Rows whose sum in single precision loses nothing that matters.
const BLOCK: usize = 256;

/// How often a row is drawn in each of some resamples, each number four times.
type Drawn = [f32x4; LANES];

/// One metric's rows as they came, and the sums of resamples.
struct Sums<'a> {
    metric: &'a dyn Scoring,
    rows: &'a [f32],
    width: usize,
    /// Fours in a row, the last of which may reach into the next row.
    fours: usize,
    /// For each resample as many numbers as the fours have; those beyond the width mean nothing.
    sums: Vec<f64>,
}

impl<'a> Sums<'a> {
    fn of(metric: &'a dyn Scoring, rows: &'a [f32]) -> Self {
        let width = metric.width();
        let fours = width.div_ceil(4);
        Self {
            metric,
            rows,
            width,
            fours,
            sums: vec![0.0; TOGETHER * 4 * fours],
        }
    }

    /// Four numbers from a place on; after the last there are none.
    fn four(&self, at: usize) -> f32x4 {
        if let Some(&[a, b, c, d]) = self.rows.get(at..at + 4) {
            return f32x4::new([a, b, c, d]);
        }
        let mut four = [0.0; 4];
        let rest = self.rows.get(at..).unwrap_or_default();
        four[..rest.len()].copy_from_slice(rest);
        f32x4::new(four)
    }

    /// Adds the rows from `from` on as often as they are drawn in the resamples from `first` on.
    fn add(&mut self, from: usize, first: usize, drawn: &[Drawn]) {
        let wide = 4 * self.fours;
        for start in (0..self.fours).step_by(2) {
            let place = |row: usize| (from + row) * self.width + 4 * start;
            let rows = 0..drawn.len();
            if start + 1 < self.fours {
                let both = rows.map(|row| [self.four(place(row)), self.four(place(row) + 4)]);
                let sum = added(both, drawn);
                keep(&sum, &mut self.sums[first * wide..], wide, start);
            } else {
                let sum = added(rows.map(|row| [self.four(place(row))]), drawn);
                keep(&sum, &mut self.sums[first * wide..], wide, start);
            }
        }
    }

    /// The scores of that many resamples; their sums are dropped.
    fn scores(&mut self, count: usize) -> Vec<f64> {
        let sums = self.sums.chunks_exact(4 * self.fours).take(count);
        let scores = sums.map(|sum| {
            let sum: Vec<f32> = sum[..self.width].iter().map(|&x| x as f32).collect();
            self.metric.resampled_score(&sum)
        });
        let scores = scores.collect();
        self.sums.fill(0.0);
        scores
    }
}

/// A stretch of each row times how often the row is drawn, summed for each resample.
fn added<const FOURS: usize>(
    rows: impl Iterator<Item = [f32x4; FOURS]>,
    drawn: &[Drawn],
) -> [[f32x4; FOURS]; LANES] {
    let mut sums = [[f32x4::ZERO; FOURS]; LANES];
    for (row, drawn) in rows.zip(drawn) {
        for lane in 0..LANES {
            for four in 0..FOURS {
                sums[lane][four] += drawn[lane] * row[four];
            }
        }
    }
    sums
}

/// Adds sums of a stretch to those of each resample.
fn keep<const FOURS: usize>(
    added: &[[f32x4; FOURS]; LANES],
    sums: &mut [f64],
    wide: usize,
    start: usize,
) {
    for (sum, added) in sums.chunks_exact_mut(wide).zip(added) {
        for (part, four) in sum[4 * start..].chunks_exact_mut(4).zip(added) {
            for (s, x) in part.iter_mut().zip(four.to_array()) {
                *s += f64::from(x);
            }
        }
    }
}

/// The scores of `samples` resamples with replacement under each metric, whose rows cover the same
/// segments.
pub(crate) fn resample(
    all: &[(&dyn Scoring, &[f32])],
    samples: usize,
    mut rng: Pcg64,
) -> Vec<Vec<f64>> {
    let n = all.first().map_or(0, |(m, rows)| rows.len() / m.width());
    let mut sums: Vec<Sums> = all.iter().map(|(m, rows)| Sums::of(*m, rows)).collect();
    // No row is drawn more than 255 times, by all that can happen.
    let mut counts = vec![vec![0u8; n]; TOGETHER];
    let mut scores = vec![Vec::with_capacity(samples); all.len()];
    for first in (0..samples).step_by(TOGETHER) {
        let together = TOGETHER.min(samples - first);
        for counts in &mut counts {
            counts.fill(0);
        }
        for counts in &mut counts[..together] {
            for _ in 0..n {
                let at = rng.below(n as u32) as usize;
                counts[at] = counts[at].saturating_add(1);
            }
        }
        sum_up(&mut sums, &counts, n);
        for (scores, sums) in scores.iter_mut().zip(&mut sums) {
            scores.extend(sums.scores(together));
        }
    }
    scores
}

/// Adds all rows as often as they are counted, a block at a time: what a block's counts become serves all
/// metrics.
fn sum_up(all: &mut [Sums], counts: &[Vec<u8>], rows: usize) {
    let mut drawn: Vec<Drawn> = Vec::with_capacity(BLOCK);
    for block in 0..rows.div_ceil(BLOCK) {
        let range = block * BLOCK..rows.min((block + 1) * BLOCK);
        for (group, counts) in counts.chunks_exact(LANES).enumerate() {
            drawn.clear();
            drawn.extend(
                range.clone().map(|row| {
                    std::array::from_fn(|lane| f32x4::splat(f32::from(counts[lane][row])))
                }),
            );
            for sums in &mut *all {
                sums.add(range.start, group * LANES, &drawn);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resampling::bootstrap_scores;
    use crate::{Bleu, Chrf, Metric, Rouge};

    /// Counting first gives what drawing gives, where single precision holds the sums.
    #[test]
    fn resampling_many_rows_equals_resampling_few() {
        let metrics: [&dyn Metric; 3] = [&Bleu::default(), &Chrf::default(), &Rouge::n(1)];
        for metric in metrics {
            let width = metric.width();
            let mut rows = vec![0.0; width * 1000];
            for (i, row) in rows.chunks_exact_mut(width).enumerate() {
                let text = format!("the {i} words of {} here {}", i % 7, i % 3);
                metric.statistics(&text, &["the 5 words of 3 here 1"], row);
            }
            let drawn = bootstrap_scores(metric, &rows, 11, 7);
            let single: Vec<f32> = rows.iter().map(|&x| x as f32).collect();
            let together = [(metric as &dyn Scoring, &single[..]); 2];
            let [counted, again] = &resample(&together, 11, Pcg64::new(7))[..] else {
                panic!("two lists")
            };
            assert_eq!(counted, again);
            for (a, b) in drawn.iter().zip(counted) {
                assert!(
                    (a - b).abs() < 1e-4 * metric.properties().max,
                    "{}: {a}, {b}",
                    metric.name()
                );
            }
            if metric.name() != "rouge1" {
                assert_eq!(&drawn, counted, "counts are whole numbers");
            }
        }
    }
}
