//! Numbers that a file holds for each output: a judge's score, a latency, whether a check passed. The row is
//! `[value, its square, 1]`, all 0 where the file has no number; it is handed in and never computed.

use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use serde::{Deserialize, Serialize};

/// The mean of a number that the file holds for each output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// What the file calls it.
    pub measure: String,
    /// The greatest value there can be; where there is no bound, the greatest found.
    pub most: f64,
    /// The value that nothing is better than: the greatest, or of what should be small the least.
    pub best: f64,
    /// Whether a lower value is the better one, as of errors, costs and times.
    pub lower: bool,
}

/// Numbers in a row.
pub const WIDTH: usize = 3;

impl Describe for Recorded {
    fn name(&self) -> String {
        format!("{} (file)", self.measure)
    }

    fn properties(&self) -> Properties {
        Properties {
            max: self.most,
            best: self.best,
            lower_is_better: self.lower,
            is_partial: true,
            needs_reference: false,
            ..Properties::of("recorded", "")
        }
    }
}

impl Scoring for Recorded {
    fn width(&self) -> usize {
        WIDTH
    }

    fn signature(&self, _: RefCount, resampling: Option<&str>) -> String {
        Signature::named("file")
            .resampled(resampling)
            .with("measure", &self.measure)
            .with("better", if self.lower { "lower" } else { "higher" })
            .own_version()
            .to_string()
    }

    /// 0 where there is no value at all, as [`Scoring::is_scored`] reports.
    fn score(&self, sum: &[f64]) -> Score {
        let [total, squares, count] = [0, 1, 2].map(|i| sum[i]);
        let mean = total / count.max(1.0);
        let variance = (squares - total * mean) / (count - 1.0).max(1.0);
        Score {
            value: mean,
            details: vec![
                ("values".to_owned(), count),
                ("sd".to_owned(), variance.max(0.0).sqrt()),
            ],
        }
    }

    fn is_mean(&self) -> bool {
        true
    }

    fn is_scored(&self, row: &[f64]) -> bool {
        row[2] > 0.0
    }
}

impl Metric for Recorded {
    fn statistics(&self, _: &str, _: &[&str], row: &mut [f64]) {
        row.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_averaged_and_rows_without_one_are_left_out() {
        let metric = Recorded {
            measure: "judge".into(),
            most: 5.0,
            best: 5.0,
            lower: false,
        };
        let score = metric.score(&[2.0 + 4.0, 4.0 + 16.0, 2.0]);
        assert_eq!(score.value, 3.0);
        assert!((score.details[1].1 - 2.0f64.sqrt()).abs() < 1e-12);
        assert!(metric.is_scored(&[2.0, 4.0, 1.0]) && !metric.is_scored(&[0.0; 3]));
    }
}
