//! What can be wrong with a file or a row, each with its place; the page has a sentence for every kind.

use serde::{Deserialize, Serialize};

/// Bytes of one line of text, or of one value, that is still without an end. The longest answers of models have a few
/// megabytes; what is longer is a file without line ends, an open quote, or data made to fill memory.
pub(super) const MAX_LINE: u64 = 64_000_000;
/// Bytes that packed data may have unpacked, however small it came.
const MAX_EXPANDED: u64 = 250_000_000;
/// How often its packed size data may have beyond that. Logs of answers reach 20, and 100 with the same prompt in
/// each row.
const MAX_EXPANSION: u64 = 200;

/// Why one row could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Reason {
    /// Another number of fields than the header's.
    #[error("the row has {found} fields where the header has {expected}")]
    Ragged {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// A quote that opens and never closes.
    #[error("a quote opens here and never closes")]
    UnclosedQuote,
    /// Not JSON.
    #[error("not valid JSON at column {column}: {detail}")]
    Json {
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        detail: String,
    },
    /// JSON, but no object.
    #[error("an object was expected, not {found}")]
    NotAnObject {
        /// What stands there.
        found: String,
    },
    /// A NUL character, which no text holds.
    #[error("the row holds a NUL character")]
    NulCharacter,
    /// Bytes that the file's encoding has no character for.
    #[error("the row holds bytes that are not valid {encoding}")]
    InvalidByte {
        /// The encoding's name.
        encoding: String,
    },
    /// A cell of a workbook that shows an error. Its row stays, and the cell is missing.
    #[error("the cell in column {column} shows the error {shown} and counts as missing")]
    ErrorCell {
        /// The column's letters, as a spreadsheet program shows them.
        column: String,
        /// What the cell shows, `#DIV/0!` for example.
        shown: String,
    },
    /// A cell of bytes that are no text. Its row stays, and the cell is missing.
    #[error("the cell in column {column} holds bytes that are not text and counts as missing")]
    BinaryCell {
        /// The column's name.
        column: String,
    },
}

/// A row that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The row's first line, from 1.
    pub line: u64,
    /// Why it could not be read.
    pub reason: Reason,
}

/// Why a file gives no table, or files don't fit together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it.
    #[error("{file} is empty; choose a file with at least one row")]
    Empty {
        /// The file's name.
        file: String,
    },
    /// The browser or the system can't read it any more.
    #[error("{file} can't be read; it may have been moved or changed, so choose it again")]
    Unreadable {
        /// The file's name.
        file: String,
    },
    /// Not text.
    #[error("{file} is not text (a binary file); export it as CSV, TSV, JSON or JSONL first")]
    Binary {
        /// The file's name.
        file: String,
    },
    /// Only a header.
    #[error("{file} has a header and no rows; check that the export is complete")]
    HeaderOnly {
        /// The file's name.
        file: String,
    },
    /// Too many columns.
    #[error("{file} has {found} columns; keep at most {limit} of them and try again")]
    TooManyColumns {
        /// The file's name.
        file: String,
        /// Columns found (so far).
        found: usize,
        /// Columns allowed.
        limit: usize,
    },
    /// A column whose name is a text and no name: as a rule the first line is a row and no header.
    #[error(
        "{file} has a name of {found} characters for column {column}, and a name may have {limit}; check that the first line names the columns"
    )]
    LongName {
        /// The file's name.
        file: String,
        /// The column's place, from 1.
        column: usize,
        /// Characters of its name.
        found: usize,
        /// Characters that a name may have.
        limit: usize,
    },
    /// The compressed data is damaged.
    #[error("{file} can't be decompressed: the gzip data is damaged or cut off; compress it anew")]
    Gzip {
        /// The file's name.
        file: String,
    },
    /// Not JSON as a whole.
    #[error("{file} is not valid JSON at line {line}, column {column}: {detail}")]
    Json {
        /// The file's name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        detail: String,
    },
    /// JSON without rows.
    #[error(
        "{file} holds no rows: give an array of objects, an object of equally long columns, or one object a line"
    )]
    NoRows {
        /// The file's name.
        file: String,
    },
    /// Scores of whole data sets, as a tool sums them up, and no outputs.
    #[error(
        "{file} holds totals that {tool} computed, and no outputs; give the file with a row for each example: {rows_in}"
    )]
    TotalsOnly {
        /// The file's name.
        file: String,
        /// The tool that wrote it.
        tool: String,
        /// Where the tool writes a row for each example.
        rows_in: String,
    },
    /// No row could be read.
    #[error("none of the {rows} rows of {file} could be read; the first, at line {line}: {reason}")]
    NothingReadable {
        /// The file's name.
        file: String,
        /// Rows set aside.
        rows: usize,
        /// Line of the first one.
        line: u64,
        /// Its reason.
        reason: Reason,
    },
    /// More text than the page's memory (4 GiB at most, as WebAssembly counts it) can work on.
    #[error(
        "{file} holds {found_mb} MB of text or more, and {limit_mb} MB can be worked on at once; load a part of it, or leave out columns that are not needed"
    )]
    TooLarge {
        /// The file's name.
        file: String,
        /// Megabytes found (so far).
        found_mb: u64,
        /// Megabytes that can be loaded.
        limit_mb: u64,
    },
    /// One line or one value that has no end for longer than any text.
    #[error(
        "{file} has a line or value of more than {limit_mb} MB that begins in line {line}; check that lines end and quotes are closed"
    )]
    LongLine {
        /// The file's name.
        file: String,
        /// The line in which it begins, from 1.
        line: u64,
        /// Megabytes that one may have.
        limit_mb: u64,
    },
    /// More rows times columns than memory has room for.
    #[error(
        "{file} has more than {limit} cells in {columns} columns; load part of it, or remove columns that are not needed"
    )]
    TooManyCells {
        /// The file's name.
        file: String,
        /// Columns found (so far).
        columns: usize,
        /// Cells that can be loaded.
        limit: usize,
    },
    /// One cell that is longer than any text.
    #[error("{file} has a cell of more than 2 GiB; check that its quotes are closed")]
    LongCell {
        /// The file's name.
        file: String,
    },
    /// Files without ids and of different lengths.
    #[error(
        "{first} has {first_rows} rows and {second} has {second_rows}: they can't be joined by line; give both an id column or the same number of lines"
    )]
    RowCounts {
        /// One file.
        first: String,
        /// Its rows.
        first_rows: usize,
        /// The other file.
        second: String,
        /// Its rows.
        second_rows: usize,
    },
    /// An id that stands twice.
    #[error("{file} has the id {id} more than once; make ids unique or remove the column")]
    DuplicateId {
        /// The file's name.
        file: String,
        /// The id.
        id: String,
    },
    /// Ids of which none is common.
    #[error("{first} and {second} share no id; check that both come from the same task")]
    NoCommonIds {
        /// One file.
        first: String,
        /// The other file.
        second: String,
    },
    /// A table of a trial without a column that names the arms.
    #[error(
        "{file} has no column that tells which arm or system a row belongs to, with 2 to 12 values and no gap"
    )]
    NoArms {
        /// The file's name.
        file: String,
    },
}

/// An error when a line or value that begins in `line` (from 1) has `bytes` without an end.
pub(super) fn line_within(file: &str, line: u64, bytes: usize) -> Result<(), ImportError> {
    if bytes as u64 <= MAX_LINE {
        return Ok(());
    }
    Err(ImportError::LongLine {
        file: file.to_owned(),
        line,
        limit_mb: MAX_LINE / 1_000_000,
    })
}

/// An error when a file that came in `packed` bytes has `plain` bytes unpacked, where both the size and the ratio
/// are those of data made to fill memory.
///
/// # Errors
/// [`ImportError::TooLarge`].
pub fn expansion_within(file: &str, packed: u64, plain: u64) -> Result<(), ImportError> {
    if plain / MAX_EXPANSION <= packed {
        return Ok(());
    }
    within(file, plain, MAX_EXPANDED)
}

/// An error when `found` bytes of a file are more than `limit`.
///
/// # Errors
/// [`ImportError::TooLarge`].
pub fn within(file: &str, found: u64, limit: u64) -> Result<(), ImportError> {
    if found <= limit {
        return Ok(());
    }
    Err(ImportError::TooLarge {
        file: file.to_owned(),
        found_mb: found / 1_000_000,
        limit_mb: limit / 1_000_000,
    })
}
