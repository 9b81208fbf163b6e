//! Exact match and token F1 with SQuAD's normalisation (Rajpurkar et al. 2016; the functions of
//! evaluate-v2.0.py), the best over the references.

use super::per_segment::{PerSegment, indicator};
use super::{Describe, Properties};
use assay_text::intern::{Interner, clipped_matches, count};
use assay_text::squad::normalized_tokens;
use serde::{Deserialize, Serialize};

/// Which of the two scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QaKind {
    /// 1 when the normalised answers are equal.
    ExactMatch,
    /// F1 over the bags of normalised tokens.
    TokenF1,
}

/// Exact match or token F1, corpus scores in percent as the official script prints them; a
/// segment's score is 0 to 1 there, and in percent here so that one scale serves both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SquadQa {
    /// Which of the two scores.
    pub kind: QaKind,
}

impl SquadQa {
    /// Exact match.
    pub fn exact_match() -> Self {
        Self {
            kind: QaKind::ExactMatch,
        }
    }

    /// F1 over tokens.
    pub fn token_f1() -> Self {
        Self {
            kind: QaKind::TokenF1,
        }
    }
}

/// One hypothesis against one reference, 0 to 1.
fn compare(kind: QaKind, hypothesis: &[String], reference: &[String]) -> f64 {
    let equal = indicator(hypothesis == reference);
    if kind == QaKind::ExactMatch || hypothesis.is_empty() || reference.is_empty() {
        return equal;
    }
    let mut interner = Interner::default();
    let hyp = interner.ids(hypothesis.iter().map(String::as_str));
    let reference = interner.ids(reference.iter().map(String::as_str));
    let same = f64::from(clipped_matches(&hyp, &count(&reference)));
    if same == 0.0 {
        return 0.0;
    }
    let (precision, recall) = (same / hyp.len() as f64, same / reference.len() as f64);
    2.0 * precision * recall / (precision + recall)
}

impl Describe for SquadQa {
    fn name(&self) -> String {
        match self.kind {
            QaKind::ExactMatch => "EM",
            QaKind::TokenF1 => "F1",
        }
        .into()
    }

    fn properties(&self) -> Properties {
        Properties {
            max: 100.0,
            best: 100.0,
            ..Properties::of("squad", "Rajpurkar et al. 2016; SQuAD evaluate-v2.0")
        }
    }
}

impl PerSegment for SquadQa {
    fn facts(&self) -> String {
        "norm:squad|version:evaluate-v2.0".to_owned()
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let hypothesis = normalized_tokens(hypothesis);
        let each = references.iter().map(|r| normalized_tokens(r));
        let each = each.map(|r| compare(self.kind, &hypothesis, &r));
        let best = each.reduce(f64::max);
        Some(best.unwrap_or_else(|| compare(self.kind, &hypothesis, &[])))
    }
}
