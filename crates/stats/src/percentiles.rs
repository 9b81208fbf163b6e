//! Percentiles of latencies and the like with intervals that assume no distribution: the interval lies
//! between two values of the sample, whose ranks the binomial distribution gives.

use super::bootstrap_mean::quantile;
use statrs::distribution::{Binomial, DiscreteCDF};

/// A percentile with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentile {
    /// The percentile, between neighbours on a straight line.
    pub value: f64,
    /// At least 95 % sure; nothing where the sample is too small for a bound on either side.
    pub interval: Option<[f64; 2]>,
}

/// The percentile `part` (0 to 1) of sorted values, with the interval between order statistics (Conover
/// 1999, section 3.2). Nothing without values.
#[must_use]
pub fn percentile(sorted: &[f64], part: f64) -> Option<Percentile> {
    if sorted.is_empty() {
        return None;
    }
    let n = sorted.len() as u64;
    let law = Binomial::new(part, n).ok()?;
    // At most 2.5 % that fewer than `low` values, or `high` and more, lie at or below the percentile.
    let low = least(n + 1, |k| law.cdf(k) > 0.025);
    let high = least(n + 1, |k| law.sf(k) <= 0.025) + 1;
    let interval =
        (low >= 1 && high <= n).then(|| [sorted[low as usize - 1], sorted[high as usize - 1]]);
    Some(Percentile {
        value: quantile(sorted, part),
        interval,
    })
}

/// The least number below `end` for which a statement holds that holds for all after it.
fn least(end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_has_an_interval_only_from_enough_values() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        let median = percentile(&values, 0.5).unwrap();
        // Conover's table: the 40th and the 61st of 100.
        assert_eq!((median.value, median.interval), (50.5, Some([40.0, 61.0])));
        assert_eq!(percentile(&values, 0.99).unwrap().interval, None);
        assert_eq!(percentile(&values[..5], 0.5).unwrap().interval, None);
        assert_eq!(percentile(&[], 0.5), None);
    }
}
