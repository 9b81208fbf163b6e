//! The messages about programs that are run: the page hosts the sandbox, the data worker keeps programs and
//! outcomes, and neither runs anything before the owner has said yes.

use crate::code::{CodeError, Outcome, Programs};
use serde::{Deserialize, Serialize};

/// Failures that are told one by one.
const FAILURES: usize = 200;

/// From the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum CodeCommand {
    /// The sandbox stands: so many programs to begin with.
    Begin {
        /// How many at once.
        lanes: usize,
    },
    /// A program is through.
    Done {
        /// Its place.
        place: usize,
        /// What it came to.
        outcome: Outcome,
    },
    /// Take what is through as the data, or nothing of it.
    End {
        /// Whether it is taken.
        keep: bool,
    },
}

/// Programs in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeView {
    /// Tasks.
    pub tasks: usize,
    /// Samples.
    pub samples: usize,
    /// The systems.
    pub systems: Vec<String>,
    /// Samples that are through.
    pub done: usize,
    /// How many came to each state.
    pub counts: [usize; 4],
    /// The first failures: task, system, outcome.
    pub failures: Vec<(String, String, Outcome)>,
}

impl CodeView {
    /// Of programs.
    pub fn of(programs: &Programs) -> Self {
        let (tasks, samples, systems) = programs.size();
        Self {
            tasks,
            samples,
            systems: systems.to_vec(),
            done: programs.done(),
            counts: programs.counts(),
            failures: programs.failures(FAILURES),
        }
    }
}

/// To the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum CodeNews {
    /// Programs are there, or further along; nothing once there are none.
    View {
        /// They.
        view: Option<CodeView>,
    },
    /// A program to run.
    Run {
        /// Its place.
        place: usize,
        /// It.
        program: String,
    },
    /// All are through.
    Through,
    /// Files hold no programs; what was there stays.
    Failed {
        /// Why.
        error: CodeError,
    },
}
