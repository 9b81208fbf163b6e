//! Requests and responses between page and data worker that are no typed calls of their own yet; they cross
//! in two calls.

use super::code::{CodeCommand, CodeNews};
use crate::saved::SavedError;
use assay_calls::{NoError, Topic, calls};
use assay_data::ImportError;
use assay_results::scores::Domains;
use assay_stats::PairedTest;
use assay_training::read::LogError;
use serde::{Deserialize, Serialize};

pub use super::views::*;

/// From the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Request {
    /// Stop running programs, and what models do; what is done stays.
    Cancel,
    /// About programs that are run.
    Code {
        /// What to do with them.
        command: Box<CodeCommand>,
    },
}

/// From the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Response {
    /// Experiments can't be read from a file; what was there before is still there.
    Failed {
        /// Why.
        error: ImportError,
    },
    /// Files give no training runs; what was there stays.
    LogsFailed {
        /// Why.
        error: LogError,
    },
    /// Of programs that are run.
    Code {
        /// What changed.
        news: Box<CodeNews>,
    },
    /// A file can't be restored; what was there stays.
    NotRestored {
        /// Why.
        error: SavedError,
    },
    /// A file was restored: its settings belong in the address.
    Restored {
        /// The baseline's place.
        baseline: usize,
        /// The test.
        test: PairedTest,
        /// What systems were trained on.
        domains: Option<Domains>,
        /// What is wrong with the file.
        problems: Vec<SavedError>,
    },
}

/// Changes whenever responses wait to be taken.
pub const OUTBOX: Topic = Topic::new("outbox");

calls! {
    service "messages";

    /// Hands a request over; what comes of it are responses.
    Send {
        /// The request.
        request: Request,
    } -> (), NoError;

    /// The responses that wait, in order.
    Take {} -> Vec<Response>, NoError, [OUTBOX];
}
