//! Statistics for evaluation: NumPy's generator, resampling of rows, intervals, paired tests and
//! the correction for several comparisons. Knows rows and scores, no metric by name.

pub mod holm;
pub mod pcg64;
pub mod resampling;

pub use resampling::{Interval, PairedTest, PairedTestKind, percentile_interval};
