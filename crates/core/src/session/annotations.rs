//! The session's part in stars, tags and notes: they go with their rows, select rows, and tags are scored as slices are.

use super::Session;
use crate::annotations::{Annotations, KeptAnnotations, row_keys};
use assay_protocol::annotations::{AnnotationError, RowsToTag};

impl Session {
    /// What is noted on rows.
    pub(crate) fn annotations(&self) -> &Annotations {
        &self.annotations
    }

    /// The same as plain data; nothing where nothing is noted.
    pub(crate) fn kept_annotations(&self) -> Option<KeptAnnotations> {
        if self.annotations.is_empty() {
            return None;
        }
        let keys = self.row_keys.get_or_init(|| row_keys(&self.data));
        Some(self.annotations.kept(self.data.table.rows(), keys))
    }

    /// Takes what was kept of them.
    pub(super) fn take_annotations(&mut self, kept: Option<KeptAnnotations>) {
        let rows = self.data.table.rows();
        let kept = kept.map(|kept| Annotations::of_kept(kept, rows));
        self.annotations = kept.unwrap_or_default();
        self.hand_tags();
    }

    /// Gives a row a star, or takes it away.
    pub(crate) fn toggle_star(&mut self, row: usize) -> Result<(), AnnotationError> {
        self.check_row(row)?;
        self.annotations.toggle_star(row);
        self.selected = None;
        Ok(())
    }

    /// Gives rows a tag.
    pub(crate) fn add_tag(&mut self, to: RowsToTag, tag: &str) -> Result<(), AnnotationError> {
        let rows = self.rows_of(to)?;
        self.annotations.add_tag(&rows, tag)?;
        self.selected = None;
        Ok(())
    }

    /// Takes a tag from rows.
    pub(crate) fn remove_tag(&mut self, from: RowsToTag, tag: &str) -> Result<(), AnnotationError> {
        let rows = self.rows_of(from)?;
        self.annotations.remove_tag(&rows, tag);
        self.selected = None;
        Ok(())
    }

    /// Writes a row's note.
    pub(crate) fn set_note(&mut self, row: usize, text: &str) -> Result<(), AnnotationError> {
        self.check_row(row)?;
        self.annotations.set_note(row, text)?;
        self.selected = None;
        Ok(())
    }

    /// Takes the last change of annotations back.
    pub(crate) fn undo_annotation(&mut self) -> Result<(), AnnotationError> {
        self.annotations.undo()?;
        self.selected = None;
        Ok(())
    }

    /// Makes it again.
    pub(crate) fn redo_annotation(&mut self) -> Result<(), AnnotationError> {
        self.annotations.redo()?;
        self.selected = None;
        Ok(())
    }

    fn check_row(&self, row: usize) -> Result<(), AnnotationError> {
        let rows = self.data.table.rows();
        let is_there = row < rows;
        is_there
            .then_some(())
            .ok_or(AnnotationError::NoSuchRow { row, rows })
    }

    /// Rows in the order of the table.
    fn rows_of(&mut self, rows: RowsToTag) -> Result<Vec<u32>, AnnotationError> {
        match rows {
            RowsToTag::Row { row } => {
                self.check_row(row)?;
                Ok(vec![row as u32])
            }
            RowsToTag::Selected { query, first } => {
                let mut rows = self.select(*query).rows().to_vec();
                rows.truncate(first.unwrap_or(usize::MAX));
                rows.sort_unstable();
                Ok(rows)
            }
        }
    }

    /// Gives the evaluations the tags as they are; nothing is queued. Whether results changed.
    pub(super) fn hand_tags(&mut self) -> bool {
        let tags = self.annotations.tagged();
        let of_models = match self.models.table.rows() == self.data.table.rows() {
            true => tags.clone(),
            false => Vec::new(),
        };
        let ready = self.schedule.set_tags(&self.data, tags);
        self.note_results(&ready);
        let compared = self.compared.set_tags(&self.models, of_models);
        self.comparison_changed(&compared);
        !ready.is_empty() || !compared.is_empty()
    }

    /// Scores the slices of tags as they are now. What a person has stopped stays so.
    pub(crate) fn score_tags(&mut self) {
        if self.hand_tags() && !self.scoring_stopped {
            let (baseline, test) = self.settings();
            self.evaluate(baseline, test);
        }
    }
}
