//! What a container gives while it is read, in the order in which it comes.

use assay_data::ContainerError;
use assay_data::Table;
use assay_data::import::Imported;
use std::ops::ControlFlow;

/// One thing that a container gives.
#[derive(Debug)]
pub enum Event<'a> {
    /// A file begins that is no container itself, text in most cases.
    File {
        /// Its path, with the names of the archives that it is in: `run.zip/outputs/base.jsonl`.
        path: &'a str,
        /// Bytes that it has unpacked, where the archive says so.
        bytes: Option<u64>,
    },
    /// The next bytes of that file.
    Piece(&'a [u8]),
    /// That file is complete.
    FileEnd,
    /// The next rows of a table that goes on, so that it need not be held whole. What it is called comes with its last
    /// rows.
    Rows(Box<Table>),
    /// A table: whole, or the last rows of one whose others have come before.
    Table(Box<Imported>),
    /// How far a table is read.
    Progress(Progress),
    /// A file in an archive that is left out, and why; the others follow.
    LeftOut(ContainerError),
}

/// How far a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows read.
    pub rows: u64,
    /// What is done of `all`: rows of Parquet, bytes of Arrow, sheets of workbooks.
    pub done: u64,
    /// All there is to do, in the same unit.
    pub all: u64,
}

/// What the caller wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Leave out the rest of this file.
    Skip,
    /// Read nothing more.
    Stop,
}

/// Takes what a container gives. An error that it returns ends the reading with that error; while a file in an archive
/// is given, it only ends that file, which is then left out with that error.
pub type Receiver<'a> = dyn FnMut(Event<'_>) -> Result<Flow, ContainerError> + 'a;

/// Gives an event of which nothing can be skipped.
pub(crate) fn give(
    event: Event<'_>,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    Ok(match each(event)? {
        Flow::Stop => ControlFlow::Break(()),
        Flow::Continue | Flow::Skip => ControlFlow::Continue(()),
    })
}
