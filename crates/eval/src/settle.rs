//! What resampling says of an evaluation's scores: intervals, p-values and their correction; of measures with yes or no
//! the exact tests in their place.

use crate::pairs::{paired, wilson_of, yes};
use crate::results::{Evaluation, Outcomes, Target};
use crate::sample::Grouping;
use assay_metrics::resampling::{difference_interval, varies};
use assay_results::metric_info::{MetricInfo, Origin};
use assay_results::scores::{Difference, MetricResult, NoInterval, SliceKind};
use assay_stats::corrections::holm;
use assay_stats::decision::{FEWEST_DIFFERING, FEWEST_UNITS};
use assay_stats::paired_test::{percentile_interval, reach};
use assay_stats::power::units_needed;
use assay_stats::{Interval, NORMAL_975, PairedTestKind};

impl Evaluation {
    /// Writes the intervals and p-values that `outcomes` give into `result`.
    pub fn settle(&self, result: &mut MetricResult, grouping: &Grouping, outcomes: &Outcomes) {
        let is_yes_no = result.is_yes_no;
        let yes = yes(result);
        for (i, system) in result.systems.iter_mut().enumerate() {
            if is_yes_no {
                let all = 0..system.segments.len();
                system.interval = wilson_of(&system.segments, all, yes);
                for (slice, group) in system.slices.iter_mut().zip(&grouping.slices) {
                    slice.interval = wilson_of(&system.segments, group.rows(), yes);
                }
                continue;
            }
            let scored = (0..system.segments.len()).filter(|&row| !system.segments[row].is_nan());
            let units = grouping.units(scored);
            let found = outcomes.get(&Target::System(i)).map(|s| interval(s, units));
            system.interval = found.and_then(Result::ok);
            system.no_interval = found.and_then(Result::err);
            for (j, slice) in system.slices.iter_mut().enumerate() {
                let scores = outcomes.get(&Target::Slice(i, j));
                slice.interval = scores.and_then(|s| interval(s, slice.segments).ok());
            }
        }
        self.compare(result, grouping);
        if is_yes_no {
            self.test_yes_no(result, grouping);
        } else {
            self.test_systems(result, outcomes);
            self.test_slices(result, outcomes);
        }
        correct(result);
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

    /// The interval of a difference, from resamples of the same draws.
    fn interval_between(
        &self,
        outcomes: &Outcomes,
        [base, system, pair]: [Target; 3],
        units: usize,
    ) -> Option<[f64; 2]> {
        if self.test.kind == PairedTestKind::Randomization {
            return match outcomes.get(&pair)?[..] {
                [_, low, high] => Some([low, high]),
                _ => None,
            };
        }
        difference_interval(outcomes.get(&base)?, outcomes.get(&system)?, units)
    }

    fn test(
        &self,
        info: &MetricInfo,
        difference: &mut Difference,
        outcomes: &Outcomes,
        targets: [Target; 3],
    ) {
        let p_value = self.p_value(difference.value, outcomes, targets);
        let differing = difference.differing.unwrap_or_default();
        difference.p_value = p_value.map(|p| p.max(least(info, differing)));
        // An interval of no width says that all rows differ alike, of which a few are no evidence.
        let is_enough = difference.units.is_some_and(|units| units >= FEWEST_UNITS)
            && differing >= FEWEST_DIFFERING;
        let units = difference.units.unwrap_or_default();
        let interval = self.interval_between(outcomes, targets, units);
        difference.interval = interval.filter(|ends| is_enough || varies(ends));
        difference.needed = needed(difference, reach(units));
    }

    fn test_systems(&self, result: &mut MetricResult, outcomes: &Outcomes) {
        let base = Target::System(self.baseline);
        for (i, system) in result.systems.iter_mut().enumerate() {
            if let Some(comparison) = &mut system.comparison {
                let targets = [base, Target::System(i), Target::Pair(i)];
                self.test(&result.info, &mut comparison.difference, outcomes, targets);
            }
        }
    }

    fn test_slices(&self, result: &mut MetricResult, outcomes: &Outcomes) {
        for (i, system) in result.systems.iter_mut().enumerate() {
            for (j, slice) in system.slices.iter_mut().enumerate() {
                if let Some(difference) = &mut slice.difference {
                    let base = Target::Slice(self.baseline, j);
                    let targets = [base, Target::Slice(i, j), Target::SlicePair(i, j)];
                    self.test(&result.info, difference, outcomes, targets);
                }
            }
        }
    }

    /// McNemar's exact test and Newcombe's interval, of all rows and of each slice.
    fn test_yes_no(&self, result: &mut MetricResult, grouping: &Grouping) {
        let Some(base) = result
            .systems
            .get(self.baseline)
            .map(|s| s.segments.clone())
        else {
            return;
        };
        let yes = yes(result);
        for system in &mut result.systems {
            let own = &system.segments;
            if let Some(comparison) = &mut system.comparison {
                let difference = &mut comparison.difference;
                paired(difference, own, &base, 0..own.len(), yes);
                difference.needed = needed(difference, NORMAL_975);
            }
            for (slice, group) in system.slices.iter_mut().zip(&grouping.slices) {
                if let Some(difference) = &mut slice.difference {
                    paired(difference, own, &base, group.rows(), yes);
                    difference.needed = needed(difference, NORMAL_975);
                }
            }
        }
    }
}

/// The interval of resampled scores that rest on `units` rows or clusters, or why there is none.
fn interval(scores: &[f64], units: usize) -> Result<Interval, NoInterval> {
    if units < 2 {
        return Err(NoInterval::OneUnit);
    }
    let found = percentile_interval(scores.to_vec()).filter(|_| varies(scores));
    found.ok_or(NoInterval::AllEqual)
}

/// The rows or clusters at which a difference would be seen, from its interval, which ends `reach` standard errors away
/// on either side; never fewer than a decision takes.
fn needed(difference: &Difference, reach: f64) -> Option<f64> {
    let ([low, high], units) = (difference.interval?, difference.units? as f64);
    let error = (high - low) / (2.0 * reach);
    let found = units_needed(difference.value, error * error, units);
    found.map(|n| n.max(FEWEST_UNITS as f64))
}

/// The least p-value that `differ` differing segments can give: that of an exact sign test in which all
/// speak for the same system. Resampling a handful of segments with a number would call any difference sure;
/// metrics that the reference tools resample too keep the tools' values.
fn least(info: &MetricInfo, differ: usize) -> f64 {
    if matches!(info.origin, Origin::People | Origin::File) {
        0.5f64.powi(differ as i32 - 1).min(1.0)
    } else {
        0.0
    }
}

/// Corrects the p-values that are there: those of systems, of slices, of tags and of the halves of a domain, each a
/// question of its own.
fn correct(result: &mut MetricResult) {
    let (mut systems, mut values) = (Vec::new(), Vec::new());
    let (mut tags, mut halves) = (Vec::new(), Vec::new());
    for system in &mut result.systems {
        systems.extend(system.comparison.as_mut().map(|c| &mut c.difference));
        for slice in &mut system.slices {
            let list = match slice.kind {
                SliceKind::Value => &mut values,
                SliceKind::Tagged | SliceKind::Untagged => &mut tags,
                SliceKind::InDomain | SliceKind::OutOfDomain => &mut halves,
            };
            list.extend(slice.difference.as_mut());
        }
    }
    for list in [systems, values, tags, halves] {
        correct_together(list);
    }
}

fn correct_together(differences: Vec<&mut Difference>) {
    let tested: Vec<(f64, &mut Difference)> = differences
        .into_iter()
        .filter_map(|d| Some((d.p_value?, d)))
        .collect();
    let found: Vec<f64> = tested.iter().map(|(p, _)| *p).collect();
    for ((_, difference), corrected) in tested.into_iter().zip(holm(&found)) {
        difference.p_corrected = Some(corrected);
    }
}
