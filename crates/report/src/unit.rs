//! The units of values.

use serde::{Deserialize, Serialize};

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Shares, written in percent, differences in points.
    Share,
    /// Scores up to 100.
    Hundred,
    /// Anything else.
    Plain,
}
