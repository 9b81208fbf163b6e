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

/// A clock by which tests see how long work lasts without a pause.
#[cfg(test)]
pub(crate) mod work {
    use crate::platform::{Clock, LocalFuture};
    use std::cell::Cell;
    use std::task::{Context, Poll, Waker};

    /// A clock that moves by a millisecond whenever it is read, and records the longest work without a pause.
    #[derive(Default)]
    pub(crate) struct WorkClock {
        now_ms: Cell<f64>,
        rested_ms: Cell<f64>,
        longest_ms: Cell<f64>,
    }

    impl WorkClock {
        /// The longest work without a pause since the clock was set, in milliseconds.
        pub(crate) fn longest_ms(&self) -> f64 {
            self.longest_ms.get()
        }

        /// When the last pause was.
        pub(crate) fn rested_ms(&self) -> f64 {
            self.rested_ms.get()
        }

        /// Sets the clock to another time, as a person may.
        pub(crate) fn set(&self, now_ms: f64) {
            self.now_ms.set(now_ms);
            self.longest_ms.set(0.0);
        }

        /// Lets time pass.
        pub(crate) fn advance(&self, ms: f64) {
            self.now_ms.set(self.now_ms.get() + ms);
        }
    }

    impl Clock for WorkClock {
        fn now_ms(&self) -> f64 {
            self.now_ms.set(self.now_ms.get() + 1.0);
            let worked = self.now_ms.get() - self.rested_ms.get();
            self.longest_ms.set(self.longest_ms.get().max(worked));
            self.now_ms.get()
        }

        fn sleep(&self, _: u32) -> LocalFuture<'_, ()> {
            self.rested_ms.set(self.now_ms.get());
            Box::pin(assay_platform::fake::let_others_run())
        }

        fn fill_random(&self, _: &mut [u8]) -> bool {
            false
        }
    }

    /// Runs work to its end.
    pub(crate) fn finish<T>(work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(found) = work.as_mut().poll(&mut context) {
                return found;
            }
        }
    }
}
