//! The `experiment` service: reads tables of A/B tests, keeps them with their roles and settings, and compares
//! their arms.

use crate::platform::{Clock, FilesOf, InputFile};
use crate::saved::SavedTrial;
use crate::tables;
use assay_calls::{Announcer, Codec, History, Job, Jobs, Registry};
use assay_data::import::{ImportError, Imported};
use assay_experiment::plan::needed;
use assay_experiment::view::TrialView;
use assay_experiment::{Settings, Trial};
use assay_protocol::experiment::{
    ExperimentError, ExperimentList, List, Open, OpenExperimentError, Plan, Remove, SetDirection,
    SetRole, SetSettings, Undo,
};
use assay_protocol::topics::{EXPERIMENTS, IMPORT};
use std::cell::{Ref, RefCell};
use std::rc::Rc;

/// An experiment and its results.
#[derive(Clone)]
struct Experiment {
    trial: Rc<Trial>,
    view: Rc<TrialView>,
}

impl Experiment {
    fn of(trial: Trial) -> Self {
        Self {
            view: Rc::new(TrialView::of(&trial)),
            trial: Rc::new(trial),
        }
    }
}

/// A/B tests.
pub struct ExperimentService {
    experiments: RefCell<History<Vec<Experiment>>>,
    jobs: Jobs,
    announcer: Announcer,
    clock: Rc<dyn Clock>,
}

impl ExperimentService {
    /// Without experiments.
    #[must_use]
    pub fn new(jobs: Jobs, announcer: Announcer, clock: Rc<dyn Clock>) -> Self {
        Self {
            experiments: RefCell::default(),
            jobs,
            announcer,
            clock,
        }
    }

    /// Takes tables as experiments; one with the name of an earlier one replaces it.
    ///
    /// # Errors
    /// [`ImportError`], and then nothing is changed.
    pub fn take(&self, files: Vec<Imported>) -> Result<(), ImportError> {
        let new: Result<Vec<Trial>, ImportError> = files.into_iter().map(Trial::of).collect();
        let new = new?.into_iter().map(Experiment::of);
        let mut all = self.current().clone();
        for experiment in new {
            let name = &experiment.trial.name;
            match all.iter_mut().find(|known| known.trial.name == *name) {
                Some(known) => *known = experiment,
                None => all.push(experiment),
            }
        }
        self.set("open", all);
        Ok(())
    }

    /// Replaces all experiments by those of a saved evaluation.
    pub fn restore(&self, trials: Vec<Trial>) {
        self.set("restore", trials.into_iter().map(Experiment::of).collect());
    }

    /// The experiments with their results, to be kept.
    pub(crate) fn kept(&self) -> Vec<(SavedTrial, TrialView)> {
        let all = self.current();
        let kept = |e: &Experiment| (SavedTrial::of(&e.trial), (*e.view).clone());
        all.iter().map(kept).collect()
    }

    /// Takes the experiments of a project that is opened, with no way back to those before. Results that don't fit
    /// their table are computed again.
    pub(crate) fn reopen(&self, kept: Vec<(SavedTrial, TrialView)>) {
        let experiment = |(trial, view): (SavedTrial, TrialView)| {
            let trial = trial.trial();
            let names = view.columns.iter().map(|column| &column.name);
            match view.rows == trial.table.rows() && names.eq(trial.table.names()) {
                true => Experiment {
                    trial: Rc::new(trial),
                    view: Rc::new(view),
                },
                false => Experiment::of(trial),
            }
        };
        let mut history: History<Vec<Experiment>> = History::default();
        *history.amend() = kept.into_iter().map(experiment).collect();
        *self.experiments.borrow_mut() = history;
        self.announcer.changed(&EXPERIMENTS);
    }

    fn current(&self) -> Ref<'_, Vec<Experiment>> {
        Ref::map(self.experiments.borrow(), History::current)
    }

    fn set(&self, label: &'static str, next: Vec<Experiment>) {
        self.experiments.borrow_mut().set(label, next);
        self.announcer.changed(&EXPERIMENTS);
    }

    /// The experiments' tables, roles and settings.
    #[must_use]
    pub fn trials(&self) -> Vec<Rc<Trial>> {
        self.current().iter().map(|e| e.trial.clone()).collect()
    }

    /// The experiments' results.
    #[must_use]
    pub fn views(&self) -> Vec<TrialView> {
        self.current().iter().map(|e| (*e.view).clone()).collect()
    }

    fn list(&self) -> ExperimentList {
        ExperimentList {
            experiments: self.views(),
            can_undo: self.experiments.borrow().undo_label().is_some(),
        }
    }

    /// Changes one experiment, whose results are computed anew.
    fn change(
        &self,
        label: &'static str,
        place: usize,
        change: impl FnOnce(&mut Trial) -> Result<(), ExperimentError>,
    ) -> Result<(), ExperimentError> {
        self.check(place)?;
        let mut all = self.current().clone();
        let mut trial = (*all[place].trial).clone();
        change(&mut trial)?;
        all[place] = Experiment::of(trial);
        self.set(label, all);
        Ok(())
    }

    fn check(&self, experiment: usize) -> Result<(), ExperimentError> {
        let experiments = self.current().len();
        match experiment < experiments {
            true => Ok(()),
            false => Err(ExperimentError::NoSuchExperiment {
                experiment,
                experiments,
            }),
        }
    }

    fn set_role(&self, call: &SetRole) -> Result<(), ExperimentError> {
        self.change("role", call.experiment, |trial| {
            check_column(trial, call.column)?;
            trial.set_role(call.column, call.role);
            Ok(())
        })
    }

    fn set_direction(&self, call: &SetDirection) -> Result<(), ExperimentError> {
        self.change("direction", call.experiment, |trial| {
            check_column(trial, call.column)?;
            trial.lower[call.column] = call.lower_is_better;
            Ok(())
        })
    }

    fn set_settings(&self, place: usize, settings: Settings) -> Result<(), ExperimentError> {
        let mut shares = settings.shares.iter().flatten();
        // An infinite share could not be saved either: JSON has no word for it.
        if shares.any(|share| !share.is_finite() || *share <= 0.0) {
            return Err(ExperimentError::InvalidShares);
        }
        self.change("settings", place, |trial| {
            trial.settings = settings;
            Ok(())
        })
    }

    fn remove(&self, place: usize) -> Result<(), ExperimentError> {
        self.check(place)?;
        let mut all = self.current().clone();
        all.remove(place);
        self.set("remove", all);
        Ok(())
    }

    fn undo(&self) -> bool {
        let undone = self.experiments.borrow_mut().undo();
        if undone {
            self.announcer.changed(&EXPERIMENTS);
        }
        undone
    }

    /// Reads files as experiments.
    ///
    /// # Errors
    /// When a file can't be used or the person stopped it; the experiments that were there stay.
    pub async fn open(&self, files: Vec<Rc<dyn InputFile>>) -> Result<(), OpenExperimentError> {
        let job = self.jobs.start(IMPORT);
        let read = self.read(&job, &files).await;
        let taken = read.and_then(|tables| Ok(self.take(tables)?));
        match &taken {
            Ok(()) | Err(OpenExperimentError::Stopped) => job.finish(),
            Err(error) => job.fail(error),
        }
        taken
    }

    async fn read(
        &self,
        job: &Job,
        files: &[Rc<dyn InputFile>],
    ) -> Result<Vec<Imported>, OpenExperimentError> {
        let read = tables::read(&*self.clock, job, files).await?;
        read.ok_or(OpenExperimentError::Stopped)
    }
}

fn check_column(trial: &Trial, column: usize) -> Result<(), ExperimentError> {
    let columns = trial.roles.len();
    match column < columns {
        true => Ok(()),
        false => Err(ExperimentError::NoSuchColumn { column, columns }),
    }
}

/// Registers what the service answers; `files_of` finds the files beside a call.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<ExperimentService>,
    files_of: FilesOf<A>,
) {
    registry.on_service(service, move |s, _: Open, beside| async move {
        s.open(files_of(beside)).await
    });
    registry.on_service(service, |s, _: List, _| async move { Ok(s.list()) });
    registry.on_service(
        service,
        |s, call: SetRole, _| async move { s.set_role(&call) },
    );
    registry.on_service(service, |s, call: SetDirection, _| async move {
        s.set_direction(&call)
    });
    registry.on_service(service, |s, call: SetSettings, _| async move {
        s.set_settings(call.experiment, call.settings)
    });
    registry.on_service(service, |s, call: Remove, _| async move {
        s.remove(call.experiment)
    });
    registry.on_service(service, |s, _: Undo, _| async move { Ok(s.undo()) });
    registry.on(|_: Ctx, call: Plan, _: A| async move { Ok(needed(call.question, call.wanted)) });
}

#[cfg(test)]
mod tests;
