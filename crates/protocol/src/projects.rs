//! A rating project of an owner, as the page shows it.

use assay_rating::pool::{Place, RaterKey};
use assay_rating::project::Outcome;
use serde::{Deserialize, Serialize};

/// What the page shows of an open project beside its judgements.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProjectView {
    /// Its id.
    pub id: String,
    /// Whether something can be taken back.
    pub can_undo: bool,
    /// What became of what came in, the latest last.
    pub outcomes: Vec<Outcome>,
    /// Answers that contradict each other.
    pub conflicts: Vec<ConflictView>,
    /// Numbers, from 1, from which nothing came yet, when items are shared out.
    pub silent: Vec<u16>,
}

/// Answers of one rater to one item that contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictView {
    /// The rater.
    pub rater: RaterKey,
    /// The rater's name.
    pub name: String,
    /// The item.
    pub place: Place,
    /// The row, from 1.
    pub row: usize,
    /// The devices, and what was said on each.
    pub answers: Vec<(u64, String)>,
}
