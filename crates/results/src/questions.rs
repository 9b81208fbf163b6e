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
    /// Clusters that they belong to; nothing where each pair stands for itself. All that follows but the mean is by
    /// clusters then: intervals and Student's test by a cluster-robust standard error, the rest by clusters' means.
    pub clusters: Option<usize>,
    /// The mean difference of segments' scores.
    pub mean: f64,
    /// Its 95 % interval by Student's t distribution.
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

/// How sure each system's mean is, and what would make it surer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorBarsView {
    /// The column that clusters come from; nothing where each row stands for itself.
    pub clusters: Option<String>,
    /// The column that identifies items of several samples; nothing where there is one sample of each.
    pub items: Option<String>,
    /// Each system.
    pub systems: Vec<ErrorBars>,
}

/// The standard error of a system's mean over segments, and what it is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorBars {
    /// The system.
    pub name: String,
    /// Segments with a score.
    pub rows: usize,
    /// Clusters that they belong to; rows where there are none.
    pub clusters: usize,
    /// The mean of their scores.
    pub mean: f64,
    /// The standard error as if rows were independent.
    pub naive_error: f64,
    /// The standard error over clusters.
    pub error: f64,
    /// The mean's 95 % interval by Student's t distribution.
    pub interval: [f64; 2],
    /// How many times as many rows are needed as independent ones would be.
    pub design_effect: Option<f64>,
    /// The standard error with twice as many clusters.
    pub twice_the_clusters: f64,
    /// The variance between items and within them; nothing where items have one row each.
    pub split: Option<SplitView>,
}

/// The variance of a mean over items with several rows each: samples of one prompt, or rows of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SplitView {
    /// Items.
    pub items: usize,
    /// Rows of an item, on average.
    pub samples: f64,
    /// The variance between items.
    pub between: f64,
    /// The variance within an item.
    pub within: f64,
    /// The part of the variance of items' means that comes from within, 0 to 1.
    pub share_within: Option<f64>,
    /// The standard error of the mean of items' means.
    pub error: f64,
    /// That with twice as many rows of each item.
    pub twice_the_samples: f64,
    /// That with endlessly many: what only more items make less.
    pub floor: f64,
    /// That with twice as many items.
    pub twice_the_items: f64,
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
