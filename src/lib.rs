//! Assay: is a fine-tuned language model better, at what, and can it be proved?
//!
//! The library holds everything but the page: text as the reference tools see it ([`text`]),
//! metrics as sums of per-segment statistics ([`metrics`]), and resampling ([`stats`]).

pub mod metrics;
pub mod stats;
pub mod text;
