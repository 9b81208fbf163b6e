//! The steps of an alignment between an output and its reference.

use serde::{Deserialize, Serialize};

/// A pair of units, or one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The same in both.
    Same,
    /// The output has another one.
    Substituted,
    /// Only in the reference.
    Missing,
    /// Only in the output.
    Added,
}
