//! The browser side of the services: workers and the channels to them, files, storage.
#![cfg(target_arch = "wasm32")]

mod blob_source;
mod channel;
mod compute_pool;
pub mod compute_worker;
pub mod data_worker;
mod encoder_run;
mod given;
mod http_source;
mod intake;
mod kept;
mod model_link;
pub mod model_worker;
mod models;
mod owner_desk;
mod perplexity_run;
pub mod platform;
mod rater_desk;
mod report_desk;

/// Starts a worker in the role its name gives it.
pub fn start_worker() {
    console_error_panic_hook::set_once();
    if channel::scope().name() == channel::COMPUTE {
        compute_worker::start();
    } else {
        data_worker::start();
    }
}
