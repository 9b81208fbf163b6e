//! Workers that compute: a task with its texts and numbers in, numbers out.

use super::LocalFuture;
use assay_eval::{Parcel, Task};
use serde::{Deserialize, Serialize};

/// Why a task has no result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ComputeError {
    /// The workers were stopped.
    #[error("the work was stopped")]
    Stopped,
    /// A worker can't be started, broke down or ran out of memory.
    #[error("a compute worker ended: {detail}")]
    WorkerDied {
        /// The machine's words.
        detail: String,
    },
    /// The task itself can't be computed.
    #[error("a task could not be computed: {detail}")]
    Task {
        /// Why.
        detail: String,
    },
}

/// The compute workers.
pub trait ComputePool {
    /// How many tasks can run at once.
    fn lanes(&self) -> usize;

    /// Runs a task on a free worker; at most [`ComputePool::lanes`] are asked for at once.
    fn run(&self, task: Task, parcel: Parcel) -> LocalFuture<'_, Result<Vec<f64>, ComputeError>>;

    /// Packs bytes for a link, as [`assay_rating::envelope::pack`] does.
    fn pack(&self, bytes: Vec<u8>) -> LocalFuture<'_, Result<Vec<u8>, ComputeError>>;

    /// Ends all workers, whatever they do: what waits for them gets [`ComputeError::Stopped`]. They are started
    /// again when the next task comes.
    fn stop(&self);
}
