//! The browser: workers, files, storage, saving.

pub mod bridge;
pub mod browser;
pub mod data_worker;
