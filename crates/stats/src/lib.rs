//! Statistics for evaluation: NumPy's generator, resampling of rows, intervals, paired tests and
//! the correction for several comparisons; how far raters agree, strengths from comparisons and
//! rankings, correlations, and intervals that take raters and items as drawn. Knows rows and scores,
//! no metric by name.

pub mod agreement;
pub mod bootstrap_mean;
pub mod bradley_terry;
pub mod classification;
pub mod clustered;
pub mod corrections;
pub mod correlation;
pub mod decision;
pub mod experiment;
pub mod icc;
pub mod lift;
pub mod mcnemar;
pub mod paired;
pub mod paired_test;
pub mod pcg64;
pub mod percentiles;
pub mod plackett_luce;
pub mod power;
pub mod power_proportions;
pub mod proportion;
pub mod several;
pub mod two_proportions;
pub mod two_samples;
pub mod wilcoxon;

/// The level below which a corrected p-value counts as beyond chance.
pub const ALPHA: f64 = 0.05;
/// The normal law's 97.5th percentile, which bounds 95 % intervals.
pub const NORMAL_975: f64 = 1.959_963_984_540_054;

pub use decision::{Decision, Direction};
pub use paired_test::{Interval, PairedTest, PairedTestKind, percentile_interval};
