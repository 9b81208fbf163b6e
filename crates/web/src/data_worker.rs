//! The data worker: puts the services on the browser's disk, clock and workers, and answers the page's calls.

use super::compute_pool::BrowserPool;
use super::container_host::BrowserContainers;
use super::model_host::BrowserModels;
use super::page_files::ServedFiles;
use super::platform::{BrowserClock, BrowserDisk, input_files};
use assay_calls::{Announcer, Jobs};
use assay_core::platform::Platform;
use assay_core::services::{Host, Services};
use assay_web_calls::{Attachments, Registry, serve};
use js_sys::ArrayBuffer;
use js_sys::WebAssembly::Memory;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Listens to the page.
pub fn start() {
    console_error_panic_hook::set_once();
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let services = Services::new(Host {
        platform: Platform {
            disk: Rc::new(BrowserDisk),
            clock: Rc::new(BrowserClock),
            compute: Rc::new(BrowserPool::default()),
            containers: Rc::new(BrowserContainers),
            page_files: Rc::new(ServedFiles),
        },
        models: Rc::new(BrowserModels),
        memory_bytes,
        jobs: jobs.clone(),
        announcer: announcer.clone(),
    });
    let mut registry = Registry::new();
    services.register(&mut registry, input_files, |bytes| {
        Attachments::bytes(&bytes)
    });
    spawn_local(services.scoring());
    spawn_local(services.saving());
    serve(registry, (), &jobs, &announcer);
}

/// Memory that the worker has taken, in bytes.
fn memory_bytes() -> f64 {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: ArrayBuffer = memory.buffer().unchecked_into();
    f64::from(buffer.byte_length())
}
