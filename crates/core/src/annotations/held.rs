//! The annotations that are held: what is noted on rows, what was before, and what waits for its row.

use super::keys::Waiting;
use super::noted::Noted;
use assay_calls::History;
use assay_eval::sample::TaggedRows;
use assay_protocol::annotations::{
    AnnotationChange, AnnotationCounts, AnnotationError, AnnotationKind, MOST_NOTE, MOST_TAG,
    RowAnnotation, TagCount,
};
use assay_protocol::views::AnnotationFilter;
use std::rc::Rc;

/// Tags of a project.
pub(super) const MOST_TAGS: usize = 200;
/// Changes that can be undone.
const MOST_UNDONE: usize = 100;

/// Stars, tags and notes.
#[derive(Debug)]
pub(crate) struct Annotations {
    pub(super) noted: History<Noted, AnnotationChange>,
    /// Those whose rows are not in the data.
    pub(super) waiting: Vec<Waiting>,
}

impl Default for Annotations {
    fn default() -> Self {
        Self::of(Noted::default(), Vec::new())
    }
}

impl Annotations {
    pub(super) fn of(noted: Noted, waiting: Vec<Waiting>) -> Self {
        Self {
            noted: History::new(noted, MOST_UNDONE),
            waiting,
        }
    }

    /// Whether nothing is noted, nor waits for its row.
    pub(crate) fn is_empty(&self) -> bool {
        *self.noted.current() == Noted::default() && self.waiting.is_empty()
    }

    /// Whether some row of the data has a star, a tag or a note.
    pub(crate) fn is_shown(&self) -> bool {
        *self.noted.current() != Noted::default()
    }

    pub(crate) fn counts(&self) -> AnnotationCounts {
        let noted = self.noted.current();
        let tags = noted.tags.iter().map(|(tag, rows)| TagCount {
            tag: tag.clone(),
            rows: rows.len(),
        });
        AnnotationCounts {
            starred: noted.stars.len(),
            noted: noted.notes.len(),
            tags: tags.collect(),
            elsewhere: self.waiting.len(),
            undo: self.noted.undo_label().cloned(),
            redo: self.noted.redo_label().cloned(),
        }
    }

    /// What is noted on a row.
    pub(crate) fn of_row(&self, row: usize) -> RowAnnotation {
        let noted = self.noted.current();
        let tags = noted.tags.iter().filter(|(_, rows)| rows.has(row));
        RowAnnotation {
            is_starred: noted.stars.has(row),
            tags: tags.map(|(tag, _)| tag.clone()).collect(),
            note: self.note(row).unwrap_or_default().to_owned(),
        }
    }

    /// A row's note.
    pub(crate) fn note(&self, row: usize) -> Option<&str> {
        let row = u32::try_from(row).ok()?;
        self.noted.current().notes.get(&row).map(|note| &**note)
    }

    /// Whether the filter lets a row through.
    pub(crate) fn fits(&self, filter: &AnnotationFilter, row: usize) -> bool {
        let noted = self.noted.current();
        let has = |tag: &String| noted.tags.get(tag).is_some_and(|rows| rows.has(row));
        (!filter.starred || noted.stars.has(row))
            && (!filter.noted || self.note(row).is_some())
            && filter.tag.as_ref().is_none_or(has)
            && !filter.without.as_ref().is_some_and(has)
    }

    /// Each tag with its rows.
    pub(crate) fn tagged(&self) -> Vec<TaggedRows> {
        let tags = self.noted.current().tags.iter();
        tags.map(|(tag, rows)| TaggedRows {
            tag: tag.clone(),
            rows: rows.to_vec(),
        })
        .collect()
    }

    /// Gives a row a star, or takes it away.
    pub(crate) fn toggle_star(&mut self, row: usize) {
        let is_starred = self.noted.current().stars.has(row);
        let kind = match is_starred {
            true => AnnotationKind::Unstar,
            false => AnnotationKind::Star,
        };
        let label = change(kind, "", &[row as u32]);
        self.noted.change(label, |noted| {
            noted.stars = match is_starred {
                true => noted.stars.without(&[row as u32]),
                false => noted.stars.with(&[row as u32]),
            };
        });
    }

    /// Gives rows, in the order of the table, a tag.
    ///
    /// # Errors
    /// When it can't be a tag, or there are too many; nothing is changed then.
    pub(crate) fn add_tag(&mut self, rows: &[u32], tag: &str) -> Result<(), AnnotationError> {
        let tag = clean_tag(tag)?;
        let before = self.noted.current().tags.get(&tag);
        if before.is_none() && self.noted.current().tags.len() >= MOST_TAGS {
            return Err(AnnotationError::TooManyTags { most: MOST_TAGS });
        }
        let had = before.cloned().unwrap_or_default();
        let new: Vec<u32> = rows.iter().copied().filter(|r| !had.holds(*r)).collect();
        if !new.is_empty() {
            let label = change(AnnotationKind::Tag, &tag, &new);
            self.noted.change(label, |noted| {
                noted.tags.insert(tag, had.with(&new));
            });
        }
        Ok(())
    }

    /// Takes a tag from rows, in the order of the table; one that no row has any more is gone.
    pub(crate) fn remove_tag(&mut self, rows: &[u32], tag: &str) {
        let Some(had) = self.noted.current().tags.get(tag).cloned() else {
            return;
        };
        let gone: Vec<u32> = rows.iter().copied().filter(|r| had.holds(*r)).collect();
        if gone.is_empty() {
            return;
        }
        let label = change(AnnotationKind::Untag, tag, &gone);
        self.noted.change(label, |noted| {
            match had.without(&gone) {
                left if left.is_empty() => noted.tags.remove(tag),
                left => noted.tags.insert(tag.to_owned(), left),
            };
        });
    }

    /// Writes a row's note. What is typed into one note, piece by piece, is one change.
    ///
    /// # Errors
    /// When it is too long.
    pub(crate) fn set_note(&mut self, row: usize, text: &str) -> Result<(), AnnotationError> {
        if text.chars().count() > MOST_NOTE {
            return Err(AnnotationError::LongNote { most: MOST_NOTE });
        }
        if self.note(row).unwrap_or_default() == text {
            return Ok(());
        }
        let label = change(AnnotationKind::Note, "", &[row as u32]);
        // With something to redo the state must stay as it was when that was undone.
        let goes_on = self.noted.undo_label() == Some(&label) && self.noted.redo_label().is_none();
        let write = |noted: &mut Noted| {
            let notes = Rc::make_mut(&mut noted.notes);
            match text.trim().is_empty() {
                true => notes.remove(&(row as u32)),
                false => notes.insert(row as u32, text.into()),
            };
        };
        match goes_on {
            true => write(self.noted.amend()),
            false => self.noted.change(label, write),
        }
        Ok(())
    }

    /// Takes the last change back.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn undo(&mut self) -> Result<(), AnnotationError> {
        let is_undone = self.noted.undo();
        is_undone
            .then_some(())
            .ok_or(AnnotationError::NothingToUndo)
    }

    /// Makes the change again that was taken back last.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn redo(&mut self) -> Result<(), AnnotationError> {
        let is_redone = self.noted.redo();
        is_redone
            .then_some(())
            .ok_or(AnnotationError::NothingToUndo)
    }
}

fn change(kind: AnnotationKind, tag: &str, rows: &[u32]) -> AnnotationChange {
    AnnotationChange {
        kind,
        tag: tag.to_owned(),
        rows: rows.len(),
        first: rows.first().map_or(0, |row| *row as usize),
    }
}

/// A tag as it is kept: without white space around it, and with single spaces in it.
fn clean_tag(typed: &str) -> Result<String, AnnotationError> {
    let tag = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_bad = |c: char| c.is_control() || ",;，；".contains(c);
    if tag.is_empty() || tag.contains(is_bad) {
        return Err(AnnotationError::BadTag { tag });
    }
    match tag.chars().count() > MOST_TAG {
        true => Err(AnnotationError::LongTag { most: MOST_TAG }),
        false => Ok(tag),
    }
}
