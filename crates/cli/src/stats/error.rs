//! What is wrong with a question.

use crate::failure::Failure;

/// Why a question can't be answered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StatsError {
    /// The file can't be read as a table.
    #[error("{0}")]
    File(#[source] Failure),
    /// The table has no such column.
    #[error("there is no column {name}; there are {}", known.join(", "))]
    NoColumn {
        /// What was asked for.
        name: String,
        /// The columns that there are.
        known: Vec<String>,
    },
    /// A cell that should be a number is none.
    #[error("row {row} of the column {column} holds {cell:?}, which is no number")]
    NotANumber {
        /// The column.
        column: String,
        /// The row, from 1 on, the header not counted.
        row: usize,
        /// What it holds.
        cell: String,
    },
    /// A test of another number of samples.
    #[error("{what} takes {wanted} columns, not {found}; choose them with --columns")]
    ColumnCount {
        /// The test or the coefficient.
        what: &'static str,
        /// How many it takes, in words.
        wanted: &'static str,
        /// How many there are.
        found: usize,
    },
    /// Pairs without a difference can't be ranked where all orders are counted.
    #[error("--zeros pratt and zsplit need --ranks normal or --ranks continuity")]
    ZerosNeedNormal,
    /// More successes than items.
    #[error("{successes} successes are more than {total} items")]
    TooManySuccesses {
        /// The successes.
        successes: u64,
        /// The items.
        total: u64,
    },
    /// A word that says who won is none of those that are known.
    #[error("row {row} names {winner:?} as the winner: it takes {first:?}, {second:?}, or tie")]
    UnknownWinner {
        /// The row, from 1 on.
        row: usize,
        /// What stands there.
        winner: String,
        /// The first item's name.
        first: String,
        /// The second item's name.
        second: String,
    },
    /// Strengths that have no bound.
    #[error(transparent)]
    Ranking(#[from] assay_stats::bradley_terry::RankingError),
    /// No items that people have labelled, or none that they have not.
    #[error(
        "people and the judge have {labelled} rows in common, and the judge alone has {unlabelled}; both are needed"
    )]
    NothingToCorrect {
        /// Rows with both.
        labelled: usize,
        /// Rows with the judge's value alone.
        unlabelled: usize,
    },
    /// A value that is neither yes nor no.
    #[error("rogan-gladen takes 0 and 1, not {value}")]
    NotYesOrNo {
        /// The value.
        value: f64,
    },
    /// Nobody has enough items.
    #[error("no person has {needed} items that the judge and another person have judged too")]
    TooFewItems {
        /// How many it takes.
        needed: usize,
    },
    /// No row has what is needed.
    #[error("no row has a value in each of the columns")]
    NoRows,
}
