//! The browser side of the services: workers and the channels to them, files, storage.
#![cfg(target_arch = "wasm32")]

mod blob_source;
mod channel;
mod compute_pool;
pub mod compute_worker;
mod container_host;
pub mod data_worker;
mod http_source;
pub mod markup_worker;
mod model_host;
pub mod model_worker;
mod page_files;
pub mod reader_worker;
mod result_queue;

pub use assay_platform::browser as platform;
