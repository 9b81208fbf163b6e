//! A sheet as a table: where its header is, and its rows below. Blank rows, blank columns and titles over the table
//! are common and tolerated.

use super::text::Shown;
use crate::rows::Rows;
use assay_data::ContainerError;
use assay_data::import::{Imported, MAX_COLUMNS, csv::add_column};
use assay_data::{ImportError, Reason, Table};
use std::collections::BTreeMap;

/// Rows that are not blank and are looked at before the header is chosen.
const LOOK_AHEAD: usize = 10;

/// A row: its number in the sheet from 0, and its cells that are not blank, each with its column from 0.
type Row = (u32, Vec<(u32, Shown)>);

/// A sheet that is being read.
pub(super) struct Sheet {
    rows: Rows,
    /// The row to which cells are still added.
    open: Row,
    /// The first rows, until the header is chosen.
    first: Vec<Row>,
    /// Columns of the table by columns of the sheet.
    columns: Option<BTreeMap<u32, usize>>,
    /// Rows that were taken out.
    given: usize,
}

impl Sheet {
    /// A sheet without cells, of a workbook with `bytes` bytes.
    pub(super) fn new(path: &str, bytes: u64) -> Self {
        Self {
            rows: Rows::new(path, bytes),
            open: (0, Vec::new()),
            first: Vec::new(),
            columns: None,
            given: 0,
        }
    }

    /// The workbook's path.
    pub(super) fn path(&self) -> &str {
        &self.rows.out.file
    }

    /// Rows read so far.
    pub(super) fn rows(&self) -> usize {
        self.given + self.rows.out.table.rows()
    }

    /// Takes out the rows that are there, if they are as many as this.
    pub(super) fn take_rows(&mut self, least: usize) -> Option<Box<Table>> {
        let table = &mut self.rows.out.table;
        if table.rows() < least {
            return None;
        }
        self.given += table.rows();
        Some(Box::new(table.take_rows()))
    }

    /// Takes the next cell; its row and column are from 0.
    pub(super) fn cell(
        &mut self,
        row: u32,
        column: u32,
        shown: Shown,
    ) -> Result<(), ContainerError> {
        match &shown {
            Shown::Nothing => return Ok(()),
            Shown::Text(text) => self.rows.count_text(text.len())?,
            Shown::Error(_) => {}
        }
        if row != self.open.0 {
            self.end_row()?;
            self.open.0 = row;
        }
        self.open.1.push((column, shown));
        if self.open.1.len() > MAX_COLUMNS {
            return Err(self.too_many_columns(self.open.1.len()));
        }
        Ok(())
    }

    /// The table, or what is left of it; nothing where there is no row below a header.
    pub(super) fn finish(mut self) -> Result<Option<Box<Imported>>, ContainerError> {
        self.end_row()?;
        if self.columns.is_none() {
            self.choose_header()?;
        }
        match self.rows() {
            0 => Ok(None),
            _ => Ok(Some(Box::new(self.rows.out))),
        }
    }

    fn end_row(&mut self) -> Result<(), ContainerError> {
        let row = std::mem::take(&mut self.open);
        if row.1.is_empty() {
            return Ok(());
        }
        if self.columns.is_some() {
            return self.push(row);
        }
        self.first.push(row);
        if self.first.len() == LOOK_AHEAD {
            self.choose_header()?;
        }
        Ok(())
    }

    /// The header is the first row, but for titles: single cells over rows that have several.
    fn choose_header(&mut self) -> Result<(), ContainerError> {
        let first = std::mem::take(&mut self.first);
        let wide = first.iter().position(|(_, cells)| cells.len() > 1);
        let header = wide.filter(|at| {
            let below = &first[*at..];
            let several = below.iter().filter(|(_, cells)| cells.len() > 1);
            several.count() * 2 >= below.len()
        });
        let mut rows = first.into_iter().skip(header.unwrap_or(0));
        let mut columns = BTreeMap::new();
        for (column, shown) in rows.next().map(|(_, cells)| cells).unwrap_or_default() {
            let (Shown::Text(name) | Shown::Error(name)) = shown else {
                continue;
            };
            columns
                .entry(column)
                .or_insert_with(|| add_column(&name, column as usize + 1, &mut self.rows.out));
        }
        self.columns = Some(columns);
        rows.try_for_each(|row| self.push(row))
    }

    fn push(&mut self, (number, cells): Row) -> Result<(), ContainerError> {
        let mut row = Vec::new();
        for (column, shown) in &cells {
            let known = self.columns.get_or_insert_default();
            let index = *known
                .entry(*column)
                .or_insert_with(|| add_column("", *column as usize + 1, &mut self.rows.out));
            match shown {
                Shown::Nothing => {}
                Shown::Text(text) => row.push((index, Some(text.as_str()))),
                Shown::Error(error) => self.rows.out.set_aside(
                    u64::from(number) + 1,
                    Reason::ErrorCell {
                        column: letters(*column),
                        shown: error.clone(),
                    },
                ),
            }
        }
        let found = self.rows.out.table.names().len();
        if found > MAX_COLUMNS {
            return Err(self.too_many_columns(found));
        }
        if !self.rows.out.table.push(row) {
            let file = self.path().to_owned();
            return Err(ImportError::LongCell { file }.into());
        }
        let columns = self.rows.out.table.names().len();
        self.rows.expect(self.rows() as u64, columns)
    }

    fn too_many_columns(&self, found: usize) -> ContainerError {
        let error = ImportError::TooManyColumns {
            file: self.path().to_owned(),
            found,
            limit: MAX_COLUMNS,
        };
        error.into()
    }
}

/// A column's letters: A, B, …, Z, AA.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Option<Box<Imported>> {
        let mut sheet = Sheet::new("a.xlsx", 1000);
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let shown = match *cell {
                    "" => Shown::Nothing,
                    text => Shown::Text(text.to_owned()),
                };
                sheet.cell(row as u32, column as u32, shown).unwrap();
            }
        }
        sheet.finish().unwrap()
    }

    #[test]
    fn titles_and_blank_rows_over_a_table_are_passed_over() {
        let read = table(&[
            &["", "Results of May"],
            &[],
            &["", "made by us"],
            &["", "id", "", "base"],
            &["", "1", "", "x"],
            &[],
            &["", "2", "stray", ""],
        ])
        .unwrap();
        assert_eq!(read.table.names(), ["id", "base", "column 3"]);
        assert_eq!(read.table.rows(), 2);
        assert_eq!(read.table.cell(1, 1), None);
        assert_eq!(read.table.cell(2, 1), Some("stray"));
    }

    #[test]
    fn a_table_of_one_column_keeps_its_first_row_as_header() {
        let read = table(&[&["text"], &["a"], &["b", "a note"], &["c"], &["d"]]).unwrap();
        assert_eq!(read.table.names()[0], "text");
        assert_eq!(read.table.rows(), 4);
    }

    #[test]
    fn a_sheet_without_rows_is_no_table() {
        assert!(table(&[]).is_none());
        assert!(table(&[&["id", "base"]]).is_none());
    }

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let found = [0, 25, 26, 701, 702, 16_383].map(letters);
        assert_eq!(found, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
