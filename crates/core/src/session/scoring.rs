//! The session's scoring: jobs are handed out and their outcomes taken back, and the results are shown as they
//! come.

use super::{Session, SessionJob};
use assay_eval::{Parcel, Task};
use assay_metrics::options::OptionView;
use assay_metrics::presets::PRESETS;
use assay_protocol::scores::{ListedMetric, ScoresError, ScoresView};
use assay_protocol::views::{Histogram, MetricView};
use assay_results::scores::{Domains, MetricId, MetricResult};
use assay_stats::PairedTest;

/// Bins of a histogram.
pub(super) const BINS: usize = 20;

impl Session {
    /// The metrics with their results so far.
    pub fn scores_view(&self) -> ScoresView {
        let ids = self.schedule.ids().into_iter();
        let added = self.usual..self.usual + self.added_here.len();
        let metrics = ids.zip(self.schedule.names()).enumerate();
        let results = self.schedule.results().map(|result| MetricView {
            result: MetricResult {
                margin: self.margin(&result.name),
                ..without_segments(result)
            },
            histogram: histogram(result),
        });
        ScoresView {
            metrics: metrics
                .map(|(place, (id, name))| ListedMetric {
                    id,
                    name,
                    is_added: added.contains(&place),
                })
                .collect(),
            results: results.collect(),
            addable: self.addable(),
            presets: PRESETS.iter().map(|p| p.name.to_owned()).collect(),
            preset: self.preset_name(),
            is_stopped: self.scoring_stopped,
        }
    }

    /// The results so far, in the metrics' order.
    pub fn results(&self) -> Vec<&MetricResult> {
        self.schedule.results().collect()
    }

    /// Whether the list of metrics or a result changed since this was last asked.
    pub fn take_scores_changed(&mut self) -> bool {
        std::mem::take(&mut self.scores_changed)
    }

    /// Takes what systems were trained on; [`Session::evaluate`] queues what follows.
    pub fn set_domains(&mut self, domains: Option<Domains>) {
        let ready = self.schedule.set_domains(&self.data, domains.as_ref());
        self.note_results(&ready);
    }

    /// Queues what is missing under this baseline and test.
    pub fn evaluate(&mut self, baseline: usize, test: PairedTest) {
        self.scores_changed |= std::mem::take(&mut self.scoring_stopped);
        if self.is_asking() {
            // Scores of data in doubt would be a verdict before the question.
            return;
        }
        let ready = self.schedule.evaluate(&self.data, baseline, test);
        self.note_results(&ready);
        // Of two models the first is the baseline.
        let ready = self.compared.evaluate(&self.models, 0, test);
        self.comparison_changed(&ready);
    }

    /// Changes an option and queues its metric; a value that can't be taken changes nothing.
    ///
    /// # Errors
    /// When there is no such metric, or it can't take the value.
    pub fn set_option(
        &mut self,
        metric: MetricId,
        option: &str,
        value: &str,
    ) -> Result<(), ScoresError> {
        let place = self.place_of(metric)?;
        let set = self.schedule.set_option(&self.data, place, option, value);
        set.map_err(|_| self.refused(option, value))?;
        self.scores_changed = true;
        Ok(())
    }

    /// What a compute worker has to check before an option is set: text that a person typed may be understood only by
    /// the code that computes the metric.
    ///
    /// # Errors
    /// As [`Session::set_option`].
    pub fn option_check(
        &mut self,
        metric: MetricId,
        option: &str,
        value: &str,
    ) -> Result<Option<Task>, ScoresError> {
        let place = self.place_of(metric)?;
        let spec = self.schedule.with_option(place, option, value);
        let spec = spec.map_err(|_| self.refused(option, value))?;
        let is_typed = |o: &OptionView| o.name == option && o.is_text;
        let is_typed = spec.options().iter().any(is_typed);
        Ok(is_typed.then_some(Task::Check { spec }))
    }

    /// An option's value that can't be taken.
    pub(crate) fn refused(&mut self, option: &str, value: &str) -> ScoresError {
        // The page shows the value that stays.
        self.scores_changed = true;
        ScoresError::BadOption {
            option: option.to_owned(),
            value: value.to_owned(),
        }
    }

    /// Takes the smallest difference of a metric that matters; nothing forgets it.
    ///
    /// # Errors
    /// When there is no such metric, or the difference is not above 0.
    pub fn set_margin(&mut self, metric: MetricId, margin: Option<f64>) -> Result<(), ScoresError> {
        let name = self.schedule.names().swap_remove(self.place_of(metric)?);
        match margin {
            None => {
                self.margins.remove(&name);
            }
            Some(margin) if margin.is_finite() && margin > 0.0 => {
                self.margins.insert(name, margin);
            }
            Some(margin) => {
                return Err(ScoresError::BadMargin {
                    metric: name,
                    value: margin.to_string(),
                });
            }
        }
        self.scores_changed = true;
        Ok(())
    }

    /// The smallest difference of a metric that matters, where it was set.
    pub(super) fn margin(&self, name: &str) -> Option<f64> {
        self.margins.get(name).copied()
    }

    pub(super) fn place_of(&self, metric: MetricId) -> Result<usize, ScoresError> {
        let place = self.schedule.place_of(metric);
        place.ok_or(ScoresError::NoSuchMetric)
    }

    /// Drops what waits; what is done stays.
    pub fn cancel(&mut self) {
        if self.is_busy() {
            self.scoring_stopped = true;
            self.scores_changed = true;
        }
        self.schedule.cancel();
        self.compared.cancel();
    }

    /// The next piece of work for a compute worker.
    pub fn next_job(&mut self) -> Option<(SessionJob, Task, Parcel)> {
        if let Some((job, task, parcel)) = self.schedule.next(&self.data) {
            return Some((SessionJob::Systems(job), task, parcel));
        }
        let (job, task, parcel) = self.compared.next(&self.models)?;
        Some((SessionJob::Models(job), task, parcel))
    }

    /// Takes a job's outcome.
    pub fn accept(&mut self, job: &SessionJob, outcome: Vec<f64>) {
        match job {
            SessionJob::Systems(job) => {
                let ready = self.schedule.accept(&self.data, job, outcome);
                self.note_results(&ready);
            }
            SessionJob::Models(job) => {
                let ready = self.compared.accept(&self.models, job, outcome);
                self.comparison_changed(&ready);
            }
        }
    }

    /// Puts a job back that has no outcome, to be given out again.
    pub fn give_back(&mut self, job: SessionJob) {
        match job {
            SessionJob::Systems(job) => self.schedule.give_back(job),
            SessionJob::Models(job) => self.compared.give_back(job),
        }
    }

    /// Work done and work in all, since there was none.
    pub fn progress(&self) -> (f64, f64) {
        let ((a, b), (c, d)) = (self.schedule.progress(), self.compared.progress());
        (a + c, b + d)
    }

    /// Whether jobs wait or are under way.
    pub fn is_busy(&self) -> bool {
        self.schedule.is_busy() || self.compared.is_busy()
    }

    /// Notes that these metrics' results are new.
    pub(super) fn note_results(&mut self, metrics: &[usize]) {
        if !metrics.is_empty() {
            self.selected = None;
            self.scores_changed = true;
        }
    }
}

pub(super) fn without_segments(result: &MetricResult) -> MetricResult {
    let mut view = result.clone();
    for system in &mut view.systems {
        system.segments = Vec::new();
    }
    view
}

/// Bins over all systems' segment scores, from 0 to the metric's greatest score or, where that is
/// no bound, to the greatest found.
pub(super) fn histogram(result: &MetricResult) -> Histogram {
    let all = || {
        result
            .systems
            .iter()
            .flat_map(|s| s.segments.iter().copied())
    };
    let mut histogram = Histogram {
        low: all().fold(0.0, f64::min),
        high: all().fold(result.max, f64::max),
        counts: vec![vec![0; BINS]; result.systems.len()],
    };
    let edges: Vec<f64> = (1..BINS).filter_map(|bin| histogram.edges(bin).0).collect();
    for (system, counts) in result.systems.iter().zip(&mut histogram.counts) {
        for score in system.segments.iter().filter(|s| !s.is_nan()) {
            counts[edges.partition_point(|edge| edge <= score)] += 1;
        }
    }
    histogram
}
