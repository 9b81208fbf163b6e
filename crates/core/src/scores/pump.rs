//! Keeps the compute workers at work while the session has tasks.

use super::ScoresService;
use crate::platform::{ComputeError, LocalFuture};
use crate::session::SessionJob;
use assay_calls::{Job, Progress, StopToken, Unit};
use assay_protocol::topics::SCORE;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// A task that a compute worker has.
struct Running<'a> {
    job: SessionJob,
    outcome: LocalFuture<'a, Result<Vec<f64>, ComputeError>>,
}

/// What the pump waits for.
enum Event {
    /// The job is to stop.
    Stopped,
    /// A task's outcome.
    Outcome(SessionJob, Result<Vec<f64>, ComputeError>),
    /// There may be more tasks.
    MoreWork,
}

impl ScoresService {
    /// Computes whatever is queued, for as long as the worker lives. To be run once, beside the handlers.
    pub async fn run(&self) {
        loop {
            self.work.wait().await;
            if self.session.borrow().is_busy() {
                self.score().await;
            }
        }
    }

    /// One job: from the first task to the last.
    async fn score(&self) {
        let job = self.jobs.start(SCORE);
        let epoch = self.epoch.get();
        let stop = job.stop_token();
        let mut running: Vec<Running<'_>> = Vec::new();
        // Tasks whose worker died before they were done; each is tried once more.
        let mut retried: Vec<SessionJob> = Vec::new();
        let failure = loop {
            self.hand_out(&mut running);
            if running.is_empty() || !self.session.borrow().is_busy() {
                break None;
            }
            match self.next_event(&mut running, &stop).await {
                Event::MoreWork => {}
                Event::Stopped => break None,
                Event::Outcome(task, Ok(numbers)) => {
                    self.session.borrow_mut().accept(&task, numbers);
                    self.session_changed();
                    self.tell_progress(&job);
                }
                Event::Outcome(task, Err(error)) => {
                    let died = matches!(error, ComputeError::WorkerDied { .. });
                    if !died || retried.contains(&task) {
                        break Some(error);
                    }
                    retried.push(task.clone());
                    self.session.borrow_mut().give_back(task);
                }
            }
        };
        drop(running);
        let is_current = self.epoch.get() == epoch;
        if is_current && (failure.is_some() || job.is_stopped()) {
            self.session.borrow_mut().cancel();
            self.compute.stop();
            self.session_changed();
        }
        match failure.filter(|_| is_current) {
            Some(error) => job.fail(&error),
            None => job.finish(),
        }
    }

    fn tell_progress(&self, job: &Job) {
        let (done, total) = self.session.borrow().progress();
        job.progress(Progress::new(done, total, Unit::Tasks));
    }

    /// Gives every free worker a task.
    fn hand_out<'a>(&'a self, running: &mut Vec<Running<'a>>) {
        while running.len() < self.compute.lanes() {
            let next = self.session.borrow_mut().next_job();
            let Some((job, task, parcel)) = next else {
                return;
            };
            let outcome = self.compute.run(task, parcel);
            running.push(Running { job, outcome });
        }
    }

    async fn next_event(&self, running: &mut Vec<Running<'_>>, stop: &StopToken) -> Event {
        let mut stopped = pin!(stop.stopped());
        let mut more = pin!(self.work.wait());
        poll_fn(|context| {
            if stopped.as_mut().poll(context).is_ready() {
                return Poll::Ready(Event::Stopped);
            }
            for place in 0..running.len() {
                if let Poll::Ready(outcome) = running[place].outcome.as_mut().poll(context) {
                    let job = running.swap_remove(place).job;
                    return Poll::Ready(Event::Outcome(job, outcome));
                }
            }
            match more.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(Event::MoreWork),
                Poll::Pending => Poll::Pending,
            }
        })
        .await
    }
}
