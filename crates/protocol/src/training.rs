//! The `training` service: logs of training runs, their curves and what the curves show.

use crate::topics::RUNS;
use assay_calls::{NoError, calls};
use assay_training::read::LogError;
use assay_training::view::{Curves as DrawnCurves, Look, RunView};
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// All runs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RunList {
    /// Each run in numbers.
    pub runs: Vec<RunView>,
    /// Whether the last change can be undone.
    pub can_undo: bool,
}

/// Why files give no runs; the runs that were there stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum OpenLogsError {
    /// A file can't be used.
    #[error("{error}")]
    Log {
        /// Why.
        error: LogError,
    },
    /// The person stopped it.
    #[error("reading the logs was stopped")]
    Stopped,
}

impl From<LogError> for OpenLogsError {
    fn from(error: LogError) -> Self {
        Self::Log { error }
    }
}

/// There is no such run, as after it was removed in another view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("there is no run {run}: there are {runs}")]
pub struct NoSuchRun {
    /// The run's place, from 0.
    pub run: usize,
    /// How many there are.
    pub runs: usize,
}

calls! {
    service "training";

    /// Reads the files beside the call as training logs; a run with the name of an earlier one replaces it. A
    /// job `import`.
    Open {
        /// The files' paths in a folder that was chosen, in their order; empty for single files.
        paths: Vec<String>,
    } -> (), OpenLogsError;

    /// All runs.
    #[derive(Eq, Hash)]
    Runs {} -> RunList, NoError, [RUNS];

    /// Curves to draw.
    Curves {
        /// Which, and how.
        look: Look,
    } -> DrawnCurves, NoError, [RUNS];

    /// Marks the checkpoint of a run that was evaluated.
    SetEvaluated {
        /// The run's place.
        run: usize,
        /// The checkpoint's step; nothing to remove the mark.
        step: Option<f64>,
    } -> (), NoSuchRun;

    /// Removes a run.
    Remove {
        /// The run's place.
        run: usize,
    } -> (), NoSuchRun;

    /// Undoes the last change of the runs; whether there was one.
    Undo {} -> bool, NoError;
}

// A look holds no NaN: its numbers come from a slider and from pixels.
impl Eq for Curves {}

impl Hash for Curves {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Adding 0 makes -0 and 0, which are equal, hash alike.
        let bits = |x: f64| (x + 0.0).to_bits();
        let look = &self.look;
        (&look.series, look.axis, look.exp).hash(state);
        bits(look.smoothing).hash(state);
        look.range.map(|range| range.map(bits)).hash(state);
    }
}
