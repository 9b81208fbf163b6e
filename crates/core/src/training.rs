//! The `training` service: reads logs of training runs, keeps them, and draws their curves.

use crate::platform::{Clock, FilesOf, InputError, InputFile, read_head};
use crate::sniff::{HEAD, sniff};
use assay_calls::{Announcer, Codec, History, Job, Jobs, Progress, Registry, Unit};
use assay_protocol::data::FileKind;
use assay_protocol::topics::{IMPORT, RUNS};
use assay_protocol::training::{
    Curves, NoSuchRun, Open, OpenLogsError, Remove, RunList, Runs, SetEvaluated, Undo,
};
use assay_training::Run;
use assay_training::read::{self, LogError, LogFile, MAX_BYTES};
use assay_training::view::{self, Look, RunView};
use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Training runs.
pub struct TrainingService {
    runs: RefCell<History<Vec<Run>>>,
    /// Of each run, by name, the step of the checkpoint that was evaluated.
    evaluated: RefCell<BTreeMap<String, f64>>,
    jobs: Jobs,
    announcer: Announcer,
    clock: Rc<dyn Clock>,
}

impl TrainingService {
    /// Without runs.
    #[must_use]
    pub fn new(jobs: Jobs, announcer: Announcer, clock: Rc<dyn Clock>) -> Self {
        Self {
            runs: RefCell::default(),
            evaluated: RefCell::default(),
            jobs,
            announcer,
            clock,
        }
    }

    /// Takes logs; a run with the name of an earlier one replaces it, or completes it where it tells of other
    /// quantities (TensorBoard saves a file a curve).
    ///
    /// # Errors
    /// [`LogError`], and then nothing is changed.
    pub fn take(&self, files: Vec<LogFile>) -> Result<(), LogError> {
        let new = read::runs(files)?;
        self.runs.borrow_mut().change("open", |runs| {
            for run in new {
                match runs.iter_mut().find(|known| known.name == run.name) {
                    Some(known) if known.is_complemented_by(&run) => known.absorb(run),
                    Some(known) => *known = run,
                    None => runs.push(run),
                }
            }
        });
        self.announcer.changed(&RUNS);
        Ok(())
    }

    /// Replaces all runs by those of a saved evaluation.
    pub fn restore(&self, runs: Vec<Run>, evaluated: BTreeMap<String, f64>) {
        self.runs.borrow_mut().set("restore", runs);
        *self.evaluated.borrow_mut() = evaluated;
        self.announcer.changed(&RUNS);
    }

    /// Takes the runs of a project that is opened, with no way back to those before.
    pub(crate) fn reopen(&self, (runs, evaluated): (Vec<Run>, BTreeMap<String, f64>)) {
        *self.runs.borrow_mut() = History::default();
        *self.runs.borrow_mut().amend() = runs;
        *self.evaluated.borrow_mut() = evaluated;
        self.announcer.changed(&RUNS);
    }

    /// The runs.
    pub fn runs(&self) -> Ref<'_, Vec<Run>> {
        Ref::map(self.runs.borrow(), History::current)
    }

    /// Of each run, by name, the step of the checkpoint that was evaluated.
    pub fn evaluated(&self) -> Ref<'_, BTreeMap<String, f64>> {
        self.evaluated.borrow()
    }

    /// The runs in numbers.
    #[must_use]
    pub fn views(&self) -> Vec<RunView> {
        let evaluated = self.evaluated.borrow();
        let view = |run: &Run| RunView::of(run, evaluated.get(&run.name).copied());
        self.runs().iter().map(view).collect()
    }

    /// Curves of the runs.
    #[must_use]
    pub fn curves(&self, look: &Look) -> view::Curves {
        view::curves(&self.runs(), look)
    }

    fn list(&self) -> RunList {
        RunList {
            runs: self.views(),
            can_undo: self.runs.borrow().undo_label().is_some(),
        }
    }

    fn check(&self, run: usize) -> Result<(), NoSuchRun> {
        let runs = self.runs().len();
        match run < runs {
            true => Ok(()),
            false => Err(NoSuchRun { run, runs }),
        }
    }

    fn set_evaluated(&self, call: &SetEvaluated) -> Result<(), NoSuchRun> {
        self.check(call.run)?;
        let name = self.runs()[call.run].name.clone();
        let mut evaluated = self.evaluated.borrow_mut();
        match call.step {
            Some(step) => evaluated.insert(name, step),
            None => evaluated.remove(&name),
        };
        drop(evaluated);
        self.announcer.changed(&RUNS);
        Ok(())
    }

    fn remove(&self, run: usize) -> Result<(), NoSuchRun> {
        self.check(run)?;
        self.runs.borrow_mut().change("remove", |runs| {
            runs.remove(run);
        });
        self.announcer.changed(&RUNS);
        Ok(())
    }

    fn undo(&self) -> bool {
        let undone = self.runs.borrow_mut().undo();
        if undone {
            self.announcer.changed(&RUNS);
        }
        undone
    }

    /// Reads files as logs, under the paths they had in a folder.
    ///
    /// # Errors
    /// When a file can't be used or the person stopped it; the runs that were there stay.
    pub async fn open(
        &self,
        files: Vec<Rc<dyn InputFile>>,
        paths: Vec<String>,
    ) -> Result<(), OpenLogsError> {
        let job = self.jobs.start(IMPORT);
        let read = self.read(&job, &files, &paths).await;
        let taken = read.and_then(|logs| Ok(self.take(logs)?));
        match &taken {
            Ok(()) | Err(OpenLogsError::Stopped) => job.finish(),
            Err(error) => job.fail(error),
        }
        taken
    }

    /// Of a folder only the logs in it are read.
    async fn read(
        &self,
        job: &Job,
        files: &[Rc<dyn InputFile>],
        paths: &[String],
    ) -> Result<Vec<LogFile>, OpenLogsError> {
        let mut logs = Vec::new();
        let total: u64 = files.iter().map(|file| file.bytes()).sum();
        let (mut done, mut taken) = (0, 0);
        for (i, file) in files.iter().enumerate() {
            let path = paths.get(i).cloned().unwrap_or_else(|| file.name());
            let unreadable = |_: InputError| LogError::Unreadable { file: path.clone() };
            let head = read_head(&**file, HEAD as u64).await.map_err(unreadable)?;
            if paths.is_empty() || sniff(&path, &head).kind == FileKind::Log {
                taken += file.bytes();
                if taken > MAX_BYTES {
                    let limit_mb = MAX_BYTES / 1_000_000;
                    return Err(LogError::TooLarge {
                        file: path,
                        limit_mb,
                    }
                    .into());
                }
                let bytes = file.read(0, file.bytes()).await.map_err(unreadable)?;
                logs.push(LogFile { path, bytes });
            }
            done += file.bytes();
            job.progress(Progress::new(done as f64, total as f64, Unit::Bytes));
            self.clock.sleep(0).await;
            if job.is_stopped() {
                return Err(OpenLogsError::Stopped);
            }
        }
        if logs.is_empty() {
            let file = files.first().map_or_else(String::new, |file| file.name());
            return Err(LogError::NoLog { file }.into());
        }
        Ok(logs)
    }
}

/// Registers what the service answers; `files_of` finds the files beside a call.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<TrainingService>,
    files_of: FilesOf<A>,
) {
    registry.on_service(service, move |s, call: Open, beside| async move {
        s.open(files_of(beside), call.paths).await
    });
    registry.on_service(service, |s, _: Runs, _| async move { Ok(s.list()) });
    registry.on_service(service, |s, call: Curves, _| async move {
        Ok(s.curves(&call.look))
    });
    registry.on_service(service, |s, call: SetEvaluated, _| async move {
        s.set_evaluated(&call)
    });
    registry.on_service(
        service,
        |s, call: Remove, _| async move { s.remove(call.run) },
    );
    registry.on_service(service, |s, _: Undo, _| async move { Ok(s.undo()) });
}

#[cfg(test)]
mod tests;
