//! What page and data worker say to each other about programs that are run: the page hosts the sandbox,
//! the data worker keeps programs and outcomes.

use assay_codeeval::{CodeError, Outcome};
use serde::{Deserialize, Serialize};

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

/// To the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum CodeNews {
    /// Programs are there, or further along; nothing once there are none.
    View {
        /// How many there are, how many are done, and the failures.
        view: Option<CodeView>,
    },
    /// A program to run.
    Run {
        /// Its place.
        place: usize,
        /// Its Python source.
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
