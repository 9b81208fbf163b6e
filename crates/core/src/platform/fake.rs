//! The machine in memory, for tests: that of `assay-platform`, and a pool that computes on this thread.

pub use assay_platform::fake::{FakeClock, FakeDisk, FakeFile, Reached};

use super::{
    Clock, ComputeError, ComputePool, InputError, InputFile, LocalFuture, PageFiles, Platform,
};
use crate::compute::failed;
use crate::containers::{
    ContainerHost, FileBytes, InMemory, Member, MemberInfo, OpenError, Opened, unpack,
};
use assay_calls::{CallFailure, Progress};
use assay_containers::{ContainerError, NewSheet, WorkbookError, write_workbook};
use assay_eval::{Parcel, Task};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Bytes beside a reply, as a file.
#[must_use]
pub fn file_of(bytes: Vec<u8>) -> Vec<Rc<dyn InputFile>> {
    vec![Rc::new(FakeFile::new("", bytes))]
}

/// A pool that computes on this thread.
#[derive(Default)]
pub struct FakePool {
    /// The next tasks fail with this.
    pub failure: RefCell<Option<ComputeError>>,
    /// How many of the next tasks lose their worker.
    pub deaths: Cell<usize>,
    /// How many more tasks are computed; those after them run until they are dropped. Any number where there is
    /// none.
    pub computed: Cell<Option<usize>>,
    stops: Cell<usize>,
}

impl FakePool {
    /// How often it was stopped.
    #[must_use]
    pub fn stops(&self) -> usize {
        self.stops.get()
    }
}

impl ComputePool for FakePool {
    fn lanes(&self) -> usize {
        2
    }

    fn run(&self, task: Task, parcel: Parcel) -> LocalFuture<'_, Result<Vec<f64>, ComputeError>> {
        let stops = self.stops.get();
        Box::pin(async move {
            // Lets whoever stops the pool come first, as messages do.
            FakeClock::default().sleep(0).await;
            if self.stops.get() != stops {
                return Err(ComputeError::Stopped);
            }
            match self.computed.get() {
                Some(0) => std::future::pending().await,
                Some(left) => self.computed.set(Some(left - 1)),
                None => {}
            }
            if self.deaths.get() > 0 {
                self.deaths.set(self.deaths.get() - 1);
                let detail = "killed".to_owned();
                return Err(ComputeError::WorkerDied { detail });
            }
            if let Some(failure) = self.failure.borrow().clone() {
                return Err(failure);
            }
            task.run(&parcel).map_err(|error| failed(&error))
        })
    }

    fn pack(&self, bytes: Vec<u8>) -> LocalFuture<'_, Result<Vec<u8>, ComputeError>> {
        Box::pin(async move {
            match self.failure.borrow().clone() {
                Some(failure) => Err(failure),
                None => Ok(assay_rating::envelope::pack(&bytes)),
            }
        })
    }

    fn stop(&self) {
        self.stops.set(self.stops.get() + 1);
    }
}

/// A machine in memory with this disk.
#[must_use]
pub fn platform(disk: &FakeDisk) -> Platform {
    Platform {
        disk: Rc::new(disk.clone()),
        clock: Rc::new(FakeClock::default()),
        compute: Rc::new(FakePool::default()),
        containers: Rc::new(FakeContainers),
        page_files: Rc::new(SourceFiles),
    }
}

/// The files beside the page as they stand among the sources.
pub struct SourceFiles;

impl PageFiles for SourceFiles {
    fn read<'a>(&'a self, name: &'a str) -> LocalFuture<'a, Result<Vec<u8>, InputError>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/demo");
        let bytes = std::fs::read(format!("{folder}/{name}"));
        Box::pin(std::future::ready(bytes.map_err(|error| InputError {
            file: name.to_owned(),
            detail: error.to_string(),
        })))
    }
}

/// Opens containers at once, in memory.
#[derive(Default)]
pub struct FakeContainers;

impl ContainerHost for FakeContainers {
    fn open<'a>(
        &'a self,
        file: &'a Rc<dyn InputFile>,
        on_progress: Rc<dyn Fn(Progress)>,
    ) -> LocalFuture<'a, Result<Opened, OpenError>> {
        Box::pin(async move {
            let path = file.name();
            let unreadable = |_| ContainerError::Unreadable { file: path.clone() };
            let bytes = file.read(0, file.bytes()).await.map_err(unreadable)?;
            let mut members = InMemory::default();
            let contents = unpack(&path, Rc::new(bytes), &mut members, &*on_progress)?;
            let all = contents.members.into_iter().zip(members.0);
            let member = |(info, bytes): (MemberInfo, Vec<u8>)| Member {
                bytes: Rc::new(FakeFile::new(&info.path, bytes)),
                info,
            };
            Ok(Opened {
                members: all.map(member).collect(),
                left_out: contents.left_out,
            })
        })
    }

    fn write_workbook(
        &self,
        sheets: Vec<NewSheet>,
    ) -> LocalFuture<'_, Result<FileBytes, CallFailure<WorkbookError>>> {
        let written = write_workbook(&sheets).map(FileBytes);
        Box::pin(std::future::ready(written.map_err(CallFailure::Service)))
    }
}
