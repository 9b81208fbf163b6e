//! Assay: is a fine-tuned language model better, at what, and can it be proved?
//!
//! The library holds everything but the page: text as the reference tools see it ([`text`]), metrics
//! as sums of per-segment statistics ([`metrics`]), resampling ([`stats`]), import and the table
//! ([`dataset`]), language models ([`lm`]), people's judgements ([`rating`]), the evaluation that joins
//! them ([`evaluation`]), training logs
//! ([`training`]), what users and tasks did ([`trials`]),
//! programs that are run ([`code`]) and what is written out of it ([`report`]).

pub mod app;
pub mod code;
pub mod dataset;
pub mod evaluation;
pub mod lm;
pub mod locale;
pub mod metrics;
#[cfg(target_arch = "wasm32")]
pub mod platform;
pub mod rating;
pub mod report;
pub mod stats;
pub mod text;
pub mod training;
pub mod trials;
pub mod worker;
