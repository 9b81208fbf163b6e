//! The messages between data worker and model worker, and what the page is told of a model.

use crate::lm::Model;
use crate::lm::scoring::Item;
use crate::lm::windows::Convention;
use serde::{Deserialize, Serialize};

/// From the data worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Open the files that come with the message: read the header.
    Open,
    /// Load the weights.
    Load {
        /// On the processor, where there is no GPU.
        cpu: bool,
    },
    /// Score texts.
    Score {
        /// The texts.
        items: Vec<Item>,
        /// How they are laid into windows.
        convention: Convention,
    },
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
    },
    /// A text is through.
    Scored {
        /// Its place among the items.
        index: usize,
        /// Its tokens as a reader sees them, each with its log-probability if it was scored.
        tokens: Vec<(String, Option<f32>)>,
        /// The row of sums.
        row: [f64; 4],
    },
    /// All texts are through.
    Finished,
    /// It could not be done.
    Failed {
        /// Why, in a sentence.
        sentence: String,
        /// Whether the GPU went away, so that another try may do.
        lost: bool,
    },
}

/// What a model's header says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// Its name.
    pub name: String,
    /// Its family.
    pub family: String,
    /// The commonest type of its tensors.
    pub kind: String,
    /// Numbers in its matrices.
    pub parameters: f64,
    /// Bytes of its files, and about what it needs on the GPU.
    pub bytes: f64,
    /// Tokens it was trained to see at once.
    pub context: usize,
    /// Its licence, if the file names one.
    pub licence: Option<String>,
    /// Whether it has a chat template.
    pub chat: bool,
}

impl ModelInfo {
    /// What `model`'s header says.
    pub fn of(model: &Model) -> Self {
        let data = &model.gguf.metadata;
        let mut kinds: Vec<(&str, u64)> = Vec::new();
        for info in model.gguf.tensors.values() {
            let name = info.kind.name();
            match kinds.iter_mut().find(|(n, _)| *n == name) {
                Some((_, bytes)) => *bytes += info.bytes(),
                None => kinds.push((name, info.bytes())),
            }
        }
        let commonest = kinds.iter().max_by_key(|(_, bytes)| *bytes);
        let text = |key: &str| data.text(key).map(str::to_owned);
        Self {
            name: text("general.name").unwrap_or_else(|| model.shape.family.to_owned()),
            family: model.shape.family.to_owned(),
            kind: commonest.map_or(String::new(), |(name, _)| (*name).to_owned()),
            parameters: model.parameters() as f64,
            bytes: model.gguf.bytes as f64,
            context: model.shape.context,
            licence: text("general.license"),
            chat: data.text("tokenizer.chat_template").is_some(),
        }
    }
}
