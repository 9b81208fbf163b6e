//! The messages between data worker and model worker, and what the page is told of a model.

use super::semantic::EncoderInfo;
use super::surprise::Scored;
use crate::lm::encoder::compare::{Compared, Plan as ComparePlan, Segment};
use crate::lm::gpu::Measured;
use crate::lm::model::ModelError;
use crate::lm::scoring::Item;
use crate::lm::{Model, windows::Convention};
use serde::{Deserialize, Serialize};

/// Tokens of a batch on a fast GPU.
const BATCH_TOKENS: f64 = 2048.0;

/// From the data worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Open the files that come with the message: read the header.
    Open {
        /// An address of the page's own in place of files.
        url: Option<String>,
    },
    /// Load the weights.
    Load {
        /// On the processor, where there is no GPU.
        cpu: bool,
        /// What was measured on the adapter at an earlier visit.
        measured: Option<Measured>,
    },
    /// Score texts.
    Score {
        /// The texts.
        items: Vec<Item>,
        /// How they are laid into windows.
        convention: Convention,
    },
    /// Open an encoder: the files that come with the message.
    OpenEncoder {
        /// Their paths within its folder.
        paths: Vec<String>,
        /// The folder's name.
        name: String,
        /// An address of the page's own in place of files.
        url: Option<String>,
    },
    /// Count in how many of these texts each token stands.
    Count {
        /// The texts.
        texts: Vec<String>,
    },
    /// Compare outputs with references.
    Compare {
        /// The segments.
        segments: Vec<Segment>,
        /// How.
        plan: ComparePlan,
    },
    /// Leave out the texts that were not begun.
    Stop,
}

/// From the model worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// It listens.
    Ready {
        /// Whether the browser has WebGPU.
        gpu: bool,
    },
    /// The header was read.
    Opened {
        /// What it says.
        info: ModelInfo,
    },
    /// Weights go over.
    Loading {
        /// Bytes done.
        done: f64,
    },
    /// The weights are there.
    Loaded {
        /// What the adapter calls itself; nothing on the processor.
        adapter: Option<String>,
        /// Seconds it took.
        seconds: f64,
        /// What was measured on the adapter.
        measured: Option<Measured>,
    },
    /// An encoder's files were read.
    EncoderOpened {
        /// What they say.
        info: EncoderInfo,
    },
    /// The texts are counted.
    Counted,
    /// A segment is through.
    Compared {
        /// Its place among the segments.
        index: usize,
        /// A row for each system.
        rows: Vec<Compared>,
    },
    /// A text is through.
    Scored {
        /// Its place among the items.
        index: usize,
        /// Its scores.
        scored: Scored,
    },
    /// The texts are through, or the rest was left out.
    Finished {
        /// Bytes of GPU memory asked for so far, or of this program's memory on the processor.
        memory: f64,
        /// Bytes of this program's memory.
        program: f64,
    },
    /// It could not be done.
    Failed {
        /// Why, in a sentence.
        sentence: String,
        /// Whether the GPU went away, so that another try may do.
        lost: bool,
    },
}

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
    /// [`Model::fingerprint`].
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

impl ModelInfo {
    /// What `model`'s header says.
    ///
    /// # Errors
    /// When its file can't be read.
    pub async fn of(model: &Model) -> Result<Self, ModelError> {
        let data = &model.gguf.metadata;
        let mut kinds: Vec<(&str, u64)> = Vec::new();
        for info in model.store.tensors.values() {
            let name = info.kind.name();
            match kinds.iter_mut().find(|(n, _)| *n == name) {
                Some((_, bytes)) => *bytes += info.bytes(),
                None => kinds.push((name, info.bytes())),
            }
        }
        let commonest = kinds.iter().max_by_key(|(_, bytes)| *bytes);
        let text = |key: &str| data.text(key).map(str::to_owned);
        let tensors: u64 = model.store.bytes_of("");
        Ok(Self {
            id: model.fingerprint().await?,
            needs: tensors as f64 + BATCH_TOKENS * model.shape.working_bytes() as f64,
            name: text("general.name").unwrap_or_else(|| model.shape.family.to_owned()),
            family: model.shape.family.to_owned(),
            kind: commonest.map_or(String::new(), |(name, _)| (*name).to_owned()),
            parameters: model.parameters() as f64,
            bytes: model.gguf.bytes as f64,
            context: model.shape.context,
            licence: text("general.license"),
            chat: data.text("tokenizer.chat_template").is_some(),
        })
    }
}
