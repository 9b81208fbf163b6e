//! The messages between data worker and model worker, and what the page is told of a model.

use super::semantic::EncoderInfo;
use super::surprise::Scored;
use assay_lm::Model;
use assay_lm::encoder::compare::{Compared, Segment};
use assay_lm::gpu::Measured;
use assay_lm::model::ModelError;
use assay_lm::scoring::Item;
use assay_protocol::models::ModelInfo;
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::Convention;
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

/// What `model`'s header says.
///
/// # Errors
/// When its file can't be read.
pub async fn model_info(model: &Model) -> Result<ModelInfo, ModelError> {
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
    Ok(ModelInfo {
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
