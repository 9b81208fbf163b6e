//! The `rounds` service: scores that are kept as a round of a project, and what got better and worse from one round to
//! another.

use crate::topics::{DATA, ROUNDS, SCORES};
use assay_calls::{NoError, calls};
use assay_stats::{Decision, Obstacle};
use serde::{Deserialize, Serialize};

/// Why a round can't be kept or compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum RoundError {
    /// No measure has results yet.
    #[error("there are no scores yet")]
    NoScores,
    /// A name of nothing but white space.
    #[error("a round needs a name")]
    NoName,
    /// There are as many rounds as a project holds.
    #[error("a project holds {most} rounds")]
    TooMany {
        /// How many.
        most: usize,
    },
    /// It was removed.
    #[error("this round was removed")]
    Missing,
    /// No round was kept or removed, or all of that is undone.
    #[error("there is no change of rounds to undo")]
    NothingToUndo,
    /// A person has stopped it, or other data came.
    #[error("the comparison was stopped")]
    Stopped,
    /// A compute worker failed.
    #[error("the paired test could not be computed: {detail}")]
    NotComputed {
        /// The machine's words.
        detail: String,
    },
}

/// A round in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundCard {
    /// Its number, which no other round of the project has.
    pub id: u32,
    /// The name that a person gave it.
    pub name: String,
    /// When it was kept, in milliseconds since 1970.
    pub made_ms: f64,
    /// Rows.
    pub rows: usize,
    /// Systems' names.
    pub systems: Vec<String>,
    /// How many measures it has.
    pub measures: usize,
}

/// What was done to the list of rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundChangeKind {
    /// A round was kept.
    Keep,
    /// A round was removed.
    Remove,
}

impl RoundChangeKind {
    /// The name in locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Remove => "remove",
        }
    }
}

/// A change, as a button that undoes it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundChange {
    /// What was done.
    pub kind: RoundChangeKind,
    /// The round's name.
    pub name: String,
}

/// What can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoundSteps {
    /// The change that [`UndoRound`] takes back.
    pub undo: Option<RoundChange>,
    /// The change that [`RedoRound`] makes again.
    pub redo: Option<RoundChange>,
}

/// A row whose score is another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowChange {
    /// Its id; nothing where rows have none.
    pub id: Option<String>,
    /// Its place in the data that is open, from 0, if it is there.
    pub row: Option<usize>,
    /// Its score before.
    pub before: f64,
    /// Its score after.
    pub after: f64,
}

/// A system under a measure, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemChange {
    /// The system's name.
    pub name: String,
    /// Its score over all rows of the earlier round.
    pub before: f64,
    /// Its score over all rows of the later round.
    pub after: f64,
    /// Rows that both rounds have a score of.
    pub rows: usize,
    /// The mean of the differences of these rows' scores, the later less the earlier; nothing without rows.
    pub change: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// The p-value of the paired test over these rows, after Holm's correction over the systems.
    pub p_corrected: Option<f64>,
    /// Whether that is better or worse.
    pub decision: Decision,
    /// Why nothing can be decided, where that is so.
    pub obstacle: Option<Obstacle>,
    /// The rows that got better most, the first most of all.
    pub better: Vec<RowChange>,
    /// The rows that got worse most, likewise.
    pub worse: Vec<RowChange>,
}

/// A measure, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureChange {
    /// Its name.
    pub name: String,
    /// The largest possible score.
    pub max: f64,
    /// The systems that both rounds have.
    pub systems: Vec<SystemChange>,
}

/// Two rounds, compared.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RoundComparison {
    /// Rows that are in both rounds.
    pub rows: usize,
    /// Rows that only the earlier one has.
    pub only_before: usize,
    /// Rows that only the later one has.
    pub only_after: usize,
    /// Whether rows were matched by their ids, and not by their texts.
    pub by_id: bool,
    /// The measures that both rounds have, with the same settings.
    pub measures: Vec<MeasureChange>,
}

calls! {
    service "rounds";

    /// Keeps the scores as they are as a round.
    KeepRound {
        /// Its name.
        name: String,
    } -> (), RoundError;

    /// The rounds of the open project, in the order in which they were kept.
    #[derive(Eq, Hash)]
    ListRounds {} -> Vec<RoundCard>, NoError, [ROUNDS];

    /// Removes a round.
    RemoveRound {
        /// Its number.
        id: u32,
    } -> (), RoundError;

    /// What can be undone.
    #[derive(Eq, Hash)]
    RoundHistory {} -> RoundSteps, NoError, [ROUNDS];

    /// Takes the last change of the list back: a removed round is there again.
    UndoRound {} -> (), RoundError;

    /// Makes the change that was taken back last again.
    RedoRound {} -> (), RoundError;

    /// Compares two rounds. Where that takes long it is a job `compare-rounds`.
    #[derive(Eq, Hash)]
    CompareRounds {
        /// The earlier round; nothing for the scores as they are.
        before: Option<u32>,
        /// The later one, likewise.
        after: Option<u32>,
    } -> RoundComparison, RoundError, [ROUNDS, SCORES, DATA];
}
