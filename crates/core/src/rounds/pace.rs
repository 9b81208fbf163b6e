//! Long work of the data worker in pieces, between which it answers other calls; what takes longer is a job that shows
//! how far it is and can be stopped.

use crate::platform::{Clock, LocalFuture};
use assay_calls::{Job, Jobs, Progress, Unit};
use assay_protocol::rounds::RoundError;
use assay_protocol::topics::COMPARE_ROUNDS;
use std::rc::Rc;

/// Milliseconds of work after which others come first.
const PIECE_MS: f64 = 15.0;
/// Milliseconds after which the work is shown as a job.
const JOB_MS: f64 = 700.0;

/// Milliseconds after which it is told again how far work is that runs elsewhere.
const LOOK_MS: u32 = 100;

/// The pace of one piece of long work.
pub(super) struct Pace {
    clock: Rc<dyn Clock>,
    jobs: Jobs,
    begun_ms: f64,
    piece_ms: f64,
    job: Option<Job>,
    /// Parts done and parts in all.
    pub(super) done: usize,
    pub(super) total: usize,
}

impl Pace {
    pub(super) fn new(clock: Rc<dyn Clock>, jobs: Jobs) -> Self {
        let now = clock.now_ms();
        Self {
            clock,
            jobs,
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
    pub(super) async fn step(&mut self) -> Result<(), RoundError> {
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
    pub(super) fn look(&mut self) -> Result<(), RoundError> {
        if self.job.is_none() && self.clock.now_ms() - self.begun_ms >= JOB_MS {
            self.job = Some(self.jobs.start(COMPARE_ROUNDS));
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
            true => Err(RoundError::Stopped),
            false => Ok(()),
        }
    }

    /// A while after which it is told again how far the work is.
    pub(super) fn pause(&self) -> LocalFuture<'static, ()> {
        let clock = self.clock.clone();
        Box::pin(async move { clock.sleep(LOOK_MS).await })
    }

    /// Ends the job, if there is one.
    pub(super) fn finish(self) {
        if let Some(job) = self.job {
            job.finish();
        }
    }
}
