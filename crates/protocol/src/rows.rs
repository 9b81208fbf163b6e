//! The `rows` service: rows of the data as a query selects and orders them, and one row in full.

use crate::topics::{DATA, PERPLEXITY, SCORES};
use crate::views::{Detail, Query, RowView};
use assay_calls::{NoError, calls};
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

calls! {
    service "rows";

    /// A part of the rows that a query selects.
    #[derive(Eq, Hash)]
    Window {
        /// The query.
        query: Query,
        /// The first row, in the query's order.
        start: usize,
        /// Rows wanted.
        count: usize,
    } -> RowWindow, NoError, [DATA, SCORES];

    /// The row some places further among those that a query selects; nothing where there is none.
    #[derive(Eq, Hash)]
    Step {
        /// The query.
        query: Query,
        /// From this row of the table; without one, the first.
        row: Option<usize>,
        /// How many places; 0 asks for the row's own.
        by: i64,
    } -> Option<RowPlace>, NoError, [DATA, SCORES];

    /// All about one row.
    #[derive(Eq, Hash)]
    RowDetail {
        /// The row in the table.
        row: usize,
    } -> Detail, RowsError, [DATA, SCORES, PERPLEXITY];
}
