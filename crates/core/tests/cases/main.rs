//! Small files as real tools write them, in `../shared/cases`: each is taken for what it is, with the right roles,
//! and scores as the reference tools have it. Where the folder is absent these tests say that they are skipped.

mod besides;
mod edges;
mod hostile;
mod judged;
mod models;
mod numbers;
mod others;
mod outputs;
mod programs;
mod refusals;

use assay_core::sniff::{Finding, HEAD, sniff};
use assay_data::import::{ImportError, Imported, Importer};
use assay_data::{DataSet, Role};
use assay_eval::{extraction, statistics};
use assay_metrics::registry::MetricSpec;
use assay_metrics::sum_rows;
use assay_protocol::data::FileKind;
use std::path::{Path, PathBuf};

/// The folder of a case, by its number.
fn folder(case: &str) -> Option<PathBuf> {
    let all = assay_testing::shared("cases")?;
    let entries = std::fs::read_dir(&all).unwrap();
    let prefix = format!("{case}-");
    let mut names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let name = names.find(|name| name.starts_with(&prefix));
    Some(all.join(name.unwrap_or_else(|| panic!("there is no case {case}"))))
}

fn bytes(folder: &Path, file: &str) -> Vec<u8> {
    std::fs::read(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn finding(folder: &Path, file: &str) -> Finding {
    let bytes = bytes(folder, file);
    sniff(file, &bytes[..bytes.len().min(HEAD)])
}

fn read(folder: &Path, file: &str) -> Result<Imported, ImportError> {
    let mut importer = Importer::new(file);
    importer.push(&bytes(folder, file))?;
    importer.finish()
}

/// The files as one data set, with the answers that the outputs call for.
fn data(folder: &Path, files: &[&str]) -> DataSet {
    for file in files {
        assert_eq!(finding(folder, file).kind, FileKind::Outputs, "{file}");
    }
    let read = |file: &&str| read(folder, file).unwrap_or_else(|e| panic!("{file}: {e}"));
    let mut data = DataSet::join(files.iter().map(read).collect()).unwrap();
    extraction::prepare(&mut data);
    data
}

fn named(data: &DataSet, role: Role) -> Vec<&str> {
    let columns = data.columns_with(role).into_iter();
    columns.map(|c| data.table.names()[c].as_str()).collect()
}

/// A system's score under a metric with its usual options.
fn score(data: &DataSet, metric: &str, system: &str) -> f64 {
    score_with(data, metric, &[], system)
}

/// The same with options set.
fn score_with(data: &DataSet, metric: &str, options: &[(&str, &str)], system: &str) -> f64 {
    let mut spec = MetricSpec::named(metric).unwrap();
    for (option, value) in options {
        spec.set(option, value).unwrap();
    }
    let metric = spec.metric();
    let systems = data.systems();
    let column = systems.iter().find(|(_, name)| *name == system);
    let (column, _) = column.unwrap_or_else(|| panic!("{system} is no system of {systems:?}"));
    let rows = statistics(data, metric, *column, 0..data.table.rows());
    let width = metric.width();
    let scored = rows.chunks_exact(width).filter(|row| metric.is_scored(row));
    metric.score(&sum_rows(scored, width)).value
}

/// The mean of a measure that the file holds.
fn measured(data: &DataSet, name: &str, system: usize) -> f64 {
    let measures = data.measures();
    let measure = measures.iter().find(|m| m.name == name);
    let measure = measure.unwrap_or_else(|| panic!("{name} is no measure of {measures:?}"));
    let rows = 0..data.table.rows();
    let values: Vec<f64> = rows
        .filter_map(|row| measure.value(data, system, row))
        .collect();
    values.iter().sum::<f64>() / values.len() as f64
}
