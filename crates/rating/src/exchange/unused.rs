//! What a file held besides judgements, with the reason why it is none.

use serde::{Deserialize, Serialize};

/// Why a value or a row gave no judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skipped {
    /// It is no number, nor a word that stands for one.
    NotANumber,
    /// It names no two different systems, or none of them as the winner.
    NoWinner,
    /// The rater discarded, cancelled or ignored it, or had not submitted it.
    Discarded,
    /// A model that judged gave no verdict that can be used.
    JudgeFailed,
    /// The line or element can't be read.
    Unreadable,
}

impl Skipped {
    /// The name in the keys of messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotANumber => "not-a-number",
            Self::NoWinner => "no-winner",
            Self::Discarded => "discarded",
            Self::JudgeFailed => "judge-failed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Why a column holds no ratings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unused {
    /// It names or numbers something.
    Identifier,
    /// It says when, or how long.
    Time,
    /// It is measured: a length, a count, a cost.
    Measurement,
    /// Its numbers came with the task, as far as the other columns show.
    TaskData,
    /// A model suggested its values to the raters.
    Suggestion,
    /// Its cells are words.
    Words,
}

impl Unused {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::Identifier,
        Self::Time,
        Self::Measurement,
        Self::TaskData,
        Self::Suggestion,
        Self::Words,
    ];

    /// The name in the keys of messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Time => "time",
            Self::Measurement => "measurement",
            Self::TaskData => "task-data",
            Self::Suggestion => "suggestion",
            Self::Words => "words",
        }
    }
}

/// A column that holds no ratings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusedColumn {
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: Unused,
}

/// Values or rows that gave no judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedValues {
    /// Why.
    pub reason: Skipped,
    /// How many.
    pub count: usize,
}
