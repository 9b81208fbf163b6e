//! A table as roles are settled by it: its columns by name and role, and their first cells.

use super::cell_content::{Content, SAMPLE};
use super::column_names::is_output;
use super::names::OUTPUT;
use super::role::Role;
use super::table::Table;
use std::collections::BTreeSet;

/// A table as roles are settled by it.
pub(crate) struct Whole<'a> {
    pub(crate) table: &'a Table,
    /// For each column its name in one spelling, and the last part of that.
    pub(crate) names: &'a [(String, String)],
    pub(crate) contents: &'a [Content],
    /// Whether other files may hold the outputs.
    pub(crate) has_outputs_beside: bool,
}

impl Whole<'_> {
    pub(crate) fn name(&self, column: usize) -> &str {
        &self.names[column].0
    }

    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|(full, _)| full == name)
    }

    /// Whether a column's name says that a system wrote it, without naming one.
    pub(crate) fn is_said(&self, column: usize) -> bool {
        let name = self.name(column);
        OUTPUT.contains(&name) || is_output(name)
    }

    pub(crate) fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.table.column(column).iter().take(SAMPLE).flatten();
        cells.map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// The classes in a column, in small letters.
    pub(crate) fn classes(&self, column: usize) -> BTreeSet<String> {
        self.cells(column).map(str::to_lowercase).collect()
    }

    /// Whether a column has cells, and all of them are of these classes, whatever the case of their letters.
    pub(crate) fn holds_only(&self, column: usize, classes: &BTreeSet<String>) -> bool {
        let mut cells = self.cells(column).map(str::to_lowercase).peekable();
        cells.peek().is_some() && cells.all(|cell| classes.contains(&cell))
    }

    /// Whether something holds of a fifth of the first rows or more.
    pub(crate) fn is_often(&self, holds: impl Fn(usize) -> bool) -> bool {
        let rows = 0..self.table.rows().min(SAMPLE);
        let all = rows.len();
        rows.filter(|row| holds(*row)).count() * 5 >= all
    }
}

/// The columns of a role.
pub(crate) fn of_role(roles: &[Role], role: Role) -> Vec<usize> {
    let all = roles.iter().enumerate();
    let all = all.filter(|(_, own)| **own == role);
    all.map(|(column, _)| column).collect()
}
