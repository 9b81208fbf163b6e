//! The messages between page and data worker. They cross as JSON text; files cross beside it as
//! the browser's own objects, which are handles and not copies.

use super::model::{Figures, ModelInfo};
use super::surprise::{Plan, Tokens};
use crate::dataset::{ImportError, Problem, Role};
use crate::evaluation::MetricResult;
use crate::stats::PairedTest;
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
    /// Go back to what was loaded before the last import.
    Undo,
    /// Compute all metrics that are not there yet, against this baseline.
    Evaluate {
        /// The baseline's index among the systems.
        baseline: usize,
        /// The paired test.
        test: PairedTest,
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
    /// Open a model in the first place or the second: the files that come with the message, or the
    /// default one.
    OpenModel {
        /// The place, 0 or 1.
        slot: usize,
    },
    /// Open a model that is kept on this device.
    OpenKept {
        /// The place.
        slot: usize,
        /// Its fingerprint.
        id: String,
    },
    /// Let go of a model.
    CloseModel {
        /// The place.
        slot: usize,
    },
    /// Keep a copy of an open model on this device.
    KeepModel {
        /// The place.
        slot: usize,
    },
    /// Remove the copy of a model from this device, or all scores that are kept.
    Remove {
        /// The model's fingerprint; the scores without one.
        id: Option<String>,
    },
    /// Score texts under the models that are open, one after the other; what is scored already stays.
    Perplexity {
        /// What is scored, and how.
        plan: Plan,
        /// On the processor, not on the GPU.
        cpu: bool,
    },
    /// Interrupt that; the same request goes on with it.
    Pause,
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
    /// A bound that scores stay below: the upper edge of a histogram's bin.
    pub below: Option<f64>,
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
    /// The names of the metrics that will be computed.
    pub metrics: Vec<String>,
    /// The files that [`Request::Undo`] brings back.
    pub earlier: Option<Vec<String>>,
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
    /// The output in runs with the length of the longest n-gram that a reference has too.
    pub ngrams: Vec<(usize, String)>,
    /// Name and value of each metric.
    pub scores: Vec<(String, f64)>,
}

/// The distribution of segment scores: bins of one width, each with its lower edge, the last with
/// both.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Histogram {
    /// The first bin's lower edge.
    pub low: f64,
    /// The last bin's upper edge.
    pub high: f64,
    /// Segments in each bin, for each system.
    pub counts: Vec<Vec<usize>>,
}

impl Histogram {
    /// The bounds of a bin as a [`Query`] takes them: `least`, and `below` but for the last bin.
    pub fn edges(&self, bin: usize) -> (Option<f64>, Option<f64>) {
        let bins = self.counts.first().map_or(1, Vec::len);
        let edge = |bin: usize| self.low + (self.high - self.low) * bin as f64 / bins as f64;
        (Some(edge(bin)), (bin + 1 < bins).then(|| edge(bin + 1)))
    }
}

/// A text under the models.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SurpriseView {
    /// The column.
    pub column: String,
    /// The models' names, each with the text's tokens and their log-probabilities.
    pub models: Vec<(String, Tokens)>,
    /// With two models, what the second says of each of its tokens less what the first says.
    pub shift: Tokens,
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
    /// The texts that were scored under models.
    pub surprise: Vec<SurpriseView>,
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
    /// Metrics from this place on are void.
    Withdrawn {
        /// The place.
        from: usize,
    },
    /// A model was opened.
    Model {
        /// The place.
        slot: usize,
        /// What its header says.
        info: ModelInfo,
        /// Whether the browser has WebGPU.
        gpu: bool,
    },
    /// A model was let go.
    ModelClosed {
        /// The place.
        slot: usize,
    },
    /// What is kept on this device.
    Kept {
        /// Models.
        models: Vec<ModelInfo>,
        /// Bytes of scores.
        scores: f64,
    },
    /// A model is being copied.
    Keeping {
        /// Bytes done.
        done: f64,
        /// Of so many.
        total: f64,
    },
    /// A model's weights go over.
    ModelLoading {
        /// Bytes done.
        done: f64,
        /// Of so many.
        total: f64,
    },
    /// How a model did so far.
    Deployed {
        /// The place.
        slot: usize,
        /// The figures.
        figures: Figures,
    },
    /// A model can't be opened, loaded or run; what is scored stays.
    ModelFailed {
        /// Why, in a sentence.
        sentence: String,
    },
    /// Scoring under the models goes on.
    Perplexing {
        /// Texts done.
        done: usize,
        /// Of so many.
        total: usize,
        /// Tokens a second.
        speed: f64,
    },
    /// Scoring under the models is through, or was interrupted.
    Perplexed {
        /// Texts done.
        done: usize,
        /// Of so many.
        total: usize,
    },
    /// Results of comparing models are void, new ones follow.
    Comparing,
    /// The models compared on one column.
    Compared {
        /// The column's place among those that were scored.
        index: usize,
        /// The result, without segments; its systems are the models.
        result: MetricResult,
        /// How the texts' perplexities are distributed.
        histogram: Histogram,
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
