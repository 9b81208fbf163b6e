//! The `backup` service: a project as one file, to be kept elsewhere or opened on another device.

use crate::workspace::{Damage, WorkspaceError};
use assay_calls::{NoError, calls};
use assay_platform::{DiskError, InputError};
use serde::{Deserialize, Serialize};

/// Why there is no backup, or nothing can be restored from one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum BackupError {
    /// The file is something else.
    #[error("{file} is no backup of a project")]
    NoBackup {
        /// The file.
        file: String,
    },
    /// A later version of the page has made it.
    #[error(
        "{file} was made by a later version of this page (version {version}, {known} is known)"
    )]
    Newer {
        /// The file.
        file: String,
        /// Its version.
        version: u32,
        /// The latest version that is known here.
        known: u32,
    },
    /// Nothing in it can be read.
    #[error("{file} is damaged, and nothing in it can be read")]
    Damaged {
        /// The file.
        file: String,
    },
    /// It opens with a passphrase.
    #[error("{file} opens with a passphrase")]
    Locked {
        /// The file.
        file: String,
    },
    /// It opens with another passphrase.
    #[error("{file} does not open with this passphrase")]
    WrongPassphrase {
        /// The file.
        file: String,
    },
    /// The machine gives no random bytes, without which nothing can be sealed.
    #[error("there are no random numbers to seal the backup with")]
    NoRandomness,
    /// It would be, or is, larger than backups can be.
    #[error("the backup has more than {most_gb} GB")]
    TooLarge {
        /// Gigabytes that are allowed.
        most_gb: u32,
    },
    /// There is nothing to be backed up.
    #[error("there is nothing in the project yet")]
    Empty,
    /// The file can't be read.
    #[error("{error}")]
    Unreadable {
        /// Why.
        error: InputError,
    },
    /// The project can't be read, or not be written.
    #[error("{error}")]
    Project {
        /// Why.
        error: WorkspaceError,
    },
}

impl From<WorkspaceError> for BackupError {
    fn from(error: WorkspaceError) -> Self {
        Self::Project { error }
    }
}

impl From<DiskError> for BackupError {
    fn from(error: DiskError) -> Self {
        WorkspaceError::from(error).into()
    }
}

/// A member that is damaged, and what that costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{member} is damaged: {damage}")]
pub struct BackupLoss {
    /// Its name in the backup.
    pub member: String,
    /// What is lost.
    pub damage: Damage,
}

/// A backup; its bytes are beside the reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    /// A name for the file.
    pub name: String,
    /// What of the project is damaged on this device, and so not in the backup.
    pub losses: Vec<BackupLoss>,
}

/// A project that was restored, as a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredBackup {
    /// The new project.
    pub id: String,
    /// What of the backup is damaged.
    pub losses: Vec<BackupLoss>,
}

calls! {
    service "backup";

    /// Puts a project into one file, whose bytes are beside the reply.
    BackUp {
        /// The project; nothing for what is open now, whether or not it is on this device.
        id: Option<String>,
        /// What the file shall open with; empty for a file that opens without.
        passphrase: String,
    } -> BackupFile, BackupError;

    /// Makes a new project of the backup beside the call.
    RestoreBackup {
        /// What the file opens with; empty where it opens without.
        passphrase: String,
    } -> RestoredBackup, BackupError;

    /// The place of the first backup among the files beside the call.
    FindBackup {} -> Option<usize>, NoError;
}
