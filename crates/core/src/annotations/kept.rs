//! Annotations as a part of a project.

use super::held::Annotations;
use super::keys::{RowKey, Waiting};
use super::noted::Noted;
use super::rows::RowSet;
use assay_protocol::annotations::MOST_NOTE;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Annotated rows up to which it is kept what they are known by, should the data set be damaged.
const MOST_KEYED: usize = 20_000;

/// Annotations as plain data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct KeptAnnotations {
    /// Rows of the table.
    rows: usize,
    stars: Vec<u32>,
    tags: BTreeMap<String, Vec<u32>>,
    notes: BTreeMap<u32, String>,
    /// What annotated rows are known by.
    keys: Vec<(u32, RowKey)>,
    waiting: Vec<Waiting>,
}

impl KeptAnnotations {
    /// Whether a project could have left it so.
    pub(crate) fn is_sound(&self) -> bool {
        let is_row = |row: &u32| (*row as usize) < self.rows;
        let tagged = self.tags.values().flatten();
        let all = self.stars.iter().chain(tagged).chain(self.notes.keys());
        let fits = |note: &String| note.chars().count() <= MOST_NOTE;
        all.into_iter().all(is_row) && self.notes.values().all(fits)
    }
}

impl Annotations {
    /// As plain data, of a table with this many rows; `keys` says what they are known by.
    pub(crate) fn kept(&self, rows: usize, keys: &[RowKey]) -> KeptAnnotations {
        let noted = self.noted.current();
        let keyed = self.rows().into_iter().take(MOST_KEYED);
        let keyed = keyed.filter_map(|row| Some((row as u32, keys.get(row)?.clone())));
        let notes = noted.notes.iter();
        KeptAnnotations {
            rows,
            stars: noted.stars.to_vec(),
            tags: noted
                .tags
                .iter()
                .map(|(t, r)| (t.clone(), r.to_vec()))
                .collect(),
            notes: notes.map(|(row, note)| (*row, note.to_string())).collect(),
            keys: keyed.collect(),
            waiting: self.waiting.clone(),
        }
    }

    /// Taken back, of a table with this many rows. Where that is another table than it was, as after damage, they wait
    /// for their rows.
    pub(crate) fn of_kept(kept: KeptAnnotations, rows: usize) -> Self {
        let tags = kept.tags.into_iter();
        let notes = kept.notes.into_iter();
        let noted = Noted {
            stars: RowSet::of(kept.stars),
            tags: tags.map(|(tag, rows)| (tag, RowSet::of(rows))).collect(),
            notes: std::rc::Rc::new(notes.map(|(row, note)| (row, note.into())).collect()),
        };
        let found = Self::of(noted, kept.waiting);
        if kept.rows == rows {
            return found;
        }
        let keys: BTreeMap<u32, RowKey> = kept.keys.into_iter().collect();
        let wait = |row: usize| {
            let key = keys.get(&(row as u32)).cloned().unwrap_or_default();
            Waiting::of(key, found.of_row(row))
        };
        let mut waiting: Vec<Waiting> = found.rows().into_iter().map(wait).collect();
        waiting.extend(found.waiting);
        Self::of(Noted::default(), waiting)
    }
}
