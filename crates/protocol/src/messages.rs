//! Requests and responses between page and data worker that are no typed calls of their own yet; they cross
//! in two calls.

use super::code::{CodeCommand, CodeNews};
use crate::saved::SavedError;
use assay_calls::{NoError, Topic, calls};
use assay_data::{ImportError, Role};
use assay_results::classification::ClassificationView;
use assay_results::questions::{Answer, Question};
use assay_results::scores::{Domains, MetricResult};
use assay_stats::PairedTest;
use assay_training::read::LogError;
use serde::{Deserialize, Serialize};

pub use super::views::*;

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
    /// Go back to what was loaded before the last import.
    Undo,
    /// Compute all metrics that are not there yet, against this baseline.
    Evaluate {
        /// The baseline's index among the systems.
        baseline: usize,
        /// The paired test.
        test: PairedTest,
        /// What systems were trained on, if it is told.
        domains: Option<Domains>,
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
    /// Compute another metric besides.
    AddMetric {
        /// Its name in the registry.
        name: String,
    },
    /// Take a metric that was added away.
    RemoveMetric {
        /// Its place.
        metric: usize,
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
    /// The row some places further among those that a query selects.
    Step {
        /// The query.
        query: Query,
        /// From this row of the table; without one, the first.
        row: Option<usize>,
        /// So many places; 0 asks for the row's own.
        by: i64,
    },
    /// All about one row.
    Detail {
        /// The row in the table.
        row: usize,
    },
    /// What the classifiers of the data come to.
    Classification,
    /// Something beyond the scores.
    Ask {
        /// What.
        question: Question,
    },
    /// A file to save.
    Export {
        /// Which.
        kind: ExportKind,
    },
    /// About programs that are run.
    Code {
        /// What.
        command: Box<CodeCommand>,
    },
}

/// From the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Response {
    /// The worker listens.
    Ready,
    /// An import goes on.
    Importing {
        /// Bytes done.
        done: f64,
        /// Of so many.
        total: f64,
        /// Rows found.
        rows: usize,
    },
    /// Scoring goes on.
    Scoring {
        /// The part done, 0 to 1.
        part: f64,
    },
    /// Scoring is through.
    Scored,
    /// Scoring broke off; what is done stays.
    Broken {
        /// What the browser says.
        detail: String,
    },
    /// Data or roles are new.
    Loaded {
        /// What is loaded.
        summary: Summary,
        /// Bytes of memory that the worker has taken.
        memory: f64,
    },
    /// An import failed; what was there before is still there.
    Failed {
        /// Why.
        error: ImportError,
    },
    /// The import was stopped.
    Cancelled,
    /// A metric's result is new (its segments stay in the worker).
    Metric {
        /// Its place.
        index: usize,
        /// The result, without segments.
        result: MetricResult,
        /// How the segments' scores are distributed.
        histogram: Histogram,
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
    /// The answer to [`Request::Step`].
    Stepped {
        /// The row in the table.
        row: usize,
        /// Its place in the query's order.
        place: usize,
    },
    /// All about one row.
    Detail {
        /// It.
        detail: Detail,
    },
    /// A metric was taken away; those behind it move up.
    Removed {
        /// Its place.
        metric: usize,
    },
    /// Metrics from this place on are void.
    Withdrawn {
        /// The place.
        from: usize,
    },
    /// What the classifiers of the data come to; nothing where there are none.
    Classification {
        /// It.
        view: Option<Box<ClassificationView>>,
    },
    /// The answer to [`Request::Ask`].
    Answer {
        /// What was asked.
        question: Question,
        /// The answer.
        answer: Box<Answer>,
    },
    /// Files were taken that hold training runs or experiments and no outputs.
    Took {
        /// Runs among them.
        runs: bool,
    },
    /// Files give no training runs; what was there stays.
    LogsFailed {
        /// Why.
        error: LogError,
    },
    /// Of programs that are run.
    Code {
        /// What.
        news: Box<CodeNews>,
    },
    /// A file can't be restored; what was there stays.
    NotRestored {
        /// Why.
        error: SavedError,
    },
    /// A file was restored: its settings belong in the address.
    Restored {
        /// The baseline's place.
        baseline: usize,
        /// The test.
        test: PairedTest,
        /// What systems were trained on.
        domains: Option<Domains>,
        /// What is wrong with the file.
        problems: Vec<SavedError>,
    },
    /// Files that were imported held rating links or saved projects, which were collected.
    Collected,
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

/// Changes whenever responses wait to be taken.
pub const OUTBOX: Topic = Topic::new("outbox");

calls! {
    service "messages";

    /// Hands a request over; what comes of it are responses.
    Send {
        /// The request.
        request: Request,
    } -> (), NoError;

    /// The responses that wait, in order.
    Take {} -> Vec<Response>, NoError, [OUTBOX];
}
