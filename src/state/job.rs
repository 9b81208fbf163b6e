//! Programs that run, as the strip at the foot of the page tells of them.

/// Programs that run.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Programs done.
    pub done: usize,
    /// Of so many.
    pub total: usize,
    /// When it began, in milliseconds.
    pub started: f64,
}

impl Job {
    /// The part done, 0 to 1.
    pub fn part(&self) -> f64 {
        self.done as f64 / self.total.max(1) as f64
    }

    /// Seconds left, once they can be told and are worth telling: more than ten in all.
    pub fn seconds_left(&self, now: f64) -> Option<f64> {
        let (part, seconds) = (self.part(), (now - self.started) / 1000.0);
        (part > 0.02 && seconds > 2.0 && seconds / part > 10.0)
            .then(|| seconds * (1.0 - part) / part)
    }
}
