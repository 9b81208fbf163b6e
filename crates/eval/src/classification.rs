//! Classifiers in the data worker: the columns with labels and predictions, and what they come to. What
//! probabilities come to stands in [`probability`], sets of labels in [`sets`].

pub mod probability;
pub mod sets;

use assay_data::{DataSet, Role};
use assay_results::classification::{ClassPair, ClassificationView, ClassifierView, MOST_CLASSES};
use assay_stats::classification::{Average, Confusion, Weight};
use assay_stats::corrections::holm;
use assay_stats::mcnemar::mcnemar;
use assay_stats::proportion::wilson;
use probability::probability;

/// Whether a row is in a cell of a confusion matrix.
#[must_use]
pub fn in_cell(pair: &ClassPair, data: &DataSet, row: usize) -> bool {
    let label = data.column_with(Role::Label);
    let predictions = data.columns_with(Role::Prediction);
    let is =
        |column: Option<usize>, class: &str| column.and_then(|c| cell(data, c, row)) == Some(class);
    is(label, &pair.truth) && is(predictions.get(pair.classifier).copied(), &pair.predicted)
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
    let cell = |column: usize, row: usize| cell(data, column, row);
    let columns = predictions.iter().chain([&label]);
    let texts = columns.flat_map(|&c| (0..rows).filter_map(move |r| cell(c, r)));
    let labels = assay_stats::classification::labels(texts);
    let classes = labels.len();
    if classes > MOST_CLASSES {
        return Some(ClassificationView {
            classes,
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
        sets: Vec::new(),
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
    use assay_data::Importer;

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
