//! Where a library that reads a format panics on damaged bytes instead of saying so: old workbooks, of whose records
//! calamine takes the lengths as they stand, and maps of Parquet whose keys and values are of different numbers. What
//! they do is bounded before they begin; a panic in them becomes the error of a damaged file. A browser's worker
//! ends with a panic, and whoever waits for it says the same.

use crate::error::damaged;
use assay_data::ContainerError;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What `read` gives; the error of a damaged file where it panics. Nothing that it changed is used after that.
pub(crate) fn guarded<T>(
    path: &str,
    read: impl FnOnce() -> Result<T, ContainerError>,
) -> Result<T, ContainerError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged(path, "its parts do not fit together")))
}
