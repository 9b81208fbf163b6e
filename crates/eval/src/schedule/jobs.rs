//! Jobs as they go out and come back: what a worker gets for one, which of them draw together, and where the
//! outcome goes.

use super::{Job, Part, SCORING_COST, Schedule};
use crate::results::Target;
use crate::task::{Parcel, Task};
use assay_data::DataSet;
use assay_metrics::registry::MetricSpec;
use assay_metrics::resampling::MANY;

/// Columns of statistics that are resampled together at most.
const SHARED_COLUMNS: usize = 34;
impl Schedule {
    /// The next job with all that a worker needs for it.
    pub fn next(&mut self, data: &DataSet) -> Option<(Job, Task, Parcel)> {
        loop {
            let job = self.queue.pop_front()?;
            let slot = &self.slots[job.metric];
            let spec = &self.specs[job.metric];
            let (task, parcel) = match &job.part {
                Part::Rows { system, range } if job.version == slot.version => {
                    let column = data.systems()[*system].0;
                    let task = Task::Statistics { spec: spec.clone() };
                    (
                        task,
                        Parcel::of_texts(data, spec.scoring(), column, range.clone()),
                    )
                }
                Part::Target(Target::System(system))
                    if job.version == slot.outcome_version && self.shares(data, job.metric) =>
                {
                    let system = *system;
                    let job = self.gathered(job, system);
                    let metrics = std::iter::once(job.metric);
                    let metrics = metrics.chain(job.others.iter().map(|(m, _)| *m));
                    let all: Vec<(&MetricSpec, &[f64])> = metrics
                        .map(|m| (&self.specs[m], &self.slots[m].matrices[system][..]))
                        .collect();
                    let (task, parcel) = self.evaluation.shared_task(&all, system);
                    return Some((job, task, parcel));
                }
                Part::Target(target) if job.version == slot.outcome_version => self
                    .evaluation
                    .task(spec, &slot.matrices, &self.grouping, *target),
                _ => continue,
            };
            return Some((job, task, parcel));
        }
    }

    /// Whether drawing is worth sharing: with many rows, all of which the metric says something of, drawn one by one.
    fn shares(&self, data: &DataSet, metric: usize) -> bool {
        data.table.rows() >= MANY
            && self.grouping.clusters.is_none()
            && !self.specs[metric].scoring().properties().is_partial
    }

    /// The job with the waiting ones of the same system under other metrics, as far as their rows together
    /// are not too wide.
    fn gathered(&mut self, mut job: Job, system: usize) -> Job {
        let width = |metric: usize| self.specs[metric].scoring().width();
        let mut columns = width(job.metric);
        let waits = |other: &Job| {
            other.part == Part::Target(Target::System(system))
                && other.version == self.slots[other.metric].outcome_version
                && !self.specs[other.metric].scoring().properties().is_partial
        };
        let mut taken = Vec::new();
        for (place, other) in self.queue.iter().enumerate() {
            if waits(other) && columns + width(other.metric) <= SHARED_COLUMNS {
                columns += width(other.metric);
                taken.push(place);
            }
        }
        for place in taken.into_iter().rev() {
            if let Some(other) = self.queue.remove(place) {
                job.others.insert(0, (other.metric, other.version));
            }
        }
        job
    }

    /// Takes a job's outcome. Returns the metrics whose results are new.
    pub fn accept(&mut self, data: &DataSet, job: &Job, outcome: Vec<f64>) -> Vec<usize> {
        let Some(slot) = self.slots.get_mut(job.metric) else {
            return Vec::new();
        };
        let ready = match &job.part {
            Part::Rows { system, range } if job.version == slot.version => {
                let width = self.specs[job.metric].scoring().width();
                slot.matrices.resize(data.systems().len(), Vec::new());
                if slot.matrices[*system].is_empty() {
                    slot.matrices[*system] = vec![0.0; data.table.rows() * width];
                }
                let place = range.start * width..range.end * width;
                if outcome.len() == place.len() {
                    slot.matrices[*system][place].copy_from_slice(&outcome);
                }
                slot.chunks -= 1;
                self.done += SCORING_COST * range.len() as f64;
                if slot.chunks == 0 {
                    self.score(data, job.metric)
                } else {
                    Vec::new()
                }
            }
            Part::Target(target) => self.accept_target(data, job, *target, outcome),
            _ => Vec::new(),
        };
        if !self.is_busy() {
            (self.done, self.total) = (0.0, 0.0);
        }
        ready
    }

    /// Takes the outcome of a target, of each metric that came with it.
    fn accept_target(
        &mut self,
        data: &DataSet,
        job: &Job,
        target: Target,
        outcome: Vec<f64>,
    ) -> Vec<usize> {
        let all = std::iter::once((job.metric, job.version)).chain(job.others.iter().copied());
        let each = outcome.len() / (1 + job.others.len());
        let mut ready = Vec::new();
        for (place, (metric, version)) in all.enumerate() {
            let Some(slot) = self.slots.get_mut(metric) else {
                continue;
            };
            if version != slot.outcome_version {
                continue;
            }
            slot.outcomes
                .insert(target, outcome[place * each..][..each].to_vec());
            slot.targets -= 1;
            self.done += self.cost(data, target);
            self.touch(metric);
            if self.slots[metric].targets == 0 {
                ready.extend(self.settle(metric));
            }
        }
        ready
    }
}
