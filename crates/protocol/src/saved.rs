//! A saved evaluation, as far as the page sees it.

use serde::{Deserialize, Serialize};

/// Why a file can't be restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SavedError {
    /// Not such a file, or a damaged one.
    #[error("{file} is damaged at line {line}, column {column}: {detail}")]
    Damaged {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        detail: String,
    },
    /// A later version of the page has made it.
    #[error("{file} was saved by a later version of this page ({version})")]
    Newer {
        /// The file.
        file: String,
        /// Its version.
        version: u32,
    },
    /// The cells of a table are not those that were saved; they are restored as they are.
    #[error("the data in {file} was changed after it was saved")]
    Altered {
        /// The file.
        file: String,
    },
    /// The ratings by people are damaged; all else is restored.
    #[error("the ratings in {file} can't be read: {detail}")]
    RatingsDamaged {
        /// The file.
        file: String,
        /// Why.
        detail: String,
    },
    /// The results for other programs are damaged; they are computed anew.
    #[error("the results in {file} are damaged; they are computed anew from its data")]
    ResultsDamaged {
        /// The file.
        file: String,
        /// What the parser says.
        detail: String,
    },
}
