//! The `doubts` service: what of the data is in doubt in such a way that scores would be wrong. It is asked before
//! anything is scored, one question at a time.

use assay_calls::calls;
use assay_data::doubts::JoinQuestion;
use serde::{Deserialize, Serialize};

/// A column with some of its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSample {
    /// The column's index.
    pub column: usize,
    /// Its name.
    pub name: String,
    /// Some of its cells, shortened.
    pub cells: Vec<String>,
}

/// A question about the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataQuestion {
    /// Do the rows of two files belong together as they are matched?
    Join {
        /// The join, with its evidence.
        join: JoinQuestion,
    },
    /// Which of these columns is the reference?
    References {
        /// The columns.
        columns: Vec<ColumnSample>,
    },
    /// Does the index of a choice count from 0, so that 0 is A?
    Choices {
        /// The reference's and a system's cells, side by side.
        examples: Vec<[String; 2]>,
        /// Whether it is taken to count from 0.
        from_zero: bool,
    },
}

impl DataQuestion {
    /// The name in locale keys and ids.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Join { .. } => "join",
            Self::References { .. } => "references",
            Self::Choices { .. } => "choices",
        }
    }
}

/// What a person says to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataAnswer {
    /// It is right as it is.
    AsItIs {},
    /// The other way is right: rows are matched the other way, or choices counted from the other number.
    OtherWay {},
    /// This column alone is the reference; the others are not used.
    OnlyReference {
        /// The column's index.
        column: usize,
    },
}

/// Why an answer can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AnswerError {
    /// No question is open.
    #[error("no question about the data is open")]
    NoQuestion,
    /// The answer does not fit the question that is open.
    #[error("the answer does not fit the question about the data")]
    OtherQuestion,
}

calls! {
    service "doubts";

    /// Answers the question that is open. Scores are computed once none is.
    AnswerQuestion {
        /// The answer.
        answer: DataAnswer,
    } -> (), AnswerError;
}
