//! The pages, a folder each.

pub mod data;
pub mod examples;
pub mod experiment;
pub mod overview;
pub mod people;
pub mod perplexity;
pub mod privacy;
pub mod rater;
pub mod report;
#[cfg(feature = "style-page")]
pub mod style;
pub mod task;
pub mod training;
