//! Scores of classifiers: confusion matrices, averages, curves and calibration, as the page shows them.

use assay_stats::classification::bands::Bands;
use assay_stats::classification::curves::Point;
use assay_stats::classification::multilabel::Hits;
use assay_stats::classification::probability::Bin;
use assay_stats::classification::{ClassScores, Confusion};
use serde::{Deserialize, Serialize};

/// All classifiers of the data.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClassificationView {
    /// The classes, in order.
    pub labels: Vec<String>,
    /// Classes that there are; more than can be shown leave the rest empty.
    pub classes: usize,
    /// The classifiers, the first the baseline of the tests; none where rows have sets of labels.
    pub classifiers: Vec<ClassifierView>,
    /// Where rows have any number of labels, the same of sets.
    pub sets: Vec<SetsView>,
    /// Labels that differ only in case or a final full stop, where there are such.
    pub alike: Option<AlikeClasses>,
}

/// Labels that differ only in case or in a final full stop, as `Positive.` and `positive`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeClasses {
    /// How many labels are like another.
    pub labels: usize,
    /// How many classes they are when merged.
    pub classes: usize,
    /// Two of them.
    pub example: [String; 2],
    /// Whether each group counts as one class.
    pub is_merged: bool,
}

/// A cell of a confusion matrix: its rows can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClassPair {
    /// The classifier's place.
    pub classifier: usize,
    /// The true class.
    pub truth: String,
    /// The predicted class.
    pub predicted: String,
}

/// One classifier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassifierView {
    /// Its column.
    pub name: String,
    /// Rows with a label and a prediction.
    pub items: usize,
    /// Rows without one of them.
    pub blank: usize,
    /// The confusion matrix.
    pub confusion: Confusion,
    /// The part that is right, with Wilson's interval.
    pub accuracy: (f64, Option<[f64; 2]>),
    /// The mean recall of the classes.
    pub balanced: f64,
    /// That with guesses at 0.
    pub adjusted: Option<f64>,
    /// Matthews' correlation.
    pub mcc: f64,
    /// Cohen's kappa: plain, linear, quadratic.
    pub kappa: [Option<f64>; 3],
    /// Averages: macro, micro, weighted.
    pub averages: [ClassScores; 3],
    /// Each class, with how often it is true.
    pub each: Vec<(ClassScores, usize)>,
    /// Against the first: items that only this one has right, that only the first has, and McNemar's p,
    /// corrected (Holm).
    pub test: Option<(usize, usize, f64)>,
    /// The scores of its probabilities.
    pub probability: Option<ProbabilityView>,
}

/// Classes that a table can show; a column with more is no column of classes.
pub const MOST_CLASSES: usize = 60;

/// The scores of predicted probabilities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProbabilityView {
    /// Log loss.
    pub log_loss: f64,
    /// Brier's score, summed over the classes.
    pub brier: f64,
    /// Area under the ROC curve: of two classes the second's; else one against the rest and one against
    /// one, each plain and weighted.
    pub auc: Vec<(String, f64)>,
    /// Average precision: of two classes the second's; else plain and weighted.
    pub precision: Vec<(String, f64)>,
    /// The part of rows whose class is among the two likeliest, where there are more than two.
    pub top_two: Option<f64>,
    /// Expected calibration error.
    pub calibration: f64,
    /// The reliability diagram, by bins of one width and by bins of as many rows: of two classes the
    /// second's probability, else that of the most likely.
    pub reliability: [Vec<Bin>; 2],
    /// For each class, of two the second.
    pub curves: Vec<ClassCurves>,
}

/// The curves of a class against all others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassCurves {
    /// The class.
    pub class: String,
    /// The ROC curve.
    pub roc: Vec<(f64, f64)>,
    /// Precision over recall.
    pub precision: Vec<(f64, f64)>,
    /// Thresholds with the rows at or above them, the highest first. There may be fewer than there are values, but
    /// the cheapest one is among them, whatever errors cost.
    pub thresholds: Vec<Point>,
    /// Rows that are of the class, and rows that are not.
    pub rows: [usize; 2],
    /// The areas under both curves; undefined where the class is never true, or always.
    pub areas: [Option<f64>; 2],
    /// How sure curves and areas are; of the first few classes.
    pub bands: Option<Bands>,
}

/// A classifier that gives sets of labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetsView {
    /// Its column.
    pub name: String,
    /// Rows.
    pub items: usize,
    /// The part of rows whose sets are the same.
    pub exact: f64,
    /// The part of all decisions that are wrong.
    pub hamming: f64,
    /// Averages: macro, micro, weighted, and the mean over rows of each row's own.
    pub averages: [ClassScores; 4],
    /// Each label with its hits and scores.
    pub each: Vec<(String, Hits, ClassScores)>,
}
