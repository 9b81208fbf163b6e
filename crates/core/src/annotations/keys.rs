//! What rows are known by in another table, and annotations that wait for a row which is known so.

use crate::row_keys::{digests, ids};
use assay_data::{DataSet, Role};
use assay_protocol::annotations::RowAnnotation;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What a row is known by in another table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct RowKey {
    pub(super) id: Option<String>,
    pub(super) text: Option<String>,
}

/// What is noted on a row that is not in the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Waiting {
    pub(super) key: RowKey,
    pub(super) is_starred: bool,
    pub(super) tags: Vec<String>,
    pub(super) note: String,
}

impl Waiting {
    pub(super) fn of(key: RowKey, noted: RowAnnotation) -> Self {
        Self {
            key,
            is_starred: noted.is_starred,
            tags: noted.tags,
            note: noted.note,
        }
    }
}

pub(super) const ID_ROLES: [Role; 1] = [Role::Id];
pub(super) const TEXT_ROLES: [Role; 3] = [Role::Source, Role::Reference, Role::Label];

/// What each row of a data set is known by.
pub(crate) fn row_keys(data: &DataSet) -> Vec<RowKey> {
    let columns = |roles: &[Role]| with_repeats(data, columns_of(data, roles));
    keys(data, columns(&ID_ROLES), columns(&TEXT_ROLES))
}

fn columns_of(data: &DataSet, roles: &[Role]) -> Vec<usize> {
    let all = roles.iter().flat_map(|role| data.columns_with(*role));
    all.collect()
}

/// The columns with those that tell samples of one item apart; none where there are no columns.
pub(super) fn with_repeats(data: &DataSet, mut columns: Vec<usize>) -> Vec<usize> {
    if !columns.is_empty() {
        columns.extend(data.columns_with(Role::Repeat));
    }
    columns
}

pub(super) fn keys(data: &DataSet, of_ids: Vec<usize>, of_texts: Vec<usize>) -> Vec<RowKey> {
    let some = |columns: Vec<usize>, make: fn(&DataSet, &[usize]) -> Vec<String>| {
        let found = (!columns.is_empty()).then(|| make(data, &columns));
        let mut found = found.unwrap_or_default().into_iter();
        move || found.next()
    };
    let (mut id, mut text) = (some(of_ids, ids), some(of_texts, digests));
    (0..data.table.rows())
        .map(|_| RowKey {
            id: id(),
            text: text(),
        })
        .collect()
}

/// Where rows that are known by these keys are.
pub(super) struct Places {
    ids: HashMap<String, usize>,
    texts: HashMap<String, usize>,
}

impl Places {
    pub(super) fn of(keys: Vec<RowKey>) -> Self {
        let (mut ids, mut texts) = (HashMap::new(), HashMap::new());
        for (row, key) in keys.into_iter().enumerate() {
            ids.extend(key.id.map(|id| (id, row)));
            texts.extend(key.text.map(|text| (text, row)));
        }
        Self { ids, texts }
    }

    pub(super) fn find(&self, key: &RowKey) -> Option<usize> {
        let by_id = key.id.as_ref().and_then(|id| self.ids.get(id));
        let by_text = || key.text.as_ref().and_then(|text| self.texts.get(text));
        by_id.or_else(by_text).copied()
    }
}
