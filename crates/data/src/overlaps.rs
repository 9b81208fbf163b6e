//! What of the data stands in training files, kept with the data.

use assay_overlap::OverlapReport;
use serde::{Deserialize, Serialize};

/// What the column is called, and what it says of a row. The person's language decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverlapWords {
    /// The column's name.
    pub column: String,
    /// Of a row that is found.
    pub found: String,
    /// Of a row that is not.
    pub not_found: String,
}

/// One look for the data in training files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OverlapCheck {
    /// The column that tells the rows apart; nothing where none was found.
    pub column: Option<usize>,
    /// What was found.
    pub report: OverlapReport,
}
