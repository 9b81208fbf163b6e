//! Why a container, or a file in one, can't be opened: with its place and what to do about it. It is here and not with
//! the readers of containers, because the page shows it and has no use for them.

use crate::ImportError;
use serde::{Deserialize, Serialize};

/// Why a container gives no tables or files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ContainerError {
    /// The browser or the system can't read it any more.
    #[error("{file} can't be read; it may have been moved or changed, so choose it again")]
    Unreadable {
        /// The file's path, within archives too.
        file: String,
    },
    /// The bytes are not what the format says.
    #[error("{file} is damaged or cut off ({detail}); copy it again or save it anew")]
    Damaged {
        /// The file's path, within archives too.
        file: String,
        /// What the reader of the format says.
        detail: String,
    },
    /// The file can only be opened with a passphrase.
    #[error("{file} is encrypted; save or pack it without encryption")]
    Encrypted {
        /// The file's path, within archives too.
        file: String,
    },
    /// A part of the format that is not read here.
    #[error("{file} uses {what}, which can't be read; save it in another way")]
    Unsupported {
        /// The file's path, within archives too.
        file: String,
        /// The part, by the format's own name.
        what: String,
    },
    /// More bytes, unpacked, than there is room for.
    #[error(
        "{file} unpacks to {found_mb} MB or more, and the limit is {limit_mb} MB; unpack it first and load only what is needed"
    )]
    TooLarge {
        /// The file's path, within archives too.
        file: String,
        /// Megabytes found (so far), or that the file says it has.
        found_mb: u64,
        /// Megabytes that can be unpacked.
        limit_mb: u64,
    },
    /// More files than a person can look at.
    #[error(
        "{file} holds {found} files, and the limit is {limit}; pack only those that are needed"
    )]
    TooManyFiles {
        /// The archive's path.
        file: String,
        /// Files in it.
        found: usize,
        /// Files that an archive may hold.
        limit: usize,
    },
    /// More files in a folder than are looked at.
    #[error(
        "only the first {limit} files in {folder} were looked at; drop a folder that holds only what is needed"
    )]
    FolderCut {
        /// The folder.
        folder: String,
        /// Files that are looked at.
        limit: usize,
    },
    /// More cells than there is room for.
    #[error("{file} has a sheet of {found} cells, and the limit is {limit}; save it as CSV")]
    TooManyCells {
        /// The workbook's path.
        file: String,
        /// Cells, as far as they were counted.
        found: u64,
        /// Cells that a sheet may have.
        limit: u64,
    },
    /// An archive in an archive in an archive.
    #[error("{file} is packed more than twice; unpack the outer archive first")]
    TooDeep {
        /// The path of the innermost.
        file: String,
    },
    /// Neither tables nor files.
    #[error("{file} holds no table and no file that can be read; check that it is the right one")]
    Nothing {
        /// The file's path.
        file: String,
    },
    /// A table was found, and it can't be taken in.
    #[error(transparent)]
    Table(#[from] ImportError),
}
