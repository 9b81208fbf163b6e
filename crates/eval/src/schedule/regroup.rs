//! Slices that come and go while the data stays: the halves of a domain, and the rows of tags. What was resampled of
//! slices that stay is kept.

use super::Schedule;
use crate::results::{Outcomes, Target};
use crate::sample::{Grouping, SliceRows, TaggedRows, domain_rows, tag_rows};
use assay_data::DataSet;
use assay_results::scores::{Domains, SliceKind};

impl Schedule {
    /// Takes what systems were trained on: both halves of that column are scored as slices are, after all
    /// others. Returns the metrics whose results changed at once; [`Schedule::evaluate`] queues the rest.
    pub fn set_domains(&mut self, data: &DataSet, domains: Option<&Domains>) -> Vec<usize> {
        if self.domains.as_ref() == domains {
            return Vec::new();
        }
        self.domains = domains.cloned();
        self.regroup(data)
    }

    /// Takes tags with their rows: the rows with a tag and those without are scored as slices are. Returns and leaves to
    /// be queued what [`Schedule::set_domains`] does.
    pub fn set_tags(&mut self, data: &DataSet, tags: Vec<TaggedRows>) -> Vec<usize> {
        if self.tags == tags {
            return Vec::new();
        }
        self.tags = tags;
        self.regroup(data)
    }

    /// The slices of values, then those of tags, then the halves of a domain.
    pub(super) fn grouping_of(&self, data: &DataSet) -> Grouping {
        let mut grouping = Grouping::of(data);
        self.add_groups(data, &mut grouping.slices);
        grouping
    }

    fn add_groups(&self, data: &DataSet, slices: &mut Vec<SliceRows>) {
        slices.extend(tag_rows(data.table.rows(), &self.tags));
        let halves = self.domains.as_ref().map(|d| domain_rows(data, d));
        slices.extend(halves.into_iter().flatten());
    }

    fn regroup(&mut self, data: &DataSet) -> Vec<usize> {
        let before = self.grouping.slices.clone();
        let mut slices = before.clone();
        slices.retain(|group| group.kind() == SliceKind::Value);
        self.add_groups(data, &mut slices);
        let places: Vec<Option<usize>> = before
            .iter()
            .map(|old| slices.iter().position(|group| group == old))
            .collect();
        self.grouping.slices = slices;
        let mut ready = Vec::new();
        for metric in 0..self.specs.len() {
            let slot = &mut self.slots[metric];
            let outcomes = std::mem::take(&mut slot.outcomes).into_iter();
            let kept = outcomes.filter_map(|(target, o)| Some((moved(target, &places)?, o)));
            slot.outcomes = kept.collect::<Outcomes>();
            if slot.result.is_none() || slot.chunks > 0 {
                continue;
            }
            // What was queued of the old slices is nobody's.
            (slot.outcome_version, slot.targets) = (0, 0);
            if slot.matrices.is_empty() {
                self.start(data, metric, false);
                continue;
            }
            let spec = &self.specs[metric];
            let scores = self
                .evaluation
                .scores(data, spec, &slot.matrices, &self.grouping);
            slot.result = Some(scores);
            ready.push(metric);
        }
        self.touch_all();
        ready
    }
}

/// The same target where slices have these places; nothing where its slice is gone.
fn moved(target: Target, places: &[Option<usize>]) -> Option<Target> {
    let place = |slice: usize| places.get(slice).copied().flatten();
    Some(match target {
        Target::Slice(system, slice) => Target::Slice(system, place(slice)?),
        Target::SlicePair(system, slice) => Target::SlicePair(system, place(slice)?),
        Target::System(_) | Target::Pair(_) => target,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Part;
    use super::*;
    use assay_data::{Importer, Role};
    use assay_metrics::registry::MetricSpec;
    use assay_results::scores::MetricResult;
    use assay_stats::{PairedTest, PairedTestKind};

    fn data() -> DataSet {
        let mut text = String::from("reference,a,b,domain\n");
        for i in 0..40 {
            let domain = ["x", "y"][i % 2];
            text.push_str(&format!(
                "it is {i} now,it is {} now,it was {i},{domain}\n",
                i / 2
            ));
        }
        let mut importer = Importer::new("a.csv");
        importer.push(text.as_bytes()).unwrap();
        let mut data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        data.roles[3] = Role::Slice;
        data
    }

    fn tagged(tag: &str, rows: impl IntoIterator<Item = u32>) -> TaggedRows {
        TaggedRows {
            tag: tag.to_owned(),
            rows: rows.into_iter().collect(),
        }
    }

    /// Runs all jobs: how many scored rows, and how many resampled.
    fn finish(schedule: &mut Schedule, data: &DataSet) -> [usize; 2] {
        let mut counts = [0, 0];
        while let Some((job, task, parcel)) = schedule.next(data) {
            counts[usize::from(matches!(job.part, Part::Target(_)))] += 1;
            schedule.accept(data, &job, task.run(&parcel).unwrap());
        }
        counts
    }

    fn results(schedule: &Schedule) -> Vec<MetricResult> {
        schedule.results().cloned().collect()
    }

    #[test]
    fn a_tag_costs_its_own_slices_alone_and_results_are_as_if_computed_at_once() {
        let data = data();
        let test = PairedTest {
            kind: PairedTestKind::Bootstrap,
            samples: 20,
            seed: 3,
        };
        let domains = Domains {
            column: "domain".to_owned(),
            inside: vec!["x".to_owned()],
        };
        let specs = || vec![MetricSpec::named("chrf").unwrap()];
        let mut schedule = Schedule::default();
        schedule.load(&data, specs());
        schedule.set_domains(&data, Some(&domains));
        schedule.evaluate(&data, 0, test);
        finish(&mut schedule, &data);
        let mut change = |tags: Vec<TaggedRows>| {
            schedule.set_tags(&data, tags.clone());
            schedule.evaluate(&data, 0, test);
            let jobs = finish(&mut schedule, &data);
            let mut fresh = Schedule::default();
            fresh.load(&data, specs());
            fresh.set_domains(&data, Some(&domains));
            fresh.set_tags(&data, tags);
            fresh.evaluate(&data, 0, test);
            finish(&mut fresh, &data);
            assert_eq!(results(&schedule), results(&fresh));
            jobs
        };
        // Of two systems the rows with the tag and those without.
        assert_eq!(change(vec![tagged("odd", 0..7)]), [0, 4]);
        let both = || vec![tagged("odd", 0..7), tagged("new", 3..30)];
        assert_eq!(change(both()), [0, 4]);
        assert_eq!(change(both()), [0, 0]);
        assert_eq!(
            change(vec![tagged("odd", 0..8), tagged("new", 3..30)]),
            [0, 4]
        );
        assert_eq!(change(vec![tagged("new", 3..30)]), [0, 0]);
        assert_eq!(
            change(vec![tagged("all", 0..40), tagged("none", [])]),
            [0, 0]
        );
    }

    #[test]
    fn results_of_a_tag_with_other_rows_are_not_taken_back() {
        let data = data();
        let mut schedule = Schedule::default();
        let specs = vec![MetricSpec::named("chrf").unwrap()];
        schedule.load(&data, specs.clone());
        schedule.set_tags(&data, vec![tagged("odd", 0..7)]);
        schedule.evaluate(&data, 0, PairedTest::default());
        finish(&mut schedule, &data);
        let saved = schedule.saved(0, usize::MAX).unwrap();
        for (rows, taken) in [(7, 1), (8, 0)] {
            let mut later = Schedule::default();
            later.load(&data, specs.clone());
            later.set_tags(&data, vec![tagged("odd", 0..rows)]);
            later.restore_settings(&data, *schedule.evaluation(), None);
            assert_eq!(later.restore(&data, vec![saved.clone()]), taken);
        }
    }
}
