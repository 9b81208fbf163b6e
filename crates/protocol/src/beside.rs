//! What page and data worker say to each other about training runs and trials.

use assay_experiment::Settings;
use assay_experiment::plan::{Question, Wanted};
use assay_experiment::roles::TrialRole;
use assay_experiment::view::TrialView;
use assay_training::read::LogError;
use assay_training::view::{Curves, Look, RunView};
use serde::{Deserialize, Serialize};

/// From the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum BesideCommand {
    /// Read the files that come with the message as training logs.
    OpenLogs {
        /// Their paths within a folder that was chosen, in their order; or nothing.
        paths: Vec<String>,
    },
    /// Curves to draw.
    Curves {
        /// Which, and how.
        look: Look,
    },
    /// The checkpoint of a run that was evaluated.
    Evaluated {
        /// The run's place.
        run: usize,
        /// Its step; none to take the mark away.
        step: Option<f64>,
    },
    /// Take a run away.
    ForgetRun {
        /// Its place.
        run: usize,
    },
    /// Go back to the runs before the last change of them.
    UndoRuns,
    /// Read the files that come with the message as trials.
    OpenTrials,
    /// Give a trial's column a role.
    TrialRole {
        /// The trial's place.
        trial: usize,
        /// The column's.
        column: usize,
        /// The role.
        role: TrialRole,
    },
    /// Say which way a trial's column is better.
    TrialDirection {
        /// The trial's place.
        trial: usize,
        /// The column's.
        column: usize,
        /// Whether lower is better.
        lower_is_better: bool,
    },
    /// Settings of a trial.
    TrialSettings {
        /// The trial's place.
        trial: usize,
        /// The settings.
        settings: Settings,
    },
    /// Take a trial away.
    ForgetTrial {
        /// Its place.
        trial: usize,
    },
    /// Go back to the trials before the last change of them.
    UndoTrials,
    /// How many units are needed.
    Plan {
        /// For what.
        question: Question,
        /// With which certainty.
        wanted: Wanted,
    },
}

impl BesideCommand {
    /// Whether files come with it.
    pub fn takes_files(&self) -> bool {
        matches!(self, Self::OpenLogs { .. } | Self::OpenTrials)
    }
}

/// To the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum BesideNews {
    /// All runs.
    Runs {
        /// They.
        runs: Vec<RunView>,
        /// Whether there is a way back.
        undo: bool,
    },
    /// Curves that were asked for.
    Curves {
        /// They.
        curves: Curves,
    },
    /// All trials.
    Trials {
        /// They.
        trials: Vec<TrialView>,
        /// Whether there is a way back.
        undo: bool,
    },
    /// What was planned.
    Planned {
        /// For what.
        question: Question,
        /// With which certainty.
        wanted: Wanted,
        /// Units of each arm; nothing where there is no such size.
        each: Option<f64>,
    },
    /// A file gives no runs; what was there stays.
    LogsFailed {
        /// Why.
        error: LogError,
    },
    /// Files were taken that hold runs or trials and no outputs.
    Took {
        /// Runs among them.
        runs: bool,
    },
}
