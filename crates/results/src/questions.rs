//! Answers to questions about results beyond the scores.

use crate::diversity::Diversity;
use serde::{Deserialize, Serialize};

/// Texts in themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextsView {
    /// The tokeniser that n-grams are counted by.
    pub tokenizer: String,
    /// Each system, then the references where there are any.
    pub systems: Vec<(String, Diversity)>,
    /// Whether the last of them is the references.
    pub has_reference: bool,
}

/// Other tests of a metric's segments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairsView {
    /// Each system but the baseline.
    pub systems: Vec<PairView>,
}

/// A system's segments against the baseline's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairView {
    /// The system.
    pub name: String,
    /// Pairs of segments that have a score under both.
    pub pairs: usize,
    /// The mean difference of segments' scores, with its 95 % interval by Student's t distribution.
    pub mean: f64,
    /// That interval.
    pub interval: Option<[f64; 2]>,
    /// Student's paired test: p.
    pub student: Option<f64>,
    /// Wilcoxon's signed-rank test: p.
    pub wilcoxon: Option<f64>,
    /// Where segments are right or wrong, McNemar's exact test: p.
    pub mcnemar: Option<f64>,
    /// Wilcoxon's p (McNemar's where there is one), corrected by Holm, and by Benjamini and Hochberg.
    pub corrected: Option<[f64; 2]>,
    /// Cohen's d of the pairs.
    pub effect: Option<f64>,
    /// Cliff's delta.
    pub delta: Option<f64>,
    /// The smallest mean difference that this number of pairs detects with a power of 80 %, at a level of 5 %.
    pub smallest: Option<f64>,
    /// Pairs that would show the difference found with that power.
    pub needed: Option<f64>,
}

/// How metrics go together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementView {
    /// The metrics' names.
    pub metrics: Vec<String>,
    /// For every two of them Pearson's r, Spearman's rho and Kendall's tau-b over the segments.
    pub matrix: Vec<Vec<[Option<f64>; 3]>>,
}

/// Where two metrics disagree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisagreementView {
    /// The two metrics' names.
    pub metrics: [String; 2],
    /// The segments that they rank most differently.
    pub rows: Vec<DisagreementRow>,
}

/// A segment that two metrics rank differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisagreementRow {
    /// The row in the table.
    pub row: usize,
    /// Its text, shortened.
    pub text: String,
    /// Its scores under the two.
    pub scores: [f64; 2],
    /// The part of segments that it is better than under each, 0 to 1.
    pub places: [f64; 2],
}
