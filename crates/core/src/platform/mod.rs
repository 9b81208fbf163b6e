//! What the services need of the machine they run on: a disk, files that a person chose, compute workers,
//! a clock and random bytes. Services know these traits alone; `assay-web` has the browser's side, and
//! [`fake`] one in memory for tests.

mod clock;
mod disk;
#[cfg(not(target_arch = "wasm32"))]
pub mod fake;
mod input;
mod workers;

pub use clock::{Clock, random};
pub use disk::{Disk, DiskError, Log};
pub use input::{FilesOf, InputError, InputFile, read_head};
pub use workers::{ComputeError, ComputePool};

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// A future on one thread.
pub type LocalFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// All of the machine that services share.
#[derive(Clone)]
pub struct Platform {
    /// What lasts beyond a visit.
    pub disk: Rc<dyn Disk>,
    /// The time, pauses and random bytes.
    pub clock: Rc<dyn Clock>,
    /// Workers that compute tasks.
    pub compute: Rc<dyn ComputePool>,
}
