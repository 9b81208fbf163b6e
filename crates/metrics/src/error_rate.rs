//! Word and character error rate as jiwer 4.0.0 computes them (Levenshtein 1966), and the similarity
//! that goes with them. The rates' row is `[edits, length of the reference]` of the reference with the
//! lowest rate.

use super::per_segment::{PerSegment, indicator};
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::scores::{RefCount, Score};
use assay_text::intern::Interner;
use assay_text::whitespace::{is_space, trim};
use rapidfuzz::distance::levenshtein;
use serde::{Deserialize, Serialize};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorUnit {
    /// Words: what stands between single spaces, once longer runs of white space are one.
    Word,
    /// Characters, white space among them, but for that at the ends.
    Character,
}

/// Edits over the reference's length. Lower is better; a long hypothesis can have more edits than the
/// reference has units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorRate {
    /// What is counted.
    pub unit: ErrorUnit,
}

/// Runs of two and more white-space characters as one space; a single one stays as it is.
fn words(text: &str) -> Vec<String> {
    let mut joined = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_space(c) && chars.peek().copied().is_some_and(is_space) {
            while chars.next_if(|c| is_space(*c)).is_some() {}
            joined.push(' ');
        } else {
            joined.push(c);
        }
    }
    let words = trim(&joined).split(' ').filter(|w| !w.is_empty());
    words.map(str::to_owned).collect()
}

impl ErrorRate {
    /// WER.
    pub fn words() -> Self {
        Self {
            unit: ErrorUnit::Word,
        }
    }

    /// CER.
    pub fn characters() -> Self {
        Self {
            unit: ErrorUnit::Character,
        }
    }

    /// Edits, and the reference's length.
    fn edits(&self, hypothesis: &str, reference: &str) -> (usize, usize) {
        match self.unit {
            ErrorUnit::Word => {
                let (own, theirs) = (words(hypothesis), words(reference));
                let mut interner = Interner::default();
                let own = interner.ids(own.iter().map(String::as_str));
                let ids = interner.ids(theirs.iter().map(String::as_str));
                (levenshtein::distance(&own, &ids), theirs.len())
            }
            ErrorUnit::Character => {
                let (own, theirs) = (trim(hypothesis), trim(reference));
                let edits = levenshtein::distance(own.chars(), theirs.chars());
                (edits, theirs.chars().count())
            }
        }
    }
}

/// Edits over a length; the edits themselves where there is none, as jiwer has it.
fn rate(edits: f64, length: f64) -> f64 {
    if length > 0.0 { edits / length } else { edits }
}

impl Describe for ErrorRate {
    fn name(&self) -> String {
        match self.unit {
            ErrorUnit::Word => "WER",
            ErrorUnit::Character => "CER",
        }
        .to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            best: 0.0,
            lower_is_better: true,
            ..Properties::of("error-rate", "Levenshtein 1966; jiwer 4.0.0")
        }
    }
}

impl Scoring for ErrorRate {
    fn width(&self) -> usize {
        2
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::new(refs, resampling)
            .with("case", "mixed")
            .with("version", "jiwer-4.0.0")
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        Score {
            value: rate(sum[0], sum[1]),
            details: vec![
                ("edits".to_owned(), sum[0]),
                ("reference length".to_owned(), sum[1]),
            ],
        }
    }
}

impl Metric for ErrorRate {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let none = [""];
        let references = if references.is_empty() {
            &none[..]
        } else {
            references
        };
        let each = references.iter().map(|r| self.edits(hypothesis, r));
        let each = each.map(|(edits, length)| [edits as f64, length as f64]);
        let best = each.min_by(|a, b| rate(a[0], a[1]).total_cmp(&rate(b[0], b[1])));
        row.copy_from_slice(&best.unwrap_or_default());
    }
}

/// One less the edits between the characters over the longer text's length, as rapidfuzz's
/// `Levenshtein.normalized_similarity`; two empty texts are alike.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Similarity;

impl Describe for Similarity {
    fn name(&self) -> String {
        "Levenshtein similarity".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties::of("levenshtein", "Levenshtein 1966; rapidfuzz 3.14")
    }
}

impl PerSegment for Similarity {
    fn facts(&self) -> String {
        "case:mixed|version:rapidfuzz-3.14".to_owned()
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let alike = |r: &&str| levenshtein::normalized_similarity(hypothesis.chars(), r.chars());
        let best = references.iter().map(alike).reduce(f64::max);
        Some(best.unwrap_or(indicator(hypothesis.is_empty())))
    }
}
