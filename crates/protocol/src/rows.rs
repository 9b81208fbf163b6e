//! The `rows` service: rows of the data as a query selects and orders them, and one row in full.

use crate::topics::{ANNOTATIONS, DATA, PERPLEXITY, SCORES};
use crate::views::{Detail, ExportedFile, Query, RowView};
use assay_calls::{ChannelFailure, NoError, calls};
use assay_data::WorkbookError;
use serde::{Deserialize, Serialize};

/// A part of the rows that a query selects.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RowWindow {
    /// Rows that the query selects.
    pub total: usize,
    /// The first row here, in the query's order.
    pub start: usize,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A row of the table and its place in a query's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowPlace {
    /// The row in the table.
    pub row: usize,
    /// Its place.
    pub place: usize,
}

/// There is no such row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum RowsError {
    /// The data has fewer rows.
    #[error("there is no row {row}: the data has {rows}")]
    NoSuchRow {
        /// The row in the table.
        row: usize,
        /// How many there are.
        rows: usize,
    },
}

/// What rows are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowsFormat {
    /// CSV whose cells a spreadsheet never runs.
    Csv,
    /// A JSON object a line.
    Jsonl,
    /// A workbook.
    Xlsx,
}

impl RowsFormat {
    /// All, with their names in the locale files.
    pub const ALL: [(Self, &str); 3] = [
        (Self::Csv, "csv"),
        (Self::Jsonl, "jsonl"),
        (Self::Xlsx, "xlsx"),
    ];
}

/// Why rows can't be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ExportRowsError {
    /// The workbook.
    #[error("{error}")]
    Workbook {
        /// Why.
        error: WorkbookError,
    },
    /// The worker that writes workbooks does not answer.
    #[error("{error}")]
    Writer {
        /// Why.
        error: ChannelFailure,
    },
}

calls! {
    service "rows";

    /// The rows that a query selects, in its order, as a file: all cells, what measures see, scores, stars, tags and
    /// notes.
    ExportRows {
        /// The query.
        query: Query,
        /// The format.
        format: RowsFormat,
        /// The tag of the language of a workbook's head.
        language: String,
    } -> ExportedFile, ExportRowsError;

    /// A part of the rows that a query selects.
    #[derive(Eq, Hash)]
    Window {
        /// The query.
        query: Query,
        /// The first row, in the query's order.
        start: usize,
        /// Rows wanted.
        count: usize,
    } -> RowWindow, NoError, [DATA, SCORES, ANNOTATIONS];

    /// The row some places further among those that a query selects; nothing where there is none.
    #[derive(Eq, Hash)]
    Step {
        /// The query.
        query: Query,
        /// From this row of the table; without one, the first.
        row: Option<usize>,
        /// How many places; 0 asks for the row's own.
        by: i64,
    } -> Option<RowPlace>, NoError, [DATA, SCORES, ANNOTATIONS];

    /// All about one row.
    #[derive(Eq, Hash)]
    RowDetail {
        /// The row in the table.
        row: usize,
        /// The system whose output the others are compared with; without one, or where there is no such system, it is the
        /// first reference.
        against: Option<usize>,
    } -> Detail, RowsError, [DATA, SCORES, PERPLEXITY];
}
