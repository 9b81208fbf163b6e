//! The page: shell, pages and words. Holds view state only; data and results live in the worker.

pub mod locale;
pub mod route;
pub mod scale;
pub mod state;
pub mod verdict;

#[cfg(target_arch = "wasm32")]
pub mod controls;
#[cfg(target_arch = "wasm32")]
pub mod data_page;
#[cfg(target_arch = "wasm32")]
pub mod detail;
#[cfg(target_arch = "wasm32")]
pub mod dot_plot;
#[cfg(target_arch = "wasm32")]
pub mod examples_list;
#[cfg(target_arch = "wasm32")]
pub mod examples_page;
#[cfg(target_arch = "wasm32")]
pub mod figure;
#[cfg(target_arch = "wasm32")]
pub mod histogram;
#[cfg(target_arch = "wasm32")]
pub mod metric_card;
#[cfg(target_arch = "wasm32")]
pub mod overview_page;
#[cfg(target_arch = "wasm32")]
pub mod perplexity_page;
#[cfg(target_arch = "wasm32")]
pub mod shell;
#[cfg(target_arch = "wasm32")]
pub mod slices;
