//! Systems that come, go or change places while the rows and what outputs are compared with stay: what was computed
//! of those that stay is kept.

use super::{Schedule, Slot, fit};
use crate::results::{Outcomes, Target};
use assay_data::{DataSet, Role};
use assay_stats::PairedTestKind;

/// For each system of `data` its place among those of `before`, where its outputs are the same. Nothing where rows,
/// references or prompts are others, so that no score of before would be right.
#[must_use]
pub fn kept_systems(before: &DataSet, data: &DataSet) -> Option<Vec<Option<usize>>> {
    let same_texts = |role: Role| {
        let columns = [before.columns_with(role), data.columns_with(role)];
        let mut pairs = columns[0].iter().zip(&columns[1]);
        columns[0].len() == columns[1].len()
            && pairs.all(|(a, b)| before.table.column(*a) == data.table.column(*b))
    };
    let same_rows = before.table.rows() == data.table.rows();
    if !same_rows || ![Role::Reference, Role::Source].into_iter().all(same_texts) {
        return None;
    }
    let systems = before.systems();
    let is_same = |a: usize, b: usize| {
        before.steps(a) == data.steps(b) && before.table.column(a) == data.table.column(b)
    };
    // The same column first: two systems may have the same outputs.
    let place = |column: usize| {
        let own = systems.iter().position(|s| s.0 == column);
        let own = own.filter(|_| is_same(column, column));
        own.or_else(|| systems.iter().position(|s| is_same(s.0, column)))
    };
    let each = data.systems().into_iter();
    Some(each.map(|(column, _)| place(column)).collect())
}

impl Schedule {
    /// Takes data whose systems were, as `kept` says, at these places before; the rest is the same. What was computed
    /// of them is kept, with the list of metrics and their options; [`Schedule::evaluate`] queues the rest.
    pub fn keep_systems(&mut self, data: &DataSet, kept: &[Option<usize>]) {
        self.cancel();
        self.remove_precomputed();
        let grouping = self.grouping_of(data);
        let same_slices = grouping.slices == self.grouping.slices;
        let same_clusters = grouping.clusters == self.grouping.clusters;
        self.grouping = grouping;
        let before = self.evaluation.baseline;
        let baseline = kept.iter().position(|place| *place == Some(before));
        self.evaluation.baseline = baseline.unwrap_or(0);
        let is_randomised = self.evaluation.test.kind == PairedTestKind::Randomization;
        for slot in &mut self.slots {
            keep_matrices(slot, kept);
            let outcomes = std::mem::take(&mut slot.outcomes);
            let holds = |target: &Target| {
                same_clusters
                    && match target {
                        Target::System(_) => baseline.is_some() || !is_randomised,
                        Target::Pair(_) => baseline.is_some(),
                        Target::Slice(..) => same_slices,
                        Target::SlicePair(..) => same_slices && baseline.is_some(),
                    }
            };
            let outcomes = outcomes.into_iter().filter(|(target, _)| holds(target));
            slot.outcomes = outcomes.fold(Outcomes::default(), |mut all, (target, outcome)| {
                let places = kept.iter().enumerate();
                let places = places.filter(|(_, old)| **old == Some(system_of(target)));
                all.extend(places.map(|(new, _)| (at_system(target, new), outcome.clone())));
                all
            });
        }
        self.keep = fit(&self.specs, data);
        self.reported = 0;
    }

    /// Calls the systems of all results as the data calls them.
    pub fn rename_systems(&mut self, data: &DataSet) {
        let names: Vec<&str> = data.systems().into_iter().map(|s| s.1).collect();
        let results = self.slots.iter_mut().filter_map(|s| s.result.as_mut());
        for result in results {
            for (system, name) in result.systems.iter_mut().zip(&names) {
                (*name).clone_into(&mut system.name);
            }
        }
        self.touch_all();
    }
}

/// Puts a metric's statistics where their systems are now. Where some were used up all are made anew.
fn keep_matrices(slot: &mut Slot, kept: &[Option<usize>]) {
    slot.result = None;
    let old = std::mem::take(&mut slot.matrices);
    if old.is_empty() {
        slot.outcomes.clear();
        return;
    }
    let matrix = |place: &Option<usize>| {
        let matrix = place.and_then(|place| old.get(place));
        matrix.cloned().unwrap_or_default()
    };
    slot.matrices = kept.iter().map(matrix).collect();
}

fn system_of(target: Target) -> usize {
    match target {
        Target::System(system)
        | Target::Slice(system, _)
        | Target::Pair(system)
        | Target::SlicePair(system, _) => system,
    }
}

fn at_system(target: Target, system: usize) -> Target {
    match target {
        Target::System(_) => Target::System(system),
        Target::Pair(_) => Target::Pair(system),
        Target::Slice(_, group) => Target::Slice(system, group),
        Target::SlicePair(_, group) => Target::SlicePair(system, group),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Part;
    use super::*;
    use assay_data::Importer;
    use assay_metrics::registry::MetricSpec;
    use assay_results::scores::MetricResult;
    use assay_stats::PairedTest;

    fn data() -> DataSet {
        let mut text = String::from("reference,a,b,c,domain\n");
        for i in 0..40 {
            text.push_str(&format!(
                "it is {i} now,it is {} now,it was {i} then,now {i} it is,{}\n",
                i / 2,
                i % 3
            ));
        }
        let mut importer = Importer::new("a.csv");
        importer.push(text.as_bytes()).unwrap();
        let mut data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        data.roles[4] = Role::Slice;
        data
    }

    fn specs() -> Vec<MetricSpec> {
        ["bleu", "rougeL"]
            .map(|n| MetricSpec::named(n).unwrap())
            .into()
    }

    /// Runs all jobs and counts those that score rows.
    fn finish(schedule: &mut Schedule, data: &DataSet) -> usize {
        let mut scored = 0;
        while let Some((job, task, parcel)) = schedule.next(data) {
            scored += usize::from(matches!(job.part, Part::Rows { .. }));
            schedule.accept(data, &job, task.run(&parcel).unwrap());
        }
        scored
    }

    fn fresh(data: &DataSet, baseline: usize, test: PairedTest) -> Vec<MetricResult> {
        let mut schedule = Schedule::default();
        schedule.load(data, specs());
        schedule.evaluate(data, baseline, test);
        finish(&mut schedule, data);
        schedule.results().cloned().collect()
    }

    #[test]
    fn only_what_is_new_is_scored_and_all_is_as_if_computed_at_once() {
        for kind in [PairedTestKind::Bootstrap, PairedTestKind::Randomization] {
            let test = PairedTest {
                kind,
                samples: 20,
                seed: 3,
            };
            let mut before = data();
            before.system_settings.hide(2);
            let mut schedule = Schedule::default();
            schedule.load(&before, specs());
            schedule.evaluate(&before, 1, test);
            assert_eq!(finish(&mut schedule, &before), 4);
            // Another system between the two, which change places: the baseline is the first now.
            let mut after = data();
            after.system_settings.set_order(vec![3, 2, 1]);
            let kept = kept_systems(&before, &after).unwrap();
            assert_eq!(kept, [Some(1), None, Some(0)]);
            schedule.keep_systems(&after, &kept);
            assert_eq!(schedule.evaluation().baseline, 0);
            schedule.evaluate(&after, 0, test);
            assert_eq!(finish(&mut schedule, &after), 2, "{kind:?}");
            let found: Vec<MetricResult> = schedule.results().cloned().collect();
            assert_eq!(found, fresh(&after, 0, test), "{kind:?}");
            // Without its baseline the others' scores stay.
            let mut hidden = after.clone();
            hidden.system_settings.hide(3);
            let kept = kept_systems(&after, &hidden).unwrap();
            schedule.keep_systems(&hidden, &kept);
            schedule.evaluate(&hidden, 1, test);
            assert_eq!(finish(&mut schedule, &hidden), 0, "{kind:?}");
            let found: Vec<MetricResult> = schedule.results().cloned().collect();
            assert_eq!(found, fresh(&hidden, 1, test), "{kind:?}");
        }
    }

    #[test]
    fn other_references_or_rows_keep_nothing() {
        let before = data();
        let mut after = data();
        after.roles[0] = Role::Source;
        assert_eq!(kept_systems(&before, &after), None);
        assert_eq!(kept_systems(&before, &DataSet::default()), None);
    }
}
