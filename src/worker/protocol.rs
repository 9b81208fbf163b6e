//! The messages between page and data worker. They cross as JSON text; files cross beside it as
//! the browser's own objects, which are handles and not copies.

use crate::dataset::{ImportError, Problem, Role};
use crate::evaluation::MetricResult;
use crate::text::script::Script;
use serde::{Deserialize, Serialize};

/// From the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Request {
    /// Import the files that come with the message, together.
    Import,
    /// Import pasted text.
    Paste {
        /// The text.
        text: String,
    },
    /// Load the example.
    Demo,
    /// Give a column another role.
    SetRole {
        /// The column's index.
        column: usize,
        /// Its new role.
        role: Role,
    },
    /// Compute all metrics against this baseline.
    Evaluate {
        /// The baseline's index among the systems.
        baseline: usize,
    },
    /// Change an option of one metric and compute that metric anew.
    SetOption {
        /// The metric's place.
        metric: usize,
        /// The option's name.
        option: String,
        /// Its new value.
        value: String,
    },
    /// Stop what runs; what is done stays.
    Cancel,
    /// A window of the rows that a query selects.
    Rows {
        /// The query.
        query: Query,
        /// First row of the window in the query's order.
        start: usize,
        /// Rows wanted.
        count: usize,
    },
    /// All about one row.
    Detail {
        /// The row in the table.
        row: usize,
    },
    /// A file to save.
    Export {
        /// Which.
        kind: ExportKind,
    },
}

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// Results as JSON.
    Json,
    /// Results as CSV.
    Csv,
    /// Per-segment scores as CSV.
    SegmentsCsv,
}

/// How rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As they stand in the file.
    #[default]
    File,
    /// Lowest score first.
    Lowest,
    /// Highest score first.
    Highest,
    /// The greatest drop against the baseline first.
    Drop,
}

impl Order {
    /// The orders and their names in the page's address.
    pub const ALL: [(Self, &str); 4] = [
        (Self::File, "file"),
        (Self::Lowest, "lowest"),
        (Self::Highest, "highest"),
        (Self::Drop, "drop"),
    ];
}

/// Which rows, in which order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Query {
    /// Only rows in which some text holds this, case aside.
    pub text: String,
    /// Only rows whose slice column has this value.
    pub slice: Option<(String, String)>,
    /// The metric that orders and bounds.
    pub metric: usize,
    /// The system whose scores order and bound.
    pub system: usize,
    /// The order.
    pub order: Order,
    /// Least score.
    pub least: Option<f64>,
    /// Greatest score.
    pub most: Option<f64>,
}

/// A column as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Its first cells.
    pub preview: Vec<Option<String>>,
}

/// What is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The files' names.
    pub files: Vec<String>,
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: Vec<ColumnView>,
    /// Systems' names.
    pub systems: Vec<String>,
    /// Blank outputs of each system.
    pub blanks: Vec<usize>,
    /// Whether some column is a reference.
    pub has_reference: bool,
    /// The first rows set aside.
    pub problems: Vec<Problem>,
    /// Rows set aside in all.
    pub problem_count: usize,
    /// Rows without a partner in another file.
    pub unmatched: usize,
    /// The writing system of the references.
    pub script: Script,
}

/// A row of the examples list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowView {
    /// The row in the table.
    pub row: usize,
    /// The system's output, shortened.
    pub text: String,
    /// The system's score under the query's metric.
    pub score: Option<f64>,
    /// That less the baseline's.
    pub change: Option<f64>,
}

/// A run of text in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// In both.
    Same,
    /// Only in the reference.
    Missing,
    /// Only in the hypothesis.
    Added,
}

/// A system's output in the detail pane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutputView {
    /// The system.
    pub system: String,
    /// Its output.
    pub text: String,
    /// The output compared with the first reference.
    pub marks: Vec<(Mark, String)>,
    /// Name and value of each metric.
    pub scores: Vec<(String, f64)>,
}

/// All about one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// The row in the table.
    pub row: usize,
    /// Other cells: name and text.
    pub fields: Vec<(String, String)>,
    /// The references.
    pub references: Vec<String>,
    /// The outputs.
    pub outputs: Vec<OutputView>,
}

/// From the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Response {
    /// The worker listens.
    Ready,
    /// An import or evaluation goes on.
    Progress {
        /// Bytes or metrics done.
        done: f64,
        /// Of so many.
        total: f64,
        /// Rows found.
        rows: usize,
    },
    /// Data or roles are new.
    Loaded {
        /// What is loaded.
        summary: Summary,
    },
    /// An import failed; what was there before is still there.
    Failed {
        /// Why.
        error: ImportError,
    },
    /// The import was stopped.
    Cancelled,
    /// One metric is done (its segments stay in the worker).
    Metric {
        /// Its place.
        index: usize,
        /// Metrics in all.
        total: usize,
        /// The result, without segments.
        result: MetricResult,
    },
    /// A window of rows.
    Rows {
        /// Rows that the query selects.
        total: usize,
        /// First row of the window.
        start: usize,
        /// The window.
        rows: Vec<RowView>,
    },
    /// All about one row.
    Detail {
        /// It.
        detail: Detail,
    },
    /// A file to save.
    Exported {
        /// The file's name.
        name: String,
        /// Its media type.
        mime: String,
        /// Its contents.
        text: String,
    },
}
