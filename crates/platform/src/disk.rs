//! What lasts beyond a visit: named files in folders. Paths are lists of names, the last of which is the file's.

use super::{InputFile, LocalFuture};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Why something can't be read from or written to the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum DiskError {
    /// The browser gives this page no disk: a private window, or storage that was refused.
    #[error("this browser keeps nothing for the page: {detail}")]
    Denied {
        /// The machine's words.
        detail: String,
    },
    /// The disk, or what the page may take of it, is full.
    #[error("there is no room left on this device for {path}")]
    Full {
        /// The file.
        path: String,
    },
    /// Another tab, or another program, holds the file.
    #[error("{path} is open in another tab")]
    InUse {
        /// The file.
        path: String,
    },
    /// Something else.
    #[error("{path} can't be used: {detail}")]
    Failed {
        /// The file.
        path: String,
        /// The machine's words.
        detail: String,
    },
}

/// A file that is appended to; nobody else can write it meanwhile. Dropped, it is closed.
pub trait Log {
    /// All that is in the file; bytes that are no UTF-8 are replaced.
    ///
    /// # Errors
    /// When it can't be read.
    fn text(&self) -> Result<String, DiskError>;

    /// Appends bytes; they are on the disk when this returns.
    ///
    /// # Errors
    /// When the disk is full. What was written by then may be a part of `bytes`.
    fn append(&mut self, bytes: &[u8]) -> Result<(), DiskError>;
}

/// How much is in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Usage {
    /// Files.
    pub files: usize,
    /// Their bytes.
    pub bytes: f64,
}

/// The disk.
pub trait Disk {
    /// The names in a folder; none where it is not there.
    fn names<'a>(
        &'a self,
        folder: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Vec<String>, DiskError>>;

    /// A file's bytes; nothing where it is not there.
    fn read<'a>(
        &'a self,
        path: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Option<Vec<u8>>, DiskError>>;

    /// A file as something that is read piece by piece; nothing where it is not there.
    fn file<'a>(
        &'a self,
        path: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Option<Rc<dyn InputFile>>, DiskError>>;

    /// Writes a file whole, in place of what is there: after a crash the old or the new one is there.
    fn write<'a>(
        &'a self,
        path: &'a [&'a str],
        bytes: &'a [u8],
    ) -> LocalFuture<'a, Result<(), DiskError>>;

    /// Opens a file to append to, made where it is not there. It waits for up to two seconds for a page that
    /// was just closed to let go of it.
    fn log<'a>(&'a self, path: &'a [&'a str]) -> LocalFuture<'a, Result<Box<dyn Log>, DiskError>>;

    /// How much is in a folder and in those within it; nothing where it is not there.
    fn usage<'a>(&'a self, folder: &'a [&'a str]) -> LocalFuture<'a, Result<Usage, DiskError>>;

    /// Bytes that can still be written, as far as the machine says; others may write meanwhile.
    fn room(&self) -> LocalFuture<'_, Option<f64>>;

    /// Removes a file, or a folder with all that is in it; nothing happens where it is not there.
    fn remove<'a>(&'a self, path: &'a [&'a str]) -> LocalFuture<'a, Result<(), DiskError>>;
}
