//! The `programs` service: keeps programs that models wrote and what became of them. It runs none itself: the
//! page asks for one after the other, runs them in its sandbox, and only after the person has agreed.

use crate::data::DataService;
use assay_calls::{Announcer, Codec, Job, Jobs, Progress, Registry, StopToken, Unit};
use assay_codeeval::{CodeError, Outcome, Programs};
use assay_data::import::Imported;
use assay_protocol::programs::{self, Program, ProgramsError, ProgramsView, RunEnd};
use assay_protocol::topics::{CODE, RUN_PROGRAMS};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

/// Failures that are listed one by one.
const MAX_FAILURES: usize = 200;

/// A run that goes on.
struct ActiveRun {
    job: Job,
    /// Ends the call [`programs::Run`] before its job is stopped.
    end: Option<oneshot::Sender<Result<(), ProgramsError>>>,
}

/// Programs and their outcomes.
pub struct ProgramsService {
    programs: RefCell<Option<Programs>>,
    run: RefCell<Option<ActiveRun>>,
    jobs: Jobs,
    announcer: Announcer,
}

impl ProgramsService {
    /// Without programs.
    #[must_use]
    pub fn new(jobs: Jobs, announcer: Announcer) -> Self {
        Self {
            programs: RefCell::default(),
            run: RefCell::default(),
            jobs,
            announcer,
        }
    }

    /// Takes the programs in tables in place of those before; they wait for the person to agree.
    ///
    /// # Errors
    /// [`CodeError`], and then nothing is changed.
    pub fn take(&self, tables: &[Imported]) -> Result<(), CodeError> {
        let programs = Programs::of(tables)?;
        self.jobs.stop_kind(&RUN_PROGRAMS);
        *self.programs.borrow_mut() = Some(programs);
        self.announcer.changed(&CODE);
        Ok(())
    }

    /// The programs in numbers.
    #[must_use]
    pub fn view(&self) -> Option<ProgramsView> {
        let programs = self.programs.borrow();
        let programs = programs.as_ref()?;
        let (tasks, samples, systems) = programs.size();
        Some(ProgramsView {
            tasks,
            samples,
            systems: systems.to_vec(),
            done: programs.done(),
            counts: programs.counts(),
            fenced: programs.fenced(),
            failures: programs.failures(MAX_FAILURES),
            is_running: self.is_running(),
        })
    }

    /// Whether there are programs.
    pub(crate) fn has_programs(&self) -> bool {
        self.programs.borrow().is_some()
    }

    /// What becomes of the programs, if there are some.
    pub(crate) fn with_programs<T>(&self, then: impl FnOnce(&Programs) -> T) -> Option<T> {
        self.programs.borrow().as_ref().map(then)
    }

    /// Takes the programs of a project that is opened; what runs is stopped.
    pub(crate) fn reopen(&self, programs: Option<Programs>) {
        self.remove();
        *self.programs.borrow_mut() = programs;
        self.announcer.changed(&CODE);
    }

    fn is_running(&self) -> bool {
        let run = self.run.borrow();
        run.as_ref().is_some_and(|run| !run.job.is_stopped())
    }

    /// Waits until all programs were run, or the run is stopped or aborted.
    async fn run(&self) -> Result<RunEnd, ProgramsError> {
        let (end, ended) = oneshot::channel();
        let stop = self.start(end)?;
        self.announcer.changed(&CODE);
        let end = match select(pin!(stop.stopped()), ended).await {
            Either::Left(_) => Ok(RunEnd::Stopped),
            Either::Right((Ok(Err(error)), _)) => Err(error),
            Either::Right((Ok(Ok(())) | Err(oneshot::Canceled), _)) => Ok(RunEnd::Done),
        };
        if let Some(run) = self.run.take() {
            match &end {
                Ok(_) => run.job.finish(),
                Err(error) => run.job.fail(error),
            }
        }
        self.announcer.changed(&CODE);
        end
    }

    /// Starts the job of a run; its token says when it is to stop.
    fn start(
        &self,
        end: oneshot::Sender<Result<(), ProgramsError>>,
    ) -> Result<StopToken, ProgramsError> {
        let mut programs = self.programs.borrow_mut();
        let programs = programs.as_mut().ok_or(ProgramsError::NoPrograms)?;
        let mut run = self.run.borrow_mut();
        if run.is_some() {
            return Err(ProgramsError::AlreadyRunning);
        }
        programs.again();
        let job = self.jobs.start(RUN_PROGRAMS);
        job.progress(progress(programs));
        let stop = job.stop_token();
        let mut active = ActiveRun {
            job,
            end: Some(end),
        };
        active.end_if_done(programs);
        *run = Some(active);
        Ok(stop)
    }

    fn next(&self) -> Option<Program> {
        if !self.is_running() {
            return None;
        }
        let mut programs = self.programs.borrow_mut();
        let (place, source) = programs.as_mut()?.next_program()?;
        Some(Program { place, source })
    }

    fn finish(&self, place: usize, outcome: Outcome) -> Result<(), ProgramsError> {
        if !self.is_running() {
            return Err(ProgramsError::NotRunning);
        }
        let mut programs = self.programs.borrow_mut();
        let programs = programs.as_mut().ok_or(ProgramsError::NoPrograms)?;
        programs.take(place, outcome);
        if let Some(run) = self.run.borrow_mut().as_mut() {
            run.job.progress(progress(programs));
            run.end_if_done(programs);
        }
        self.announcer.changed(&CODE);
        Ok(())
    }

    fn abort(&self, detail: String) -> Result<(), ProgramsError> {
        let mut run = self.run.borrow_mut();
        let run = run.as_mut().ok_or(ProgramsError::NotRunning)?;
        run.end(Err(ProgramsError::Sandbox { detail }));
        Ok(())
    }

    /// The outcomes so far, as a table with a line for each sample.
    fn outcomes(&self) -> Result<Imported, ProgramsError> {
        let programs = self.programs.borrow();
        let programs = programs.as_ref().filter(|programs| programs.done() > 0);
        programs
            .map(Programs::outcomes)
            .ok_or(ProgramsError::NoPrograms)
    }

    fn remove(&self) {
        self.jobs.stop_kind(&RUN_PROGRAMS);
        *self.programs.borrow_mut() = None;
        self.announcer.changed(&CODE);
    }
}

impl ActiveRun {
    fn end(&mut self, how: Result<(), ProgramsError>) {
        if let Some(end) = self.end.take() {
            // Nobody waits for the end of a run whose call was given up with its worker.
            end.send(how).ok();
        }
    }

    fn end_if_done(&mut self, programs: &Programs) {
        if programs.done() == programs.size().1 {
            self.end(Ok(()));
        }
    }
}

fn progress(programs: &Programs) -> Progress {
    let (done, total) = (programs.done(), programs.size().1);
    Progress::new(done as f64, total as f64, Unit::Tasks)
}

/// Registers what the service answers; outcomes become the data of `data`.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<ProgramsService>,
    data: &Rc<DataService>,
) {
    registry.on_service(service, |s, _: programs::Programs, _| async move {
        Ok(s.view())
    });
    let of_run = data.clone();
    registry.on_service(service, move |s, _: programs::Run, _| {
        let data = of_run.clone();
        async move {
            let end = s.run().await?;
            if end == RunEnd::Done {
                data.load(vec![s.outcomes()?])?;
            }
            Ok(end)
        }
    });
    registry.on_service(
        service,
        |s, _: programs::Next, _| async move { Ok(s.next()) },
    );
    registry.on_service(service, |s, call: programs::Finish, _| async move {
        s.finish(call.place, call.outcome)
    });
    registry.on_service(service, |s, call: programs::Abort, _| async move {
        s.abort(call.detail)
    });
    let of_take = data.clone();
    registry.on_service(service, move |s, _: programs::Take, _| {
        let data = of_take.clone();
        async move { Ok(data.load(vec![s.outcomes()?])?) }
    });
    registry.on_service(service, |s, _: programs::Remove, _| async move {
        s.remove();
        Ok(())
    });
}
