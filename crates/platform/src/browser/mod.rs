//! The browser's side of what services need: the origin-private file system, files that a person chose, the
//! clock.

mod folder;

pub use folder::{Folder, Writer};

use crate::{Clock, Disk, DiskError, InputError, InputFile, LocalFuture, Log, Usage};
use assay_web_calls::Attachments;
use js_sys::{Promise, Uint8Array};
use std::any::Any;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, DomException, File};

/// The worker's own scope.
#[must_use]
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Waits for a number of milliseconds; with 0 it only lets waiting messages in.
pub async fn rest(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let timer = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        if timer.is_err() {
            // Without a timer nothing is waited for.
            drop(resolve.call0(&JsValue::NULL));
        }
    });
    // The promise is never rejected.
    drop(JsFuture::from(promise).await);
}

/// The files beside a call.
#[must_use]
pub fn input_files(beside: Attachments) -> Vec<Rc<dyn InputFile>> {
    let files = beside.files.into_iter();
    files
        .map(|blob| Rc::new(BrowserFile::of(blob)) as Rc<dyn InputFile>)
        .collect()
}

/// A file or blob of the browser's.
pub struct BrowserFile {
    name: String,
    blob: Blob,
}

impl BrowserFile {
    /// Of a file, whose name is taken, or of a blob without one.
    #[must_use]
    pub fn of(blob: Blob) -> Self {
        let name = blob.dyn_ref::<File>().map(File::name);
        Self {
            name: name.unwrap_or_default(),
            blob,
        }
    }

    async fn slice(&self, start: u64, end: u64) -> Result<Vec<u8>, JsValue> {
        let slice = self.blob.slice_with_f64_and_f64(start as f64, end as f64)?;
        let buffer = JsFuture::from(slice.array_buffer()).await?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

impl InputFile for BrowserFile {
    fn machine_file(&self) -> Option<&dyn Any> {
        Some(&self.blob)
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn bytes(&self) -> u64 {
        self.blob.size() as u64
    }

    fn read(&self, start: u64, end: u64) -> LocalFuture<'_, Result<Vec<u8>, InputError>> {
        Box::pin(async move {
            self.slice(start, end).await.map_err(|error| InputError {
                file: self.name.clone(),
                detail: words(&error),
            })
        })
    }
}

/// The origin-private file system.
#[derive(Default)]
pub struct BrowserDisk;

/// The browser's words for what went wrong.
fn words(error: &JsValue) -> String {
    let exception = error.dyn_ref::<DomException>();
    let message = exception.map(|e| format!("{}: {}", e.name(), e.message()));
    message
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}

fn failed(path: &[&str], error: &JsValue) -> DiskError {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    let path = path.join("/");
    match name.as_deref() {
        Some("QuotaExceededError") => DiskError::Full { path },
        Some("NoModificationAllowedError") => DiskError::InUse { path },
        Some("SecurityError" | "NotAllowedError" | "InvalidStateError") => DiskError::Denied {
            detail: words(error),
        },
        _ => DiskError::Failed {
            path,
            detail: words(error),
        },
    }
}

/// Why a file can't be appended to. In a folder that could be opened, browsers say in two ways that another tab
/// holds the file.
fn log_failed(path: &[&str], error: &JsValue) -> DiskError {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    match name.as_deref() {
        Some("InvalidStateError") => DiskError::InUse {
            path: path.join("/"),
        },
        _ => failed(path, error),
    }
}

/// Whether the error says that there is no such file.
fn is_missing(error: &JsValue) -> bool {
    let exception = error.dyn_ref::<DomException>();
    exception.is_some_and(|e| e.name() == "NotFoundError")
}

fn parts<'a>(path: &'a [&'a str]) -> (&'a [&'a str], &'a str) {
    path.split_last()
        .map_or((path, ""), |(name, folder)| (folder, name))
}

impl BrowserDisk {
    async fn blob(&self, path: &[&str]) -> Result<Option<File>, DiskError> {
        let (folder, name) = parts(path);
        let found = async { Folder::open(folder).await?.file(name).await };
        match found.await {
            Ok(file) => Ok(Some(file)),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(failed(path, &error)),
        }
    }
}

impl Disk for BrowserDisk {
    fn names<'a>(
        &'a self,
        folder: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Vec<String>, DiskError>> {
        Box::pin(async move {
            let names = async { Folder::open(folder).await?.names().await };
            names.await.map_err(|error| failed(folder, &error))
        })
    }

    fn read<'a>(
        &'a self,
        path: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Option<Vec<u8>>, DiskError>> {
        Box::pin(async move {
            let Some(file) = self.blob(path).await? else {
                return Ok(None);
            };
            let file = BrowserFile::of(file.into());
            let read = file.slice(0, file.bytes()).await;
            read.map(Some).map_err(|error| failed(path, &error))
        })
    }

    fn file<'a>(
        &'a self,
        path: &'a [&'a str],
    ) -> LocalFuture<'a, Result<Option<Rc<dyn InputFile>>, DiskError>> {
        Box::pin(async move {
            let file = self.blob(path).await?;
            Ok(file.map(|file| Rc::new(BrowserFile::of(file.into())) as Rc<dyn InputFile>))
        })
    }

    fn write<'a>(
        &'a self,
        path: &'a [&'a str],
        bytes: &'a [u8],
    ) -> LocalFuture<'a, Result<(), DiskError>> {
        Box::pin(async move {
            let (folder, name) = parts(path);
            let written = async {
                let folder = Folder::open(folder).await?;
                folder.replace(name, bytes).await
            };
            written.await.map_err(|error| failed(path, &error))
        })
    }

    fn log<'a>(&'a self, path: &'a [&'a str]) -> LocalFuture<'a, Result<Box<dyn Log>, DiskError>> {
        Box::pin(async move {
            let (folder, name) = parts(path);
            let folder = Folder::open(folder).await;
            let folder = folder.map_err(|error| failed(path, &error))?;
            let writer = folder.patient_writer(name).await;
            let writer = writer.map_err(|error| log_failed(path, &error))?;
            let path = path.join("/");
            Ok(Box::new(BrowserLog { writer, path }) as Box<dyn Log>)
        })
    }

    fn remove<'a>(&'a self, path: &'a [&'a str]) -> LocalFuture<'a, Result<(), DiskError>> {
        Box::pin(async move {
            let (folder, name) = parts(path);
            let removed = async { Folder::open(folder).await?.remove(name).await };
            match removed.await {
                Err(error) if !is_missing(&error) => Err(failed(path, &error)),
                _ => Ok(()),
            }
        })
    }

    fn room(&self) -> LocalFuture<'_, Option<f64>> {
        Box::pin(folder::room())
    }

    fn usage<'a>(&'a self, folder: &'a [&'a str]) -> LocalFuture<'a, Result<Usage, DiskError>> {
        Box::pin(async move {
            let usage = async { Folder::open(folder).await?.usage().await };
            usage.await.map_err(|error| failed(folder, &error))
        })
    }
}

struct BrowserLog {
    writer: Writer,
    path: String,
}

impl Log for BrowserLog {
    fn text(&self) -> Result<String, DiskError> {
        Ok(self.writer.text())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), DiskError> {
        let written = self.writer.push(bytes).and_then(|()| self.writer.flush());
        written.map_err(|error| failed(&[&self.path], &error))
    }
}

/// The browser's clock and random bytes.
#[derive(Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now_ms(&self) -> f64 {
        js_sys::Date::now()
    }

    fn sleep(&self, ms: u32) -> LocalFuture<'_, ()> {
        Box::pin(rest(i32::try_from(ms).unwrap_or(i32::MAX)))
    }

    fn fill_random(&self, bytes: &mut [u8]) -> bool {
        let crypto = scope().crypto();
        crypto.is_ok_and(|c| c.get_random_values_with_u8_array(bytes).is_ok())
    }
}
