//! The worker that opens containers and writes workbooks. Its program holds the readers of workbooks, Parquet, Arrow
//! and archives and the writer of workbooks, and is loaded when the first of them is needed.

use assay_calls::{Announcer, Jobs, Progress};
use assay_containers::{ContainerError, ReadAt, write_workbook};
use assay_core::containers::{
    Contents, FileBytes, MemberSink, OpenContainer, READ_CONTAINER, WriteWorkbook, unpack,
};
use assay_web_calls::{Attachments, Registry, serve};
use js_sys::{Array, Uint8Array};
use std::io;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Blob, FileReaderSync};

/// Answers the data worker.
pub fn start() {
    console_error_panic_hook::set_once();
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let mut registry: Registry<()> = Registry::new();
    let reading = jobs.clone();
    registry.on_with_attachments(move |(), call: OpenContainer, beside: Attachments| {
        let job = reading.start(READ_CONTAINER);
        async move {
            let opened = opened(&call.path, beside, &|progress| job.progress(progress));
            job.finish();
            opened
        }
    });
    registry.on(
        |(), call: WriteWorkbook, _| async move { write_workbook(&call.sheets).map(FileBytes) },
    );
    serve(registry, (), &jobs, &announcer);
}

fn opened(
    path: &str,
    beside: Attachments,
    on_progress: &dyn Fn(Progress),
) -> Result<(Contents, Attachments), ContainerError> {
    let unreadable = || ContainerError::Unreadable {
        file: path.to_owned(),
    };
    let blob = beside.files.into_iter().next().ok_or_else(unreadable)?;
    let reader = FileReaderSync::new().map_err(|_| unreadable())?;
    let mut members = Members::default();
    let source = Rc::new(BlobReader { blob, reader });
    let contents = unpack(path, source, &mut members, on_progress)?;
    let files = members.blobs().map_err(|_| unreadable())?;
    let beside = Attachments {
        files,
        buffers: Vec::new(),
    };
    Ok((contents, beside))
}

/// A browser's file, read while the worker waits.
struct BlobReader {
    blob: Blob,
    reader: FileReaderSync,
}

impl ReadAt for BlobReader {
    fn bytes(&self) -> u64 {
        self.blob.size() as u64
    }

    fn read(&self, start: u64, len: usize) -> io::Result<Vec<u8>> {
        let failed = |error: JsValue| io::Error::other(format!("{error:?}"));
        let end = start.saturating_add(len as u64).min(self.bytes());
        let part = self.blob.slice_with_f64_and_f64(start as f64, end as f64);
        let buffer = self.reader.read_as_array_buffer(&part.map_err(failed)?);
        Ok(Uint8Array::new(&buffer.map_err(failed)?.into()).to_vec())
    }
}

/// Members as blobs, whose bytes the browser keeps outside of this program's memory.
#[derive(Default)]
struct Members(Vec<Array>);

impl MemberSink for Members {
    fn begin(&mut self) {
        self.0.push(Array::new());
    }

    fn piece(&mut self, bytes: &[u8]) {
        if let Some(parts) = self.0.last() {
            parts.push(&Uint8Array::from(bytes));
        }
    }

    fn discard(&mut self) {
        self.0.pop();
    }
}

impl Members {
    fn blobs(&self) -> Result<Vec<Blob>, JsValue> {
        let blob = |parts: &Array| Blob::new_with_u8_array_sequence(parts);
        self.0.iter().map(blob).collect()
    }
}
