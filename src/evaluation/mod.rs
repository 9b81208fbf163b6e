//! Evaluation: which systems, metrics and slices in; scores, intervals and tests out. A matrix of
//! statistics rows is computed once for a system and a metric ([`task`]); every score is then a sum
//! over it ([`results`]), over the rows that [`sample`] puts together. [`schedule`] cuts the whole into tasks for many workers and puts the
//! outcomes together again.

pub mod advice;
pub mod results;
pub mod sample;
pub mod schedule;
pub mod task;

pub use results::{Comparison, Difference, Evaluation, MetricResult, SliceResult, SystemResult};
pub use schedule::{Job, Schedule};
pub use task::{Parcel, Task, TaskError};

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
