//! The browser: workers, files, storage, saving.

pub mod bridge;
pub mod browser;
mod channel;
mod compute_pool;
pub mod compute_worker;
pub mod data_worker;
pub mod picture;

/// Starts a worker in the role its name gives it.
pub fn start_worker() {
    console_error_panic_hook::set_once();
    if channel::scope().name() == channel::COMPUTE {
        compute_worker::start();
    } else {
        data_worker::start();
    }
}
