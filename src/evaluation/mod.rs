//! Evaluation: which systems, metrics and slices in; scores, intervals and tests out. A matrix of
//! statistics rows is computed once for a system and a metric; every score is then a sum over it.

pub mod advice;
pub mod results;

pub use results::{Comparison, Evaluation, MetricResult, SliceResult, SystemResult};

use crate::dataset::DataSet;
use crate::metrics::Metric;

/// The statistics rows of one system under one metric, for the rows `from..to` of the data set.
pub fn statistics(
    data: &DataSet,
    metric: &dyn Metric,
    system: usize,
    range: std::ops::Range<usize>,
) -> Vec<f64> {
    let width = metric.width();
    let mut rows = vec![0.0; range.len() * width];
    for (row, out) in range.zip(rows.chunks_exact_mut(width)) {
        metric.statistics(data.hypothesis(system, row), &data.references(row), out);
    }
    rows
}
