//! What stands beside the outputs: training runs and trials. Owned by the data worker like the data set;
//! each file's kind is told here, so that all can be dropped at once.

use assay_codeeval::{has_samples, has_tests};
use assay_data::import::{ImportError, Importer};
use assay_experiment::Trial;
use assay_experiment::plan::needed;
use assay_experiment::roles::is_trial;
use assay_experiment::view::TrialView;
use assay_protocol::beside::{BesideCommand, BesideNews};
use assay_training::Run;
use assay_training::read;
use assay_training::read::LogFile;
use assay_training::view::{RunView, curves};
use std::collections::BTreeMap;

/// Bytes of a file that its kind is told from.
pub const HEAD: usize = 1 << 16;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A training log.
    Log,
    /// A trial.
    Trial,
    /// An evaluation that was saved.
    Evaluation,
    /// Programs with tests, or completions of them.
    Code,
    /// Outputs.
    Outputs,
}

/// What a file is, told from its first [`HEAD`] bytes (or all, where it has no more).
pub fn kind(name: &str, head: &[u8]) -> FileKind {
    if super::saved::is_saved(head) {
        return FileKind::Evaluation;
    }
    if read::is_log(name, head) {
        return FileKind::Log;
    }
    let mut importer = Importer::new(name);
    let begun = importer.push(head).is_ok();
    // A whole file is ended; of the beginning of a longer one that counts which is through.
    let table = if head.len() < HEAD {
        importer.finish().ok().map(|i| i.table)
    } else {
        begun.then(|| importer.into_table())
    };
    match table {
        Some(table) if table.rows() > 0 && is_trial(&table) => FileKind::Trial,
        Some(table) if has_tests(&table) || has_samples(&table) => FileKind::Code,
        _ => FileKind::Outputs,
    }
}

/// Training runs and trials.
#[derive(Default)]
pub struct Beside {
    runs: Vec<Run>,
    /// The checkpoint of each run, by name, that was evaluated.
    evaluated: BTreeMap<String, f64>,
    earlier_runs: Option<Vec<Run>>,
    trials: Vec<Trial>,
    views: Vec<TrialView>,
    earlier_trials: Option<Vec<Trial>>,
}

impl Beside {
    /// Takes logs; runs of a name that is there take its place.
    pub fn take_logs(&mut self, files: Vec<LogFile>) -> BesideNews {
        match read::runs(files) {
            Ok(new) => {
                self.earlier_runs = Some(self.runs.clone());
                for run in new {
                    match self.runs.iter_mut().find(|r| r.name == run.name) {
                        Some(known) => *known = run,
                        None => self.runs.push(run),
                    }
                }
                self.runs_news()
            }
            Err(error) => BesideNews::LogsFailed { error },
        }
    }

    /// Takes trials; one of a name that is there takes its place.
    ///
    /// # Errors
    /// [`ImportError`], and then nothing is changed.
    pub fn take_trials(
        &mut self,
        files: Vec<assay_data::import::Imported>,
    ) -> Result<BesideNews, ImportError> {
        let new: Result<Vec<Trial>, ImportError> = files.into_iter().map(Trial::of).collect();
        let new = new?;
        self.earlier_trials = Some(self.trials.clone());
        for trial in new {
            match self.trials.iter_mut().find(|t| t.name == trial.name) {
                Some(known) => *known = trial,
                None => self.trials.push(trial),
            }
        }
        self.view_all();
        Ok(self.trials_news())
    }

    /// Takes the place of everything.
    pub fn restore(
        &mut self,
        runs: Vec<Run>,
        evaluated: BTreeMap<String, f64>,
        trials: Vec<Trial>,
    ) {
        self.earlier_runs = Some(std::mem::replace(&mut self.runs, runs));
        self.earlier_trials = Some(std::mem::replace(&mut self.trials, trials));
        self.evaluated = evaluated;
        self.view_all();
    }

    fn view_all(&mut self) {
        self.views = self.trials.iter().map(TrialView::of).collect();
    }

    /// The runs.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The checkpoints that were evaluated.
    pub fn evaluated(&self) -> &BTreeMap<String, f64> {
        &self.evaluated
    }

    /// The trials.
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// What they say.
    pub fn views(&self) -> &[TrialView] {
        &self.views
    }

    /// The runs in numbers.
    pub fn run_views(&self) -> Vec<RunView> {
        let of = |run: &Run| RunView::of(run, self.evaluated.get(&run.name).copied());
        self.runs.iter().map(of).collect()
    }

    /// All runs, for the page.
    pub fn runs_news(&self) -> BesideNews {
        BesideNews::Runs {
            runs: self.run_views(),
            undo: self.earlier_runs.is_some(),
        }
    }

    /// All trials, for the page.
    pub fn trials_news(&self) -> BesideNews {
        BesideNews::Trials {
            trials: self.views.clone(),
            undo: self.earlier_trials.is_some(),
        }
    }

    /// Answers what takes no file.
    pub fn answer(&mut self, command: BesideCommand) -> Option<BesideNews> {
        match command {
            BesideCommand::OpenLogs { .. } | BesideCommand::OpenTrials => None,
            BesideCommand::Curves { look } => Some(BesideNews::Curves {
                curves: curves(&self.runs, &look),
            }),
            BesideCommand::Evaluated { run, step } => {
                let name = self.runs.get(run)?.name.clone();
                match step {
                    Some(step) => self.evaluated.insert(name, step),
                    None => self.evaluated.remove(&name),
                };
                Some(self.runs_news())
            }
            BesideCommand::ForgetRun { run } => {
                if run < self.runs.len() {
                    self.earlier_runs = Some(self.runs.clone());
                    self.runs.remove(run);
                }
                Some(self.runs_news())
            }
            BesideCommand::UndoRuns => {
                if let Some(earlier) = self.earlier_runs.take() {
                    self.earlier_runs = Some(std::mem::replace(&mut self.runs, earlier));
                }
                Some(self.runs_news())
            }
            BesideCommand::Plan { question, wanted } => Some(BesideNews::Planned {
                question,
                wanted,
                each: needed(question, wanted),
            }),
            command => {
                self.change_trials(command);
                Some(self.trials_news())
            }
        }
    }

    fn change_trials(&mut self, command: BesideCommand) {
        let earlier = self.trials.clone();
        let at = match command {
            BesideCommand::TrialRole {
                trial,
                column,
                role,
            } => {
                if let Some(trial) = self.trials.get_mut(trial) {
                    trial.set_role(column, role);
                }
                Some(trial)
            }
            BesideCommand::TrialDirection {
                trial,
                column,
                lower_is_better,
            } => {
                let place = self
                    .trials
                    .get_mut(trial)
                    .and_then(|t| t.lower.get_mut(column));
                place.into_iter().for_each(|lower| *lower = lower_is_better);
                Some(trial)
            }
            BesideCommand::TrialSettings { trial, settings } => {
                if let Some(trial) = self.trials.get_mut(trial) {
                    trial.settings = settings;
                }
                Some(trial)
            }
            BesideCommand::ForgetTrial { trial } => {
                if trial < self.trials.len() {
                    self.trials.remove(trial);
                }
                None
            }
            _ => {
                if let Some(before) = self.earlier_trials.take() {
                    self.trials = before;
                }
                None
            }
        };
        self.earlier_trials = Some(earlier);
        match at.and_then(|at| Some((self.trials.get(at)?, self.views.get_mut(at)?))) {
            Some((trial, view)) => *view = TrialView::of(trial),
            None => self.view_all(),
        }
    }
}
