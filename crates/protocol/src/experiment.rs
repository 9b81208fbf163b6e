//! The `experiment` service: A/B tests, their columns, settings and results, and planning of the next one.

use crate::topics::EXPERIMENTS;
use assay_calls::{NoError, calls};
use assay_data::ImportError;
use assay_experiment::Settings;
use assay_experiment::plan::{Question, Wanted};
use assay_experiment::roles::TrialRole;
use assay_experiment::view::TrialView;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// All experiments.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExperimentList {
    /// Each experiment with its results.
    pub experiments: Vec<TrialView>,
    /// Whether the last change can be undone.
    pub can_undo: bool,
}

/// Why files give no experiment; those that were there stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum OpenExperimentError {
    /// A file can't be used.
    #[error("{error}")]
    Table {
        /// Why.
        error: ImportError,
    },
    /// The person stopped it.
    #[error("reading the experiment was stopped")]
    Stopped,
}

impl From<ImportError> for OpenExperimentError {
    fn from(error: ImportError) -> Self {
        Self::Table { error }
    }
}

/// Why an experiment is not changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ExperimentError {
    /// There is no such experiment, as after it was removed in another view.
    #[error("there is no experiment {experiment}: there are {experiments}")]
    NoSuchExperiment {
        /// Its place, from 0.
        experiment: usize,
        /// How many there are.
        experiments: usize,
    },
    /// It has no such column.
    #[error("the experiment has no column {column}: it has {columns}")]
    NoSuchColumn {
        /// The column's index, from 0.
        column: usize,
        /// How many there are.
        columns: usize,
    },
    /// Planned shares have to be positive numbers.
    #[error("the planned shares have to be positive numbers")]
    InvalidShares,
}

calls! {
    service "experiment";

    /// Reads the files beside the call as experiments; one with the name of an earlier one replaces it. A job
    /// `import`.
    Open {} -> (), OpenExperimentError;

    /// All experiments.
    #[derive(Eq, Hash)]
    List {} -> ExperimentList, NoError, [EXPERIMENTS];

    /// Gives a column a role.
    SetRole {
        /// The experiment's place.
        experiment: usize,
        /// The column's index.
        column: usize,
        /// The role.
        role: TrialRole,
    } -> (), ExperimentError;

    /// Says which values of a column are the better ones.
    SetDirection {
        /// The experiment's place.
        experiment: usize,
        /// The column's index.
        column: usize,
        /// Whether lower values are.
        lower_is_better: bool,
    } -> (), ExperimentError;

    /// Sets the baseline, the correction and the planned shares.
    SetSettings {
        /// The experiment's place.
        experiment: usize,
        /// The settings.
        settings: Settings,
    } -> (), ExperimentError;

    /// Removes an experiment.
    Remove {
        /// Its place.
        experiment: usize,
    } -> (), ExperimentError;

    /// Undoes the last change of the experiments; whether there was one.
    Undo {} -> bool, NoError;

    /// The units that each arm of an experiment needs; nothing where no size is enough.
    Plan {
        /// What is to be found.
        question: Question,
        /// The level and the power.
        wanted: Wanted,
    } -> Option<f64>, NoError;
}

impl Plan {
    /// All its numbers, by their bits.
    fn bits(&self) -> [u64; 4] {
        let [a, b] = match self.question {
            Question::Shares { baseline, change } => [baseline, change],
            // No baseline is NaN, which this stands apart by.
            Question::Means { effect } => [f64::NAN, effect],
        };
        [a, b, self.wanted.alpha, self.wanted.power].map(f64::to_bits)
    }
}

// The numbers come from a form that takes no NaN.
impl Eq for Plan {}

impl Hash for Plan {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Adding 0 makes -0 and 0, which are equal, hash alike.
        self.bits()
            .map(|bits| (f64::from_bits(bits) + 0.0).to_bits())
            .hash(state);
    }
}
