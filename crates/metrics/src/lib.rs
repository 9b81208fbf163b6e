//! Metrics as sums of per-segment statistics. A [`Metric`] turns a hypothesis and its references
//! into a row of [`Metric::width`] numbers, and any sum of rows into a [`Score`]; corpus, slice and
//! segment scores, intervals, tests and shards all come from that pair. One file a metric; the
//! list that the page offers is [`registry::ALL`].

pub mod alignment;
#[cfg(feature = "regex")]
pub mod answer;
pub mod asset;
pub mod bleu;
pub mod bleu_nltk;
pub mod chrf;
pub mod cmrc;
pub mod contains;
mod counted;
pub mod diversity;
pub mod error_rate;
pub mod json;
#[cfg(feature = "jsonschema")]
mod json_schema;
#[cfg(feature = "whatlang")]
pub mod language;
pub mod meteor;
pub mod options;
pub mod pass;
#[cfg(feature = "regex")]
pub mod pattern;
pub mod per_segment;
pub mod perplexity;
pub mod qa;
pub mod rated;
pub mod registry;
#[cfg(feature = "regex")]
mod regular_expressions;
pub mod repetition;
pub mod resampling;
pub mod rouge;
pub mod semantic;
mod signature;
pub mod ter;
pub mod tfidf;

use options::{OptionView, SpecError};

pub use assay_results::metric_info::Asset;
pub use assay_results::scores::{RefCount, Score};

#[cfg(feature = "regex")]
pub use answer::{Choice, NumberMatch};
pub use bleu::Bleu;
pub use bleu_nltk::BleuNltk;
pub use chrf::Chrf;
pub use cmrc::Cmrc;
pub use contains::Contains;
pub use error_rate::{ErrorRate, ErrorUnit, Similarity};
pub use json::Json;
#[cfg(feature = "whatlang")]
pub use language::SameLanguage;
pub use meteor::Meteor;
pub use pass::{PassAtK, PassRate};
#[cfg(feature = "regex")]
pub use pattern::Pattern;
pub use perplexity::Perplexity;
pub use qa::{QaKind, SquadQa};
pub use rated::Rated;
pub use repetition::Repetition;
pub use rouge::{Rouge, RougeKind};
pub use semantic::{BertScore, SentenceCosine};
pub use ter::Ter;
pub use tfidf::TfIdf;

/// A yes or no as signatures write it.
fn yes_no(so: bool) -> &'static str {
    if so { "yes" } else { "no" }
}

/// A metric whose corpus score is a function of the sum of its segments' statistics.
pub trait Metric: Send + Sync {
    /// The name as the field writes it: `BLEU`, `chrF2++`, `rougeL`.
    fn name(&self) -> String;

    /// A short name: the key of its description in the locale files.
    fn topic(&self) -> &'static str;

    /// Where it comes from: the papers, and the tool whose values it has.
    fn source(&self) -> &'static str {
        ""
    }

    /// Numbers in a row.
    fn width(&self) -> usize;

    /// Largest possible score: 100 or 1, as the reference tool has it.
    fn max(&self) -> f64;

    /// The score that nothing is better than.
    fn best(&self) -> f64 {
        self.max()
    }

    /// Whether a lower score is the better one.
    fn lower_is_better(&self) -> bool {
        false
    }

    /// The option string that the field quotes beside a score. `resampling` ("bs:1000|seed:12345")
    /// comes after the number of references, where sacreBLEU puts it.
    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String;

    /// Writes the segment's row into `row`, which has [`Metric::width`] places. Without
    /// references the row is that of an empty reference.
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]);

    /// Whether a segment's row depends on all other segments, so that all have to be given at once.
    fn needs_all_segments(&self) -> bool {
        false
    }

    /// The rows of segments, one after the other.
    fn rows(&self, segments: &[(&str, Vec<&str>)]) -> Vec<f64> {
        let width = self.width();
        let mut rows = vec![0.0; segments.len() * width];
        for ((hypothesis, references), row) in segments.iter().zip(rows.chunks_exact_mut(width)) {
            self.statistics(hypothesis, references, row);
        }
        rows
    }

    /// The score of a sum of rows, of any number of segments.
    fn score(&self, sum: &[f64]) -> Score;

    /// The score of one segment. BLEU takes its effective order here, as sacreBLEU's
    /// `sentence_bleu` does.
    fn segment_score(&self, row: &[f64]) -> f64 {
        self.score(row).value
    }

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

    /// Whether it leaves some segments unscored.
    fn is_partial(&self) -> bool {
        false
    }

    /// Whether it can't score a segment without a reference.
    fn needs_reference(&self) -> bool {
        true
    }

    /// Whether an output is compared with its prompt, which is then given in place of the references.
    fn against_source(&self) -> bool {
        false
    }

    /// Whether its rows come from an encoder, not from texts alone.
    fn needs_encoder(&self) -> bool {
        false
    }

    /// What has to be loaded before it can be computed.
    fn asset(&self) -> Option<Asset> {
        None
    }

    /// Whether a row holds a score of its segment. One that does not is no part of the sample.
    fn is_scored(&self, _row: &[f64]) -> bool {
        true
    }

    /// The value of [`Metric::score`] alone, computed as the reference tool's resampling computes
    /// it from statistics kept in single precision.
    fn resampled_score(&self, sum: &[f32]) -> f64 {
        let sum: Vec<f64> = sum.iter().map(|&x| f64::from(x)).collect();
        self.score(&sum).value
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

/// What an operation's result is rounded to. Rounding a double-precision sum, product or quotient
/// of single-precision numbers gives the single-precision result exactly, so one formula serves
/// both precisions.
type Rounding = fn(f64) -> f64;

fn double(x: f64) -> f64 {
    x
}

fn single(x: f64) -> f64 {
    f64::from(x as f32)
}
