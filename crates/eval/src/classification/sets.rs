//! Rows with any number of labels: a cell holds several (`a|b`, `a; b`, `["a", "b"]`), or several columns
//! of one name do (`label[0]`, `label[1]`).

use assay_data::{DataSet, Role};
use assay_results::classification::SetsView;
use assay_results::classification::{ClassificationView, MOST_CLASSES};
use assay_stats::classification::Average;
use assay_stats::classification::multilabel::MultiLabel;

/// The parts of a cell: a list as JSON or Python writes it, or parts between bars or semicolons.
fn parts(cell: &str) -> Vec<String> {
    let cell = cell.trim();
    let listed = cell.strip_prefix('[').and_then(|c| c.strip_suffix(']'));
    let (text, marks): (&str, &[char]) = match listed {
        Some(inside) => (inside, &[',']),
        None => (cell, &['|', ';', '；']),
    };
    let strip = |part: &str| part.trim().trim_matches(['"', '\'']).trim().to_owned();
    let parts = text.split(marks).map(strip);
    parts.filter(|part| !part.is_empty()).collect()
}

/// Columns that are one list: the same name before the index.
fn groups(data: &DataSet, role: Role) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for column in data.columns_with(role) {
        let name = &data.table.names()[column];
        let base = name.split('[').next().unwrap_or(name);
        match groups.iter_mut().find(|(known, _)| known == base) {
            Some((_, columns)) => columns.push(column),
            None => groups.push((base.to_owned(), vec![column])),
        }
    }
    groups
}

fn set(data: &DataSet, columns: &[usize], row: usize) -> Vec<String> {
    let cells = columns.iter().filter_map(|&c| data.table.cell(c, row));
    cells.flat_map(parts).collect()
}

/// The classifiers of data in which some row has several labels; nothing where none has.
pub(super) fn sets(data: &DataSet) -> Option<ClassificationView> {
    let (_, truth) = groups(data, Role::Label).into_iter().next()?;
    let classifiers = groups(data, Role::Prediction);
    let rows = 0..data.table.rows();
    let several = |columns: &[usize]| rows.clone().any(|r| set(data, columns, r).len() > 1);
    let all = classifiers
        .iter()
        .map(|(_, columns)| columns)
        .chain([&truth]);
    if !all.into_iter().any(|columns| several(columns)) {
        return None;
    }
    let of = |(name, columns): (String, Vec<usize>)| {
        let pair = |row: usize| (set(data, &truth, row), set(data, &columns, row));
        (
            name,
            MultiLabel::of(&rows.clone().map(pair).collect::<Vec<_>>()),
        )
    };
    let found: Vec<(String, MultiLabel)> = classifiers.into_iter().map(of).collect();
    let classes = found.iter().map(|(_, f)| f.labels.len()).max().unwrap_or(0);
    let few = classes <= MOST_CLASSES;
    Some(ClassificationView {
        classes,
        sets: found.iter().filter(|_| few).map(view).collect(),
        ..ClassificationView::default()
    })
}

fn view((name, found): &(String, MultiLabel)) -> SetsView {
    let [macro_, micro, weighted] =
        [Average::Macro, Average::Micro, Average::Weighted].map(|a| found.average(a));
    let each = found.labels.iter().zip(&found.hits);
    SetsView {
        name: name.clone(),
        items: found.items,
        exact: found.subset_accuracy(),
        hamming: found.hamming_loss(),
        averages: [macro_, micro, weighted, found.of_items()],
        each: each
            .map(|(label, hits)| (label.clone(), *hits, hits.scores()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::classification;
    use assay_data::Importer;

    #[test]
    fn a_cell_holds_a_set_however_it_is_written() {
        for text in ["a|b", "a; b", "[\"a\", \"b\"]", "['a', 'b']", " a；b "] {
            assert_eq!(parts(text), ["a", "b"], "{text}");
        }
        assert_eq!(parts("a, b"), ["a, b"]);
        assert!(parts("[]").is_empty() && parts(" ").is_empty());
    }

    #[test]
    fn sets_are_found_in_cells_and_in_numbered_columns() {
        let read = |name: &str, text: &str| {
            let mut importer = Importer::new(name);
            importer.push(text.as_bytes()).unwrap();
            DataSet::join(vec![importer.finish().unwrap()]).unwrap()
        };
        let cells = read("a.csv", "label,pred\nx|y,x\ny,y\n,\nx,x|y\n");
        let lists = "{\"label\":[\"x\",\"y\"],\"pred\":[\"x\"]}\n{\"label\":[\"y\"],\"pred\":[\"y\"]}\n{\"label\":[],\"pred\":[]}\n{\"label\":[\"x\"],\"pred\":[\"x\",\"y\"]}\n";
        let lists = read("a.jsonl", lists);
        for data in [cells, lists] {
            let view = classification(&data).unwrap();
            let [found] = &view.sets[..] else {
                panic!("one classifier: {:?} {:?}", data.table.names(), data.roles);
            };
            assert_eq!((found.items, found.exact, found.hamming), (4, 0.5, 0.25));
            assert!(view.classifiers.is_empty() && view.classes == 2);
        }
    }
}
