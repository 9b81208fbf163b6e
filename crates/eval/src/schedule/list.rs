//! The list of metrics as it grows and shrinks: added, taken away, handed in, withdrawn.

use super::{Job, Schedule, Slot};
use assay_data::DataSet;
use assay_metrics::registry::MetricSpec;

impl Schedule {
    /// Adds a metric after all that are computed from texts, and queues it. Metrics whose rows were
    /// handed in have to be withdrawn first.
    pub fn add(&mut self, data: &DataSet, spec: MetricSpec) {
        self.specs.push(spec);
        let slot = self.new_slot();
        self.slots.push(slot);
        self.start(data, self.specs.len() - 1, false);
    }

    /// Takes a metric away; only while nothing runs, since what runs knows metrics by their places.
    /// `false` where it stays.
    pub fn remove(&mut self, metric: usize) -> bool {
        let can = metric < self.specs.len() && !self.is_busy();
        if can {
            self.specs.remove(metric);
            self.slots.remove(metric);
            self.reported = self.reported.min(self.specs.len());
        }
        can
    }

    /// Takes a metric whose rows were made elsewhere, a matrix for each system, in place of the one
    /// of the same name or after all others; its intervals and tests are queued. Returns the
    /// metrics whose results are new.
    pub fn insert_precomputed(
        &mut self,
        data: &DataSet,
        spec: MetricSpec,
        matrices: Vec<Vec<f64>>,
    ) -> Vec<usize> {
        let name = spec.scoring().name();
        let known = self.specs.iter().position(|s| s.scoring().name() == name);
        let metric = known.unwrap_or(self.specs.len());
        let mut slot = Slot {
            matrices,
            is_precomputed: true,
            ..self.new_slot()
        };
        if let Some(before) = known.and_then(|place| self.slots.get(place)) {
            slot.id = before.id;
        }
        match known {
            Some(place) => (self.specs[place], self.slots[place]) = (spec, slot),
            None => {
                self.specs.push(spec);
                self.slots.push(slot);
            }
        }
        self.score(data, metric)
    }

    /// Puts a job that was given out back, before all that wait: whoever had it did not finish it.
    pub fn give_back(&mut self, job: Job) {
        // Those that were gathered with it wait again by themselves.
        let Job {
            metric,
            part,
            others,
            version,
        } = job;
        let one = |(metric, version): (usize, u64)| Job {
            metric,
            version,
            part: part.clone(),
            others: Vec::new(),
        };
        let all = std::iter::once((metric, version)).chain(others);
        let jobs: Vec<Job> = all.map(one).collect();
        jobs.into_iter()
            .rev()
            .for_each(|job| self.queue.push_front(job));
    }

    /// Forgets the metrics whose rows were handed in, which stand behind all others. Returns the
    /// first's place, if there was one.
    pub fn remove_precomputed(&mut self) -> Option<usize> {
        let from = self.slots.iter().position(|s| s.is_precomputed)?;
        self.slots.truncate(from);
        self.specs.truncate(from);
        self.queue.retain(|job| job.metric < from);
        self.reported = self.reported.min(from);
        Some(from)
    }
}
