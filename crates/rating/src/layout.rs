//! How a task is written: who opens its answers, and which of its fields are there.

use serde::{Deserialize, Serialize};

/// Which fields of a task are written: tasks without what came later stay as they were, for pages of those versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// All before who opens answers.
    SharedKey,
    /// All before what raters see when they are done.
    OwnerKey,
    /// All before the errors that are marked beforehand.
    Completion,
    /// All; also of tasks with ways to answer that pages of earlier versions do not know.
    Marks,
}

impl Layout {
    /// The bytes of the fields that are not written, as they are in every task of this layout.
    pub(crate) fn unwritten(self) -> &'static [u8] {
        match self {
            Self::SharedKey => &[Sealing::SharedKey as u8, 0, 0],
            Self::OwnerKey => &[0, 0],
            Self::Completion => &[0],
            Self::Marks => &[],
        }
    }
}

/// What the key of a task is, and so who can open answers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sealing {
    /// A key that seals and opens, so that every rater who has the task can open answers: tasks of the first versions.
    #[default]
    SharedKey,
    /// The owner's public key: only the owner's secret opens what is sealed with it.
    OwnerKey,
}
