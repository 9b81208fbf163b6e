//! What every format answers.

use crate::Run;
use crate::error::LogError;
use crate::source::Source;

/// A kind of file that holds a log.
pub(crate) struct Format {
    /// What such a file is called on the command line.
    pub(crate) name: &'static str,
    /// Whether a file, of which only the beginning may be there, is of this kind.
    pub(crate) detects: fn(&Source) -> bool,
    /// The runs in such a file; one without a name is named by the file's path.
    pub(crate) read: fn(&Source) -> Result<Vec<Run>, LogError>,
}

/// Names and numbers that were logged at once, steps and times among them.
pub(crate) type Record = Vec<(String, f64)>;

/// How a trainer prints a record.
#[derive(Clone, Copy)]
pub(crate) struct LineFormat {
    /// What a log of such lines is called on the command line.
    pub(crate) name: &'static str,
    /// The record in a line, or nothing where the line holds none.
    pub(crate) record: fn(&str) -> Option<Record>,
}
