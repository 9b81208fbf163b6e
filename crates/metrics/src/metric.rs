//! What a metric is: its description, which is data, and its computation, which is two functions.

use super::options::{self, OptionView, SpecError};
use assay_results::metric_info::Asset;
use assay_results::scores::{RefCount, Score};

/// What a metric is and needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Properties {
    /// A short name: the key of its texts in the locale files.
    pub topic: &'static str,
    /// Where it comes from: the papers, and the tool whose values it has. May be empty.
    pub source: &'static str,
    /// Largest possible score: 100 or 1, as the reference tool has it; 0 where there is no largest.
    pub max: f64,
    /// The score that nothing is better than.
    pub best: f64,
    /// Whether a lower score is the better one.
    pub lower_is_better: bool,
    /// Whether it can't score a segment without a reference.
    pub needs_reference: bool,
    /// Whether an output is compared with its prompt, which is then given in place of the references.
    pub against_source: bool,
    /// Whether it leaves some segments unscored.
    pub is_partial: bool,
    /// Whether a segment's row depends on all other segments, so that all have to be given at once.
    pub needs_all_segments: bool,
    /// Whether its rows come from an encoder, not from texts alone.
    pub needs_encoder: bool,
    /// Whether it describes outputs without a value that is the better one by itself, as length and diversity do: then
    /// it decides nothing.
    pub describes: bool,
    /// What has to be loaded before it can be computed.
    pub asset: Option<Asset>,
}

impl Properties {
    /// Those of a metric from 0 to 1, the larger the better, that scores every segment against its references and
    /// needs nothing else.
    #[must_use]
    pub const fn of(topic: &'static str, source: &'static str) -> Self {
        Self {
            topic,
            source,
            max: 1.0,
            best: 1.0,
            lower_is_better: false,
            needs_reference: true,
            against_source: false,
            is_partial: false,
            needs_all_segments: false,
            needs_encoder: false,
            describes: false,
            asset: None,
        }
    }
}

/// What can be said of a metric without computing it, and the options that it is set by.
pub trait Describe: Send + Sync {
    /// The name as the field writes it: `BLEU`, `chrF2++`, `rougeL`.
    fn name(&self) -> String;

    /// What it is and needs, with its options as they stand.
    fn properties(&self) -> Properties;

    /// The options with their values, in the order the reference tool documents them.
    fn options(&self) -> Vec<OptionView> {
        Vec::new()
    }

    /// Sets an option by the reference tool's name for it.
    ///
    /// # Errors
    /// When there is no such option or it can't take that value; all stays as it was.
    fn set(&mut self, option: &str, _value: &str) -> Result<(), SpecError> {
        Err(options::unknown(&self.name(), option))
    }
}

/// How the rows of a metric become scores: all that whoever holds rows needs. It is apart from [`Metric`], so that a
/// program that only sums rows does not contain what computes them.
pub trait Scoring: Describe {
    /// Numbers in a row.
    fn width(&self) -> usize;

    /// The option string that the field quotes beside a score. `resampling` ("bs:1000|seed:12345")
    /// comes after the number of references, where sacreBLEU puts it.
    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String;

    /// The score of a sum of rows, of any number of segments.
    fn score(&self, sum: &[f64]) -> Score;

    /// The score of one segment. BLEU takes its effective order here, as sacreBLEU's
    /// `sentence_bleu` does.
    fn segment_score(&self, row: &[f64]) -> f64 {
        self.score(row).value
    }

    /// Whether the score is the mean of the segments' scores.
    fn is_mean(&self) -> bool {
        false
    }

    /// Whether a row holds a score of its segment. One that does not is no part of the sample.
    fn is_scored(&self, _row: &[f64]) -> bool {
        true
    }

    /// The value of [`Scoring::score`] alone, computed as the reference tool's resampling computes
    /// it from statistics kept in single precision.
    fn resampled_score(&self, sum: &[f32]) -> f64 {
        let sum: Vec<f64> = sum.iter().map(|&x| f64::from(x)).collect();
        self.score(&sum).value
    }
}

/// A metric whose corpus score is a function of the sum of its segments' statistics, with what computes them.
pub trait Metric: Scoring {
    /// Writes the segment's row into `row`, which has [`Scoring::width`] places. Without
    /// references the row is that of an empty reference.
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]);

    /// The rows of segments, one after the other.
    fn rows(&self, segments: &[(&str, Vec<&str>)]) -> Vec<f64> {
        let width = self.width();
        let mut rows = vec![0.0; segments.len() * width];
        for ((hypothesis, references), row) in segments.iter().zip(rows.chunks_exact_mut(width)) {
            self.statistics(hypothesis, references, row);
        }
        rows
    }

    /// Checks what [`Describe::set`] can't without the code that computes the metric: whether a JSON Schema is one.
    ///
    /// # Errors
    /// Which option has a value that it can't take.
    fn check(&self) -> Result<(), SpecError> {
        Ok(())
    }
}

/// Rows of one metric over one system: `len() / width` rows of `width` numbers.
pub fn rows(metric: &dyn Metric, segments: &[(&str, Vec<&str>)]) -> Vec<f64> {
    metric.rows(segments)
}

/// The column sums of `rows`.
pub fn sum_rows<'a>(rows: impl Iterator<Item = &'a [f64]>, width: usize) -> Vec<f64> {
    let mut sum = vec![0.0; width];
    for row in rows {
        for (total, x) in sum.iter_mut().zip(row) {
            *total += x;
        }
    }
    sum
}
