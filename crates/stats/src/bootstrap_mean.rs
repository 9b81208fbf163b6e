//! Bootstrap intervals of a mean: by percentiles, by the basic method, and bias-corrected and accelerated
//! (Efron 1987), on the draws of NumPy's generator as SciPy 1.17.1's `bootstrap` takes them.

use super::pcg64::Pcg64;
use statrs::distribution::{ContinuousCDF, Normal};

/// Three 95 % intervals of one mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanIntervals {
    /// Between the 2.5th and the 97.5th percentile of the resampled means.
    pub percentile: [f64; 2],
    /// Those percentiles turned over at the mean (Davison and Hinkley 1997).
    pub basic: [f64; 2],
    /// Percentiles moved by bias and skew; nothing where no value differs from another.
    pub accelerated: Option<[f64; 2]>,
}

/// The value below which a given part of sorted values is, interpolated between neighbours on a straight line (type 7).
#[must_use]
pub fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part.clamp(0.0, 1.0) * (sorted.len() as f64 - 1.0);
    let (low, rest) = (place.floor() as usize, place.fract());
    let high = (low + 1).min(sorted.len() - 1);
    // As NumPy interpolates, from the nearer end.
    let step = sorted[high] - sorted[low];
    if rest >= 0.5 {
        sorted[high] - step * (1.0 - rest)
    } else {
        sorted[low] + step * rest
    }
}

/// Intervals of the mean of `values` from that many resamples. Nothing without values.
#[must_use]
pub fn mean_intervals(values: &[f64], samples: usize, seed: u64) -> Option<MeanIntervals> {
    let n = values.len();
    if n == 0 || samples == 0 {
        return None;
    }
    let mut rng = Pcg64::new(seed);
    let mut draw = || {
        let sum: f64 = (0..n).map(|_| values[rng.below(n as u32) as usize]).sum();
        sum / n as f64
    };
    let mut means: Vec<f64> = (0..samples).map(|_| draw()).collect();
    means.sort_unstable_by(f64::total_cmp);
    let mean = values.iter().sum::<f64>() / n as f64;
    let percentile = [0.025, 0.975].map(|p| quantile(&means, p));
    let basic = [2.0 * mean - percentile[1], 2.0 * mean - percentile[0]];
    let accelerated = accelerated_parts(values, mean, &means);
    Some(MeanIntervals {
        percentile,
        basic,
        accelerated: accelerated.map(|parts| parts.map(|p| quantile(&means, p))),
    })
}

/// The parts of the resampled means that bound the accelerated interval.
fn accelerated_parts(values: &[f64], mean: f64, means: &[f64]) -> Option<[f64; 2]> {
    let normal = Normal::standard();
    // The means of all values but one lie about their own mean as the values do about theirs, turned over.
    let apart = |power: i32| values.iter().map(|x| (x - mean).powi(power)).sum::<f64>();
    let acceleration = apart(3) / (6.0 * apart(2).powf(1.5));
    let below = means.partition_point(|m| *m < mean);
    let up_to = means.partition_point(|m| *m <= mean);
    let bias = normal.inverse_cdf((below + up_to) as f64 / (2.0 * means.len() as f64));
    let part = |z: f64| {
        let moved = bias + z;
        normal.cdf(bias + moved / (1.0 - acceleration * moved))
    };
    let parts = [-super::NORMAL_975, super::NORMAL_975].map(part);
    parts.iter().all(|p| p.is_finite()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_all_the_same_have_a_point_for_an_interval() {
        let found = mean_intervals(&[2.0; 5], 100, 1).unwrap();
        assert_eq!((found.percentile, found.basic), ([2.0; 2], [2.0; 2]));
        assert_eq!(found.accelerated, None);
        assert_eq!(mean_intervals(&[], 100, 1), None);
    }
}
