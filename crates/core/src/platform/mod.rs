//! What the services need of the machine they run on: a disk, files that a person chose, compute workers,
//! a clock and random bytes. Services know these traits alone; `assay-web` has the browser's side, and
//! [`fake`] one in memory for tests.

#[cfg(not(target_arch = "wasm32"))]
pub mod fake;
mod page_files;
mod workers;

pub use assay_platform::{
    BytesBeside, Clock, Disk, DiskError, FilesOf, InputError, InputFile, LineLog, LocalFuture, Log,
    TextFile, Usage, random, read_head,
};
pub use page_files::PageFiles;
pub use workers::{ComputeError, ComputePool};

use crate::containers::ContainerHost;
use std::rc::Rc;

/// All of the machine that services share.
#[derive(Clone)]
pub struct Platform {
    /// What lasts beyond a visit.
    pub disk: Rc<dyn Disk>,
    /// The time, pauses and random bytes.
    pub clock: Rc<dyn Clock>,
    /// Workers that compute tasks.
    pub compute: Rc<dyn ComputePool>,
    /// Who opens workbooks, archives and the like.
    pub containers: Rc<dyn ContainerHost>,
    /// Files beside the page.
    pub page_files: Rc<dyn PageFiles>,
}
