//! Results that are taken while a job goes on: whoever takes them waits until there are some, or the job is over.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// The results of one job after the other.
pub(crate) struct ResultQueue<T> {
    results: RefCell<Vec<(usize, T)>>,
    /// Grows when a job begins, and when it is over.
    phase: Cell<u32>,
    is_running: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl<T> Default for ResultQueue<T> {
    fn default() -> Self {
        Self {
            results: RefCell::default(),
            phase: Cell::new(0),
            is_running: Cell::new(false),
            waiting: RefCell::default(),
        }
    }
}

/// A job's side of the queue. Dropped, the job is over.
pub(crate) struct Results<'q, T>(&'q ResultQueue<T>);

impl<T> ResultQueue<T> {
    /// Begins a job.
    pub(crate) fn begin(&self) -> Results<'_, T> {
        self.results.borrow_mut().clear();
        self.change(true);
        Results(self)
    }

    fn change(&self, is_running: bool) {
        self.phase.set(self.phase.get() + 1);
        self.is_running.set(is_running);
        self.wake();
    }

    fn wake(&self) {
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    /// What has come since this was last asked; nothing where the job is over.
    pub(crate) async fn take(&self) -> Vec<(usize, T)> {
        let phase = self.phase.get();
        poll_fn(|context| {
            // Results of a later job are for those who ask during that job.
            if self.phase.get() != phase || !self.is_running.get() {
                return Poll::Ready(Vec::new());
            }
            let results = self.results.take();
            if !results.is_empty() {
                return Poll::Ready(results);
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

impl<T> Results<'_, T> {
    /// Adds a result.
    pub(crate) fn push(&self, index: usize, result: T) {
        self.0.results.borrow_mut().push((index, result));
        self.0.wake();
    }

    /// Ends the job; what nobody has taken.
    pub(crate) fn rest(self) -> Vec<(usize, T)> {
        self.0.results.take()
    }
}

impl<T> Drop for Results<'_, T> {
    fn drop(&mut self) {
        self.0.change(false);
    }
}
