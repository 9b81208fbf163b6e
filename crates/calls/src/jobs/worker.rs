//! The worker's side of jobs.

use super::{JobId, JobKind, JobOutcome, Progress};
use crate::event::{Announcer, Event};
use crate::explain::Explanation;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

#[derive(Default)]
struct StopState {
    stopped: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

/// Says whether a job is to stop. Clones say the same.
#[derive(Clone, Default)]
pub struct StopToken(Rc<StopState>);

impl StopToken {
    /// Whether the job is to stop; long work asks between two steps.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.get()
    }

    /// Waits until the job is to stop: for work that has to be ended from outside.
    pub async fn stopped(&self) {
        poll_fn(|context| {
            if self.is_stopped() {
                return Poll::Ready(());
            }
            let mut waiting = self.0.waiting.borrow_mut();
            if !waiting.iter().any(|w| w.will_wake(context.waker())) {
                waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }

    fn stop(&self) {
        self.0.stopped.set(true);
        self.0.waiting.take().into_iter().for_each(Waker::wake);
    }
}

#[derive(Default)]
struct Running {
    next: u32,
    jobs: BTreeMap<JobId, (JobKind, StopToken)>,
}

/// The jobs of a worker. Clones are the same list.
#[derive(Clone, Default)]
pub struct Jobs {
    announcer: Announcer,
    running: Rc<RefCell<Running>>,
}

impl Jobs {
    /// No jobs yet; what happens to them is announced by `announcer`.
    #[must_use]
    pub fn new(announcer: Announcer) -> Self {
        Self {
            announcer,
            running: Rc::default(),
        }
    }

    /// Starts a job. It runs until the handle is finished or dropped.
    #[must_use = "a job that is dropped at once ends as failed"]
    pub fn start(&self, kind: JobKind) -> Job {
        let stop = StopToken::default();
        let mut running = self.running.borrow_mut();
        let id = JobId(running.next);
        running.next = running.next.wrapping_add(1);
        running.jobs.insert(id, (kind.clone(), stop.clone()));
        drop(running);
        self.announcer.announce(Event::JobStarted { id, kind });
        Job {
            id,
            stop,
            jobs: self.clone(),
        }
    }

    /// Asks a job to stop; false if it has ended already.
    pub fn stop(&self, id: JobId) -> bool {
        let found = self.running.borrow().jobs.get(&id).map(|(_, s)| s.clone());
        // Woken while nothing is borrowed.
        found.map(|stop| stop.stop()).is_some()
    }

    /// Asks all jobs of a kind to stop (for example scoring of data that an import replaces); returns how many.
    pub fn stop_kind(&self, kind: &JobKind) -> usize {
        let running = self.running();
        let of_kind = running.iter().filter(|(_, known)| known == kind);
        of_kind.filter(|(id, _)| self.stop(*id)).count()
    }

    /// The jobs that run, in the order they started.
    #[must_use]
    pub fn running(&self) -> Vec<(JobId, JobKind)> {
        let running = self.running.borrow();
        let jobs = running.jobs.iter();
        jobs.map(|(id, (kind, _))| (*id, kind.clone())).collect()
    }

    fn end(&self, id: JobId, outcome: JobOutcome) {
        if self.running.borrow_mut().jobs.remove(&id).is_some() {
            self.announcer.announce(Event::JobEnded { id, outcome });
        }
    }
}

/// A job that runs. Dropped before it is finished it ends as failed, so that no job stays on the page
/// forever.
pub struct Job {
    id: JobId,
    stop: StopToken,
    jobs: Jobs,
}

impl Job {
    /// Its number.
    #[must_use]
    pub fn id(&self) -> JobId {
        self.id
    }

    /// Says whether it is to stop.
    #[must_use]
    pub fn stop_token(&self) -> StopToken {
        self.stop.clone()
    }

    /// Whether it is to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.is_stopped()
    }

    /// Announces how far it is.
    pub fn progress(&self, progress: Progress) {
        let id = self.id;
        let event = Event::JobProgress { id, progress };
        self.jobs.announcer.announce(event);
    }

    /// Announces how far it is for someone who does not hold the job.
    pub fn reporter(&self) -> impl Fn(Progress) + use<> {
        let (id, announcer) = (self.id, self.jobs.announcer.clone());
        move |progress| announcer.announce(Event::JobProgress { id, progress })
    }

    /// Ends it: as stopped if it was asked to stop, otherwise as done.
    pub fn finish(self) {
        let outcome = match self.is_stopped() {
            true => JobOutcome::Stopped,
            false => JobOutcome::Done,
        };
        self.jobs.end(self.id, outcome);
    }

    /// Ends it: it could not go on.
    pub fn fail<E: serde::Serialize>(self, error: &E) {
        let explained = Explanation::of(error);
        self.jobs.end(self.id, JobOutcome::Failed(explained));
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        // After `finish` or `fail` the job is not in the list any more and nothing happens.
        let explained = Explanation {
            kind: "job-abandoned".to_owned(),
            arguments: Vec::new(),
            cause: None,
        };
        self.jobs.end(self.id, JobOutcome::Failed(explained));
    }
}
