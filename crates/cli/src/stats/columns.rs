//! Columns of a file, as numbers or as words.

use super::error::StatsError;
use crate::input::read;
use assay_data::import::Importer;
use assay_data::table::Table;

/// A file with a table, and the columns of it that are meant.
#[derive(clap::Args)]
pub(super) struct Columns {
    /// A table: CSV, TSV, JSON or JSONL
    file: String,
    /// The columns, in this order; all of them otherwise
    #[arg(long, value_name = "COLUMN", num_args = 1..)]
    columns: Vec<String>,
}

/// A table from a file. Rows that can't be read are named on standard error and left out.
pub(super) fn table(file: &str) -> Result<Table, StatsError> {
    let imported = read(file, Importer::new(file)).map_err(StatsError::File)?;
    if imported.problem_count > 0 {
        let (count, first) = (imported.problem_count, &imported.problems[0]);
        let (line, reason) = (first.line, &first.reason);
        eprintln!("{file}: {count} rows are left out; line {line}: {reason}");
    }
    Ok(imported.table)
}

/// The place of a column in a table.
pub(super) fn place(table: &Table, name: &str) -> Result<usize, StatsError> {
    let place = table.names().iter().position(|n| n == name);
    place.ok_or_else(|| StatsError::NoColumn {
        name: name.to_owned(),
        known: table.names().to_vec(),
    })
}

/// The cells of a column by name; blank ones are missing.
pub(super) fn words<'a>(table: &'a Table, name: &str) -> Result<Vec<Option<&'a str>>, StatsError> {
    let cells = table.column(place(table, name)?).iter();
    let cells = cells.map(|cell| cell.map(str::trim).filter(|text| !text.is_empty()));
    Ok(cells.collect())
}

/// The numbers of a column by name; blank cells are missing.
pub(super) fn numbers(table: &Table, name: &str) -> Result<Vec<Option<f64>>, StatsError> {
    let number = |(row, cell): (usize, Option<&str>)| {
        let Some(text) = cell else { return Ok(None) };
        let number = text.parse::<f64>().ok().filter(|x| x.is_finite());
        number.map(Some).ok_or_else(|| StatsError::NotANumber {
            column: name.to_owned(),
            row: row + 1,
            cell: text.to_owned(),
        })
    };
    words(table, name)?
        .into_iter()
        .enumerate()
        .map(number)
        .collect()
}

impl Columns {
    /// The table, and the names of the columns that are meant.
    pub(super) fn open(&self) -> Result<(Table, Vec<String>), StatsError> {
        let table = table(&self.file)?;
        let names = match self.columns.is_empty() {
            true => table.names().to_vec(),
            false => self.columns.clone(),
        };
        Ok((table, names))
    }

    /// The columns as numbers, as long as the table, some of them missing.
    pub(super) fn numbers(&self) -> Result<Vec<Vec<Option<f64>>>, StatsError> {
        let (table, names) = self.open()?;
        names.iter().map(|name| numbers(&table, name)).collect()
    }
}

/// The rows in which every column has a number, column by column.
pub(super) fn complete(columns: &[Vec<Option<f64>>]) -> Vec<Vec<f64>> {
    let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
    let is_complete = |row: &usize| columns.iter().all(|column| column[*row].is_some());
    let rows: Vec<usize> = (0..rows).filter(is_complete).collect();
    let of = |column: &Vec<Option<f64>>| rows.iter().filter_map(|row| column[*row]).collect();
    columns.iter().map(of).collect()
}
