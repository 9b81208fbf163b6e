//! What is known of a metric besides its scores: its name, source, options and range.

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
    /// Its file, served beside the page.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::WordNet => "wordnet.bin",
            Self::Jieba => "jieba.bin",
        }
    }
}

/// Where the statistics of a metric come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Computed from the texts.
    #[default]
    Texts,
    /// A language model's log-probabilities.
    Model,
    /// An encoder's vectors.
    Encoder,
    /// Ratings by people.
    People,
    /// Numbers in the file.
    File,
}

/// An option of a metric with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionInfo {
    /// The reference tool's name for it.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The values it can take; empty for a number or a text.
    pub choices: Vec<String>,
    /// Whether it is a text, which may have several lines.
    pub is_text: bool,
}

/// A metric with its options, described for display: no code to compute it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MetricInfo {
    /// The key under which the locale files describe it (`what-…`, `beware-…`).
    pub topic: String,
    /// The papers, and the tool whose values it has; empty where there are none.
    pub source: String,
    /// The options with their values, in the order the reference tool documents them.
    pub options: Vec<OptionInfo>,
    /// The score that nothing is better than.
    pub best: f64,
    /// What has to be loaded before it can be computed.
    pub asset: Option<Asset>,
    /// Where its statistics come from.
    pub origin: Origin,
    /// Whether it describes outputs without a value that is the better one by itself: it decides nothing.
    #[serde(default)]
    pub describes: bool,
    /// Whether its score is the mean of the segments' scores.
    #[serde(default)]
    pub is_mean: bool,
}
