//! Why an envelope can't be opened.

use crate::task::TaskError;
use serde::{Deserialize, Serialize};

/// Why an envelope can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum EnvelopeError {
    /// It is none.
    #[error("this is no rating link; copy the whole link and try again")]
    NoEnvelope,
    /// Its end is missing.
    #[error(
        "the link is cut off: {missing} characters are missing; copy it whole, or ask for the file"
    )]
    Cut {
        /// Characters that are missing.
        missing: usize,
    },
    /// Some of it was changed.
    #[error("the link was changed on its way; ask for it again")]
    Altered,
    /// A later version of the page has made it.
    #[error("the link was made by a newer version ({version}); reload this page and try again")]
    Newer {
        /// Its version.
        version: u8,
    },
    /// It does not open with this passphrase.
    #[error("this is not the passphrase; ask whoever sent the link")]
    WrongPassphrase,
    /// It was not made with the task's key, or was changed by somebody who mended its checksum.
    #[error("the answers are not sealed with this task's key")]
    Forged,
    /// It gives a rater's number and a proof of the invitation, and the proof is not that invitation's.
    #[error("the answers give number {number}, but were not made with the link for that number")]
    WrongInvitation {
        /// The rater's number, from 1.
        number: u16,
    },
    /// It unpacks to more than there can be.
    #[error("the link holds more than {most_mb} MB; it is no rating link")]
    TooLarge {
        /// Megabytes that are allowed.
        most_mb: usize,
    },
    /// It unpacks to what no task and no answers look like.
    #[error("the link holds no task and no answers; ask for it again")]
    Damaged,
    /// The task in it can't be used.
    #[error("the task in the link can't be used: {error}")]
    Task {
        /// Why.
        error: TaskError,
    },
}
