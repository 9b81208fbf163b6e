//! Text metrics equal to their reference tools (sacreBLEU, rouge-score, NLTK, jiwer, the SQuAD script and others),
//! each a score of summed per-segment statistics.
//!
//! ```
//! use assay_metrics::registry::MetricSpec;
//! use assay_metrics::{RefCount, rows, sum_rows};
//!
//! let mut spec = MetricSpec::named("bleu")?;
//! spec.set("tokenize", "intl")?;
//! let metric = spec.metric();
//! let segments = [("the cat sat on the mat", vec!["the cat sat on the mat"])];
//! let rows = rows(metric, &segments);
//! let sum = sum_rows(rows.chunks_exact(metric.width()), metric.width());
//! assert!((metric.score(&sum).value - 100.0).abs() < 1e-9);
//! assert_eq!(
//!     metric.signature(RefCount::Fixed(1), None),
//!     "nrefs:1|case:mixed|eff:no|tok:intl|smooth:exp|version:2.6.0",
//! );
//! # Ok::<(), assay_metrics::registry::SpecError>(())
//! ```
//!
//! A metric turns a hypothesis and its references into a row of numbers, and any sum of rows into a score. Scores of
//! corpora, slices and segments, bootstrap intervals, paired tests and merged shards all follow from these two functions.
//!
//! Cargo features, all on by default: `regex` (the metrics `choice`, `number`, `regex`), `math` (`math`), `jsonschema`
//! (the option `schema` of `json`), `whatlang` (`same_language`), `jieba` (Chinese words, LLaMA-Factory's scores) and `wordnet` (METEOR's
//! synonyms). Without one of them, what needs it is refused with `SpecError::NeedsFeature`.
//!
//! This crate must not know tables, files, workers or a browser.

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
pub mod exact;
pub mod json;
#[cfg(feature = "jsonschema")]
mod json_schema;
#[cfg(feature = "whatlang")]
pub mod language;
#[cfg(feature = "jieba")]
pub mod llamafactory;
#[cfg(feature = "math")]
pub mod math;
pub mod meteor;
mod meteor_tokens;
mod metric;
#[cfg(feature = "regex")]
pub mod numeric_error;
pub mod options;
pub mod pass;
#[cfg(feature = "regex")]
pub mod pattern;
pub mod per_segment;
pub mod perplexity;
pub mod presets;
pub mod qa;
pub mod rated;
pub mod recorded;
pub mod registry;
#[cfg(feature = "regex")]
pub mod regular_expressions;
pub mod repetition;
pub mod resampling;
pub mod rouge;
mod rounding;
pub mod semantic;
mod signature;
pub mod ter;
pub mod tfidf;

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
pub use exact::ExactMatch;
pub use json::Json;
#[cfg(feature = "whatlang")]
pub use language::SameLanguage;
#[cfg(feature = "jieba")]
pub use llamafactory::{LlamaFactory, LlamaFactoryKind};
#[cfg(feature = "math")]
pub use math::MathEqual;
pub use meteor::Meteor;
pub use metric::{Describe, Metric, Properties, Scoring, rows, sum_rows};
#[cfg(feature = "regex")]
pub use numeric_error::{ErrorMean, NumericError};
pub use pass::{PassAtK, PassRate};
#[cfg(feature = "regex")]
pub use pattern::Pattern;
pub use perplexity::Perplexity;
pub use qa::{QaKind, SquadQa};
pub use rated::Rated;
pub use recorded::Recorded;
pub use repetition::Repetition;
pub use rouge::{Rouge, RougeKind};
pub use semantic::{BertScore, SentenceCosine};
pub use ter::Ter;
pub use tfidf::TfIdf;
