//! What a person says of a file's measures in place of what their names say, and why it may not fit.

use serde::{Deserialize, Serialize};

/// What a person said of a column that measures, in place of what its name says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MeasureSetting {
    /// The column of the system that it measures.
    pub system: Option<usize>,
    /// Whether a lower value is the better one.
    pub lower: Option<bool>,
    /// The least value there can be and the greatest.
    pub range: Option<[f64; 2]>,
}

/// Why a measure can't be set so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum MeasureError {
    /// The column has another role.
    #[error("column {column} is no measure")]
    NoMeasure {
        /// The column's name.
        column: String,
    },
    /// The system's column holds no outputs.
    #[error("column {column} holds no outputs of a system")]
    NoSystem {
        /// The column's name, or its number where there is no such column.
        column: String,
    },
    /// The range has no length.
    #[error("a range from {least} to {most} holds no values")]
    EmptyRange {
        /// Where it begins.
        least: f64,
        /// Where it ends.
        most: f64,
    },
    /// A value lies outside.
    #[error("column {column}, row {row}: {value} is not between {least} and {most}")]
    OutOfRange {
        /// The column's name.
        column: String,
        /// The row, from 1.
        row: usize,
        /// Its value.
        value: f64,
        /// Where the range begins.
        least: f64,
        /// Where it ends.
        most: f64,
    },
}
