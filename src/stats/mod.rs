//! Statistics for evaluation: NumPy's generator, resampling of rows, intervals, paired tests and
//! the correction for several comparisons; how far raters agree, strengths from comparisons and
//! rankings, correlations, and intervals that take raters and items as drawn. Knows rows and scores,
//! no metric by name.

pub mod agreement;
pub mod bradley_terry;
pub mod clustered;
pub mod correlation;
pub mod holm;
pub mod icc;
pub mod pcg64;
pub mod plackett_luce;
pub mod proportion;
pub mod resampling;

pub use resampling::{Interval, PairedTest, PairedTestKind, percentile_interval};
