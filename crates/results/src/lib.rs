//! Settings and results of an evaluation as plain data: what the libraries find and what the page
//! shows. Nothing here computes a score, reads a file or knows a browser.

pub mod alignment;
pub mod classification;
pub mod diversity;
pub mod encoder;
pub mod extraction;
pub mod metric_info;
pub mod outliers;
pub mod perplexity;
pub mod questions;
pub mod scores;
pub mod task_kind;
