//! Segments that stand out from the others.

use serde::{Deserialize, Serialize};

/// Why a segment stands out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its change against the baseline (the baseline's own score, of the baseline) lies this number of robust
    /// standard deviations from the median.
    Score(f64),
    /// This many times as long as its reference.
    Long(f64),
    /// This many times as short.
    Short(f64),
    /// There is no output, where the reference has text.
    Blank,
    /// So much of it comes again.
    Repeats(f64),
}

/// A segment that stands out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutlierRow {
    /// The row in the table.
    pub row: usize,
    /// Its output, shortened.
    pub text: String,
    /// Its score; nothing where it has none.
    pub score: Option<f64>,
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
}

/// What stands out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OutliersView {
    /// The rows, the farthest out first.
    pub rows: Vec<OutlierRow>,
    /// How many there are in all.
    pub found: usize,
}
