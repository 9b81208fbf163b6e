//! The evaluation as a queue of jobs: chunks of rows first, so that scores stand early, then what
//! is resampled. Outcomes may come in any order and from any worker; what a new option, baseline
//! or test has made void is dropped when it arrives. Only what a change touches is queued anew.

mod jobs;
mod keep;
mod list;
mod queue;
mod regroup;
mod saved;

pub use saved::{Numbers, SavedScores};

pub use keep::kept_systems;

use super::results::{Evaluation, Outcomes, Target};
use super::sample::{Grouping, TaggedRows};
use assay_data::{Clusters, DataSet};
use assay_metrics::registry::{MetricSpec, SpecError};
use assay_results::scores::MetricResult;
use assay_results::scores::{Domains, MetricId};
use assay_stats::{PairedTest, PairedTestKind};
use std::collections::VecDeque;
use std::ops::Range;

/// Bytes of statistics that are kept, so that another baseline or test needs no text again.
const KEPT_BYTES: usize = 1200 << 20;
/// What scoring a segment costs beside resampling it a thousand times, roughly: for progress.
const SCORING_COST: f64 = 4.0;

/// A job that was given out.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    metric: usize,
    version: u64,
    part: Part,
    /// Other metrics, with their versions, of which the same target comes with it.
    others: Vec<(usize, u64)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Rows { system: usize, range: Range<usize> },
    Target(Target),
}

/// One metric's state.
#[derive(Debug, Clone, Default)]
struct Slot {
    id: MetricId,
    /// Of the chunks that count.
    version: u64,
    /// Chunks to come.
    chunks: usize,
    matrices: Vec<Vec<f64>>,
    /// Of the outcomes that count.
    outcome_version: u64,
    outcomes: Outcomes,
    targets: usize,
    result: Option<MetricResult>,
    /// Changes with all that is kept of it beyond a visit.
    revision: u64,
    /// Whether the rows were handed in, and can't be made again.
    is_precomputed: bool,
}

/// The evaluation of a data set under a list of metrics.
#[derive(Debug, Clone)]
pub struct Schedule {
    evaluation: Evaluation,
    specs: Vec<MetricSpec>,
    slots: Vec<Slot>,
    grouping: Grouping,
    domains: Option<Domains>,
    /// Tags with their rows, whose scores are shown as those of slices are.
    tags: Vec<TaggedRows>,
    queue: VecDeque<Job>,
    keep: bool,
    /// Metrics whose first result was reported, in order.
    reported: usize,
    done: f64,
    total: f64,
    /// The last version given out; never the same twice, whatever is loaded.
    versions: u64,
    /// The last metric id given out, likewise.
    last_id: u32,
    /// The last revision of a result, likewise.
    revisions: u64,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            evaluation: Evaluation {
                baseline: 0,
                test: PairedTest::default(),
            },
            specs: Vec::new(),
            slots: Vec::new(),
            grouping: Grouping::default(),
            domains: None,
            tags: Vec::new(),
            queue: VecDeque::new(),
            keep: true,
            reported: 0,
            done: 0.0,
            total: 0.0,
            versions: 0,
            last_id: 0,
            revisions: 0,
        }
    }
}

impl Schedule {
    /// Takes new data, or new roles, and forgets all results.
    pub fn load(&mut self, data: &DataSet, specs: Vec<MetricSpec>) {
        let keep = fit(&specs, data);
        let slots = specs.iter().map(|_| self.new_slot()).collect();
        *self = Self {
            evaluation: self.evaluation,
            slots,
            specs,
            grouping: Grouping::of(data),
            keep,
            versions: self.versions,
            last_id: self.last_id,
            revisions: self.revisions,
            ..Self::default()
        };
    }

    /// The settings.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// The clusters that rows are drawn in.
    pub fn clusters(&self) -> Option<&Clusters> {
        self.grouping.clusters.as_ref()
    }

    /// What systems were trained on.
    pub fn domains(&self) -> Option<&Domains> {
        self.domains.as_ref()
    }

    /// The metrics that are computed here, with their options; those whose rows were computed elsewhere come after them.
    pub fn computed_specs(&self) -> Vec<MetricSpec> {
        let own = self
            .specs
            .iter()
            .zip(&self.slots)
            .filter(|(_, slot)| !slot.is_precomputed);
        own.map(|(spec, _)| spec.clone()).collect()
    }

    /// The paired test.
    pub fn test(&self) -> &PairedTest {
        &self.evaluation.test
    }

    /// The metrics' names in order.
    pub fn names(&self) -> Vec<String> {
        self.specs.iter().map(|s| s.scoring().name()).collect()
    }

    /// The metrics' ids in order.
    pub fn ids(&self) -> Vec<MetricId> {
        self.slots.iter().map(|s| s.id).collect()
    }

    /// The place of a metric in the list.
    pub fn place_of(&self, id: MetricId) -> Option<usize> {
        self.slots.iter().position(|s| s.id == id)
    }

    /// Metrics in all.
    pub fn len(&self) -> usize {
        self.specs.len()
    }

    /// Whether there is no metric.
    pub fn is_empty(&self) -> bool {
        self.specs.is_empty()
    }

    /// The results so far, as far as all before them are there too.
    pub fn results(&self) -> impl Iterator<Item = &MetricResult> {
        self.slots.iter().map_while(|s| s.result.as_ref())
    }

    /// One metric's result.
    pub fn result(&self, metric: usize) -> Option<&MetricResult> {
        self.slots.get(metric)?.result.as_ref()
    }

    /// Work done and work in all, in the same unit, of what was queued since the queue was last
    /// empty.
    pub fn progress(&self) -> (f64, f64) {
        (self.done, self.total)
    }

    /// Whether work waits or is under way.
    pub fn is_busy(&self) -> bool {
        self.slots.iter().any(|s| s.chunks > 0 || s.targets > 0)
    }

    /// Queues what is missing under this baseline and test. Returns the metrics whose results
    /// changed at once.
    pub fn evaluate(&mut self, data: &DataSet, baseline: usize, test: PairedTest) -> Vec<usize> {
        if data.systems().is_empty() {
            return Vec::new();
        }
        let before = self.evaluation;
        self.evaluation = Evaluation { baseline, test };
        if before != self.evaluation {
            self.touch_all();
        }
        let randomised = test.kind == PairedTestKind::Randomization;
        let moved = before.baseline != baseline;
        for slot in &mut self.slots {
            slot.outcomes.retain(|target, _| match target {
                _ if before.test != test => false,
                Target::Pair(_) | Target::SlicePair(..) => !moved,
                Target::System(_) => !(moved && randomised),
                Target::Slice(..) => true,
            });
        }
        let mut ready = Vec::new();
        for metric in 0..self.specs.len() {
            let slot = &self.slots[metric];
            let spec = &self.specs[metric];
            let fits = |r: &MetricResult| r.info == spec.info() && r.name == spec.scoring().name();
            if slot.chunks > 0 {
                continue;
            }
            if slot.result.as_ref().is_some_and(fits) {
                ready.extend(self.resample(data, metric));
            } else if slot.result.is_none() && slot.matrices.iter().any(|m| !m.is_empty()) {
                ready.extend(self.start_missing(data, metric));
            } else {
                self.start(data, metric, false);
            }
        }
        ready
    }

    /// Changes an option of one metric and queues that metric anew, before all others.
    ///
    /// # Errors
    /// When the metric has no such option or it can't take that value; all stays as it was.
    pub fn set_option(
        &mut self,
        data: &DataSet,
        metric: usize,
        option: &str,
        value: &str,
    ) -> Result<(), SpecError> {
        // Rows that were handed in can't be made again.
        let is_precomputed = self.slots.get(metric).is_some_and(|s| s.is_precomputed);
        if let Some(spec) = self.specs.get_mut(metric).filter(|_| !is_precomputed) {
            spec.set(option, value)?;
            self.start(data, metric, true);
        }
        Ok(())
    }

    /// A metric as it would be with an option set.
    ///
    /// # Errors
    /// When it has no such option, or can't take the value.
    pub fn with_option(
        &self,
        metric: usize,
        option: &str,
        value: &str,
    ) -> Result<MetricSpec, SpecError> {
        let mut spec = self.specs[metric].clone();
        spec.set(option, value)?;
        Ok(spec)
    }

    /// Drops all that waits or is under way; what is done stays.
    pub fn cancel(&mut self) {
        self.queue.clear();
        for slot in &mut self.slots {
            (slot.version, slot.outcome_version) = (0, 0);
            if slot.chunks > 0 {
                slot.matrices.clear();
            }
            (slot.chunks, slot.targets) = (0, 0);
        }
        (self.done, self.total) = (0.0, 0.0);
    }
}

/// Whether the statistics of all metrics and systems can be kept.
fn fit(specs: &[MetricSpec], data: &DataSet) -> bool {
    let width: usize = specs.iter().map(|s| s.scoring().width()).sum();
    width * data.table.rows() * data.systems().len() * size_of::<f64>() <= KEPT_BYTES
}

#[cfg(test)]
mod tests;
