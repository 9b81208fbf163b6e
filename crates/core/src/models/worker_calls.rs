//! The calls from the data worker to the model worker, which owns the GPU's device and one model.

use crate::semantic::EncoderInfo;
use crate::surprise::Scored;
use assay_calls::{ChannelFailure, NoError, calls};
use assay_lm::AdapterError;
use assay_lm::encoder::EncoderError;
use assay_lm::encoder::compare::{CompareError, Compared, Segment};
use assay_lm::gpu::{GpuError, LoadError, Measured};
use assay_lm::model::ModelError;
use assay_lm::scoring::{Item, ScoringError};
use assay_lm::source::SourceError;
use assay_protocol::models::ModelInfo;
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::Convention;
use serde::{Deserialize, Serialize};

/// A model whose header was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// What it says.
    pub info: ModelInfo,
    /// Whether the browser has WebGPU.
    pub has_gpu: bool,
}

/// An encoder whose files were read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenedEncoder {
    /// What they say.
    pub info: EncoderInfo,
    /// Whether the browser has WebGPU.
    pub has_gpu: bool,
}

/// Weights that were loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// What the adapter calls itself; nothing on the processor.
    pub adapter: Option<String>,
    /// Seconds it took.
    pub seconds: f64,
    /// What was measured on the adapter.
    pub measured: Option<Measured>,
}

/// Memory that a worker has taken, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Memory {
    /// GPU memory requested so far; on the processor the program's memory.
    pub model: f64,
    /// The program's memory.
    pub program: f64,
}

/// Scoring or comparing has ended: complete, or stopped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finished<T> {
    /// Memory taken.
    pub memory: Memory,
    /// Results that were not taken while it ran, with their places.
    pub rest: Vec<(usize, T)>,
}

/// Why the model worker can't.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum ModelWorkerError {
    /// The model's file can't be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The adapter can't be used with the model.
    #[error(transparent)]
    Adapter(#[from] AdapterError),
    /// The encoder's files can't be used.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
    /// Its weights can't be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Texts can't be scored.
    #[error(transparent)]
    Scoring(#[from] ScoringError),
    /// Outputs can't be compared.
    #[error(transparent)]
    Compare(#[from] CompareError),
    /// A file can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The GPU can't be used.
    #[error(transparent)]
    Gpu(#[from] GpuError),
    /// The default model is not next to the page.
    #[error("the default model is not next to this page; choose a model file")]
    NoDefaultModel,
    /// The default encoder is not next to the page.
    #[error("the default encoder is not next to this page; choose a model's folder")]
    NoDefaultEncoder,
    /// Nothing is open that could be loaded or used.
    #[error("no model is open")]
    NotOpen,
    /// The weights are not loaded.
    #[error("the model's weights are not loaded")]
    NotLoaded,
    /// Another call is being answered.
    #[error("the model worker is busy")]
    Busy,
    /// A text's log-probabilities are not finite.
    #[error(
        "the model's numbers overflow on a text; try the processor, or another quantisation of the model"
    )]
    NotFinite,
    /// The worker ended.
    #[error("the model worker ended: {detail}")]
    WorkerDied {
        /// The browser's message.
        detail: String,
    },
    /// The worker ran out of memory.
    #[error("the model worker ran out of memory: {detail}")]
    OutOfMemory {
        /// The browser's message.
        detail: String,
    },
    /// A call did not reach the worker, or its reply did not come back.
    #[error(transparent)]
    Channel(ChannelFailure),
}

impl From<ChannelFailure> for ModelWorkerError {
    fn from(failure: ChannelFailure) -> Self {
        match failure {
            ChannelFailure::WorkerDied { detail } => Self::WorkerDied { detail },
            ChannelFailure::OutOfMemory { detail } => Self::OutOfMemory { detail },
            other => Self::Channel(other),
        }
    }
}

impl ModelWorkerError {
    /// Whether the same may succeed in a new worker: the GPU was lost, or the worker ended.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        let gpu = match self {
            Self::WorkerDied { .. } | Self::OutOfMemory { .. } => return true,
            Self::Gpu(error)
            | Self::Load(LoadError::Gpu(error))
            | Self::Scoring(ScoringError::Gpu(error))
            | Self::Compare(CompareError::Backend(ScoringError::Gpu(error))) => error,
            _ => return false,
        };
        matches!(gpu, GpuError::Lost(_))
    }
}

calls! {
    service "model";

    /// Opens the model in the files beside the call: reads its header.
    Open {
        /// An address of the page's own in place of files.
        url: Option<String>,
    } -> Opened, ModelWorkerError;

    /// Loads the weights: a job, whose progress is in bytes.
    Load {
        /// On the processor, not on the GPU.
        cpu: bool,
        /// What was measured on the adapter at an earlier visit.
        measured: Option<Measured>,
    } -> Loaded, ModelWorkerError;

    /// Attaches the LoRA adapter in the files beside the call to the open model, in place of the one before. The reply
    /// names what the two compute at the strength.
    Attach {
        /// The files' names.
        names: Vec<String>,
        /// How strongly it acts.
        strength: f32,
    } -> String, ModelWorkerError;

    /// Scores texts: a job, whose results [`TakeScored`] gives while it runs.
    Score {
        /// The texts.
        items: Vec<Item>,
        /// How they are divided into windows.
        convention: Convention,
        /// How strongly the attached adapter acts; 0 for the model alone.
        strength: f32,
    } -> Finished<Scored>, ModelWorkerError;

    /// The texts scored since this was last asked, with their places; replies once there are any or nothing is
    /// scored any more.
    TakeScored {} -> Vec<(usize, Scored)>, NoError;

    /// Opens the encoder in the files beside the call.
    OpenEncoder {
        /// The files' paths within their folder.
        paths: Vec<String>,
        /// The folder's name.
        name: String,
        /// An address of the page's own in place of files.
        url: Option<String>,
    } -> OpenedEncoder, ModelWorkerError;

    /// Counts in how many of these texts each token occurs.
    Count {
        /// The texts.
        texts: Vec<String>,
    } -> (), ModelWorkerError;

    /// Compares outputs with references: a job, whose results [`TakeCompared`] gives while it runs.
    Compare {
        /// The segments.
        segments: Vec<Segment>,
        /// How.
        plan: ComparePlan,
    } -> Finished<Vec<Compared>>, ModelWorkerError;

    /// The segments compared since this was last asked, with their places; replies once there are any or nothing
    /// is compared any more.
    TakeCompared {} -> Vec<(usize, Vec<Compared>)>, NoError;
}
