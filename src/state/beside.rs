//! What the page knows of training runs and trials: as the data worker told it. No browser, so that it is
//! tested natively.

use assay_experiment::plan::{Question, Wanted};
use assay_experiment::view::TrialView;
use assay_protocol::beside::{BesideCommand, BesideNews};
use assay_training::read::LogError;
use assay_training::view::{Curves, RunView};
use std::rc::Rc;

/// A plan: for what, with which certainty, and the units of each arm.
pub type Planned = (Question, Wanted, Option<f64>);

/// What the page knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BesideState {
    /// The runs.
    pub runs: Rc<Vec<RunView>>,
    /// Grows with the runs: curves from before are void.
    pub version: usize,
    /// Whether runs have a way back.
    pub undo_runs: bool,
    /// The curves in sight.
    pub curves: Option<Rc<Curves>>,
    /// The trials.
    pub trials: Rc<Vec<TrialView>>,
    /// Whether trials have a way back.
    pub undo_trials: bool,
    /// What was planned last.
    pub planned: Option<Planned>,
    /// Why files gave no runs.
    pub failed: Option<LogError>,
}

impl BesideState {
    /// Notes that a command goes out.
    pub fn sending(&mut self, command: &BesideCommand) {
        if matches!(command, BesideCommand::OpenLogs { .. }) {
            self.failed = None;
        }
    }

    /// Takes news.
    pub fn receive(&mut self, news: BesideNews) {
        match news {
            BesideNews::Runs { runs, undo } => {
                self.runs = Rc::new(runs);
                self.undo_runs = undo;
                self.version += 1;
                self.failed = None;
            }
            BesideNews::Curves { curves } => self.curves = Some(Rc::new(curves)),
            BesideNews::Trials { trials, undo } => {
                self.trials = Rc::new(trials);
                self.undo_trials = undo;
            }
            BesideNews::Planned {
                question,
                wanted,
                each,
            } => self.planned = Some((question, wanted, each)),
            BesideNews::LogsFailed { error } => self.failed = Some(error),
            BesideNews::Took { .. } => {}
        }
    }
}
