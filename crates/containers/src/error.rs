//! Errors as the readers make them.

use assay_data::ContainerError;

/// An error when `found` bytes are more than `limit`.
pub(crate) fn bytes_within(file: &str, found: u64, limit: u64) -> Result<(), ContainerError> {
    if found <= limit {
        return Ok(());
    }
    Err(ContainerError::TooLarge {
        file: file.to_owned(),
        found_mb: found / 1_000_000,
        limit_mb: limit / 1_000_000,
    })
}

/// The error for a file whose bytes are not what its format says.
pub(crate) fn damaged(file: &str, detail: impl ToString) -> ContainerError {
    ContainerError::Damaged {
        file: file.to_owned(),
        detail: detail.to_string(),
    }
}
