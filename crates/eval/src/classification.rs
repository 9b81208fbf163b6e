//! Classifiers in the data worker: the columns with labels and predictions, and what they come to. What
//! probabilities come to stands in [`probability`], sets of labels in [`sets`].

mod classes;
pub mod probability;
pub mod sets;

use assay_data::{DataSet, Role};
use assay_results::classification::{ClassPair, ClassificationView, ClassifierView, MOST_CLASSES};
use assay_stats::classification::{Average, Confusion, Weight};
use assay_stats::corrections::holm;
use assay_stats::mcnemar::mcnemar;
use assay_stats::proportion::wilson;
use classes::Classes;
use probability::probability;

/// The rows in a cell of a confusion matrix.
pub struct CellRows<'a> {
    data: &'a DataSet,
    pair: &'a ClassPair,
    classes: Classes,
    /// The columns with the labels and the classifier's predictions.
    columns: Option<[usize; 2]>,
}

impl<'a> CellRows<'a> {
    /// The rows whose classes are those of `pair`.
    #[must_use]
    pub fn of(pair: &'a ClassPair, data: &'a DataSet) -> Self {
        let predictions = data.columns_with(Role::Prediction);
        let label = data.column_with(Role::Label);
        let prediction = predictions.get(pair.classifier).copied();
        Self {
            data,
            pair,
            classes: Classes::of(data),
            columns: label.zip(prediction).map(|(l, p)| [l, p]),
        }
    }

    /// Whether a row is in the cell.
    #[must_use]
    pub fn holds(&self, row: usize) -> bool {
        let is = |column: usize, class: &str| {
            let label = cell(self.data, column, row);
            label.is_some_and(|l| self.classes.name(l) == class)
        };
        self.columns.is_some_and(|[label, prediction]| {
            is(label, &self.pair.truth) && is(prediction, &self.pair.predicted)
        })
    }
}

/// A cell without the white space around it; nothing where it is blank.
fn cell(data: &DataSet, column: usize, row: usize) -> Option<&str> {
    let text = data.table.cell(column, row).map(str::trim);
    text.filter(|t| !t.is_empty())
}

/// What the data says of its classifiers; nothing where it has no labels or no predictions.
#[must_use]
pub fn classification(data: &DataSet) -> Option<ClassificationView> {
    let label = data.column_with(Role::Label)?;
    let predictions = data.columns_with(Role::Prediction);
    if predictions.is_empty() {
        return None;
    }
    if let Some(view) = sets::sets(data) {
        return Some(view);
    }
    let rows = data.table.rows();
    let named = Classes::of(data);
    let cell = |column: usize, row: usize| cell(data, column, row).map(|l| named.name(l));
    let columns = predictions.iter().chain([&label]);
    let texts = columns.flat_map(|&c| (0..rows).filter_map(move |r| cell(c, r)));
    let labels = assay_stats::classification::labels(texts);
    let classes = labels.len();
    if classes > MOST_CLASSES {
        return Some(ClassificationView {
            classes,
            alike: named.alike,
            ..ClassificationView::default()
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
            let truth = (0..rows).map(|row| cell(label, row));
            view.probability = probability(data, truth, &probabilities, &labels);
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
        sets: Vec::new(),
        alike: named.alike.clone(),
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
        adjusted: confusion.balanced_accuracy_adjusted(),
        mcc: confusion.mcc(),
        kappa: [Weight::Plain, Weight::Linear, Weight::Quadratic].map(|w| confusion.kappa(w)),
        averages: [Average::Macro, Average::Micro, Average::Weighted].map(|a| confusion.average(a)),
        each: each.collect(),
        test: None,
        probability: None,
        confusion,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::data;

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
    fn numbers_and_truth_values_are_one_class_however_they_are_written() {
        let view = |text: &str| {
            let mut data = data(text);
            data.roles = vec![Role::Label, Role::Prediction];
            classification(&data).unwrap()
        };
        let numbers = view("label,pred\n1,1.0\n0,0.0\n1,0.0\n2,2.0\n2,\n");
        assert_eq!(numbers.labels, ["0", "1", "2"]);
        let found = &numbers.classifiers[0];
        assert_eq!((found.items, found.accuracy.0), (4, 0.75));
        assert_eq!(numbers.alike, None);
        let truths = view("label,pred\nTrue,true\nFalse,False\nTrue,false\n");
        assert_eq!(truths.labels.len(), 2);
        assert_eq!(truths.classifiers[0].confusion.right(), 2);
        assert_eq!(
            view("label,pred\n1.0,1.0\n0.0,1.0\n").labels,
            ["0.0", "1.0"]
        );
    }

    #[test]
    fn labels_that_differ_in_case_or_a_full_stop_are_told_and_merged_on_request() {
        let mut data = data("label,pred\nyes,Yes\nno,no\nyes,yes.\nno,yes\nyes,YES\nno,No\n");
        data.roles = vec![Role::Label, Role::Prediction];
        let apart = classification(&data).unwrap();
        assert_eq!(
            (apart.classes, apart.classifiers[0].confusion.right()),
            (6, 1)
        );
        let alike = apart.alike.unwrap();
        assert_eq!(
            (alike.labels, alike.classes, alike.is_merged),
            (6, 2, false)
        );
        data.merge_classes = true;
        let merged = classification(&data).unwrap();
        assert_eq!(merged.labels, ["no", "yes"]);
        assert_eq!(merged.classifiers[0].confusion.right(), 5);
        assert!(merged.alike.unwrap().is_merged);
        let pair = ClassPair {
            classifier: 0,
            truth: "yes".to_owned(),
            predicted: "yes".to_owned(),
        };
        let rows = CellRows::of(&pair, &data);
        let held: Vec<usize> = (0..6).filter(|row| rows.holds(*row)).collect();
        assert_eq!(held, [0, 2, 4]);
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
