//! All that a report is made of, in numbers and names and without words of any language: what a link
//! carries, what a file restores, what the verdict is passed on. No text of the data stands in it but the
//! names of files, systems, columns and slices.

use super::goals::Goals;
use assay_experiment::view::{OutcomeView, TrialView};
use assay_rating::analysis::stopping::RatingLook;
use assay_results::metric_info::Origin;
use assay_results::scores::MetricResult;
use assay_stats::PairedTest;
use assay_training::view::{Curve, RunView};
use serde::{Deserialize, Serialize};

/// The data.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DataPart {
    /// The files' names.
    pub files: Vec<String>,
    /// Rows.
    pub rows: usize,
    /// The systems.
    pub systems: Vec<String>,
    /// Of each system how many outputs are blank.
    pub blanks: Vec<usize>,
    /// Rows that could not be read.
    pub problems: usize,
    /// SHA-256 over all cells, in hexadecimal; see `worker::saved`.
    pub digest: String,
}

/// A metric without segments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricPart {
    /// The result; no segments in it.
    pub result: MetricResult,
    /// Of each system the segments of which the metric says something.
    pub segments: Vec<usize>,
    /// Whether people gave it.
    pub people: bool,
}

/// All of a report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Content {
    /// The program's version.
    pub version: String,
    /// The day, as YYYY-MM-DD.
    pub day: String,
    /// The data; nothing where no outputs are there.
    pub data: Option<DataPart>,
    /// The baseline's place among the systems.
    pub baseline: usize,
    /// The paired test.
    pub test: PairedTest,
    /// The name of the tool whose metrics the usual ones are, where the person chose one.
    #[serde(default)]
    pub preset: Option<String>,
    /// The metrics.
    pub metrics: Vec<MetricPart>,
    /// Training runs.
    pub runs: Vec<RunView>,
    /// Their losses.
    pub curves: Vec<Curve>,
    /// Trials.
    pub trials: Vec<TrialView>,
    /// What was stated beforehand.
    pub goals: Goals,
    /// People's ratings as they stand to somebody who looks whenever answers come in.
    #[serde(default)]
    pub looks: Vec<RatingLook>,
}

impl Content {
    /// Whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        self.metrics.is_empty() && self.runs.is_empty() && self.trials.is_empty()
    }

    /// Whether lists that go together are of one length, as everything that reads a report believes; what
    /// comes in a link may be anything.
    pub fn is_sound(&self) -> bool {
        let metrics = self.metrics.iter().all(|m| {
            let systems = &m.result.systems;
            let slices = systems.first().map_or(0, |s| s.slices.len());
            !systems.is_empty()
                && m.segments.len() == systems.len()
                && systems.iter().all(|s| s.slices.len() == slices)
        });
        metrics && self.trials.iter().all(trial_is_sound)
    }
}

fn trial_is_sound(trial: &TrialView) -> bool {
    let arms = trial.arms.len();
    let outcome = |o: &OutcomeView| o.arms.len() == arms && o.compared.len() == arms;
    trial.baseline < arms
        && trial.outcomes.iter().all(outcome)
        && trial.segments.iter().flat_map(|s| &s.outcomes).all(outcome)
        && trial.spreads.iter().all(|s| s.arms.len() == arms)
        && trial
            .per_success
            .iter()
            .all(|p| p.arms.len() == arms && p.compared.len() == arms)
        && trial.fronts.iter().all(|f| f.arms.len() == arms)
        && trial.funnel.iter().all(|f| f.arms.len() == arms)
}

/// The metric's part of a report.
pub fn metric_part(result: &MetricResult) -> MetricPart {
    let counted = |segments: &[f64]| segments.iter().filter(|s| !s.is_nan()).count();
    let mut without = result.clone();
    for system in &mut without.systems {
        system.segments = Vec::new();
    }
    MetricPart {
        segments: result
            .systems
            .iter()
            .map(|s| counted(&s.segments))
            .collect(),
        people: result.info.origin == Origin::People,
        result: without,
    }
}
