//! The results of an evaluation: for each metric and system the score with its interval, the
//! comparison with the baseline, the scores of slices and of segments.

use super::extraction;
use super::pairs::{Tally, is_yes_no, tally};
use super::sample::{Grouping, Sample};
use super::statistics;
use super::task::{Parcel, Task};
use assay_data::{ClusterOf, DataSet};
use assay_metrics::registry::MetricSpec;
use assay_metrics::sum_rows;
use assay_results::scores::{
    Comparison, Difference, MetricResult, ResampledBy, SliceResult, SystemResult,
};
use assay_stats::{PairedTest, PairedTestKind};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What to compute: the settings that every metric shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The index of the baseline among the systems.
    pub baseline: usize,
    /// The paired test; intervals come from as many resamples as go with it.
    pub test: PairedTest,
}

/// What is resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// A system's rows, for its interval (and the paired bootstrap).
    System(usize),
    /// A system's rows in a slice, for the slice's interval.
    Slice(usize, usize),
    /// The baseline against a system, by approximate randomisation: the p-value, and the ends of the difference's
    /// interval where it has one.
    Pair(usize),
    /// The same in a slice.
    SlicePair(usize, usize),
}

/// Resampled scores, or a p-value with an interval, of each target.
pub type Outcomes = FxHashMap<Target, Vec<f64>>;

impl Evaluation {
    /// Computes one metric over all systems and slices of `data` at once, on this thread.
    pub fn metric(&self, data: &DataSet, spec: &MetricSpec) -> MetricResult {
        let rows = 0..data.table.rows();
        let matrices: Vec<Vec<f64>> = data
            .systems()
            .iter()
            .map(|(column, _)| statistics(data, spec.metric(), *column, rows.clone()))
            .collect();
        let grouping = Grouping::of(data);
        let mut result = self.scores(data, spec, &matrices, &grouping);
        let mut outcomes = Outcomes::default();
        for target in self.targets(&result) {
            let (task, parcel) = self.task(spec, &matrices, &grouping, target);
            outcomes.insert(target, task.run(&parcel).unwrap_or_default());
        }
        self.settle(&mut result, &grouping, &outcomes);
        result
    }

    /// The scores of systems, slices and segments, without anything that is resampled.
    /// `matrices` holds each system's statistics rows.
    pub fn scores(
        &self,
        data: &DataSet,
        spec: &MetricSpec,
        matrices: &[Vec<f64>],
        grouping: &Grouping,
    ) -> MetricResult {
        let metric = spec.scoring();
        let width = metric.width();
        let systems = data.systems().into_iter().zip(matrices);
        let systems = systems.map(|((_, name), rows)| SystemResult {
            name: name.to_owned(),
            score: metric.score(&sum_rows(rows.chunks_exact(width), width)),
            interval: None,
            no_interval: None,
            comparison: None,
            slices: grouping
                .slices
                .iter()
                .map(|group| SliceResult {
                    kind: group.kind(),
                    column: group.column().to_owned(),
                    value: group.value().to_owned(),
                    segments: group.counted(metric, rows, width),
                    score: metric.score(&group.sum(rows, width)).value,
                    interval: None,
                    difference: None,
                })
                .collect(),
            segments: rows
                .chunks_exact(width)
                .map(|row| match metric.is_scored(row) {
                    true => metric.segment_score(row),
                    false => f64::NAN,
                })
                .collect(),
        });
        let mut result = MetricResult {
            info: spec.info(),
            name: metric.name(),
            signature: signature(data, spec, None),
            max: metric.properties().max,
            lower_is_better: metric.properties().lower_is_better,
            resampled_by: None,
            margin: None,
            is_yes_no: false,
            systems: systems.collect(),
        };
        result.resampled_by = resampled_by(grouping, &result);
        result.is_yes_no = grouping.clusters.is_none() && is_yes_no(&result);
        self.compare(&mut result, grouping);
        result
    }

    /// All that has to be resampled for `result`; nothing of yes/no measures, whose tests and intervals are exact.
    pub fn targets(&self, result: &MetricResult) -> Vec<Target> {
        if result.is_yes_no {
            return Vec::new();
        }
        let systems = 0..result.systems.len();
        let mut targets: Vec<Target> = systems.clone().map(Target::System).collect();
        let pairs = self.test.kind == PairedTestKind::Randomization;
        let paired = |i: usize| pairs && i != self.baseline;
        targets.extend(systems.filter(|&i| paired(i)).map(Target::Pair));
        for (i, system) in result.systems.iter().enumerate() {
            let both = |j: &usize| {
                let base = result.systems.get(self.baseline);
                base.is_none_or(|b| b.slices[*j].segments > 0)
            };
            let slices = 0..system.slices.len();
            let slices = slices.filter(|&j| system.slices[j].segments > 0);
            targets.extend(slices.clone().map(|j| Target::Slice(i, j)));
            if paired(i) {
                targets.extend(slices.filter(both).map(|j| Target::SlicePair(i, j)));
            }
        }
        targets
    }

    /// The task that resamples a target, with its rows.
    pub fn task(
        &self,
        spec: &MetricSpec,
        matrices: &[Vec<f64>],
        grouping: &Grouping,
        target: Target,
    ) -> (Task, Parcel) {
        let sample = Sample::new(spec, matrices, grouping.clusters.as_ref());
        let groups = &grouping.slices;
        let rows_f32 =
            |rows: Vec<f64>| Parcel::of_rows_f32(rows.iter().map(|&x| x as f32).collect());
        let spec = spec.clone();
        let test = self.test;
        match target {
            Target::System(i) => {
                let is_baseline = i == self.baseline;
                let task = Task::Resample {
                    specs: vec![spec],
                    test,
                    is_baseline,
                };
                (task, rows_f32(sample.all(i)))
            }
            Target::Slice(i, j) => {
                let test = PairedTest {
                    kind: PairedTestKind::Bootstrap,
                    samples: test.resamples(),
                    ..test
                };
                let task = Task::Resample {
                    specs: vec![spec],
                    test,
                    is_baseline: true,
                };
                (task, rows_f32(sample.slice(i, &groups[j])))
            }
            Target::Pair(i) => {
                let rows = [sample.all(self.baseline), sample.all(i)].concat();
                (Task::Compare { spec, test }, Parcel::of_rows(rows))
            }
            Target::SlicePair(i, j) => {
                let mut rows = sample.slice(self.baseline, &groups[j]);
                rows.extend(sample.slice(i, &groups[j]));
                (Task::Compare { spec, test }, Parcel::of_rows(rows))
            }
        }
    }

    /// The task that resamples a system's rows under several metrics at once, which draws for all of them
    /// together.
    pub fn shared_task(&self, all: &[(&MetricSpec, &[f64])], system: usize) -> (Task, Parcel) {
        let rows_f32 = all
            .iter()
            .flat_map(|(_, rows)| rows.iter().map(|&x| x as f32));
        let task = Task::Resample {
            specs: all.iter().map(|(spec, _)| (*spec).clone()).collect(),
            test: self.test,
            is_baseline: system == self.baseline,
        };
        (task, Parcel::of_rows_f32(rows_f32.collect()))
    }

    /// Differences and wins against the baseline, without p-values.
    pub(crate) fn compare(&self, result: &mut MetricResult, grouping: &Grouping) {
        let Some(base) = result.systems.get(self.baseline) else {
            return;
        };
        let lower = result.lower_is_better;
        let (score, segments) = (base.score.value, base.segments.clone());
        let slices: Vec<(f64, usize)> = base.slices.iter().map(|s| (s.score, s.segments)).collect();
        let difference = |value, found: &Tally| Difference {
            units: Some(found.units),
            differing: Some(found.differing),
            effect: found.effect,
            ..Difference::untested(value)
        };
        for (i, system) in result.systems.iter_mut().enumerate() {
            system.comparison = None;
            let own = &system.segments;
            let slices = slices.iter().zip(&grouping.slices);
            for (slice, ((base, scored), group)) in system.slices.iter_mut().zip(slices) {
                let is_compared = i != self.baseline && slice.segments.min(*scored) > 0;
                slice.difference = is_compared.then(|| {
                    let found = tally([own, &segments], group.rows(), lower, grouping);
                    difference(slice.score - base, &found)
                });
            }
            if i == self.baseline {
                continue;
            }
            let found = tally([own, &segments], 0..own.len(), lower, grouping);
            system.comparison = Some(Comparison {
                difference: difference(system.score.value - score, &found),
                wins: found.wins,
                ties: found.ties,
                losses: found.losses,
            });
        }
    }
}

/// The clusters that rows were drawn in, and how many rows and clusters had a score under some system.
fn resampled_by(grouping: &Grouping, result: &MetricResult) -> Option<ResampledBy> {
    let clusters = grouping.clusters.as_ref()?;
    let is_scored = |row: &usize| result.systems.iter().any(|s| !s.segments[*row].is_nan());
    let rows: Vec<usize> = (0..clusters.of_row.len()).filter(is_scored).collect();
    Some(ResampledBy {
        column: clusters.column.clone(),
        is_repeats: clusters.of == ClusterOf::Repeats,
        clusters: grouping.units(rows.iter().copied()),
        rows: rows.len(),
    })
}

/// The signature of a metric on a data set, with the resampling in it where there is a test, as sacreBLEU prints one;
/// with the steps that lead from outputs to answers and the clusters that rows are drawn in, where there are some.
pub fn signature(data: &DataSet, spec: &MetricSpec, test: Option<&PairedTest>) -> String {
    let test = test.map(PairedTest::signature);
    let signature = spec
        .scoring()
        .signature(data.reference_count(), test.as_deref());
    let steps = extraction::signature(data);
    let clusters = data.clusters().map(|clusters| match clusters.of {
        ClusterOf::Column => format!("cluster:{}:{}", clusters.column, clusters.count),
        ClusterOf::Repeats => format!("repeats:{}:{}", clusters.column, clusters.count),
    });
    let parts = [Some(signature), steps, clusters];
    parts.into_iter().flatten().collect::<Vec<_>>().join("|")
}
