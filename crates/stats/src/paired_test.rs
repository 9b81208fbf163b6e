//! The settings of a paired test, the interval of resampled scores, and the p-value of a paired
//! bootstrap, as sacreBLEU 2.6.0 has them (`significance.py`).

use super::NORMAL_975;
use super::power::student_bound;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// A 95 % bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Mean of the resampled scores.
    pub mean: f64,
    /// The 2.5th percentile of the resampled scores.
    pub low: f64,
    /// The 97.5th percentile of the resampled scores.
    pub high: f64,
}

impl Interval {
    /// Half the interval's width: sacreBLEU's "±".
    pub fn half_width(&self) -> f64 {
        0.5 * (self.high - self.low)
    }
}

/// Which paired test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PairedTestKind {
    /// Paired bootstrap resampling (Koehn 2004), `--paired-bs`.
    #[serde(rename = "bs")]
    Bootstrap,
    /// Paired approximate randomisation (Riezler and Maxwell 2005), `--paired-ar`.
    #[serde(rename = "ar")]
    Randomization,
}

impl PairedTestKind {
    /// The samples that sacreBLEU takes when none are named.
    pub fn usual_samples(self) -> usize {
        match self {
            Self::Bootstrap => 1_000,
            Self::Randomization => 10_000,
        }
    }
}

/// The options of a paired test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairedTest {
    /// Which test.
    pub kind: PairedTestKind,
    /// Resamples or shufflings: sacreBLEU takes 1,000 for the first test, 10,000 for the second.
    pub samples: usize,
    /// The generator's seed, sacreBLEU's 12345 by default.
    pub seed: u64,
}

/// Resamples for the intervals beside approximate randomisation: sacreBLEU's
/// `--paired-ar-confidence-n` of the gold values.
pub const AR_CONFIDENCE: usize = 1000;

/// The 95 % interval of resampled scores, with sacreBLEU's choice of order statistics. `None`
/// without scores.
pub fn percentile_interval(mut scores: Vec<f64>) -> Option<Interval> {
    if scores.is_empty() {
        return None;
    }
    scores.sort_unstable_by(f64::total_cmp);
    let cut = scores.len() / 40;
    Some(Interval {
        mean: scores.iter().sum::<f64>() / scores.len() as f64,
        low: scores[cut],
        high: scores[scores.len() - cut - 1],
    })
}

/// How many standard errors an expanded interval of a mean of that many units reaches to either side, where percentiles
/// of a bootstrap would reach 1.96: by Student's distribution, and because resamples vary less than samples do.
#[must_use]
pub fn reach(units: usize) -> f64 {
    let n = units as f64;
    let bound = if units > 1 {
        student_bound(n - 1.0, 0.05)
    } else {
        None
    };
    bound.map_or(NORMAL_975, |bound| bound * (n / (n - 1.0)).sqrt())
}

/// The 95 % interval of resampled scores of that many units. Its percentiles are further out where units are few
/// (Hesterberg 2015, "What Teachers Should Know About the Bootstrap", the expanded percentile interval), and neither end is
/// nearer to the mean than [`reach`] standard deviations of the scores: with heavy tails percentiles alone are too near.
/// `None` without scores.
#[must_use]
pub fn expanded_interval(mut scores: Vec<f64>, units: usize) -> Option<[f64; 2]> {
    if scores.is_empty() {
        return None;
    }
    scores.sort_unstable_by(f64::total_cmp);
    let reach = reach(units);
    let outside = Normal::standard().cdf(-reach);
    // As many as `percentile_interval` leaves out where this is 2.5 %.
    let cut = (scores.len() as f64 * outside + 1e-6).floor() as usize;
    let (low, high) = (scores[cut], scores[scores.len() - cut - 1]);
    let n = scores.len() as f64;
    let mean = scores.iter().sum::<f64>() / n;
    let squares: f64 = scores.iter().map(|s| (s - mean).powi(2)).sum();
    let bound = reach * (squares / n).sqrt();
    Some([low.min(mean - bound), high.max(mean + bound)])
}

impl Default for PairedTest {
    /// sacreBLEU's `--paired-bs`.
    fn default() -> Self {
        Self {
            kind: PairedTestKind::Bootstrap,
            samples: PairedTestKind::Bootstrap.usual_samples(),
            seed: 12345,
        }
    }
}

impl PairedTest {
    /// The part of a signature that names the test.
    pub fn signature(&self) -> String {
        let kind = match self.kind {
            PairedTestKind::Bootstrap => "bs".to_owned(),
            PairedTestKind::Randomization => format!("bs:{AR_CONFIDENCE}|ar"),
        };
        format!("{kind}:{}|seed:{}", self.samples, self.seed)
    }

    /// The paired bootstrap's p-value out of two systems' resampled scores, which were drawn alike.
    /// `observed` is the absolute difference of their scores. `None` without resamples.
    pub fn p_of_resamples(&self, observed: f64, baseline: &[f64], system: &[f64]) -> Option<f64> {
        let differences: Vec<f64> = baseline
            .iter()
            .zip(system)
            .map(|(a, b)| (b - a).abs())
            .collect();
        if differences.is_empty() {
            return None;
        }
        let mean = differences.iter().sum::<f64>() / differences.len() as f64;
        let extreme = differences.iter().filter(|&&x| x - mean > observed).count();
        Some((extreme + 1) as f64 / (differences.len() + 1) as f64)
    }

    /// Resamples behind an interval.
    pub fn resamples(&self) -> usize {
        match self.kind {
            PairedTestKind::Bootstrap => self.samples,
            PairedTestKind::Randomization => AR_CONFIDENCE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_the_wider_of_percentiles_and_students_bound_at_each_end() {
        // numpy.sqrt(20 / 19) * scipy.stats.t.ppf(0.975, 19)
        assert!((reach(20) - 2.147_397_370).abs() < 1e-6, "{}", reach(20));
        assert!((reach(1_000_000) - NORMAL_975).abs() < 1e-5);
        // Mean 0.1 and standard deviation 0.3: the lower bound is Student's, the upper one a percentile.
        let scores: Vec<f64> = (0..1000).map(|i| f64::from(u8::from(i < 100))).collect();
        let [low, high] = expanded_interval(scores, 20).unwrap();
        assert!((low - (0.1 - 0.3 * reach(20))).abs() < 1e-12 && high == 1.0);
        assert_eq!(expanded_interval(vec![2.0; 10], 20), Some([2.0, 2.0]));
        assert_eq!(expanded_interval(Vec::new(), 20), None);
    }
}
