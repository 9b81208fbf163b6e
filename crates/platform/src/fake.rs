//! The machine in memory, for tests: a disk that can be full, refused or held by another tab, files, and a
//! clock that stands still until it is moved.

use super::{Clock, Disk, DiskError, InputError, InputFile, LocalFuture, Log, Usage};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::ready;
use std::rc::Rc;

#[derive(Default)]
struct DiskState {
    files: BTreeMap<String, Vec<u8>>,
    open: Vec<String>,
    denied: bool,
    /// Bytes that can still be written; any number where there is none.
    room: Option<usize>,
}

/// A disk in memory. Clones are the same disk, as two tabs see it.
#[derive(Clone, Default)]
pub struct FakeDisk(Rc<RefCell<DiskState>>);

impl FakeDisk {
    /// From now on everything is refused, as in a private window.
    pub fn deny(&self) {
        self.0.borrow_mut().denied = true;
    }

    /// The opposite: from now on the disk is there.
    pub fn allow(&self) {
        self.0.borrow_mut().denied = false;
    }

    /// From now on so many more bytes can be written.
    pub fn limit(&self, bytes: usize) {
        self.0.borrow_mut().room = Some(bytes);
    }

    /// Puts bytes at a path, `/` between names.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        self.0
            .borrow_mut()
            .files
            .insert(path.to_owned(), bytes.to_vec());
    }

    /// The text at a path.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        let state = self.0.borrow();
        let bytes = state.files.get(path)?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    /// All paths.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.0.borrow().files.keys().cloned().collect()
    }

    /// The bytes at a path.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.0.borrow().files.get(path).cloned()
    }

    /// Closes all files that are open, as the end of a tab does, however it ends.
    pub fn end_tab(&self) {
        self.0.borrow_mut().open.clear();
    }

    fn check(&self) -> Result<(), DiskError> {
        match self.0.borrow().denied {
            true => Err(DiskError::Denied {
                detail: "denied".to_owned(),
            }),
            false => Ok(()),
        }
    }

    fn write_at(&self, path: &str, bytes: &[u8], appends: bool) -> Result<(), DiskError> {
        let mut state = self.0.borrow_mut();
        let fits = state.room.is_none_or(|room| bytes.len() <= room);
        let taken = state.room.map_or(bytes.len(), |room| room.min(bytes.len()));
        if !fits && !appends {
            let path = path.to_owned();
            return Err(DiskError::Full { path });
        }
        state.room = state.room.map(|room| room - taken);
        let file = state.files.entry(path.to_owned()).or_default();
        if !appends {
            file.clear();
        }
        file.extend_from_slice(&bytes[..taken]);
        match fits {
            true => Ok(()),
            false => Err(DiskError::Full {
                path: path.to_owned(),
            }),
        }
    }
}

struct FakeLog {
    disk: FakeDisk,
    path: String,
}

impl Log for FakeLog {
    fn text(&self) -> Result<String, DiskError> {
        Ok(self.disk.text(&self.path).unwrap_or_default())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), DiskError> {
        self.disk.check()?;
        self.disk.write_at(&self.path, bytes, true)
    }
}

impl Drop for FakeLog {
    fn drop(&mut self) {
        self.disk
            .0
            .borrow_mut()
            .open
            .retain(|path| *path != self.path);
    }
}

impl Disk for FakeDisk {
    fn names<'a>(
        &'a self,
        folder: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Vec<String>, DiskError>> {
        let start = folder
            .iter()
            .map(|name| format!("{name}/"))
            .collect::<String>();
        let names = self.check().map(|()| {
            let state = self.0.borrow();
            let inside = state
                .files
                .keys()
                .filter_map(|path| path.strip_prefix(&start));
            let mut names: Vec<String> = inside
                .map(|rest| rest.split('/').next().unwrap_or(rest).to_owned())
                .collect();
            names.dedup();
            names
        });
        Box::pin(ready(names))
    }

    fn read<'a>(
        &'a self,
        path: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Option<Vec<u8>>, DiskError>> {
        let found = self.check();
        let found = found.map(|()| self.0.borrow().files.get(&path.join("/")).cloned());
        Box::pin(ready(found))
    }

    fn file<'a>(
        &'a self,
        path: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Option<Rc<dyn InputFile>>, DiskError>> {
        Box::pin(async move {
            let bytes = self.read(path).await?;
            let name = path.last().copied().unwrap_or_default();
            Ok(bytes.map(|bytes| Rc::new(FakeFile::new(name, bytes)) as Rc<dyn InputFile>))
        })
    }

    fn write<'a>(
        &'a self,
        path: &'a [&'a str],
        bytes: &'a [u8],
    ) -> LocalFuture<'a, Result<(), DiskError>> {
        let written = self.check();
        let written = written.and_then(|()| self.write_at(&path.join("/"), bytes, false));
        Box::pin(ready(written))
    }

    fn log<'a>(&'a self, path: &'a [&'a str]) -> LocalFuture<'a, Result<Box<dyn Log>, DiskError>> {
        let path = path.join("/");
        let opened = self.check().and_then(|()| {
            let mut state = self.0.borrow_mut();
            if state.open.contains(&path) {
                return Err(DiskError::InUse { path: path.clone() });
            }
            state.open.push(path.clone());
            state.files.entry(path.clone()).or_default();
            let disk = self.clone();
            Ok(Box::new(FakeLog { disk, path }) as Box<dyn Log>)
        });
        Box::pin(ready(opened))
    }

    fn remove<'a>(&'a self, path: &'a [&'a str]) -> LocalFuture<'a, Result<(), DiskError>> {
        let path = path.join("/");
        let inside = format!("{path}/");
        let is_of = |known: &str| known == path || known.starts_with(&inside);
        let removed = self.check().and_then(|()| {
            let mut state = self.0.borrow_mut();
            if let Some(path) = state.open.iter().find(|open| is_of(open)).cloned() {
                return Err(DiskError::InUse { path });
            }
            state.files.retain(|known, _| !is_of(known));
            Ok(())
        });
        Box::pin(ready(removed))
    }

    fn usage<'a>(&'a self, folder: &'a [&'a str]) -> LocalFuture<'a, Result<Usage, DiskError>> {
        let inside = format!("{}/", folder.join("/"));
        let usage = self.check().map(|()| {
            let state = self.0.borrow();
            let files = state.files.iter();
            let files = files.filter(|(path, _)| path.starts_with(&inside));
            files.fold(Usage::default(), |usage, (_, bytes)| Usage {
                files: usage.files + 1,
                bytes: usage.bytes + bytes.len() as f64,
            })
        });
        Box::pin(ready(usage))
    }
}

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

impl Clock for FakeClock {
    fn now_ms(&self) -> f64 {
        self.now_ms.get()
    }

    fn sleep(&self, ms: u32) -> LocalFuture<'_, ()> {
        self.now_ms.set(self.now_ms.get() + f64::from(ms));
        let mut yielded = false;
        Box::pin(std::future::poll_fn(move |context| {
            if std::mem::replace(&mut yielded, true) {
                return std::task::Poll::Ready(());
            }
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        }))
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

#[cfg(test)]
mod tests {
    use super::*;
    use futures_executor::block_on;

    #[test]
    fn a_full_disk_says_so_and_a_log_keeps_what_fitted() {
        let disk = FakeDisk::default();
        let mut log = block_on(disk.log(&["a", "b.jsonl"])).unwrap();
        log.append(b"one\n").unwrap();
        disk.limit(2);
        let full = log.append(b"two\n");
        assert!(matches!(full, Err(DiskError::Full { .. })));
        assert_eq!(log.text().unwrap(), "one\ntw");
    }

    #[test]
    fn a_log_is_held_by_one_tab() {
        let disk = FakeDisk::default();
        let first = block_on(disk.log(&["log"])).unwrap();
        assert!(matches!(
            block_on(disk.log(&["log"])),
            Err(DiskError::InUse { .. })
        ));
        drop(first);
        assert!(block_on(disk.log(&["log"])).is_ok());
    }

    #[test]
    fn folders_list_what_is_in_them() {
        let disk = FakeDisk::default();
        disk.put("m/x/about", b"1");
        disk.put("m/x/file", b"2");
        disk.put("m/y", b"3");
        assert_eq!(block_on(disk.names(&["m"])).unwrap(), ["x", "y"]);
        block_on(disk.remove(&["m", "x"])).unwrap();
        assert_eq!(block_on(disk.names(&["m"])).unwrap(), ["y"]);
    }
}
