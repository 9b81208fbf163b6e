//! Language models, as the page shows them.

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
    /// `Model::fingerprint`.
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
