//! Why files give no run.

use serde::{Deserialize, Serialize};

/// Why files give no run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum LogError {
    /// Nothing that was logged is in it.
    #[error("{file} holds no training log")]
    NoLog {
        /// The file.
        file: String,
    },
    /// Not JSON.
    #[error("{file} is not valid JSON at line {line}, column {column}: {detail}")]
    Json {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        detail: String,
    },
    /// A damaged archive.
    #[error("{file} can't be opened as a zip archive: {detail}")]
    Zip {
        /// The file.
        file: String,
        /// What the reader says.
        detail: String,
    },
    /// More than is read.
    #[error("{file} holds more than {limit_mb} MB of logs")]
    TooLarge {
        /// The file.
        file: String,
        /// Megabytes that are read.
        limit_mb: u64,
    },
    /// The browser can't read it any more.
    #[error("{file} can't be read")]
    Unreadable {
        /// The file.
        file: String,
    },
}
