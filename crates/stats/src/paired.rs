//! Differences of pairs: Student's paired test, and how large an effect is. Values as SciPy 1.17.1 and
//! their definitions have them.

use super::power::student_bound;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Student's test of paired values (Student 1908).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedT {
    /// Pairs.
    pub pairs: usize,
    /// The mean difference.
    pub mean: f64,
    /// The standard deviation of the differences.
    pub deviation: f64,
    /// Two-sided.
    pub p_value: f64,
    /// The 95 % interval of the mean difference.
    pub interval: [f64; 2],
}

impl PairedT {
    /// Tests differences for a mean of 0; nothing with fewer than two, or where all are the same.
    #[must_use]
    pub fn of(differences: &[f64]) -> Option<Self> {
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
        let deviation = (squares / (n - 1.0)).sqrt();
        let error = deviation / n.sqrt();
        let law = StudentsT::new(0.0, 1.0, n - 1.0).ok()?;
        if error.is_nan() || error <= 0.0 {
            return None;
        }
        let reach = student_bound(n - 1.0, 0.05)? * error;
        Some(Self {
            pairs: differences.len(),
            mean,
            deviation,
            p_value: 2.0 * law.sf((mean / error).abs()),
            interval: [mean - reach, mean + reach],
        })
    }

    /// Cohen's d of pairs: the mean difference over the differences' standard deviation (Cohen 1988).
    #[must_use]
    pub fn effect(&self) -> f64 {
        self.mean / self.deviation
    }
}

/// Deviations below this part of the mean are rounding errors.
const ROUNDING: f64 = 1e-12;

/// Cohen's d of paired differences, without the test. Nothing with fewer than two, or where all are the same but for
/// rounding.
#[must_use]
pub fn standardised(differences: &[f64]) -> Option<f64> {
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
    let deviation = (squares / (n - 1.0)).sqrt();
    (deviation > mean.abs() * ROUNDING).then(|| mean / deviation)
}

/// Cliff's delta: how much likelier a value of the first sample is above one of the second than below
/// (Cliff 1993), from -1 to 1. Nothing without values.
#[must_use]
pub fn cliffs_delta(first: &[f64], second: &[f64]) -> Option<f64> {
    let mut sorted = second.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let above = |x: &f64| {
        let below = sorted.partition_point(|y| y < x) as f64;
        let equal_or_below = sorted.partition_point(|y| y <= x) as f64;
        below - (sorted.len() as f64 - equal_or_below)
    };
    let pairs = first.len() as f64 * second.len() as f64;
    (pairs > 0.0).then(|| first.iter().map(above).sum::<f64>() / pairs)
}

#[cfg(test)]
mod tests {
    use super::standardised;

    #[test]
    fn differences_that_are_equal_but_for_rounding_have_no_size() {
        assert_eq!(standardised(&[0.3 - 0.1, 0.2, 0.5 - 0.3]), None);
        assert_eq!(standardised(&[0.0, 0.0]), None);
        assert_eq!(standardised(&[1.0]), None);
        assert_eq!(standardised(&[1.0, 3.0]), Some(2.0 / 2f64.sqrt()));
    }
}
