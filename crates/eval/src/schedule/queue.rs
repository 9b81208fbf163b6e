//! What is queued for a metric: its rows first, then what is resampled, then its result.

use super::{Job, Part, SCORING_COST, Schedule, Slot};
use crate::results::Target;
use assay_data::DataSet;
use assay_results::scores::MetricId;

/// Rows of a chunk.
pub(super) const CHUNK: usize = 1000;

impl Schedule {
    pub(super) fn new_slot(&mut self) -> Slot {
        self.last_id = self.last_id.wrapping_add(1);
        Slot {
            id: MetricId(self.last_id),
            ..Slot::default()
        }
    }

    pub(super) fn start(&mut self, data: &DataSet, metric: usize, first: bool) {
        let slot = &mut self.slots[metric];
        slot.matrices.clear();
        slot.outcomes.clear();
        let systems: Vec<usize> = (0..data.systems().len()).collect();
        self.queue_rows(data, metric, &systems, first);
    }

    /// Queues the systems whose statistics are not there. Returns the metrics whose results are new where none is
    /// missing.
    pub(super) fn start_missing(&mut self, data: &DataSet, metric: usize) -> Vec<usize> {
        let matrices = self.slots[metric].matrices.iter().enumerate();
        let missing = matrices.filter(|(_, matrix)| matrix.is_empty());
        let missing: Vec<usize> = missing.map(|(system, _)| system).collect();
        if missing.is_empty() {
            return self.score(data, metric);
        }
        self.queue_rows(data, metric, &missing, false);
        Vec::new()
    }

    /// Queues the statistics of some systems under a metric.
    pub(super) fn queue_rows(
        &mut self,
        data: &DataSet,
        metric: usize,
        systems: &[usize],
        first: bool,
    ) {
        self.versions += 1;
        let slot = &mut self.slots[metric];
        (slot.version, slot.outcome_version) = (self.versions, 0);
        slot.targets = 0;
        let rows = data.table.rows();
        let mut jobs = Vec::new();
        let chunk = match self.specs[metric].scoring().properties().needs_all_segments {
            true => rows.max(1),
            false => CHUNK,
        };
        for start in (0..rows).step_by(chunk) {
            for &system in systems {
                let range = start..rows.min(start + chunk);
                self.total += SCORING_COST * range.len() as f64;
                jobs.push(Job {
                    metric,
                    version: slot.version,
                    part: Part::Rows { system, range },
                    others: Vec::new(),
                });
            }
        }
        slot.chunks = jobs.len();
        self.enqueue(jobs, first);
    }

    pub(super) fn enqueue(&mut self, jobs: Vec<Job>, first: bool) {
        if first {
            for job in jobs.into_iter().rev() {
                self.queue.push_front(job);
            }
        } else {
            self.queue.extend(jobs);
        }
    }

    /// All chunks are in.
    pub(super) fn score(&mut self, data: &DataSet, metric: usize) -> Vec<usize> {
        let slot = &mut self.slots[metric];
        let spec = &self.specs[metric];
        let result = self
            .evaluation
            .scores(data, spec, &slot.matrices, &self.grouping);
        slot.result = Some(result);
        self.touch(metric);
        let settled = self.resample(data, metric);
        if settled.is_empty() {
            self.report(metric)
        } else {
            settled
        }
    }

    /// Queues what of a scored metric is not resampled yet.
    pub(super) fn resample(&mut self, data: &DataSet, metric: usize) -> Vec<usize> {
        let slot = &mut self.slots[metric];
        let Some(result) = &slot.result else {
            return Vec::new();
        };
        let mut missing = self.evaluation.targets(result);
        missing.retain(|target| !slot.outcomes.contains_key(target));
        if missing.is_empty() {
            return self.settle(metric);
        }
        if slot.matrices.is_empty() {
            self.start(data, metric, false);
            return Vec::new();
        }
        self.versions += 1;
        slot.outcome_version = self.versions;
        slot.targets = missing.len();
        let version = slot.outcome_version;
        self.total += missing.iter().map(|t| self.cost(data, *t)).sum::<f64>();
        let jobs = missing.into_iter().map(|target| Job {
            metric,
            version,
            part: Part::Target(target),
            others: Vec::new(),
        });
        // Statistics that can't all be kept are used up before the next metric's are made.
        self.enqueue(jobs.collect(), !self.keep);
        Vec::new()
    }

    pub(super) fn cost(&self, data: &DataSet, target: Target) -> f64 {
        let test = &self.evaluation.test;
        let (rows, samples) = match target {
            Target::System(_) => (data.table.rows(), test.resamples()),
            Target::Slice(_, j) => (self.grouping.slices[j].len(), test.resamples()),
            Target::Pair(_) => (data.table.rows(), test.samples),
            Target::SlicePair(_, j) => (self.grouping.slices[j].len(), test.samples),
        };
        rows as f64 * samples as f64 / 1000.0
    }

    pub(super) fn settle(&mut self, metric: usize) -> Vec<usize> {
        let slot = &mut self.slots[metric];
        slot.targets = 0;
        if let Some(result) = &mut slot.result {
            self.evaluation
                .settle(result, &self.grouping, &slot.outcomes);
        }
        if !self.keep && !slot.is_precomputed {
            slot.matrices = Vec::new();
        }
        self.touch(metric);
        self.report(metric)
    }

    /// First results are reported in the order of metrics, later ones as they come.
    pub(super) fn report(&mut self, metric: usize) -> Vec<usize> {
        if metric < self.reported {
            return vec![metric];
        }
        let from = self.reported;
        while self
            .slots
            .get(self.reported)
            .is_some_and(|s| s.result.is_some())
        {
            self.reported += 1;
        }
        (from..self.reported).collect()
    }
}
