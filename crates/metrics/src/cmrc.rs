//! Exact match and F1 of answers in Chinese as CMRC 2018's script computes them (Cui et al. 2019;
//! cmrc2018_evaluate.py v5): F1 over the longest run of segments that both answers have.

use super::per_segment::{PerSegment, indicator};
use super::qa::QaKind;
use super::{Describe, Properties};
use assay_text::cmrc::{normalized, segments};
use serde::{Deserialize, Serialize};

/// Exact match or F1 with CMRC's segmentation, in percent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cmrc {
    /// Which of the two.
    pub kind: QaKind,
}

/// The length of the longest run that two sequences have in common.
fn longest_run(a: &[String], b: &[String]) -> usize {
    let mut before = vec![0usize; b.len() + 1];
    let mut longest = 0;
    for x in a {
        let mut now = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            if x == y {
                now[j + 1] = before[j] + 1;
                longest = longest.max(now[j + 1]);
            }
        }
        before = now;
    }
    longest
}

impl Cmrc {
    fn compare(&self, hypothesis: &str, reference: &str) -> f64 {
        if self.kind == QaKind::ExactMatch {
            return indicator(hypothesis == reference);
        }
        let (hypothesis, reference) = (segments(hypothesis), segments(reference));
        let common = longest_run(&reference, &hypothesis) as f64;
        if common == 0.0 {
            return 0.0;
        }
        let precision = common / hypothesis.len() as f64;
        let recall = common / reference.len() as f64;
        (2.0 * precision * recall) / (precision + recall)
    }
}

impl Describe for Cmrc {
    fn name(&self) -> String {
        match self.kind {
            QaKind::ExactMatch => "EM (CMRC)",
            QaKind::TokenF1 => "F1 (CMRC)",
        }
        .to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            max: 100.0,
            best: 100.0,
            ..Properties::of("cmrc", "Cui et al. 2019; CMRC 2018 evaluate v5")
        }
    }
}

impl PerSegment for Cmrc {
    fn facts(&self) -> String {
        "norm:cmrc|version:cmrc2018-evaluate-v5".to_owned()
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let hypothesis = normalized(hypothesis);
        let each = references
            .iter()
            .map(|r| self.compare(&hypothesis, &normalized(r)));
        Some(each.fold(0.0, f64::max))
    }
}
