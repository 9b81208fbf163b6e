//! What the page has stored on this device, for its user to see and to remove.

use crate::topics::{MODELS, PERPLEXITY, PROJECTS, WORKSPACE};
use assay_calls::calls;
use assay_platform::DiskError;
use serde::{Deserialize, Serialize};

calls! {
    service "storage";

    /// What is stored, by kind; kinds of which nothing is stored are left out.
    #[derive(Eq, Hash)]
    Contents {} -> Vec<Stored>, DiskError, [WORKSPACE, PROJECTS, MODELS, PERPLEXITY];

    /// Removes all of it. What can be removed is removed even where something can't.
    RemoveAll {} -> (), RemoveAllError;
}

/// What is stored of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// The kind.
    pub kind: StoredKind,
    /// How many of it.
    pub count: usize,
    /// Bytes.
    pub bytes: f64,
}

/// A kind of what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoredKind {
    /// Projects: data, settings and results.
    Projects,
    /// Rating tasks that were made here, with the answers that came back and what opens them.
    RatingTasks,
    /// Answers that were given here to others' rating tasks.
    RaterAnswers,
    /// Copies of language models.
    Models,
    /// Scores under language models.
    Scores,
    /// Which project was open last, and what was measured on the graphics card.
    Notes,
}

impl StoredKind {
    /// All, with their names in the locale files.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Projects, "projects"),
        (Self::RatingTasks, "rating-tasks"),
        (Self::RaterAnswers, "rater-answers"),
        (Self::Models, "models"),
        (Self::Scores, "scores"),
        (Self::Notes, "notes"),
    ];
}

/// Why not all was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum RemoveAllError {
    /// A job may be writing.
    #[error("a job is running; stop it and try again")]
    Running,
    /// Something stays.
    #[error("not all was removed: {error}")]
    Left {
        /// Why the first of it stays.
        error: DiskError,
    },
}
