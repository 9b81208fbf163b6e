//! The page: shell, pages and words. Holds view state only; data and results live in the worker.

pub mod locale;
pub mod verdict;

#[cfg(target_arch = "wasm32")]
pub mod charts;
#[cfg(target_arch = "wasm32")]
pub mod data_page;
#[cfg(target_arch = "wasm32")]
pub mod detail;
#[cfg(target_arch = "wasm32")]
pub mod examples_page;
#[cfg(target_arch = "wasm32")]
pub mod overview_page;
pub mod route;
#[cfg(target_arch = "wasm32")]
pub mod shell;
