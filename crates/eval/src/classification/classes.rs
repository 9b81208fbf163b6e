//! Which labels are one class. Numbers are compared as numbers (1 and 1.0, as pandas writes a column with gaps), and
//! `True` and `true` are one where there are only truth values. Words that differ in case or in a final full stop, as
//! language models write labels, are different classes until the person merges them.

use assay_data::{DataSet, Role};
use assay_results::classification::AlikeClasses;
use std::collections::{BTreeMap, HashMap};

/// The classes of a data set: how each label that occurs is called.
pub(super) struct Classes {
    names: HashMap<String, String>,
    /// What could be merged, or was.
    pub(super) alike: Option<AlikeClasses>,
}

/// A label as it is compared.
type Key = fn(&str) -> String;

/// The largest whole number up to which all have a value of their own.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn as_number(label: &str) -> String {
    let value: Option<f64> = label.parse().ok();
    let value = value.filter(|x| x.abs() < EXACT);
    value.map_or_else(|| label.to_owned(), |x| (x + 0.0).to_string())
}

fn as_truth(label: &str) -> String {
    label.to_ascii_lowercase()
}

fn as_it_is(label: &str) -> String {
    label.to_owned()
}

/// A label without case and without a full stop at its end.
fn loosened(label: &str) -> String {
    let lower = label.to_lowercase();
    let bare = lower.trim_end_matches(['.', '。', '．']).trim_end();
    match bare.is_empty() {
        true => lower,
        false => bare.to_owned(),
    }
}

impl Classes {
    /// The classes of the labels and predictions.
    pub(super) fn of(data: &DataSet) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let columns = [Role::Label, Role::Prediction].map(|role| data.columns_with(role));
        for column in columns.iter().flatten() {
            for row in 0..data.table.rows() {
                if let Some(label) = super::cell(data, *column, row) {
                    *counts.entry(label).or_default() += 1;
                }
            }
        }
        let is_number = |l: &&str| l.parse::<f64>().is_ok_and(f64::is_finite);
        let is_truth = |l: &&str| matches!(as_truth(l).as_str(), "true" | "false");
        let (key, alike): (Key, _) = if counts.keys().all(is_number) {
            (as_number, None)
        } else if counts.keys().all(is_truth) {
            (as_truth, None)
        } else {
            let key: Key = if data.merge_classes {
                loosened
            } else {
                as_it_is
            };
            (key, alike(&counts, data.merge_classes))
        };
        let groups = grouped(&counts, key);
        let named = groups.values().flat_map(|labels| {
            let name = usual(labels, &counts);
            labels
                .iter()
                .map(move |l| ((*l).to_owned(), name.to_owned()))
        });
        Self {
            names: named.collect(),
            alike,
        }
    }

    /// The name of a label's class.
    pub(super) fn name<'a>(&'a self, label: &'a str) -> &'a str {
        self.names.get(label).map_or(label, String::as_str)
    }
}

/// Labels by what they are compared by.
fn grouped<'a>(counts: &BTreeMap<&'a str, usize>, key: Key) -> BTreeMap<String, Vec<&'a str>> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for label in counts.keys() {
        groups.entry(key(label)).or_default().push(label);
    }
    groups
}

/// The name of a class: its shortest label, of those the one that occurs most often.
fn usual<'a>(labels: &[&'a str], counts: &BTreeMap<&str, usize>) -> &'a str {
    let count = |label: &str| counts.get(label).copied().unwrap_or_default();
    let order = |a: &&str, b: &&str| {
        let by_length = b.len().cmp(&a.len());
        by_length.then(count(a).cmp(&count(b))).then(b.cmp(a))
    };
    labels.iter().copied().max_by(order).unwrap_or_default()
}

/// Labels that differ only in case or a final full stop; nothing where there are none.
fn alike(counts: &BTreeMap<&str, usize>, is_merged: bool) -> Option<AlikeClasses> {
    let groups = grouped(counts, loosened);
    let several: Vec<&Vec<&str>> = groups.values().filter(|g| g.len() > 1).collect();
    let first = several.first()?;
    Some(AlikeClasses {
        labels: several.iter().map(|g| g.len()).sum(),
        classes: several.len(),
        example: [first[0].to_owned(), first[1].to_owned()],
        is_merged,
    })
}
