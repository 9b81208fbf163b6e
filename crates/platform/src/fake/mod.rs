//! The machine in memory, for tests: a disk that can be full, slow, refused, held by another tab or lose power, files,
//! and a clock that stands still until it is moved.

mod disk;

pub use disk::{FakeDisk, Reached};

use super::{Clock, InputError, InputFile, LocalFuture};
use std::cell::Cell;
use std::future::ready;
use std::task::Poll;

/// A file in memory; one that is gone can't be read.
pub struct FakeFile {
    name: String,
    bytes: Vec<u8>,
    is_gone: bool,
}

impl FakeFile {
    /// A file of these bytes.
    #[must_use]
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            bytes: bytes.into(),
            is_gone: false,
        }
    }

    /// A file that can't be read any more.
    #[must_use]
    pub fn gone(name: &str) -> Self {
        Self {
            is_gone: true,
            ..Self::new(name, vec![0])
        }
    }
}

impl InputFile for FakeFile {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn bytes(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read(&self, start: u64, end: u64) -> LocalFuture<'_, Result<Vec<u8>, InputError>> {
        let length = self.bytes.len();
        let [start, end] =
            [start, end].map(|at| usize::try_from(at).map_or(length, |a| a.min(length)));
        let piece = match self.is_gone {
            true => Err(InputError {
                file: self.name.clone(),
                detail: "gone".to_owned(),
            }),
            false => Ok(self.bytes[start.min(end)..end].to_vec()),
        };
        Box::pin(ready(piece))
    }
}

/// A clock that stands still until it is moved; a pause moves it. Random bytes are counted up.
#[derive(Default)]
pub struct FakeClock {
    now_ms: Cell<f64>,
    random: Cell<u8>,
    has_no_random: Cell<bool>,
}

impl FakeClock {
    /// From now on there are no random bytes.
    pub fn lose_random(&self) {
        self.has_no_random.set(true);
    }
}

/// Lets whatever else waits run once, as a timer of 0 milliseconds does.
pub fn let_others_run() -> impl Future<Output = ()> {
    let mut yielded = false;
    std::future::poll_fn(move |context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

impl Clock for FakeClock {
    fn now_ms(&self) -> f64 {
        self.now_ms.get()
    }

    fn sleep(&self, ms: u32) -> LocalFuture<'_, ()> {
        self.now_ms.set(self.now_ms.get() + f64::from(ms));
        Box::pin(let_others_run())
    }

    fn fill_random(&self, bytes: &mut [u8]) -> bool {
        if self.has_no_random.get() {
            return false;
        }
        for byte in bytes {
            self.random.set(self.random.get().wrapping_add(1));
            *byte = self.random.get();
        }
        true
    }
}
