//! What was found of a test row, as plain data.

use serde::{Deserialize, Serialize};

/// The share of a text's 8-grams from which it counts as found.
pub const FOUND_SHARE: f64 = 0.7;
/// The similarity from which a text counts as found.
pub const FOUND_SIMILARITY: f64 = 0.8;

/// Which of a row's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What systems were given.
    Prompt,
    /// What their outputs are compared with.
    Reference,
}

/// Where in the training files a text stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file's place among them, from 0.
    pub file: usize,
    /// The row in it, from 1, without those that can't be read.
    pub row: usize,
    /// What stands there; empty where too many were found to keep all.
    pub text: String,
}

/// What was found of a test row. Shares and similarity are those of the text that is the most alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The test row, from 0.
    pub row: usize,
    /// Which of its texts; nothing where all are too short, or templates.
    pub kind: Option<Kind>,
    /// The share of distinct 8-grams that stand in the training files, from 0 to 1; nothing where it has none.
    pub share_8: Option<f64>,
    /// The same of 13-grams.
    pub share_13: Option<f64>,
    /// The highest Jaccard similarity to a training text; nothing where it is below 0.5.
    pub similarity: Option<f64>,
    /// The training row that is the most similar, or else that in which most of the found 8-grams stand first.
    pub place: Option<Place>,
}

impl Found {
    /// Whether it is in the training files; nothing where its texts can't be compared.
    #[must_use]
    pub fn is_found(&self) -> Option<bool> {
        self.kind.map(|_| self.is_copied())
    }

    pub(crate) fn is_copied(&self) -> bool {
        self.share_8.is_some_and(|share| share >= FOUND_SHARE)
            || self.similarity.is_some_and(|s| s >= FOUND_SIMILARITY)
    }

    /// How much of it is found: the greater of the share of 8-grams and the similarity.
    #[must_use]
    pub fn strength(&self) -> f64 {
        let share = self.share_8.unwrap_or(0.0);
        share.max(self.similarity.unwrap_or(0.0))
    }
}
