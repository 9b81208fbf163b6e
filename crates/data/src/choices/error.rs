//! Why a table holds no multiple-choice questions.

/// Why a table holds no multiple-choice questions, or not all of them can be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChoicesError {
    /// No column holds questions.
    #[error("no column holds questions; name it question. The columns are {}", .columns.join(", "))]
    NoQuestion {
        /// The columns.
        columns: Vec<String>,
    },
    /// No columns hold choices.
    #[error("no columns hold choices: name them A, B, C …, or put a list into one called choices. The columns are {}", .columns.join(", "))]
    NoChoices {
        /// The columns.
        columns: Vec<String>,
    },
    /// No column says which choice is right.
    #[error("no column says which choice is right; name it answer. The columns are {}", .columns.join(", "))]
    NoAnswer {
        /// The columns.
        columns: Vec<String>,
    },
    /// A row has fewer than two choices.
    #[error("row {row} has {found} choices; two are needed")]
    TooFew {
        /// The row, from 1.
        row: usize,
        /// Its choices.
        found: usize,
    },
    /// A choice of a row is empty.
    #[error("a choice of row {row} is empty")]
    EmptyChoice {
        /// The row, from 1.
        row: usize,
    },
    /// A row's right choice is none of its choices.
    #[error("the right choice of row {row}, \"{found}\", is none of its {choices} choices")]
    Answer {
        /// The row, from 1.
        row: usize,
        /// What the file has.
        found: String,
        /// How many choices the row has.
        choices: usize,
    },
    /// Right choices are numbers that fit whether the first choice is 0 or 1.
    #[error(
        "right choices are given by number, and the file does not show whether the first choice is 0 or 1; say it with --first-choice"
    )]
    FirstPlace,
}
