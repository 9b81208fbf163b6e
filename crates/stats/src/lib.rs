//! Statistics for evaluating models: tests, intervals, agreement of raters, ranking from comparisons, effect sizes,
//! power, and the scores of classifiers.
//!
//! ```
//! use assay_stats::corrections::holm;
//! use assay_stats::mcnemar::mcnemar;
//! use assay_stats::two_samples::{Moments, welch};
//!
//! // Eight items only the first system has right, one only the second: an exact two-sided test.
//! assert!((mcnemar(8, 1) - 0.0390625).abs() < 1e-12);
//!
//! let (old, new) = (Moments::of(&[0.5, 0.6, 0.4, 0.5]), Moments::of(&[0.7, 0.8, 0.6, 0.9]));
//! let test = welch(new, old).unwrap();
//! assert!(test.p_value < 0.05);
//!
//! assert!((holm(&[0.01, 0.04])[0] - 0.02).abs() < 1e-12);
//! ```
//!
//! Results are tested against SciPy, statsmodels and scikit-learn, and each function names its source. What has no
//! defined value (no data, no variance) is `None`, never NaN. This crate must not know metrics, files or a browser.

pub mod agreement;
pub mod alternative_annotator;
pub mod anytime;
pub mod bootstrap_mean;
pub mod bradley_terry;
pub mod classification;
pub mod clustered;
pub mod controlled;
pub mod corrections;
pub mod correlation;
pub mod davidson;
pub mod decision;
pub mod effect;
pub mod equivalence;
pub mod error_bars;
pub mod experiment;
pub mod icc;
pub mod length_controlled;
pub mod lift;
pub mod mcnemar;
mod newton;
pub mod paired;
pub mod paired_proportions;
pub mod paired_test;
pub mod pcg64;
pub mod percentiles;
pub mod plackett_luce;
pub mod power;
pub mod power_proportions;
pub mod prediction_powered;
pub mod proportion;
mod ranks;
pub mod rater_effects;
pub mod rogan_gladen;
pub mod sequential;
pub mod several;
mod tested;
pub mod two_proportions;
pub mod two_samples;
pub mod wilcoxon;

/// The level below which a corrected p-value counts as beyond chance.
pub const ALPHA: f64 = 0.05;
/// The normal law's 97.5th percentile, which bounds 95 % intervals.
pub const NORMAL_975: f64 = 1.959_963_984_540_054;

pub use decision::{Decision, Direction, Evidence, Obstacle};
pub use paired_test::{Interval, PairedTest, PairedTestKind, percentile_interval};
pub use sequential::Sequential;
pub use tested::Tested;
