//! A disk in memory.

use super::FakeFile;
use crate::{Disk, DiskError, InputFile, LocalFuture, Log, Usage};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::ready;
use std::rc::Rc;
use std::task::{Poll, Waker};

#[derive(Default)]
struct DiskState {
    files: BTreeMap<String, Vec<u8>>,
    open: Vec<String>,
    denied: bool,
    /// Bytes that can still be written; any number where there is none.
    room: Option<usize>,
    /// Changes that still reach the disk before power is lost; any number where there is none.
    changes_left: Option<(usize, Reached)>,
    /// Changes so far.
    changes: usize,
    /// Whether reading waits, and who waits.
    is_stalled: bool,
    waiting: Vec<Waker>,
}

/// What of a change is on the disk when power is lost within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Nothing.
    Nothing,
    /// The first half of bytes that are appended; of a file that is written whole and of a removal nothing.
    Half,
    /// All of it.
    All,
}

fn power_lost(path: &str) -> DiskError {
    DiskError::Failed {
        path: path.to_owned(),
        detail: "power was lost".to_owned(),
    }
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

    /// Sets how many more bytes can be written.
    pub fn limit(&self, bytes: usize) {
        self.0.borrow_mut().room = Some(bytes);
    }

    /// From now on reading waits.
    pub fn stall(&self) {
        self.0.borrow_mut().is_stalled = true;
    }

    /// The opposite: what waits goes on.
    pub fn go_on(&self) {
        let waiting = {
            let mut state = self.0.borrow_mut();
            state.is_stalled = false;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// How often something was written, appended or removed.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.0.borrow().changes
    }

    /// Lets a number of changes succeed, then loses power during the next one, of which only `reached` is on the disk. From
    /// then on everything fails.
    pub fn lose_power_after(&self, changes: usize, reached: Reached) {
        self.0.borrow_mut().changes_left = Some((changes, reached));
    }

    /// Power is back, whether or not it was lost.
    pub fn restore_power(&self) {
        let mut state = self.0.borrow_mut();
        (state.changes_left, state.denied) = (None, false);
    }

    /// Counts a change. Where power is lost within it, what of it reaches the disk.
    fn change(&self) -> Option<Reached> {
        let mut state = self.0.borrow_mut();
        state.changes += 1;
        match state.changes_left.as_mut() {
            None => None,
            Some((0, reached)) => {
                let reached = *reached;
                state.changes_left = None;
                state.denied = true;
                Some(reached)
            }
            Some((left, _)) => {
                *left -= 1;
                None
            }
        }
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
        if let Some(reached) = self.change() {
            let bytes = match reached {
                Reached::All => bytes,
                Reached::Half if appends => &bytes[..bytes.len() / 2],
                _ => return Err(power_lost(path)),
            };
            let mut state = self.0.borrow_mut();
            let file = state.files.entry(path.to_owned()).or_default();
            if !appends {
                file.clear();
            }
            file.extend_from_slice(bytes);
            return Err(power_lost(path));
        }
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
        Box::pin(std::future::poll_fn(move |context| {
            let mut state = self.0.borrow_mut();
            if state.is_stalled {
                state.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            drop(state);
            let found = self.check();
            Poll::Ready(found.map(|()| self.0.borrow().files.get(&path.join("/")).cloned()))
        }))
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
            let open = &self.0.borrow().open;
            let held = open.iter().find(|open| is_of(open)).cloned();
            held.map_or(Ok(()), |path| Err(DiskError::InUse { path }))
        });
        let removed = removed.and_then(|()| {
            let lost = self.change();
            if matches!(lost, None | Some(Reached::All)) {
                self.0.borrow_mut().files.retain(|known, _| !is_of(known));
            }
            lost.map_or(Ok(()), |_| Err(power_lost(&path)))
        });
        Box::pin(ready(removed))
    }

    fn room(&self) -> LocalFuture<'_, Option<f64>> {
        let room = self.0.borrow().room.map(|bytes| bytes as f64);
        Box::pin(ready(room))
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
