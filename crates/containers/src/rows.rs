//! The rows of a table while it is read, and what bounds them: a small file can name one long text a million times.

use crate::event::{Event, Receiver, give};
use assay_data::ContainerError;
use assay_data::ImportError;
use assay_data::import::{self, Imported, MAX_CELLS, MAX_TEXT, expansion_within, within};
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// A table that grows row by row.
pub(crate) struct Rows {
    pub(crate) out: Imported,
    /// Bytes of the container.
    packed: u64,
    text: u64,
    /// Rows that were given already.
    given: u64,
}

/// Rows that are given at once, so that no table is held whole.
const PIECE: usize = 1000;

impl Rows {
    /// No rows yet, of a container with `packed` bytes.
    pub(crate) fn new(file: &str, packed: u64) -> Self {
        let out = Imported {
            file: file.to_owned(),
            encoding: "UTF-8".to_owned(),
            ..Imported::default()
        };
        Self {
            out,
            packed,
            text: 0,
            given: 0,
        }
    }

    /// Counts text that is about to be copied, and refuses it where that is too much.
    pub(crate) fn count_text(&mut self, bytes: usize) -> Result<(), ContainerError> {
        self.text += bytes as u64;
        within(&self.out.file, self.text, MAX_TEXT)?;
        Ok(expansion_within(&self.out.file, self.packed, self.text)?)
    }

    /// Refuses `rows` of `columns` before they are read, where memory has no room for them.
    pub(crate) fn expect(&self, rows: u64, columns: usize) -> Result<(), ContainerError> {
        if rows.saturating_mul(columns as u64) <= MAX_CELLS as u64 {
            return Ok(());
        }
        Err(ImportError::TooManyCells {
            file: self.out.file.clone(),
            columns,
            limit: MAX_CELLS,
        }
        .into())
    }

    /// Appends an object as the import of JSON does.
    pub(crate) fn push_object(
        &mut self,
        object: &Map<String, Value>,
    ) -> Result<(), ContainerError> {
        Ok(import::json::push_object(object, &mut self.out)?)
    }

    /// Rows so far, given or not.
    pub(crate) fn count(&self) -> u64 {
        self.given + self.out.table.rows() as u64
    }

    /// Gives the rows that are there, where they are enough for a piece.
    pub(crate) fn give(
        &mut self,
        each: &mut Receiver<'_>,
    ) -> Result<ControlFlow<()>, ContainerError> {
        let table = &mut self.out.table;
        if table.rows() < PIECE {
            return Ok(ControlFlow::Continue(()));
        }
        self.given += table.rows() as u64;
        let piece = Box::new(table.take_rows());
        self.expect(self.given, piece.names().len())?;
        give(Event::Rows(piece), each)
    }

    /// The table, or what is left of it; it has to have rows.
    pub(crate) fn finish(self) -> Result<Box<Imported>, ContainerError> {
        if self.count() == 0 {
            let file = self.out.file;
            return Err(ImportError::HeaderOnly { file }.into());
        }
        Ok(Box::new(self.out))
    }
}
