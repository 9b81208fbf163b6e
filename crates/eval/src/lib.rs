//! Evaluation: systems, metrics and slices in; scores, intervals and tests out. A matrix of statistics rows is computed
//! once for a system and a metric ([`task`]); every score is a sum over it ([`results`]), over the rows that [`sample`]
//! selects. [`schedule`] cuts the work into tasks for many workers and joins their outcomes. This crate must not know
//! workers, pages or languages of the page.

pub mod advice;
pub mod classification;
pub mod extraction;
pub mod glance;
pub mod kind;
pub mod outliers;
mod pairs;
pub mod questions;
pub mod recorded;
pub mod results;
pub mod sample;
pub mod schedule;
mod settle;
pub mod task;
#[cfg(test)]
mod testing;
pub mod text;

pub use results::Evaluation;
pub use schedule::{Job, Schedule};
pub use task::{Parcel, Task, TaskError};

use assay_data::{DataSet, Role};
use assay_metrics::{Metric, Scoring};

/// The statistics rows of one system under one metric, for the rows `from..to` of the data set.
pub fn statistics(
    data: &DataSet,
    metric: &dyn Metric,
    system: usize,
    range: std::ops::Range<usize>,
) -> Vec<f64> {
    let segments: Vec<(&str, Vec<&str>)> = range
        .map(|row| {
            (
                data.hypothesis(system, row),
                comparison_texts(data, metric, row),
            )
        })
        .collect();
    metric.rows(&segments)
}

/// The texts that a metric compares a row's outputs with: the references, or the prompt.
pub fn comparison_texts<'a>(data: &'a DataSet, metric: &dyn Scoring, row: usize) -> Vec<&'a str> {
    if !metric.properties().against_source {
        return data.references(row);
    }
    let columns = data.columns_with(Role::Source).into_iter();
    columns.filter_map(|c| data.table.cell(c, row)).collect()
}
