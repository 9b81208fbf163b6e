//! Long work: a job has an id, a kind, progress and its own stop, and ends exactly once.
//!
//! [`Jobs`] is the worker's side, [`JobList`] the page's. They know nothing of each other: what happens to a
//! job crosses as [`Event`](crate::Event)s.

mod list;
mod worker;

pub use list::{JobEntry, JobList};
pub use worker::{Job, Jobs, StopToken};

use crate::explain::Explanation;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A job's number, unique while its worker lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub u32);

/// What a job does: the page words it, and knows by it where the job belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobKind(Cow<'static, str>);

impl JobKind {
    /// A kind; declare it as a constant beside the call that starts such jobs.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// What progress counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Bytes of files.
    Bytes,
    /// Rows of a table.
    Rows,
    /// Texts or segments.
    Texts,
    /// Tokens.
    Tokens,
    /// Tasks of other kinds.
    Tasks,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Units done.
    pub done: f64,
    /// Units in all; 0 while unknown.
    pub total: f64,
    /// What is counted.
    pub unit: Unit,
    /// Units a second as the job measures it, where it does.
    pub per_second: Option<f64>,
}

impl Progress {
    /// `done` units of `total`.
    #[must_use]
    pub fn new(done: f64, total: f64, unit: Unit) -> Self {
        Self {
            done,
            total,
            unit,
            per_second: None,
        }
    }

    /// The part done, 0 to 1; `None` while the total is unknown.
    #[must_use]
    pub fn fraction(&self) -> Option<f64> {
        let fraction = self.done / self.total;
        fraction.is_finite().then(|| fraction.clamp(0.0, 1.0))
    }
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum JobOutcome {
    /// All of it is done.
    Done,
    /// It was stopped; what was done by then stays.
    Stopped,
    /// It could not go on.
    Failed(Explanation),
}
