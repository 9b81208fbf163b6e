//! Settings of a comparison by an encoder.

use serde::{Deserialize, Serialize};

/// What is computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Layers that texts go through for BERTScore; 0 for all.
    pub layers: usize,
    /// Whether tokens that are rare among the references weigh more.
    pub idf: bool,
}

/// The default encoder's name.
pub const DEFAULT_ENCODER: &str = "all-MiniLM-L6-v2";
