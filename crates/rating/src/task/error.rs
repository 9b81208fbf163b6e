//! Why a task can't be used, or can't be made of data.

use serde::{Deserialize, Serialize};

/// Why a task can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TaskError {
    /// Nothing is asked.
    #[error("the task asks nothing; add a question")]
    NoQuestion,
    /// Nothing is judged.
    #[error("the task has no item; choose at least one row")]
    NoItem,
    /// More items than a task may have.
    #[error("the task has {items} items; {most} are the most")]
    TooManyItems {
        /// Items found.
        items: usize,
        /// Items allowed.
        most: usize,
    },
    /// An item that the questions don't fit.
    #[error("item {item} has {outputs} outputs, which the question {question} does not fit")]
    Outputs {
        /// The item, from 1.
        item: usize,
        /// Its outputs.
        outputs: usize,
        /// The question's name.
        question: String,
    },
    /// A scale of one point or of too many, or no category of errors.
    #[error("the question {question} needs from 2 to 10 points, or at least one category")]
    Choices {
        /// The question's name.
        question: String,
    },
    /// A way to mark errors without severities, or with weights that can't be.
    #[error("the question {question} needs at least one severity, with weights from 0 to 1000")]
    Severities {
        /// The question's name.
        question: String,
    },
    /// Errors that are marked beforehand where they can't be.
    #[error("the errors marked beforehand in item {item} do not fit it")]
    Prefilled {
        /// The item, from 1.
        item: usize,
    },
    /// The data has no column with errors marked beforehand of this name.
    #[error("the data has no column {column} with marked errors")]
    MarksColumn {
        /// The column's name.
        column: String,
    },
    /// A cell with errors marked beforehand that is no list of them.
    #[error("the errors marked in row {row} of {column} can't be read")]
    MarksUnreadable {
        /// The row, from 1.
        row: usize,
        /// The column's name.
        column: String,
    },
    /// An error marked beforehand outside its output.
    #[error("an error marked in row {row} of {column} lies outside the output")]
    MarksOutside {
        /// The row, from 1.
        row: usize,
        /// The column's name.
        column: String,
    },
    /// An error marked beforehand of a category that the question lacks.
    #[error("row {row} of {column} has an error of the category {category}, which is not offered")]
    MarksCategory {
        /// The row, from 1.
        row: usize,
        /// The column's name.
        column: String,
        /// The category.
        category: String,
    },
    /// An error marked beforehand of a severity that the question lacks.
    #[error("row {row} of {column} has an error of the severity {severity}, which is not offered")]
    MarksSeverity {
        /// The row, from 1.
        row: usize,
        /// The column's name.
        column: String,
        /// The severity.
        severity: String,
    },
    /// A question without a name, or two of one name.
    #[error("every question needs a name of its own; {question} is not")]
    Name {
        /// The name.
        question: String,
    },
    /// A share of raters that can't be.
    #[error("{overlap} raters an item can't be had of {slots}")]
    Overlap {
        /// Raters an item.
        overlap: u16,
        /// Raters.
        slots: u16,
    },
}
