//! Requests and responses between page and data worker that are no typed calls of their own yet; they cross
//! in two calls.

use super::beside::{BesideCommand, BesideNews};
use super::code::{CodeCommand, CodeNews};
use super::ratings::RatingsView;
use crate::links::{OwnerCommand, OwnerNews, RaterCommand, RaterNews};
use crate::models::{Figures, ModelInfo};
use crate::report::{ReportCommand, ReportNews};
use assay_calls::{NoError, Topic, calls};
use assay_data::ImportError;
use assay_rating::exchange::ForeignError;
use assay_rating::pool::RaterKey;
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::Plan;
use assay_results::scores::MetricResult;
use serde::{Deserialize, Serialize};

pub use super::views::*;

/// From the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Request {
    /// Stop what runs; what is done stays.
    Cancel,
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
    /// What the judgements mean.
    Ratings {
        /// The baseline's name; without one the first system.
        baseline: Option<String>,
    },
    /// About training runs and trials.
    Beside {
        /// What.
        command: Box<BesideCommand>,
    },
    /// About programs that are run.
    Code {
        /// What.
        command: Box<CodeCommand>,
    },
    /// About the report.
    Report {
        /// What.
        command: Box<ReportCommand>,
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
    /// An import failed; what was there before is still there.
    Failed {
        /// Why.
        error: ImportError,
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
    /// Of training runs and trials.
    Beside {
        /// What.
        news: Box<BesideNews>,
    },
    /// Of programs that are run.
    Code {
        /// What.
        news: Box<CodeNews>,
    },
    /// Of the report.
    Report {
        /// What.
        news: ReportNews,
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
