//! Classifiers in the data worker: the columns with labels, predictions and probabilities, and what they
//! come to.

use crate::dataset::{DataSet, Role};
use crate::stats::classification::curves::Curve;
use crate::stats::classification::probability::{
    Bin, Counted, auc_ovo, auc_ovr, average_precision, averaged, brier, calibration_error,
    log_loss, one_vs_rest, reliability,
};
use crate::stats::classification::{Average, ClassScores, Confusion, Weight};
use crate::stats::corrections::holm;
use crate::stats::mcnemar::mcnemar;
use crate::stats::proportion::wilson;
use serde::{Deserialize, Serialize};

/// Classes that a table can show; a column with more is no column of classes.
pub const MOST_CLASSES: usize = 60;
/// Bins of the reliability diagram.
const BINS: usize = 10;
/// Points of a curve that are drawn.
const POINTS: usize = 200;

/// All classifiers of the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassificationView {
    /// The classes, in order.
    pub labels: Vec<String>,
    /// Classes that there are; more than can be shown leave the rest empty.
    pub classes: usize,
    /// The classifiers, the first the baseline of the tests.
    pub classifiers: Vec<ClassifierView>,
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
    /// What its probabilities come to.
    pub probability: Option<ProbabilityView>,
}

/// What probabilities come to.
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
    /// Expected calibration error.
    pub calibration: f64,
    /// The reliability diagram: of two classes the second's probability, else that of the most likely.
    pub reliability: Vec<Bin>,
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
}

/// What the data says of its classifiers; nothing where it has no labels or no predictions.
#[must_use]
pub fn classification(data: &DataSet) -> Option<ClassificationView> {
    let label = data.column_with(Role::Label)?;
    let predictions = data.columns_with(Role::Prediction);
    if predictions.is_empty() {
        return None;
    }
    let rows = data.table.rows();
    let cell = |column: usize, row: usize| {
        let text = data.table.cell(column, row).map(str::trim);
        text.filter(|t| !t.is_empty())
    };
    let columns = predictions.iter().chain([&label]);
    let texts = columns.flat_map(|&c| (0..rows).filter_map(move |r| cell(c, r)));
    let labels = crate::stats::classification::labels(texts);
    let classes = labels.len();
    if classes > MOST_CLASSES {
        let (labels, classifiers) = (Vec::new(), Vec::new());
        return Some(ClassificationView {
            labels,
            classes,
            classifiers,
        });
    }
    let probabilities = data.columns_with(Role::Probability);
    let mut classifiers: Vec<ClassifierView> = Vec::new();
    for (place, &column) in predictions.iter().enumerate() {
        let pair = |row: usize| Some((cell(label, row)?, cell(column, row)?));
        let pairs: Vec<(&str, &str)> = (0..rows).filter_map(pair).collect();
        let mut view = classifier(&data.table.names()[column], &pairs);
        view.blank = rows - pairs.len();
        if place > 0 {
            let right = |c: usize, row: usize| Some(cell(label, row)? == cell(c, row)?);
            let both =
                (0..rows).filter_map(|r| Some((right(column, r)?, right(predictions[0], r)?)));
            let (mut own, mut first) = (0, 0);
            for (mine, theirs) in both {
                own += usize::from(mine && !theirs);
                first += usize::from(theirs && !mine);
            }
            view.test = Some((own, first, mcnemar(own, first)));
        }
        // Probabilities name no classifier, so that they can be only an only one's.
        if predictions.len() == 1 && probabilities.len() == classes && classes > 1 {
            view.probability = probability(data, label, &probabilities, &labels);
        }
        classifiers.push(view);
    }
    let tested: Vec<f64> = classifiers.iter().filter_map(|c| Some(c.test?.2)).collect();
    let tests = classifiers.iter_mut().filter_map(|c| c.test.as_mut());
    for (test, p) in tests.zip(holm(&tested)) {
        test.2 = p;
    }
    Some(ClassificationView {
        labels,
        classes,
        classifiers,
    })
}

fn classifier(name: &str, pairs: &[(&str, &str)]) -> ClassifierView {
    let confusion = Confusion::of(pairs);
    let interval = wilson(confusion.right() as f64, confusion.total() as f64);
    let each = (0..confusion.labels.len()).map(|i| (confusion.class(i), confusion.support(i)));
    ClassifierView {
        name: name.to_owned(),
        items: pairs.len(),
        blank: 0,
        accuracy: (confusion.accuracy(), interval),
        balanced: confusion.balanced_accuracy(),
        mcc: confusion.mcc(),
        kappa: [Weight::Plain, Weight::Linear, Weight::Quadratic].map(|w| confusion.kappa(w)),
        averages: [Average::Macro, Average::Micro, Average::Weighted].map(|a| confusion.average(a)),
        each: each.collect(),
        test: None,
        probability: None,
        confusion,
    }
}

/// The probabilities' columns stand for the classes in their order.
fn probability(
    data: &DataSet,
    label: usize,
    columns: &[usize],
    labels: &[String],
) -> Option<ProbabilityView> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let mut truth = Vec::new();
    for row in 0..data.table.rows() {
        let class = data.table.cell(label, row).map(str::trim);
        let class = class.and_then(|c| labels.iter().position(|l| l == c));
        let number = |c: &usize| data.table.cell(*c, row)?.trim().parse::<f64>().ok();
        let values: Option<Vec<f64>> = columns.iter().map(number).collect();
        if let (Some(class), Some(values)) =
            (class, values.filter(|v| v.iter().all(|p| p.is_finite())))
        {
            rows.push(values);
            truth.push(class);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let classes = labels.len();
    let curves = one_vs_rest(&rows, &truth, classes);
    // Of two classes one curve says all.
    let shown = labels.iter().zip(&curves).skip(usize::from(classes == 2));
    let shown = shown.map(|(class, curve)| ClassCurves {
        class: class.clone(),
        roc: thinned(curve.roc()),
        precision: thinned(curve.precision_recall()),
    });
    let items: Vec<(f64, bool)> = rows
        .iter()
        .zip(&truth)
        .map(|(r, t)| confidence(r, *t))
        .collect();
    let bins = reliability(&items, BINS);
    let (auc, precision) = areas(&curves, &rows, &truth);
    Some(ProbabilityView {
        log_loss: log_loss(&rows, &truth),
        brier: brier(&rows, &truth),
        auc,
        precision,
        calibration: calibration_error(&bins),
        reliability: bins,
        curves: shown.collect(),
    })
}

/// Of two classes the second's probability and whether it is true, else that of the most likely.
fn confidence(row: &[f64], truth: usize) -> (f64, bool) {
    if row.len() == 2 {
        return (row[1], truth == 1);
    }
    let most = (0..row.len()).max_by(|a, b| row[*a].total_cmp(&row[*b]));
    let most = most.unwrap_or_default();
    (row[most], most == truth)
}

type Named = Vec<(String, f64)>;

fn areas(curves: &[Curve], rows: &[Vec<f64>], truth: &[usize]) -> (Named, Named) {
    if let [_, curve] = curves {
        let auc = curve.roc_auc().map(|a| ("binary".to_owned(), a));
        let precision = ("binary".to_owned(), curve.average_precision());
        return (auc.into_iter().collect(), vec![precision]);
    }
    let both = |[plain, weighted]: [&str; 2], each: Counted| {
        [(plain, false), (weighted, true)].map(|(name, w)| (name.to_owned(), averaged(&each, w)))
    };
    let rest = auc_ovr(curves).map(|each| both(["ovr", "ovr-weighted"], each));
    let pairs = auc_ovo(rows, truth, curves.len());
    let pairs = pairs.map(|each| both(["ovo", "ovo-weighted"], each));
    let auc = rest.into_iter().chain(pairs).flatten().collect();
    let precision = both(["macro", "weighted"], average_precision(curves));
    (auc, precision.to_vec())
}

/// No more points than are drawn, the first and the last among them.
fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let step = points.len().div_ceil(POINTS).max(1);
    let last = points.len().saturating_sub(1);
    let kept = points.into_iter().enumerate();
    kept.filter(|(i, _)| i % step == 0 || *i == last)
        .map(|(_, p)| p)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Importer;

    fn data(text: &str) -> DataSet {
        let mut importer = Importer::new("d.csv");
        importer.push(text.as_bytes()).unwrap();
        DataSet::join(vec![importer.finish().unwrap()]).unwrap()
    }

    #[test]
    fn two_classifiers_are_compared_on_the_same_rows() {
        let mut text = String::from("label,pred,other\n");
        (0..8).for_each(|i| text.push_str(&format!("{},{},{}\n", i % 2, 0, i % 2)));
        text.push_str("1,,1\n");
        let mut data = data(&text);
        data.roles = vec![Role::Label, Role::Prediction, Role::Prediction];
        let view = classification(&data).unwrap();
        assert_eq!(view.labels, ["0", "1"]);
        let [first, second] = &view.classifiers[..] else {
            panic!("two classifiers");
        };
        assert_eq!((first.items, first.blank, first.accuracy.0), (8, 1, 0.5));
        assert_eq!((second.items, second.accuracy.0), (9, 1.0));
        let (own, theirs, p) = second.test.unwrap();
        assert!((own, theirs) == (4, 0) && (p - 0.125).abs() < 1e-12);
        assert_eq!(first.probability, None);
    }

    #[test]
    fn probabilities_belong_to_the_only_classifier() {
        let mut data =
            data("label,pred,p0,p1\na,a,0.9,0.1\nb,b,0.2,0.8\nb,a,0.6,0.4\na,a,0.7,0.3\n");
        data.roles = vec![
            Role::Label,
            Role::Prediction,
            Role::Probability,
            Role::Probability,
        ];
        let view = classification(&data).unwrap();
        let found = view.classifiers[0].probability.as_ref().unwrap();
        assert_eq!(found.auc, [("binary".to_owned(), 1.0)]);
        assert_eq!(found.curves.len(), 1);
        data.roles[1] = Role::Ignored;
        assert_eq!(classification(&data), None);
    }
}
