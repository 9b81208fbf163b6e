//! What a column can be for.

use serde::{Deserialize, Serialize};

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Names the row, the same in every file.
    Id,
    /// What the systems were given.
    Source,
    /// A text the hypotheses are compared with.
    Reference,
    /// A system's output; the column's name is the system's.
    Hypothesis,
    /// The true class.
    Label,
    /// A predicted class.
    Prediction,
    /// A class's probability, 0 to 1.
    Probability,
    /// A number that measures a system's outputs; the column's name says whose.
    Measure,
    /// A number that is none of these.
    Number,
    /// A property to group rows by.
    Slice,
    /// What several rows come from, such as a document, a conversation or a user: such rows are not independent.
    Cluster,
    /// Which of several samples of one item a row is.
    Repeat,
    /// Not used.
    Ignored,
}

impl Role {
    /// Every role, in the order the page offers them.
    pub const ALL: [Self; 13] = [
        Self::Id,
        Self::Source,
        Self::Reference,
        Self::Hypothesis,
        Self::Slice,
        Self::Cluster,
        Self::Repeat,
        Self::Label,
        Self::Prediction,
        Self::Probability,
        Self::Measure,
        Self::Number,
        Self::Ignored,
    ];

    /// The name in files and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Source => "source",
            Self::Reference => "reference",
            Self::Hypothesis => "hypothesis",
            Self::Label => "label",
            Self::Prediction => "prediction",
            Self::Probability => "probability",
            Self::Measure => "measure",
            Self::Number => "number",
            Self::Slice => "slice",
            Self::Cluster => "cluster",
            Self::Repeat => "repeat",
            Self::Ignored => "ignored",
        }
    }
}
