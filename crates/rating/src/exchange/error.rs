//! Why a file gives no judgements.

use assay_data::ImportError;
use serde::{Deserialize, Serialize};

/// Bytes of a file that are read.
pub const MAX_BYTES: usize = 64 << 20;

/// Why a file gives no judgements.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
pub enum ForeignError {
    /// It can't be read as a table.
    #[error("{error}")]
    Table {
        /// Why.
        error: Box<ImportError>,
    },
    /// It is larger than is read.
    #[error("{file} is larger than {most_mb} MB; leave out what is not needed")]
    TooLarge {
        /// The file.
        file: String,
        /// Megabytes that are read.
        most_mb: usize,
    },
    /// Nothing in it is a judgement.
    #[error(
        "{file} holds no ratings: a table needs a column for the rater and one for each dimension, or columns for dimension and value"
    )]
    Nothing {
        /// The file.
        file: String,
    },
}

impl ForeignError {
    pub(super) fn too_large(file: &str) -> Self {
        Self::TooLarge {
            file: file.to_owned(),
            most_mb: MAX_BYTES >> 20,
        }
    }
}
