//! Statistics for evaluation: NumPy's generator, resampling of rows, intervals, paired tests and
//! the correction for several comparisons; how far raters agree, and strengths from comparisons in
//! pairs. Knows rows and scores, no metric by name.

pub mod agreement;
pub mod bradley_terry;
pub mod holm;
pub mod icc;
pub mod pcg64;
pub mod resampling;

pub use resampling::{Interval, PairedTest, PairedTestKind, percentile_interval};
