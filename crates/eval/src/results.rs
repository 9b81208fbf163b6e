//! The results of an evaluation: for each metric and system the score with its interval, the
//! comparison with the baseline, the scores of slices and of segments.

use super::extraction;
use super::sample::{Sample, SliceRows, slice_rows};
use super::statistics;
use super::task::{Parcel, Task};
use assay_data::DataSet;
use assay_metrics::registry::MetricSpec;
use assay_metrics::sum_rows;
use assay_results::metric_info::{MetricInfo, Origin};
use assay_results::scores::{
    Comparison, Difference, MetricResult, SliceKind, SliceResult, SystemResult,
};
use assay_stats::corrections::holm;
use assay_stats::paired_test::percentile_interval;
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
    /// The baseline against a system, by approximate randomisation.
    Pair(usize),
    /// The same in a slice.
    SlicePair(usize, usize),
}

/// Resampled scores, or a p-value alone, of each target.
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
        let groups = slice_rows(data);
        let mut result = self.scores(data, spec, &matrices, &groups);
        let mut outcomes = Outcomes::default();
        for target in self.targets(&result) {
            let (task, parcel) = self.task(spec, &matrices, &groups, target);
            outcomes.insert(target, task.run(&parcel).unwrap_or_default());
        }
        self.settle(&mut result, &outcomes);
        result
    }

    /// The scores of systems, slices and segments, without anything that is resampled.
    /// `matrices` holds each system's statistics rows.
    pub fn scores(
        &self,
        data: &DataSet,
        spec: &MetricSpec,
        matrices: &[Vec<f64>],
        groups: &[SliceRows],
    ) -> MetricResult {
        let metric = spec.metric();
        let width = metric.width();
        let systems = data.systems().into_iter().zip(matrices);
        let systems = systems.map(|((_, name), rows)| SystemResult {
            name: name.to_owned(),
            score: metric.score(&sum_rows(rows.chunks_exact(width), width)),
            interval: None,
            comparison: None,
            slices: groups
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
            systems: systems.collect(),
        };
        self.compare(&mut result);
        result
    }

    /// All that has to be resampled for `result`.
    pub fn targets(&self, result: &MetricResult) -> Vec<Target> {
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
        groups: &[SliceRows],
        target: Target,
    ) -> (Task, Parcel) {
        let sample = Sample::new(spec, matrices);
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

    /// Writes the intervals and p-values that `outcomes` give into `result`.
    pub fn settle(&self, result: &mut MetricResult, outcomes: &Outcomes) {
        let interval = |target| percentile_interval(outcomes.get(&target)?.clone());
        for (i, system) in result.systems.iter_mut().enumerate() {
            system.interval = interval(Target::System(i));
            for (j, slice) in system.slices.iter_mut().enumerate() {
                slice.interval = interval(Target::Slice(i, j));
            }
        }
        self.compare(result);
        self.test_systems(result, outcomes);
        self.test_slices(result, outcomes);
    }

    /// The p-value of a difference, if what it needs is there. No difference at all is no evidence of one: the tools'
    /// bootstrap counts resamples above it, of which equal systems have none, and would give the least p-value.
    fn p_value(
        &self,
        difference: f64,
        outcomes: &Outcomes,
        [baseline, system, pair]: [Target; 3],
    ) -> Option<f64> {
        let found = match self.test.kind {
            PairedTestKind::Bootstrap => self.test.p_of_resamples(
                difference.abs(),
                outcomes.get(&baseline)?,
                outcomes.get(&system)?,
            ),
            PairedTestKind::Randomization => outcomes.get(&pair)?.first().copied(),
        };
        found.map(|p| if difference == 0.0 { 1.0 } else { p })
    }

    /// The interval of a difference, where both sides were resampled on the same draws.
    fn interval_between(
        &self,
        outcomes: &Outcomes,
        [base, system]: [Target; 2],
    ) -> Option<[f64; 2]> {
        if self.test.kind != PairedTestKind::Bootstrap {
            return None;
        }
        let (base, system) = (outcomes.get(&base)?, outcomes.get(&system)?);
        if base.len() != system.len() {
            return None;
        }
        let differences = base.iter().zip(system).map(|(b, s)| s - b).collect();
        percentile_interval(differences).map(|i| [i.low, i.high])
    }

    fn test_systems(&self, result: &mut MetricResult, outcomes: &Outcomes) {
        let base = Target::System(self.baseline);
        let mut differences = Vec::new();
        for (i, system) in result.systems.iter_mut().enumerate() {
            if let Some(comparison) = &mut system.comparison {
                let targets = [base, Target::System(i), Target::Pair(i)];
                let differ = comparison.wins + comparison.losses;
                let difference = &mut comparison.difference;
                let p_value = self.p_value(difference.value, outcomes, targets);
                difference.p_value = p_value.map(|p| p.max(least(&result.info, differ)));
                difference.interval = self.interval_between(outcomes, [base, Target::System(i)]);
                differences.push(difference);
            }
        }
        correct(differences);
    }

    fn test_slices(&self, result: &mut MetricResult, outcomes: &Outcomes) {
        // The halves of a domain are a question of their own.
        let (mut values, mut halves) = (Vec::new(), Vec::new());
        for (i, system) in result.systems.iter_mut().enumerate() {
            for (j, slice) in system.slices.iter_mut().enumerate() {
                if let Some(difference) = &mut slice.difference {
                    let base = Target::Slice(self.baseline, j);
                    let targets = [base, Target::Slice(i, j), Target::SlicePair(i, j)];
                    let p_value = self.p_value(difference.value, outcomes, targets);
                    let least = least(&result.info, slice.segments);
                    difference.p_value = p_value.map(|p| p.max(least));
                    difference.interval =
                        self.interval_between(outcomes, [base, Target::Slice(i, j)]);
                    match slice.kind {
                        SliceKind::Value => values.push(difference),
                        _ => halves.push(difference),
                    }
                }
            }
        }
        correct(values);
        correct(halves);
    }

    /// Differences and wins against the baseline, without p-values.
    fn compare(&self, result: &mut MetricResult) {
        let Some(base) = result.systems.get(self.baseline) else {
            return;
        };
        let lower = result.lower_is_better;
        let (score, segments) = (base.score.value, base.segments.clone());
        let slices: Vec<(f64, usize)> = base.slices.iter().map(|s| (s.score, s.segments)).collect();
        for (i, system) in result.systems.iter_mut().enumerate() {
            system.comparison = None;
            for (slice, (base, segments)) in system.slices.iter_mut().zip(&slices) {
                let difference = Difference::untested(slice.score - base);
                let told = i != self.baseline && slice.segments.min(*segments) > 0;
                slice.difference = told.then_some(difference);
            }
            if i == self.baseline {
                continue;
            }
            let mut counts = [0usize; 3];
            let pairs = system.segments.iter().zip(&segments);
            for (ours, theirs) in pairs.filter(|(a, b)| !(a.is_nan() || b.is_nan())) {
                let order = ours.total_cmp(theirs);
                counts[match if lower { order.reverse() } else { order } {
                    std::cmp::Ordering::Greater => 0,
                    std::cmp::Ordering::Equal => 1,
                    std::cmp::Ordering::Less => 2,
                }] += 1;
            }
            system.comparison = Some(Comparison {
                difference: Difference::untested(system.score.value - score),
                wins: counts[0],
                ties: counts[1],
                losses: counts[2],
            });
        }
    }
}

/// The least p-value that so many differing segments can give: that of an exact sign test in which all
/// speak for the same system. Resampling a handful of segments with a number would call any difference sure;
/// metrics that the reference tools resample too keep the tools' values.
fn least(info: &MetricInfo, differ: usize) -> f64 {
    if matches!(info.origin, Origin::People | Origin::File) {
        0.5f64.powi(differ as i32 - 1).min(1.0)
    } else {
        0.0
    }
}

/// Corrects the p-values that are there for all of them.
fn correct(differences: Vec<&mut Difference>) {
    let tested: Vec<(f64, &mut Difference)> = differences
        .into_iter()
        .filter_map(|d| Some((d.p_value?, d)))
        .collect();
    let found: Vec<f64> = tested.iter().map(|(p, _)| *p).collect();
    for ((_, difference), corrected) in tested.into_iter().zip(holm(&found)) {
        difference.p_corrected = Some(corrected);
    }
}

/// The signature of a metric on a data set, with the resampling in it where there is a test, as sacreBLEU prints one;
/// and with the steps that lead from outputs to answers, where there are some.
pub fn signature(data: &DataSet, spec: &MetricSpec, test: Option<&PairedTest>) -> String {
    let test = test.map(PairedTest::signature);
    let signature = spec
        .metric()
        .signature(data.reference_count(), test.as_deref());
    match extraction::signature(data) {
        Some(steps) => format!("{signature}|{steps}"),
        None => signature,
    }
}
