//! Data beside the page that only some metrics need: loaded when one is first asked for, so that nobody
//! else waits for it.

use crate::text::jieba;
use crate::text::wordnet::WordNet;
use serde::{Deserialize, Serialize};

/// Data that a metric needs and the page does not carry in itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asset {
    /// WordNet's synonyms.
    WordNet,
    /// jieba's dictionary.
    Jieba,
}

impl Asset {
    /// Its file, beside the page.
    pub fn file(self) -> &'static str {
        match self {
            Self::WordNet => "wordnet.bin",
            Self::Jieba => "jieba.bin",
        }
    }

    /// Whether it is loaded.
    pub fn is_loaded(self) -> bool {
        match self {
            Self::WordNet => WordNet::loaded().is_some(),
            Self::Jieba => jieba::is_loaded(),
        }
    }

    /// Loads it from the bytes of its file; `false` where they are none of it.
    pub fn load(self, bytes: &[u8]) -> bool {
        match self {
            Self::WordNet => WordNet::load(bytes),
            Self::Jieba => jieba::load(bytes),
        }
    }
}
