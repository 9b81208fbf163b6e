//! What is noted on the rows of a table, at one time.

use super::rows::RowSet;
use assay_protocol::annotations::RowAnnotation;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is noted, by row. States before a change share what the change left alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Noted {
    pub(super) stars: RowSet,
    pub(super) tags: BTreeMap<String, RowSet>,
    pub(super) notes: Rc<BTreeMap<u32, Rc<str>>>,
}

impl Noted {
    /// What is noted on rows. Where two came to the same row both are kept.
    pub(super) fn of_rows(all: Vec<(usize, RowAnnotation)>) -> Self {
        let mut stars = Vec::new();
        let mut tags: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut notes: BTreeMap<u32, String> = BTreeMap::new();
        for (row, noted) in all {
            let row = row as u32;
            stars.extend(noted.is_starred.then_some(row));
            for tag in noted.tags {
                tags.entry(tag).or_default().push(row);
            }
            if !noted.note.is_empty() {
                let note = notes.entry(row).or_default();
                if !note.is_empty() && *note != noted.note {
                    note.push('\n');
                    note.push_str(&noted.note);
                } else {
                    *note = noted.note;
                }
            }
        }
        let notes = notes.into_iter().map(|(row, note)| (row, note.into()));
        Self {
            stars: RowSet::of(stars),
            tags: tags
                .into_iter()
                .map(|(t, rows)| (t, RowSet::of(rows)))
                .collect(),
            notes: Rc::new(notes.collect()),
        }
    }
}
