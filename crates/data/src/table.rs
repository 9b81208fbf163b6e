//! Named columns of equal length.

use super::column::TextColumn;
use rustc_hash::FxHashMap;

/// A table of text.
#[derive(Debug, Clone, Default)]
pub struct Table {
    names: Vec<String>,
    columns: Vec<TextColumn>,
    by_name: FxHashMap<String, usize>,
    rows: usize,
}

impl Table {
    /// The index of the column of this name, which is added (missing in all rows so far) when new.
    pub fn column_named(&mut self, name: &str) -> usize {
        if let Some(&i) = self.by_name.get(name) {
            return i;
        }
        let mut column = TextColumn::default();
        for _ in 0..self.rows {
            column.push(None);
        }
        self.columns.push(column);
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }

    /// Appends a row given as (column, cell) pairs; other columns miss it. Returns false when a
    /// cell is longer than a column can hold.
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = (usize, Option<&'a str>)>) -> bool {
        let mut fits = true;
        self.rows += 1;
        for (column, cell) in cells {
            if let Some(column) = self.columns.get_mut(column)
                && column.len() < self.rows
            {
                fits &= column.push(cell);
            }
        }
        for column in &mut self.columns {
            if column.len() < self.rows {
                column.push(None);
            }
        }
        fits
    }

    /// Adds a whole column of as many cells as the table has rows (or the first of an empty
    /// table). A name that is taken gets a number.
    pub fn add(&mut self, name: &str, column: TextColumn) {
        let mut unique = name.to_owned();
        let mut number = 2;
        while self.by_name.contains_key(&unique) {
            unique = format!("{name} ({number})");
            number += 1;
        }
        self.rows = self.rows.max(column.len());
        self.by_name.insert(unique.clone(), self.names.len());
        self.names.push(unique);
        self.columns.push(column);
    }

    /// Takes all rows out; the columns stay.
    #[must_use]
    pub fn take_rows(&mut self) -> Self {
        let columns = vec![TextColumn::default(); self.names.len()];
        Self {
            names: self.names.clone(),
            by_name: self.by_name.clone(),
            columns: std::mem::replace(&mut self.columns, columns),
            rows: std::mem::take(&mut self.rows),
        }
    }

    /// Adds the rows of another table, whose columns are those of the same names.
    pub fn append(&mut self, other: &Self) {
        let own = other.names.iter().map(|name| self.column_named(name));
        let own: Vec<usize> = own.collect();
        for row in 0..other.rows {
            let cells = own.iter().zip(&other.columns);
            self.push(cells.map(|(column, cells)| (*column, cells.get(row))));
        }
    }

    /// Puts a column of as many cells in place of another.
    pub fn replace(&mut self, index: usize, column: TextColumn) {
        debug_assert_eq!(column.len(), self.rows);
        self.columns[index] = column;
    }

    /// The columns with their names, in order.
    pub fn into_columns(self) -> impl Iterator<Item = (String, TextColumn)> {
        self.names.into_iter().zip(self.columns)
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of text in all cells.
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(TextColumn::bytes).sum()
    }

    /// The columns' names in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A column.
    pub fn column(&self, index: usize) -> &TextColumn {
        &self.columns[index]
    }

    /// A cell, `None` when it is missing.
    pub fn cell(&self, column: usize, row: usize) -> Option<&str> {
        self.columns.get(column)?.get(row)
    }
}
