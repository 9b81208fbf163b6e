//! What services need of the machine they run on: a disk, files that a person chose, a clock and random bytes.
//! Services know these traits alone; `browser` has the browser's side, and [`fake`] one in memory for tests.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod clock;
mod disk;
#[cfg(not(target_arch = "wasm32"))]
pub mod fake;
mod input;
mod lines;

pub use clock::{Clock, random};
pub use disk::{Disk, DiskError, Log, Usage};
pub use input::{BytesBeside, FilesOf, InputError, InputFile, TextFile, read_head};
pub use lines::LineLog;

use std::future::Future;
use std::pin::Pin;

/// A future on one thread.
pub type LocalFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
