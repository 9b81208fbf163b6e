//! The `overlap` service: which rows of the data stand in training files.

use crate::data::ImportFailure;
use crate::topics::DATA;
use assay_calls::{NoError, calls};
use assay_data::overlaps::OverlapWords;
use assay_overlap::{OverlapError, OverlapReport};
use serde::{Deserialize, Serialize};

/// Why the data was not looked for; what was found before stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum OverlapFailure {
    /// A training file can't be read.
    #[error("{error}")]
    Files {
        /// Why.
        error: ImportFailure,
    },
    /// The data can't be looked for.
    #[error("{error}")]
    Test {
        /// Why.
        error: OverlapError,
    },
    /// The person stopped it, or the data was replaced.
    #[error("looking for the data in the training file was stopped")]
    Stopped,
}

/// What was found in training files, with the texts to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OverlapView {
    /// The name of the column that tells the rows apart; nothing where none was found.
    pub column: Option<String>,
    /// What was found.
    pub report: OverlapReport,
    /// Of each example the test's text, shortened.
    pub texts: Vec<String>,
}

calls! {
    service "overlap";

    /// Looks for the data's prompts and references in the training files beside the call. A job `overlap`. Rows that
    /// are found become a slice.
    FindOverlap {
        /// What the slice is called.
        words: OverlapWords,
    } -> (), OverlapFailure;

    /// What was found so far.
    #[derive(Eq, Hash)]
    ListOverlaps {} -> Vec<OverlapView>, NoError, [DATA];

    /// Forgets what was found in one look; its column is no slice any more.
    RemoveOverlap {
        /// Its place among them.
        place: usize,
    } -> (), NoError;
}
