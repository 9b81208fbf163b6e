//! What was found, in sum.

use crate::found::{Found, Kind};
use serde::{Deserialize, Serialize};

/// Rows that are listed one by one, those that are the most alike.
pub const MAX_EXAMPLES: usize = 200;

/// What of a test stands in training files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OverlapReport {
    /// The training files' names.
    pub files: Vec<String>,
    /// Rows read from them.
    pub training_rows: usize,
    /// Rows of the test.
    pub rows: usize,
    /// Rows that can't be compared: their texts are all too short, or templates.
    pub not_compared: usize,
    /// Rows that are found.
    pub found: usize,
    /// Of those, the ones of which a reference is found and no prompt.
    pub by_reference: usize,
    /// Rows of which at least one 13-gram stands in the training files: the bound of GPT-3 (Brown et al. 2020).
    pub with_13: usize,
    /// Rows that are found or at least similar, the most alike first; at most [`MAX_EXAMPLES`].
    pub examples: Vec<Found>,
}

impl OverlapReport {
    pub(crate) fn of(files: Vec<String>, training_rows: usize, all: &[Found]) -> Self {
        let count = |holds: fn(&Found) -> bool| all.iter().filter(|f| holds(f)).count();
        let mut examples: Vec<&Found> = all.iter().filter(|f| f.strength() > 0.0).collect();
        examples.sort_by(|a, b| {
            let found = b.is_copied().cmp(&a.is_copied());
            found.then(b.strength().total_cmp(&a.strength()))
        });
        examples.truncate(MAX_EXAMPLES);
        Self {
            files,
            training_rows,
            rows: all.len(),
            not_compared: count(|f| f.kind.is_none()),
            found: count(|f| f.is_found() == Some(true)),
            by_reference: count(|f| f.is_found() == Some(true) && f.kind == Some(Kind::Reference)),
            with_13: count(|f| f.share_13.is_some_and(|share| share > 0.0)),
            examples: examples.into_iter().cloned().collect(),
        }
    }
}
