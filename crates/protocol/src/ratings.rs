//! Ratings by people, as the page shows them.

use crate::projects::ProjectView;
use assay_rating::analysis::Analysis;
use serde::{Deserialize, Serialize};

/// What the page shows of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RatingsView {
    /// The file's name, or the task's.
    pub file: String,
    /// Values that are no rating.
    pub passed_over: usize,
    /// Units whose row in the data is known.
    pub linked: usize,
    /// What it means.
    pub analysis: Analysis,
    /// What came of a task, where the judgements were gathered by link.
    pub project: Option<ProjectView>,
    /// What `Ratings::undo` brings back.
    pub earlier: Option<String>,
}
