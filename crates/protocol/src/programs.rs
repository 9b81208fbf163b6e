//! The `programs` service: programs that models wrote, and what became of them. The page hosts the sandbox, the
//! worker keeps programs and outcomes, and nothing runs before the person has agreed.

use crate::topics::CODE;
use assay_calls::{NoError, calls};
use assay_codeeval::Outcome;
use assay_data::ImportError;
use serde::{Deserialize, Serialize};

/// Programs in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgramsView {
    /// Tasks.
    pub tasks: usize,
    /// Samples: completions of tasks, each of which is a program to run.
    pub samples: usize,
    /// Samples whose code was taken out of a Markdown fence.
    pub fenced: usize,
    /// The systems that wrote the samples.
    pub systems: Vec<String>,
    /// Samples that were run.
    pub done: usize,
    /// Samples in each state, in the order of [`assay_codeeval::State::ALL`].
    pub counts: [usize; 4],
    /// The first failures: task, system, outcome.
    pub failures: Vec<(String, String, Outcome)>,
    /// Whether they are being run.
    pub is_running: bool,
}

/// A program for the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// The sample's place, from 0.
    pub place: usize,
    /// Its Python source, with the task's prompt and tests.
    pub source: String,
}

/// How a run ended that nothing went wrong in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunEnd {
    /// All programs were run; their outcomes are the data now.
    Done,
    /// It was stopped: by the person, or by other data. What was run by then is kept.
    Stopped,
}

/// Why programs can't be run, or their outcomes not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ProgramsError {
    /// No programs are loaded.
    #[error("no programs are loaded")]
    NoPrograms,
    /// They are being run already.
    #[error("the programs are being run already")]
    AlreadyRunning,
    /// They are not being run, as after a stop.
    #[error("the programs are not being run")]
    NotRunning,
    /// The page's sandbox can't be used; what was run by then is kept.
    #[error("the sandbox can't be used: {detail}")]
    Sandbox {
        /// What the browser says.
        detail: String,
    },
    /// The outcomes give no data set; they are kept.
    #[error("{error}")]
    Outcomes {
        /// Why.
        error: ImportError,
    },
}

impl From<ImportError> for ProgramsError {
    fn from(error: ImportError) -> Self {
        Self::Outcomes { error }
    }
}

calls! {
    service "programs";

    /// The programs in numbers; nothing while there are none.
    #[derive(Eq, Hash)]
    Programs {} -> Option<ProgramsView>, NoError, [CODE];

    /// Hands out programs until all are done, or the job is stopped: the reply comes then, and outcomes of all
    /// programs become the data. A job `run-programs`. Programs that were run before are not run again.
    Run {} -> RunEnd, ProgramsError;

    /// The next program for the sandbox of the page; nothing once all are handed out, or while no run goes on.
    Next {} -> Option<Program>, NoError;

    /// What became of a program.
    Finish {
        /// The sample's place.
        place: usize,
        /// How it ended.
        outcome: Outcome,
    } -> (), ProgramsError;

    /// The sandbox can't be used: the run ends as failed.
    Abort {
        /// What the browser says.
        detail: String,
    } -> (), ProgramsError;

    /// Takes the outcomes so far as the data.
    Take {} -> (), ProgramsError;

    /// Forgets the programs.
    Remove {} -> (), NoError;
}
