//! The page's side of jobs: what runs, how far it is, and how long it may take. Time is given by the caller.

use super::{JobId, JobKind, JobOutcome, Progress};
use crate::event::Event;

/// Below this fraction an estimate of the time left says nothing.
const LEAST_FRACTION: f64 = 0.02;
/// Before this many seconds an estimate says nothing.
const LEAST_SECONDS: f64 = 2.0;
/// The time left of jobs shorter than this is not worth telling.
const SHORT_SECONDS: f64 = 10.0;

/// A job as the page knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct JobEntry {
    /// Its number.
    pub id: JobId,
    /// What it does.
    pub kind: JobKind,
    /// When it started, in milliseconds.
    pub started_ms: f64,
    /// How far it is, once it has said so.
    pub progress: Option<Progress>,
    /// Whether the person asked to stop it.
    pub is_stopping: bool,
}

impl JobEntry {
    /// Seconds left, where they can be estimated and are worth telling: for jobs of more than ten seconds.
    #[must_use]
    pub fn seconds_left(&self, now_ms: f64) -> Option<f64> {
        let fraction = self.progress?.fraction()?;
        let seconds = (now_ms - self.started_ms) / 1000.0;
        let is_useful = fraction > LEAST_FRACTION
            && seconds > LEAST_SECONDS
            && seconds / fraction > SHORT_SECONDS;
        is_useful.then(|| seconds * (1.0 - fraction) / fraction)
    }
}

/// The jobs that run, in the order they started.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JobList(Vec<JobEntry>);

impl JobList {
    /// Applies an event; returns the job that it ended, with the outcome.
    pub fn apply(&mut self, event: &Event, now_ms: f64) -> Option<(JobEntry, JobOutcome)> {
        match event {
            Event::JobStarted { id, kind } => self.0.push(JobEntry {
                id: *id,
                kind: kind.clone(),
                started_ms: now_ms,
                progress: None,
                is_stopping: false,
            }),
            Event::JobProgress { id, progress } => {
                if let Some(job) = self.find_mut(*id) {
                    job.progress = Some(*progress);
                }
            }
            Event::JobEnded { id, outcome } => {
                let place = self.0.iter().position(|job| job.id == *id)?;
                return Some((self.0.remove(place), outcome.clone()));
            }
            Event::Changed { .. } => {}
        }
        None
    }

    fn find_mut(&mut self, id: JobId) -> Option<&mut JobEntry> {
        self.0.iter_mut().find(|job| job.id == id)
    }

    /// Notes that the person asked to stop a job; [`Client::stop`](crate::Client::stop) does so.
    pub fn stopping(&mut self, id: JobId) {
        if let Some(job) = self.find_mut(id) {
            job.is_stopping = true;
        }
    }

    /// Forgets all jobs: their worker is gone.
    pub fn worker_died(&mut self) -> Vec<JobEntry> {
        std::mem::take(&mut self.0)
    }

    /// The jobs.
    pub fn iter(&self) -> impl Iterator<Item = &JobEntry> {
        self.0.iter()
    }

    /// The job of a kind that started first.
    #[must_use]
    pub fn of_kind(&self, kind: &JobKind) -> Option<&JobEntry> {
        self.0.iter().find(|job| job.kind == *kind)
    }

    /// Whether nothing runs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Unit;
    use super::*;

    const IMPORT: JobKind = JobKind::new("import");
    const SCORE: JobKind = JobKind::new("score");

    fn started(list: &mut JobList, id: u32, kind: JobKind, now_ms: f64) {
        let id = JobId(id);
        list.apply(&Event::JobStarted { id, kind }, now_ms);
    }

    fn got(list: &mut JobList, id: u32, done: f64) {
        let progress = Progress::new(done, 100.0, Unit::Rows);
        let id = JobId(id);
        list.apply(&Event::JobProgress { id, progress }, 0.0);
    }

    #[test]
    fn progress_of_one_job_leaves_the_other_alone() {
        let mut list = JobList::default();
        started(&mut list, 1, IMPORT, 0.0);
        started(&mut list, 2, SCORE, 0.0);
        got(&mut list, 2, 40.0);
        assert_eq!(list.of_kind(&IMPORT).unwrap().progress, None);
        let outcome = JobOutcome::Stopped;
        let ended = Event::JobEnded {
            id: JobId(2),
            outcome: outcome.clone(),
        };
        let (job, how) = list.apply(&ended, 0.0).unwrap();
        assert_eq!((job.kind, how), (SCORE, outcome));
        assert_eq!(list.iter().count(), 1);
        // Late progress brings no job back.
        got(&mut list, 2, 90.0);
        assert_eq!(list.of_kind(&SCORE), None);
    }

    #[test]
    fn time_left_follows_the_pace_so_far() {
        let mut list = JobList::default();
        started(&mut list, 1, IMPORT, 1_000.0);
        got(&mut list, 1, 25.0);
        let job = list.of_kind(&IMPORT).unwrap();
        assert_eq!(job.seconds_left(6_000.0), Some(15.0));
        assert_eq!(job.seconds_left(2_000.0), None);
    }

    #[test]
    fn an_unknown_total_has_no_fraction() {
        for total in [0.0, f64::NAN, f64::INFINITY] {
            let fraction = Progress::new(0.0, total, Unit::Bytes).fraction();
            assert!(fraction.is_none() || total.is_infinite(), "{total}");
        }
    }
}
