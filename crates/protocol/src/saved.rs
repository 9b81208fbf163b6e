//! A saved evaluation, as far as the page sees it.

use serde::{Deserialize, Serialize};

/// Why a file can't be restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
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
}
