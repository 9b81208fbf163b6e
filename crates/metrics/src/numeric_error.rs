//! How far numbers that systems predict are from the right ones, as in regression and in scoring the likeness of texts:
//! the mean absolute error and the root mean square error. The row is `[|e|, e², 1, x, y, x², y², x·y]` of the error
//! `e = x - y` between prediction `x` and reference `y`, all 0 where either holds no number.

use super::answer::number;
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use serde::{Deserialize, Serialize};

/// How errors are averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorMean {
    /// The mean of the absolute errors.
    Absolute,
    /// The square root of the mean of the squared errors: large errors weigh more.
    RootSquare,
}

/// The mean error of predicted numbers, in the unit of the numbers; lower is better. Pearson's correlation of predictions
/// and references stands beside it. Outputs without a number have no error of any size: they are left out, and counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumericError {
    /// How errors are averaged.
    pub mean: ErrorMean,
}

/// Numbers in a row.
const WIDTH: usize = 8;
/// The part of a sum of squares below which what is left after the mean is taken off is rounding.
const ROUNDING: f64 = 1e-12;

impl NumericError {
    /// MAE.
    pub fn absolute() -> Self {
        Self {
            mean: ErrorMean::Absolute,
        }
    }

    /// RMSE.
    pub fn root_square() -> Self {
        Self {
            mean: ErrorMean::RootSquare,
        }
    }
}

/// Pearson's correlation by the sums of a row's last five columns over `n` segments; nothing where either side does not
/// vary.
fn correlation(n: f64, sums: &[f64]) -> Option<f64> {
    let [x, y, xx, yy, xy] = [0, 1, 2, 3, 4].map(|i| sums[i]);
    let spread = |sum: f64, squares: f64| {
        let rest = squares - sum * sum / n;
        (rest > squares * ROUNDING).then_some(rest)
    };
    let both = spread(x, xx)? * spread(y, yy)?;
    Some(((xy - x * y / n) / both.sqrt()).clamp(-1.0, 1.0))
}

impl Describe for NumericError {
    fn name(&self) -> String {
        match self.mean {
            ErrorMean::Absolute => "MAE",
            ErrorMean::RootSquare => "RMSE",
        }
        .to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            // There is no greatest error.
            max: 0.0,
            best: 0.0,
            lower_is_better: true,
            is_partial: true,
            ..Properties::of("numeric-error", "scikit-learn 1.9.1")
        }
    }
}

impl Scoring for NumericError {
    fn width(&self) -> usize {
        WIDTH
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::new(refs, resampling)
            .with("unit", "reference")
            .own_version()
            .to_string()
    }

    /// 0 where there is no error at all, as [`Scoring::is_scored`] reports.
    fn score(&self, sum: &[f64]) -> Score {
        let count = sum[2];
        let each = count.max(1.0);
        let value = match self.mean {
            ErrorMean::Absolute => sum[0] / each,
            ErrorMean::RootSquare => (sum[1] / each).sqrt(),
        };
        let mut details = vec![("values".to_owned(), count)];
        if let Some(r) = correlation(each, &sum[3..]) {
            details.push(("Pearson r".to_owned(), r));
        }
        Score { value, details }
    }

    fn is_mean(&self) -> bool {
        self.mean == ErrorMean::Absolute
    }

    fn is_scored(&self, row: &[f64]) -> bool {
        row[2] > 0.0
    }
}

impl Metric for NumericError {
    /// Of several references the nearest counts.
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        row.fill(0.0);
        let Some(x) = number(hypothesis) else {
            return;
        };
        let right = references.iter().filter_map(|r| number(r));
        let nearest = right.min_by(|a, b| (x - a).abs().total_cmp(&(x - b).abs()));
        let Some(y) = nearest else {
            return;
        };
        let error = x - y;
        let found = [error.abs(), error * error, 1.0, x, y, x * x, y * y, x * y];
        // Numbers whose squares have no value in double precision would undo every other row.
        if found.iter().all(|value| value.is_finite()) {
            row.copy_from_slice(&found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rows, sum_rows};

    fn score(metric: &NumericError, pairs: &[(&str, &str)]) -> Score {
        let segments: Vec<_> = pairs.iter().map(|(x, y)| (*x, vec![*y])).collect();
        let rows = rows(metric, &segments);
        metric.score(&sum_rows(rows.chunks_exact(WIDTH), WIDTH))
    }

    /// The example of scikit-learn's documentation of `mean_absolute_error`; Pearson's r by scipy.stats.pearsonr 1.17.1.
    #[test]
    fn errors_are_averaged_and_the_correlation_stands_beside() {
        let pairs = [("2.5", "3"), ("0.0", "-0.5"), ("2", "2"), ("8", "7")];
        let mean = score(&NumericError::absolute(), &pairs);
        assert!((mean.value - 0.5).abs() < 1e-12);
        assert_eq!(mean.details[0].1, 4.0);
        assert!(
            (mean.details[1].1 - 0.984_869_618_448_27).abs() < 1e-12,
            "{mean:?}"
        );
        let root = score(&NumericError::root_square(), &pairs);
        assert!((root.value - 0.375f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_number_is_left_out_and_what_does_not_vary_has_no_correlation() {
        let metric = NumericError::absolute();
        let pairs = [
            ("about the same", "3"),
            ("2", "3"),
            ("1e300", "3"),
            ("2", "5"),
        ];
        let found = score(&metric, &pairs);
        assert_eq!((found.value, found.details.len()), (2.0, 1));
        assert_eq!(found.details[0].1, 2.0);
        assert_eq!(score(&metric, &[]).value, 0.0);
        let mut row = [0.0; WIDTH];
        metric.statistics("4", &["1", "5", "9"], &mut row);
        assert_eq!(row[0], 1.0);
    }
}
