//! Resampling of very many rows: how often each row is drawn is counted first, and rows are read in order
//! then, for several metrics and several resamples at once. That is far faster than reading them as they are
//! drawn, each from another place of memory. The draws are the same; the sums are in double precision, as
//! single precision has no digits left for so many rows, and rounded at the end.

use super::pcg64::Pcg64;
use crate::metrics::Metric;
use wide::f32x4;

/// Resamples that are summed together, so that rows are read once for all of them.
const TOGETHER: usize = 8;
/// Rows whose sum in single precision loses nothing that matters.
const BLOCK: usize = 256;

/// One metric's rows, four numbers at a time, filled up with nothing.
struct Packed<'a> {
    metric: &'a dyn Metric,
    /// Fours in a row.
    fours: usize,
    rows: Vec<f32x4>,
}

impl<'a> Packed<'a> {
    fn of(metric: &'a dyn Metric, rows: &[f32]) -> Self {
        let width = metric.width();
        let four = |part: &[f32]| {
            let mut four = [0.0f32; 4];
            four[..part.len()].copy_from_slice(part);
            f32x4::new(four)
        };
        let rows = rows.chunks_exact(width);
        Self {
            metric,
            fours: width.div_ceil(4),
            rows: rows.flat_map(|row| row.chunks(4).map(four)).collect(),
        }
    }

    /// The scores of resamples that were counted.
    fn scores(&self, counts: &[Vec<u8>]) -> impl Iterator<Item = f64> {
        let wide = 4 * self.fours;
        let mut sums = vec![0.0f64; counts.len() * wide];
        for (place, block) in self.rows.chunks(BLOCK * self.fours).enumerate() {
            for (counts, sum) in counts.iter().zip(sums.chunks_exact_mut(wide)) {
                add_counted(block, &counts[place * BLOCK..], sum);
            }
        }
        (0..counts.len()).map(move |i| {
            let sum = &sums[i * wide..][..self.metric.width()];
            let sum: Vec<f32> = sum.iter().map(|&x| x as f32).collect();
            self.metric.resampled_score(&sum)
        })
    }
}

/// Adds each row of a block as often as it is counted.
fn add_counted(block: &[f32x4], counts: &[u8], sum: &mut [f64]) {
    let fours = sum.len() / 4;
    let mut partial = vec![f32x4::ZERO; fours];
    for (row, count) in block.chunks_exact(fours).zip(counts) {
        let count = f32x4::splat(f32::from(*count));
        for (p, x) in partial.iter_mut().zip(row) {
            *p += count * *x;
        }
    }
    for (sum, part) in sum.chunks_exact_mut(4).zip(partial) {
        for (s, x) in sum.iter_mut().zip(part.to_array()) {
            *s += f64::from(x);
        }
    }
}

/// The scores of `samples` resamples with replacement under each metric, whose rows cover the same
/// segments.
pub fn resample(all: &[(&dyn Metric, &[f32])], samples: usize, mut rng: Pcg64) -> Vec<Vec<f64>> {
    let n = all.first().map_or(0, |(m, rows)| rows.len() / m.width());
    let packed: Vec<Packed> = all.iter().map(|(m, rows)| Packed::of(*m, rows)).collect();
    // No row is drawn more than 255 times, by all that can happen.
    let mut counts = vec![vec![0u8; n]; TOGETHER.min(samples)];
    let mut scores = vec![Vec::with_capacity(samples); all.len()];
    for first in (0..samples).step_by(TOGETHER) {
        counts.truncate(samples - first);
        for counts in &mut counts {
            counts.fill(0);
            for _ in 0..n {
                let at = rng.below(n as u32) as usize;
                counts[at] = counts[at].saturating_add(1);
            }
        }
        for (scores, packed) in scores.iter_mut().zip(&packed) {
            scores.extend(packed.scores(&counts));
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Bleu, Chrf, Rouge};
    use crate::stats::resampling::bootstrap_scores;

    /// Counting first gives what drawing gives, where single precision holds the sums.
    #[test]
    fn many_rows_are_resampled_as_few_are() {
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
            let together = [(metric, &single[..]); 2];
            let [counted, again] = &resample(&together, 11, Pcg64::new(7))[..] else {
                panic!("two lists")
            };
            assert_eq!(counted, again);
            for (a, b) in drawn.iter().zip(counted) {
                assert!(
                    (a - b).abs() < 1e-4 * metric.max(),
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
