//! What a file gives: its rows, and those that were set aside.

use super::error::{ImportError, Problem, Reason};
use super::layouts::known_roles::KnownRoles;
use crate::points::Points;
use crate::roles::Role;
use crate::table::Table;
use std::collections::BTreeSet;

/// Columns a table may have; more are not a table that a person can look at.
pub const MAX_COLUMNS: usize = 1000;
/// Cells a table may have, present or missing: each takes four bytes beside its text.
pub const MAX_CELLS: usize = 50_000_000;
/// Characters of a column's name. It stands in every table, result and message that speaks of the column.
pub const MAX_NAME: usize = 1000;
/// Rows set aside that are kept with their reasons; more are only counted.
pub const MAX_PROBLEMS: usize = 1000;

/// A row before its columns are known: names and cells.
pub(super) type Cells = Vec<(String, Option<String>)>;

/// What came out of a file.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// The file's name.
    pub file: String,
    /// The rows.
    pub table: Table,
    /// Rows set aside, the first [`MAX_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// Rows set aside in all.
    pub problem_count: usize,
    /// The encoding's name.
    pub encoding: String,
    /// Fields that were left out: lists of objects, which are no text to compare.
    pub left_out: BTreeSet<String>,
    /// What separates the fields of a delimited file.
    pub delimiter: Option<u8>,
    /// What points in its numbers separate, where they may separate thousands.
    pub points: Points,
    /// What the file's form is called on the command line: that of a tool's log, or of any table.
    pub layout: &'static str,
    /// What each column is for, where the form of the file says so.
    pub roles: Option<Vec<Role>>,
    /// What columns are for, as the layout of a tool's log says it row by row.
    pub known: KnownRoles,
    /// The system whose outputs the file holds, where its path or its layout names it.
    pub system: Option<String>,
}

impl Imported {
    /// An error when the table has more cells than memory has room for.
    ///
    /// # Errors
    /// [`ImportError::TooManyCells`].
    pub fn cells_within(&self) -> Result<(), ImportError> {
        let columns = self.table.names().len();
        if self.table.rows().saturating_mul(columns) <= MAX_CELLS {
            return Ok(());
        }
        Err(ImportError::TooManyCells {
            file: self.file.clone(),
            columns,
            limit: MAX_CELLS,
        })
    }

    /// An error when the name of a column is too long to be one.
    ///
    /// # Errors
    /// [`ImportError::LongName`].
    pub fn names_within(&self) -> Result<(), ImportError> {
        for (place, name) in self.table.names().iter().enumerate() {
            // A name of few bytes has no more characters: only long ones are counted.
            if name.len() > MAX_NAME && name.chars().nth(MAX_NAME).is_some() {
                return Err(ImportError::LongName {
                    file: self.file.clone(),
                    column: place + 1,
                    found: name.chars().count(),
                    limit: MAX_NAME,
                });
            }
        }
        Ok(())
    }

    /// Appends a row of named cells.
    ///
    /// # Errors
    /// [`ImportError::TooManyColumns`], [`ImportError::TooManyCells`] and [`ImportError::LongCell`].
    pub(super) fn push_cells(
        &mut self,
        cells: &[(String, Option<String>)],
    ) -> Result<(), ImportError> {
        let row: Vec<(usize, Option<&str>)> = cells
            .iter()
            .map(|(name, cell)| (self.table.column_named(name), cell.as_deref()))
            .collect();
        let found = self.table.names().len();
        if found > MAX_COLUMNS {
            let file = self.file.clone();
            return Err(ImportError::TooManyColumns {
                file,
                found,
                limit: MAX_COLUMNS,
            });
        }
        if self.table.push(row) {
            // A row takes memory in all columns, also those that its few bytes do not name.
            self.cells_within()
        } else {
            Err(ImportError::LongCell {
                file: self.file.clone(),
            })
        }
    }

    /// Counts a problem of the row or cell at `line` (from 1) and keeps its reason, as long as there are few.
    pub fn set_aside(&mut self, line: u64, reason: Reason) {
        self.problem_count += 1;
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem {
                file: self.file.clone(),
                line,
                reason,
            });
        }
    }
}

/// Whether a row came through decoding with a replacement character, or holds a NUL, which no text does.
pub(super) fn damaged(bad: Option<&'static str>, row: &str) -> Option<Reason> {
    if row.contains('\0') {
        return Some(Reason::NulCharacter);
    }
    bad.filter(|_| row.contains('\u{fffd}'))
        .map(|encoding| Reason::InvalidByte {
            encoding: encoding.to_owned(),
        })
}
