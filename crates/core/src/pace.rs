//! Long work of the data worker in pieces, between which it answers other calls; what takes longer is a job that shows
//! how far it is and can be stopped.

use crate::platform::{Clock, LocalFuture};
use assay_calls::{Job, JobKind, Jobs, Progress, Unit};
use std::rc::Rc;

/// A person has stopped the work, or what it is for is there no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Milliseconds of work after which others come first.
const PIECE_MS: f64 = 15.0;
/// Milliseconds after which the work is shown as a job.
const JOB_MS: f64 = 700.0;

/// Milliseconds after which it is told again how far work is that runs elsewhere.
const LOOK_MS: u32 = 100;

/// The pace of one piece of long work.
pub(crate) struct Pace {
    clock: Rc<dyn Clock>,
    jobs: Jobs,
    kind: JobKind,
    begun_ms: f64,
    piece_ms: f64,
    job: Option<Job>,
    /// Parts done and parts in all.
    pub(crate) done: usize,
    pub(crate) total: usize,
}

impl Pace {
    pub(crate) fn new(clock: Rc<dyn Clock>, jobs: Jobs, kind: JobKind) -> Self {
        let now = clock.now_ms();
        Self {
            clock,
            jobs,
            kind,
            begun_ms: now,
            piece_ms: now,
            job: None,
            done: 0,
            total: 0,
        }
    }

    /// Lets others come first where this has gone on for a while.
    ///
    /// # Errors
    /// When a person has stopped the work.
    pub(crate) async fn step(&mut self) -> Result<(), Stopped> {
        // A clock that was set back counts as a while.
        let worked_ms = self.clock.now_ms() - self.piece_ms;
        if (0.0..PIECE_MS).contains(&worked_ms) {
            return Ok(());
        }
        self.clock.sleep(0).await;
        self.piece_ms = self.clock.now_ms();
        self.look()
    }

    /// Tells how far the work is.
    ///
    /// # Errors
    /// When a person has stopped the work.
    pub(crate) fn look(&mut self) -> Result<(), Stopped> {
        if self.job.is_none() && self.clock.now_ms() - self.begun_ms >= JOB_MS {
            self.job = Some(self.jobs.start(self.kind.clone()));
        }
        let Some(job) = &self.job else {
            return Ok(());
        };
        job.progress(Progress::new(
            self.done as f64,
            self.total as f64,
            Unit::Tasks,
        ));
        match job.is_stopped() {
            true => Err(Stopped),
            false => Ok(()),
        }
    }

    /// A while after which it is told again how far the work is.
    pub(crate) fn pause(&self) -> LocalFuture<'static, ()> {
        let clock = self.clock.clone();
        Box::pin(async move { clock.sleep(LOOK_MS).await })
    }

    /// Ends the job, if there is one.
    pub(crate) fn finish(self) {
        if let Some(job) = self.job {
            job.finish();
        }
    }
}
