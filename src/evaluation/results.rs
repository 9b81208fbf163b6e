//! The results of an evaluation: for each metric and system the score with its interval, the
//! comparison with the baseline, the scores of slices and of segments.

use super::statistics;
use crate::dataset::DataSet;
use crate::metrics::registry::MetricSpec;
use crate::metrics::{Metric, RefCount, Score, sum_rows};
use crate::stats::holm::holm;
use crate::stats::resampling::{bootstrap_scores, percentile_interval};
use crate::stats::{Interval, PairedTest};
use serde::{Deserialize, Serialize};

/// Against the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The system's score less the baseline's.
    pub difference: f64,
    /// The p-value of the paired test.
    pub p_value: f64,
    /// The same after Holm's correction over all systems compared under this metric.
    pub p_corrected: f64,
    /// Segments on which the system scores higher.
    pub wins: usize,
    /// Segments on which both score the same.
    pub ties: usize,
    /// Segments on which the baseline scores higher.
    pub losses: usize,
}

/// A slice's score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SliceResult {
    /// The column that defines the slice.
    pub column: String,
    /// Its value in the slice.
    pub value: String,
    /// Segments in it.
    pub segments: usize,
    /// The score over them.
    pub score: f64,
    /// Its bootstrap interval.
    pub interval: Option<Interval>,
}

/// One system under one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemResult {
    /// The system's name.
    pub name: String,
    /// The corpus score.
    pub score: Score,
    /// Its bootstrap interval.
    pub interval: Option<Interval>,
    /// Against the baseline; `None` for the baseline itself.
    pub comparison: Option<Comparison>,
    /// The scores of slices.
    pub slices: Vec<SliceResult>,
    /// Each segment's own score, in the order of rows.
    pub segments: Vec<f64>,
}

/// All systems under one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricResult {
    /// The metric with its options.
    pub spec: MetricSpec,
    /// Its name.
    pub name: String,
    /// Its signature.
    pub signature: String,
    /// The largest possible score.
    pub max: f64,
    /// The systems in the order of columns.
    pub systems: Vec<SystemResult>,
}

/// What to compute: the settings that every metric shares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The index of the baseline among the systems.
    pub baseline: usize,
    /// The paired test.
    pub test: PairedTest,
    /// Resamples for intervals.
    pub resamples: usize,
}

impl Evaluation {
    /// Computes one metric over all systems and slices of `data`. `keep_going` is asked between
    /// systems and slices; when it says no, the result is `None`.
    pub fn metric(
        &self,
        data: &DataSet,
        spec: &MetricSpec,
        mut keep_going: impl FnMut() -> bool,
    ) -> Option<MetricResult> {
        let metric = spec.metric();
        let width = metric.width();
        let systems = data.systems();
        let mut matrices = Vec::with_capacity(systems.len());
        for (column, _) in &systems {
            if !keep_going() {
                return None;
            }
            matrices.push(statistics(data, metric, *column, 0..data.table.rows()));
        }
        let groups = slice_rows(data);
        let mut results = Vec::new();
        for ((_, name), rows) in systems.iter().zip(&matrices) {
            if !keep_going() {
                return None;
            }
            let scores = bootstrap_scores(metric, rows, self.resamples, self.test.seed);
            results.push(SystemResult {
                name: (*name).to_owned(),
                score: metric.score(&sum_rows(rows.chunks_exact(width), width)),
                interval: percentile_interval(scores),
                comparison: None,
                slices: groups.iter().map(|g| self.slice(metric, rows, g)).collect(),
                segments: rows
                    .chunks_exact(width)
                    .map(|row| metric.segment_score(row))
                    .collect(),
            });
        }
        self.compare(metric, &matrices, &mut results);
        Some(MetricResult {
            spec: spec.clone(),
            name: metric.name(),
            signature: metric.signature(data.reference_count(), None),
            max: metric.max(),
            systems: results,
        })
    }

    fn slice(&self, metric: &dyn Metric, rows: &[f64], group: &SliceRows) -> SliceResult {
        let width = metric.width();
        let own: Vec<f64> = group
            .rows
            .iter()
            .flat_map(|&row| &rows[row * width..(row + 1) * width])
            .copied()
            .collect();
        SliceResult {
            column: group.column.clone(),
            value: group.value.clone(),
            segments: group.rows.len(),
            score: metric
                .score(&sum_rows(own.chunks_exact(width), width))
                .value,
            interval: percentile_interval(bootstrap_scores(
                metric,
                &own,
                self.resamples,
                self.test.seed,
            )),
        }
    }

    fn compare(&self, metric: &dyn Metric, matrices: &[Vec<f64>], results: &mut [SystemResult]) {
        let Some(base) = results.get(self.baseline).cloned() else {
            return;
        };
        let others: Vec<usize> = (0..results.len()).filter(|&i| i != self.baseline).collect();
        let p_values: Vec<f64> = others
            .iter()
            .map(|&i| {
                self.test
                    .p_value(metric, &matrices[self.baseline], &matrices[i])
                    .unwrap_or(1.0)
            })
            .collect();
        let corrected = holm(&p_values);
        for ((&i, p_value), p_corrected) in others.iter().zip(p_values).zip(corrected) {
            let mut counts = [0usize; 3];
            for (ours, theirs) in results[i].segments.iter().zip(&base.segments) {
                counts[match ours.total_cmp(theirs) {
                    std::cmp::Ordering::Greater => 0,
                    std::cmp::Ordering::Equal => 1,
                    std::cmp::Ordering::Less => 2,
                }] += 1;
            }
            results[i].comparison = Some(Comparison {
                difference: results[i].score.value - base.score.value,
                p_value,
                p_corrected,
                wins: counts[0],
                ties: counts[1],
                losses: counts[2],
            });
        }
    }
}

/// The signature of a metric with the resampling in it, as sacreBLEU prints one for a test.
pub fn tested_signature(spec: &MetricSpec, refs: RefCount, test: &PairedTest) -> String {
    spec.metric().signature(refs, Some(&test.signature()))
}

struct SliceRows {
    column: String,
    value: String,
    rows: Vec<usize>,
}

/// Values a slice column may have before it is taken for free text.
const MAX_SLICES: usize = 30;

/// The rows of every slice, columns in order, values by size.
fn slice_rows(data: &DataSet) -> Vec<SliceRows> {
    let mut all = Vec::new();
    for column in data.columns_with(crate::dataset::Role::Slice) {
        let mut groups: Vec<SliceRows> = Vec::new();
        for (row, value) in data.table.column(column).iter().enumerate() {
            let Some(value) = value else { continue };
            match groups.iter().position(|g| g.value == value) {
                Some(at) => groups[at].rows.push(row),
                None if groups.len() == MAX_SLICES => {
                    groups.clear();
                    break;
                }
                None => groups.push(SliceRows {
                    column: data.table.names()[column].clone(),
                    value: value.to_owned(),
                    rows: vec![row],
                }),
            }
        }
        groups.sort_by_key(|g| std::cmp::Reverse(g.rows.len()));
        all.extend(groups);
    }
    all
}
