//! Metrics whose corpus score is the mean of what each segment has by itself. The row is `[value, 1]`, or
//! `[0, 0]` of a segment of which the metric says nothing. What implements [`PerSegment`] is a [`Metric`].

use super::Metric;
use super::options;
use super::options::{OptionView, SpecError};
use super::signature::Signature;
use assay_results::metric_info::Asset;
use assay_results::scores::{RefCount, Score};

/// A metric that is a mean over segments.
pub trait PerSegment: Send + Sync {
    /// The name as the field writes it.
    fn name(&self) -> String;

    /// See [`Metric::topic`].
    fn topic(&self) -> &'static str;

    /// See [`Metric::source`].
    fn source(&self) -> &'static str;

    /// The segment's value from 0 to 1, the best over the references; nothing where it has none.
    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64>;

    /// What a signature says of it, beside references and resampling.
    fn facts(&self) -> String;

    /// The score of a corpus whose values are all 1.
    fn scale(&self) -> f64 {
        1.0
    }

    /// See [`Metric::lower_is_better`]; the best is 0 then.
    fn lower_is_better(&self) -> bool {
        false
    }

    /// See [`Metric::needs_reference`].
    fn needs_reference(&self) -> bool {
        true
    }

    /// See [`Metric::against_source`].
    fn against_source(&self) -> bool {
        false
    }

    /// See [`Metric::is_partial`].
    fn is_partial(&self) -> bool {
        false
    }

    /// See [`Metric::needs_all_segments`].
    fn needs_all_segments(&self) -> bool {
        false
    }

    /// See [`Metric::needs_encoder`].
    fn needs_encoder(&self) -> bool {
        false
    }

    /// See [`Metric::asset`].
    fn asset(&self) -> Option<Asset> {
        None
    }

    /// See [`Metric::options`].
    fn options(&self) -> Vec<OptionView> {
        Vec::new()
    }

    /// See [`Metric::set`].
    ///
    /// # Errors
    /// When there is no such option or it can't take that value.
    fn set(&mut self, option: &str, _value: &str) -> Result<(), SpecError> {
        Err(options::unknown(&self.name(), option))
    }
}

impl<T: PerSegment> Metric for T {
    fn name(&self) -> String {
        PerSegment::name(self)
    }

    fn topic(&self) -> &'static str {
        PerSegment::topic(self)
    }

    fn source(&self) -> &'static str {
        PerSegment::source(self)
    }

    fn width(&self) -> usize {
        2
    }

    fn max(&self) -> f64 {
        self.scale()
    }

    fn best(&self) -> f64 {
        if PerSegment::lower_is_better(self) {
            0.0
        } else {
            self.scale()
        }
    }

    fn lower_is_better(&self) -> bool {
        PerSegment::lower_is_better(self)
    }

    fn asset(&self) -> Option<Asset> {
        PerSegment::asset(self)
    }

    fn against_source(&self) -> bool {
        PerSegment::against_source(self)
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        let signature = match PerSegment::needs_reference(self) {
            true => Signature::new(refs, resampling),
            false => Signature::default().resampled(resampling),
        };
        signature.part(self.facts()).to_string()
    }

    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let value = self.value(hypothesis, references);
        row.copy_from_slice(&value.map_or([0.0, 0.0], |v| [v, 1.0]));
    }

    fn score(&self, sum: &[f64]) -> Score {
        let value = if sum[1] > 0.0 {
            self.scale() * sum[0] / sum[1]
        } else {
            0.0
        };
        let details = match PerSegment::is_partial(self) {
            true => vec![("segments".to_owned(), sum[1])],
            false => Vec::new(),
        };
        Score { value, details }
    }

    fn options(&self) -> Vec<OptionView> {
        PerSegment::options(self)
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        PerSegment::set(self, option, value)
    }

    fn needs_reference(&self) -> bool {
        PerSegment::needs_reference(self)
    }

    fn is_partial(&self) -> bool {
        PerSegment::is_partial(self)
    }

    fn needs_all_segments(&self) -> bool {
        PerSegment::needs_all_segments(self)
    }

    fn needs_encoder(&self) -> bool {
        PerSegment::needs_encoder(self)
    }

    fn is_scored(&self, row: &[f64]) -> bool {
        row[1] > 0.0
    }
}

/// The version that signatures of Assay's own rules name.
pub const VERSION: &str = concat!("version:assay-", env!("CARGO_PKG_VERSION"));

/// 1 where it holds, else 0.
pub fn indicator(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}
