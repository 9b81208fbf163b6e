//! Metrics whose corpus score is the mean of what each segment has by itself. The row is `[value, 1]`, or
//! `[0, 0]` of a segment of which the metric says nothing. What implements [`PerSegment`] is a [`Metric`].

use super::options::SpecError;
use super::signature::Signature;
use super::{Describe, Metric, Scoring};
use assay_results::scores::{RefCount, Score};

/// A metric that is a mean over segments. A corpus whose values are all 1 has [`Properties::max`](super::Properties).
pub trait PerSegment: Describe {
    /// The segment's value from 0 to 1, the best over the references; nothing where it has none.
    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64>;

    /// What a signature says of it, beside references and resampling.
    fn facts(&self) -> String;

    /// As [`Metric::check`].
    ///
    /// # Errors
    /// Which option has a value that it can't take.
    fn check(&self) -> Result<(), SpecError> {
        Ok(())
    }
}

impl<T: PerSegment> Scoring for T {
    fn width(&self) -> usize {
        2
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        let signature = match self.properties().needs_reference {
            true => Signature::new(refs, resampling),
            false => Signature::default().resampled(resampling),
        };
        signature.part(self.facts()).to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let properties = self.properties();
        let value = if sum[1] > 0.0 {
            properties.max * sum[0] / sum[1]
        } else {
            0.0
        };
        let details = match properties.is_partial {
            true => vec![("segments".to_owned(), sum[1])],
            false => Vec::new(),
        };
        Score { value, details }
    }

    fn is_mean(&self) -> bool {
        true
    }

    fn is_scored(&self, row: &[f64]) -> bool {
        row[1] > 0.0
    }
}

impl<T: PerSegment> Metric for T {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let value = self.value(hypothesis, references);
        row.copy_from_slice(&value.map_or([0.0, 0.0], |v| [v, 1.0]));
    }

    fn check(&self) -> Result<(), SpecError> {
        PerSegment::check(self)
    }
}

/// 1 where it holds, else 0.
pub fn indicator(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}
