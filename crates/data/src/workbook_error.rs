//! Why a workbook can't be written. It is here and not with the writer, because the page shows it.

use serde::{Deserialize, Serialize};

/// Why a workbook can't be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum WorkbookError {
    /// More rows or columns than a sheet may have.
    #[error(
        "sheet {sheet} would have {rows} rows and {columns} columns, more than a workbook can hold"
    )]
    TooLarge {
        /// The sheet.
        sheet: String,
        /// Its rows, with the head.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// The writer of the format refuses.
    #[error("the workbook can't be written: {detail}")]
    Refused {
        /// What it says.
        detail: String,
    },
}
