//! People's ratings under one dimension, as a metric. The row is `[sum of the values, sum of their
//! squares, values, 1]`, all 0 for a segment that nobody rated; it is handed in and never asked for.
//! The score is the mean of all values, so that whoever rates an output twice as often weighs twice.

use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use serde::{Deserialize, Serialize};

/// The mean of people's values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    /// The dimension, as raters were asked for it.
    pub dimension: String,
    /// The greatest value there can be; where there is none, the greatest found.
    pub most: f64,
    /// Whether a lower value is the better one, as of errors and ranks.
    pub lower: bool,
    /// Raters who gave a value.
    pub raters: usize,
}

/// Numbers in a row.
pub const WIDTH: usize = 4;

impl Describe for Rated {
    fn name(&self) -> String {
        format!("{} (people)", self.dimension)
    }

    fn properties(&self) -> Properties {
        Properties {
            max: self.most,
            best: self.most,
            lower_is_better: self.lower,
            is_partial: true,
            ..Properties::of("people", "")
        }
    }
}

impl Scoring for Rated {
    fn width(&self) -> usize {
        WIDTH
    }

    fn signature(&self, _: RefCount, resampling: Option<&str>) -> String {
        Signature::named("people")
            .resampled(resampling)
            .with("dimension", &self.dimension)
            .with("raters", self.raters)
            .own_version()
            .to_string()
    }

    /// 0 where there is no value at all, as [`Scoring::is_scored`] reports.
    fn score(&self, sum: &[f64]) -> Score {
        let [total, squares, count, items] = [0, 1, 2, 3].map(|i| sum[i]);
        let mean = total / count.max(1.0);
        let variance = (squares - total * mean) / (count - 1.0).max(1.0);
        let details = vec![
            ("ratings".to_owned(), count),
            ("items".to_owned(), items),
            ("sd".to_owned(), variance.max(0.0).sqrt()),
        ];
        Score {
            value: mean,
            details,
        }
    }

    fn is_scored(&self, row: &[f64]) -> bool {
        row[2] > 0.0
    }
}

impl Metric for Rated {
    fn statistics(&self, _: &str, _: &[&str], row: &mut [f64]) {
        row.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_averaged_and_unrated_items_are_left_out() {
        let metric = Rated {
            dimension: "Fluency".into(),
            most: 5.0,
            lower: false,
            raters: 2,
        };
        let score = metric.score(&[2.0 + 4.0 + 3.0, 4.0 + 16.0 + 9.0, 3.0, 2.0]);
        assert_eq!(score.value, 3.0);
        assert_eq!(score.details[2].1, 1.0);
        assert!(metric.is_scored(&[2.0, 4.0, 1.0, 1.0]));
        assert!(!metric.is_scored(&[0.0; 4]));
        assert_eq!(metric.score(&[0.0; 4]).value, 0.0);
    }
}
