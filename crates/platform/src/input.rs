//! Files that a person chose.

use super::LocalFuture;
use std::any::Any;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// A file can't be read any more: it was moved, changed or its permission taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{file} can't be read: {detail}")]
pub struct InputError {
    /// The file's name.
    pub file: String,
    /// The machine's words.
    pub detail: String,
}

/// A file of the person's, read piece by piece.
pub trait InputFile {
    /// Its name.
    fn name(&self) -> String;

    /// Its size in bytes.
    fn bytes(&self) -> u64;

    /// The bytes from `start` to before `end`, or to the file's end.
    fn read(&self, start: u64, end: u64) -> LocalFuture<'_, Result<Vec<u8>, InputError>>;

    /// The machine's own type, for those who hand the file on to another worker.
    fn machine_file(&self) -> Option<&dyn Any> {
        None
    }
}

/// How files are found among what came beside a call; the machine's side knows.
pub type FilesOf<A> = fn(A) -> Vec<Rc<dyn InputFile>>;

/// The first bytes of a file, at most `limit`.
///
/// # Errors
/// When it can't be read any more.
pub async fn read_head(file: &dyn InputFile, limit: u64) -> Result<Vec<u8>, InputError> {
    file.read(0, file.bytes().min(limit)).await
}
