//! Requests and responses between page and data worker that are no typed calls of their own yet; they cross
//! in two calls.

use super::code::{CodeCommand, CodeNews};
use super::ratings::RatingsView;
use crate::links::{OwnerCommand, OwnerNews, RaterCommand, RaterNews};
use crate::models::{Figures, ModelInfo};
use crate::saved::SavedError;
use assay_calls::{NoError, Topic, calls};
use assay_data::{ImportError, Role};
use assay_rating::exchange::ForeignError;
use assay_rating::pool::RaterKey;
use assay_results::classification::ClassificationView;
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::Plan;
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
    /// Compare outputs with references by an encoder: the default one, or the files that come with the
    /// message.
    Encode {
        /// How.
        plan: ComparePlan,
        /// The files' paths within their folder.
        paths: Vec<String>,
        /// The folder's name.
        name: String,
        /// On the processor, not on the GPU.
        cpu: bool,
    },
    /// Forget what an encoder has compared.
    ForgetEncoded,
    /// Take the judgements in the file that comes with the message, in place of those that are there.
    LoadRatings,
    /// Go back to the judgements before the last file.
    UndoRatings,
    /// Leave a rater out, or put one back.
    LeaveOut {
        /// The rater.
        rater: RaterKey,
        /// Whether out.
        out: bool,
    },
    /// What the classifiers of the data come to.
    Classification,
    /// Something beyond the scores.
    Ask {
        /// What.
        question: Question,
    },
    /// What the judgements mean.
    Ratings {
        /// The baseline's name; without one the first system.
        baseline: Option<String>,
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
    /// From a rater at work on a link.
    Rater {
        /// What.
        command: RaterCommand,
    },
    /// From an owner who gathers ratings by link.
    Owner {
        /// What.
        command: OwnerCommand,
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
    /// Comparing by an encoder goes on.
    Encoding {
        /// Segments done.
        done: usize,
        /// Of so many.
        total: usize,
    },
    /// Comparing by an encoder is through.
    Encoded {
        /// The encoder's name.
        name: String,
        /// The layer that was taken.
        layers: usize,
        /// What the adapter calls itself; nothing on the processor.
        adapter: Option<String>,
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
    /// What the judgements mean; nothing where there are none.
    Ratings {
        /// It.
        view: Option<Box<RatingsView>>,
    },
    /// Judgements are others: what they mean is to be asked for.
    RatingsChanged,
    /// A file gives no judgements; what was there stays.
    RatingsFailed {
        /// Why.
        error: ForeignError,
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
    /// To a rater at work on a link.
    Rater {
        /// What.
        news: RaterNews,
    },
    /// To an owner who gathers ratings by link.
    Owner {
        /// What.
        news: OwnerNews,
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
