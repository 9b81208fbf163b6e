//! What runs in the workers, as the strip at the foot of the page tells it.

/// What runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Which work, and how far it is.
    pub work: Work,
    /// When it began, in milliseconds.
    pub started: f64,
}

/// Kinds of work.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// A model's weights go over.
    Model {
        /// Bytes done.
        done: f64,
        /// Of so many.
        total: f64,
    },
    /// A model is copied, to be kept.
    Keep {
        /// Bytes done.
        done: f64,
        /// Of so many.
        total: f64,
    },
    /// Texts are scored under a model.
    Perplexity {
        /// Texts done.
        done: usize,
        /// Of so many.
        total: usize,
        /// Tokens a second.
        speed: f64,
    },
    /// Outputs are compared by an encoder.
    Encode {
        /// Segments done.
        done: usize,
        /// Of so many.
        total: usize,
    },
    /// Programs are run.
    Code {
        /// Programs done.
        done: usize,
        /// Of so many.
        total: usize,
    },
}

impl Work {
    /// Whether it is a model's.
    pub fn is_model(&self) -> bool {
        matches!(
            self,
            Self::Model { .. } | Self::Keep { .. } | Self::Perplexity { .. } | Self::Encode { .. }
        )
    }
}

impl Job {
    /// The part done, 0 to 1.
    pub fn part(&self) -> f64 {
        match self.work {
            Work::Model { done, total } | Work::Keep { done, total } => done / total.max(1.0),
            Work::Perplexity { done, total, .. }
            | Work::Encode { done, total }
            | Work::Code { done, total } => done as f64 / total.max(1) as f64,
        }
    }

    /// Seconds left, once they can be told and are worth telling: more than ten in all.
    pub fn seconds_left(&self, now: f64) -> Option<f64> {
        let (part, seconds) = (self.part(), (now - self.started) / 1000.0);
        (part > 0.02 && seconds > 2.0 && seconds / part > 10.0)
            .then(|| seconds * (1.0 - part) / part)
    }
}
