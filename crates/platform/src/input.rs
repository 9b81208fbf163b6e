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

/// A text as a file, such as one that was pasted.
#[derive(Debug, Clone)]
pub struct TextFile {
    name: String,
    bytes: Vec<u8>,
}

impl TextFile {
    /// A file of this name.
    #[must_use]
    pub fn new(name: &str, text: String) -> Self {
        Self::of_bytes(name, text.into_bytes())
    }

    /// A file of this name with these bytes.
    #[must_use]
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            bytes,
        }
    }
}

impl InputFile for TextFile {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn bytes(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read(&self, start: u64, end: u64) -> LocalFuture<'_, Result<Vec<u8>, InputError>> {
        let end = (end.min(self.bytes())) as usize;
        let part = self.bytes.get(start as usize..end).unwrap_or_default();
        Box::pin(std::future::ready(Ok(part.to_vec())))
    }
}

/// How files are found among what came beside a call; the machine's side knows.
pub type FilesOf<A> = fn(A) -> Vec<Rc<dyn InputFile>>;

/// How bytes are put beside a reply; the machine's side knows.
pub type BytesBeside<A> = fn(Vec<u8>) -> A;

/// The first bytes of a file, at most `limit`.
///
/// # Errors
/// When it can't be read any more.
pub async fn read_head(file: &dyn InputFile, limit: u64) -> Result<Vec<u8>, InputError> {
    file.read(0, file.bytes().min(limit)).await
}
