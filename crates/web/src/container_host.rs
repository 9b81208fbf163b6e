//! The data worker's side of the worker that opens containers: started for one container or workbook, and ended
//! with it.

use super::platform::BrowserFile;
use assay_calls::{CallFailure, ChannelFailure, ClientEvent, Event, Progress};
use assay_containers::{NewSheet, WorkbookError};
use assay_core::containers::{
    ContainerHost, FileBytes, Member, OpenContainer, OpenError, Opened, WriteWorkbook,
};
use assay_core::platform::{InputFile, LocalFuture};
use assay_web_calls::{Attachments, WorkerHost};
use std::rc::Rc;
use web_sys::Blob;

/// Opens containers in a worker.
#[derive(Default)]
pub(crate) struct BrowserContainers;

impl ContainerHost for BrowserContainers {
    fn open<'a>(
        &'a self,
        file: &'a Rc<dyn InputFile>,
        on_progress: Rc<dyn Fn(Progress)>,
    ) -> LocalFuture<'a, Result<Opened, OpenError>> {
        Box::pin(async move {
            let path = file.name();
            let blob = file.machine_file().and_then(|f| f.downcast_ref::<Blob>());
            let beside = Attachments {
                files: blob.cloned().into_iter().collect(),
                buffers: Vec::new(),
            };
            // What becomes of the worker, the call that waits for it says. Dropped, it is ended.
            let host = WorkerHost::start("./reader-boot.js", "reader", move |event| {
                if let ClientEvent::Event(Event::JobProgress { progress, .. }) = event {
                    on_progress(progress);
                }
            });
            let answer = host.client().ask_with(OpenContainer { path }, beside).await;
            let answer = answer.map_err(|failure| match failure {
                CallFailure::Service(error) => OpenError::Container(error),
                CallFailure::Channel(failure) => OpenError::Channel(failure),
            })?;
            host.end(ChannelFailure::WorkerDied {
                detail: String::new(),
            });
            let blobs = answer.attachments.files.into_iter();
            let members = answer.reply.members.into_iter().zip(blobs);
            Ok(Opened {
                members: members
                    .map(|(info, blob)| Member {
                        info,
                        bytes: Rc::new(BrowserFile::of(blob)),
                    })
                    .collect(),
                left_out: answer.reply.left_out,
            })
        })
    }

    fn write_workbook(
        &self,
        sheets: Vec<NewSheet>,
    ) -> LocalFuture<'_, Result<FileBytes, CallFailure<WorkbookError>>> {
        Box::pin(async move {
            let host = WorkerHost::start("./reader-boot.js", "reader", |_| {});
            let written = host.client().ask(WriteWorkbook { sheets }).await?;
            host.end(ChannelFailure::WorkerDied {
                detail: String::new(),
            });
            Ok(written)
        })
    }
}
