//! A page's side of all services, over a machine in memory.

use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::{Announcer, Call, CallFailure, Codec, Jobs, Registry};
use assay_core::models::fake::FakeHost;
use assay_core::platform::InputFile;
use assay_core::platform::fake::{FakeDisk, FakeFile, file_of, platform};
use assay_core::services::{Host, Services};
use std::rc::Rc;

type Files = Vec<Rc<dyn InputFile>>;

/// A visit.
pub(crate) struct Visit {
    worker: InMemoryWorker<Files>,
}

impl Visit {
    /// A visit in which scores are computed as they are asked for.
    pub(crate) fn start() -> Self {
        let announcer = Announcer::default();
        let jobs = Jobs::new(announcer.clone());
        let services = Services::new(Host {
            platform: platform(&FakeDisk::default()),
            models: Rc::<FakeHost>::default(),
            memory_bytes: || 0.0,
            jobs: jobs.clone(),
            announcer: announcer.clone(),
        });
        let mut registry = Registry::<(), CborCodec, Files>::new();
        services.register(&mut registry, |files| files, file_of);
        let worker = InMemoryWorker::new();
        worker.serve(registry, (), &jobs, &announcer);
        worker.spawn(services.scoring());
        Self { worker }
    }

    /// Asks, with a file beside the call.
    pub(crate) fn ask_with<C: Call>(
        &self,
        call: C,
        name: &str,
        bytes: impl Into<Vec<u8>>,
    ) -> Result<C::Reply, CallFailure<C::Error>> {
        let file: Rc<dyn InputFile> = Rc::new(FakeFile::new(name, bytes));
        let answer = self.worker.client().ask_with(call, vec![file]);
        let answer = self.worker.finish(answer);
        self.worker.run();
        answer.map(|answer| answer.reply)
    }

    /// Asks; the reply, and the bytes that the page is sent.
    pub(crate) fn ask<C: Call>(&self, call: C) -> (C::Reply, usize)
    where
        CallFailure<C::Error>: std::fmt::Debug,
    {
        let reply = self.worker.ask(call).expect("the call is answered");
        self.worker.run();
        let bytes = CborCodec::encode(&reply)
            .expect("a reply can be sent")
            .len();
        (reply, bytes)
    }
}
