//! The service of language models: which are open and kept, scoring texts under them, comparing outputs by an
//! encoder.

use super::topics::{MODELS, PERPLEXITY};
use super::views::Histogram;
use assay_calls::{Explanation, NoError, calls};
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::{Plan, TokenFigures};
use assay_results::scores::MetricResult;
use serde::{Deserialize, Serialize};

/// How a model did on this device: measured, not guessed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// What the adapter calls itself; nothing on the processor.
    pub adapter: Option<String>,
    /// Seconds that loading took.
    pub load_seconds: f64,
    /// Tokens a second while texts were scored, once some were.
    pub tokens_per_second: Option<f64>,
    /// Bytes of GPU memory asked for; on the processor of the program's memory.
    pub memory: Option<f64>,
    /// Bytes of WebAssembly memory.
    pub program_memory: Option<f64>,
}

/// What a model's header says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// Its fingerprint, a digest of its header and of samples of its tensors.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its family.
    pub family: String,
    /// The commonest type of its tensors.
    pub kind: String,
    /// Numbers in its matrices.
    pub parameters: f64,
    /// Bytes of its files.
    pub bytes: f64,
    /// About the bytes that it needs on the GPU: its tensors, and what a batch takes.
    pub needs: f64,
    /// Tokens it was trained to see at once.
    pub context: usize,
    /// Its licence, if the file names one.
    pub licence: Option<String>,
    /// Whether it has a chat template.
    pub chat: bool,
}

/// A model that is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenModelView {
    /// What its header says.
    pub info: ModelInfo,
    /// How it did so far.
    pub figures: Figures,
    /// Whether it is the other model with a LoRA adapter.
    pub is_adapted: bool,
}

/// An encoder that outputs were compared by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoded {
    /// Its name.
    pub name: String,
    /// The layer that was taken.
    pub layers: usize,
    /// What the adapter calls itself; nothing on the processor.
    pub adapter: Option<String>,
}

/// Texts scored, of all that a run has to score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunProgress {
    /// Texts scored, over all models.
    pub done: usize,
    /// Texts in all, over all models.
    pub total: usize,
}

/// The models.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ModelsView {
    /// The base model and the one that is compared with it.
    pub open: [Option<OpenModelView>; 2],
    /// Whether the browser has WebGPU; known once a model was opened.
    pub has_gpu: bool,
    /// Models kept on this device.
    pub kept: Vec<ModelInfo>,
    /// Bytes of scores kept on this device.
    pub score_bytes: f64,
    /// How far scoring is, while there is a run that can be resumed or is complete.
    pub run: Option<RunProgress>,
    /// The run that was stopped, to be resumed by the same call.
    pub paused: Option<Perplexity>,
    /// The encoder that outputs were compared by.
    pub encoded: Option<Encoded>,
}

/// How scoring ended: complete, or stopped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunEnd {
    /// How far it came.
    pub progress: RunProgress,
    /// Why scores could not be kept on this device, where they could not.
    pub not_kept: Option<Explanation>,
}

/// The models compared on one column of texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnComparison {
    /// The result, without segments; its systems are the models.
    pub result: MetricResult,
    /// How the texts' perplexities are distributed.
    pub histogram: Histogram,
    /// What each model says of the texts' tokens; nothing of models whose scores were kept without it.
    pub tokens: Vec<Option<TokenFigures>>,
}

/// Why something can't be done with models. Scores from before stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum ModelsError {
    /// No model is open in this place.
    #[error("no model is open in place {slot}")]
    NotOpen {
        /// The place, 0 or 1.
        slot: usize,
    },
    /// The copy on this device is incomplete or gone.
    #[error("there is no complete copy of this model on this device")]
    NoCopy,
    /// The file is another than when it was opened.
    #[error("the file of {name} has changed")]
    FileChanged {
        /// The model's name.
        name: String,
    },
    /// The model worker can't.
    #[error("the model can't be used ({})", cause.kind)]
    Worker {
        /// Its error.
        cause: Explanation,
    },
    /// There is no base model for an adapter.
    #[error("open the base model before its adapter")]
    NoBase,
    /// A model with an adapter is not kept; its base is.
    #[error("a model with an adapter is not kept on this device; its base model can be")]
    AdapterNotKept,
    /// A copy can't be written to this device.
    #[error("the model can't be kept on this device ({})", cause.kind)]
    Keep {
        /// The disk's or the file's error.
        cause: Explanation,
    },
    /// What is kept on this device can't be read or removed.
    #[error("this device's disk can't be used ({})", cause.kind)]
    Disk {
        /// The disk's error.
        cause: Explanation,
    },
}

calls! {
    service "models";

    /// The models that are open and kept.
    #[derive(Eq, Hash)]
    State {} -> ModelsView, NoError, [MODELS, PERPLEXITY];

    /// Opens the files beside the call, or the default model without any, in one of two places.
    Open {
        /// The place, 0 or 1.
        slot: usize,
    } -> ModelInfo, ModelsError;

    /// Opens a model that is kept on this device.
    OpenKept {
        /// The place, 0 or 1.
        slot: usize,
        /// The model's fingerprint.
        id: String,
    } -> ModelInfo, ModelsError;

    /// Opens the base model with the LoRA adapter in the files beside the call, as the second model. The base's weights
    /// are loaded once for both.
    AddAdapter {
        /// How strongly the adapter acts: 1 as it was trained.
        strength: f32,
    } -> ModelInfo, ModelsError;

    /// Closes the model in a place.
    Close {
        /// The place, 0 or 1.
        slot: usize,
    } -> (), NoError;

    /// Keeps a copy of an open model on this device: a job.
    Keep {
        /// The place, 0 or 1.
        slot: usize,
    } -> (), ModelsError;

    /// Removes a model's copy from this device.
    Remove {
        /// The model's fingerprint.
        id: String,
    } -> (), ModelsError;

    /// Removes all scores from this device.
    RemoveScores {} -> (), ModelsError;

    /// Scores what the plan has still to score under the open models, one after the other: a job, which loads
    /// models in jobs of their own. Stopped, the same call resumes it.
    Perplexity {
        /// What is scored, and how.
        plan: Plan,
        /// On the processor, not on the GPU.
        cpu: bool,
    } -> RunEnd, ModelsError;

    /// No longer offers the stopped run; what it has scored stays.
    DismissPaused {} -> (), NoError;

    /// The models compared, a result for each column of texts; empty until all texts are scored.
    #[derive(Eq, Hash)]
    Comparison {} -> Vec<ColumnComparison>, NoError, [PERPLEXITY];

    /// Compares outputs with references by an encoder: the files beside the call, or the default one. A job;
    /// nothing where it was stopped, and the same call resumes it.
    Encode {
        /// How.
        plan: ComparePlan,
        /// The files' paths within their folder.
        paths: Vec<String>,
        /// The folder's name.
        name: String,
        /// On the processor, not on the GPU.
        cpu: bool,
    } -> Option<Encoded>, ModelsError;

    /// Forgets what an encoder has compared.
    ForgetEncoded {} -> (), NoError;
}
