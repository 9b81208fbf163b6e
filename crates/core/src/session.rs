//! The data worker's state: the data set, the results and the order of the last query. Answers
//! requests one at a time and computes nothing long itself: an evaluation's jobs are handed out
//! through [`Session::next_job`] and their outcomes taken back.

mod measures;
mod questions;
mod ratings;
mod saved;
mod semantic;
mod study;

use super::marks;
use super::ratings::Ratings;
use super::selection::{Scores, Selection};
use super::semantic::Semantic;
use super::surprise::Study;
use assay_calls::Announcer;
use assay_data::{DataSet, Role};
use assay_eval::kind::kind;
use assay_eval::text::shortened;
use assay_eval::{Job, Parcel, Schedule, Task, advice};
use assay_metrics::registry::MetricSpec;
use assay_protocol::data::DataError;
use assay_protocol::models::{Figures, ModelInfo};
use assay_protocol::rows::{RowPlace, RowWindow, RowsError};
use assay_protocol::scores::{ListedMetric, ScoresError, ScoresView};
use assay_protocol::views::{
    ColumnView, Detail, ExportKind, ExportedFile, Histogram, MetricView, OutputView, Query,
    RowView, Summary,
};
use assay_report as report;
use assay_results::scores::{Domains, MetricId, MetricResult};
use assay_stats::PairedTest;
use std::cell::OnceCell;

/// Cells shown of each column.
const PREVIEW: usize = 5;
/// Characters of an output in the list.
const LIST_TEXT: usize = 160;
/// Bins of a histogram.
const BINS: usize = 20;
/// Bytes of text up to which the data before an import is kept for undo.
const UNDO_BYTES: usize = 256 << 20;

/// All that the data worker owns.
#[derive(Default)]
pub struct Session {
    data: DataSet,
    earlier: Option<DataSet>,
    schedule: Schedule,
    selected: Option<Selection>,
    study: Option<Study>,
    /// The models as systems, without texts: their slices are the data's.
    models: DataSet,
    /// The models compared, a metric for each column.
    compared: Schedule,
    /// How the models did on this device.
    deployed: Vec<(ModelInfo, Figures)>,
    ratings: Ratings,
    /// Metrics that the person added to the usual ones, by name: the options follow the data.
    added: Vec<String>,
    /// Which of those stand behind the usual ones now, in that order.
    added_here: Vec<usize>,
    /// How many are usual for the data.
    usual: usize,
    /// Perplexity's rows, once all texts are scored.
    given: Vec<(MetricSpec, Vec<Vec<f64>>)>,
    /// Whether the list of metrics or a result changed since [`Session::take_scores_changed`].
    scores_changed: bool,
    /// The table's digest, once it was asked for.
    digest: OnceCell<String>,
    /// What an encoder compares.
    semantic: Option<Semantic>,
    /// Tells that a topic changed.
    announcer: Announcer,
}

/// A job of either evaluation.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionJob {
    /// Of the systems.
    Systems(Job),
    /// Of the models.
    Models(Job),
}

impl Session {
    /// An empty session, which announces what changes in it.
    pub fn new(announcer: Announcer) -> Self {
        Self {
            announcer,
            ..Self::default()
        }
    }

    /// Takes a new data set in place of the old, which [`Session::undo`] brings back.
    pub fn load(&mut self, data: DataSet) {
        let old = std::mem::replace(&mut self.data, data);
        let keep = old.table.rows() > 0 && old.table.bytes() <= UNDO_BYTES;
        self.earlier = keep.then_some(old);
        self.refresh();
    }

    /// Goes back to the data before the last import (and forth again).
    ///
    /// # Errors
    /// When no earlier data is kept.
    pub fn undo(&mut self) -> Result<(), DataError> {
        let earlier = self.earlier.take().ok_or(DataError::NothingToUndo)?;
        self.earlier = Some(std::mem::replace(&mut self.data, earlier));
        self.refresh();
        Ok(())
    }

    /// Gives a column a role; results are void after it.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn set_role(&mut self, column: usize, role: Role) -> Result<(), DataError> {
        let columns = self.data.roles.len();
        let current = self.data.roles.get_mut(column);
        *current.ok_or(DataError::NoSuchColumn { column, columns })? = role;
        self.refresh();
        Ok(())
    }

    fn refresh(&mut self) {
        self.selected = None;
        self.digest.take();
        self.scores_changed = true;
        self.semantic = None;
        self.forget_study();
        let mut specs = advice::usual(&self.data);
        self.usual = specs.len();
        specs.extend(self.add_again());
        self.schedule.load(&self.data, specs);
    }

    /// Whether anything was ever loaded.
    pub fn is_loaded(&self) -> bool {
        !self.data.files.is_empty() || self.data.table.rows() > 0
    }

    /// What is loaded.
    pub fn summary(&self) -> Summary {
        let data = &self.data;
        let column = |(i, name): (usize, &String)| ColumnView {
            name: name.clone(),
            role: data.roles[i],
            preview: (0..data.table.rows().min(PREVIEW))
                .map(|row| data.table.cell(i, row).map(|t| shortened(t, LIST_TEXT)))
                .collect(),
        };
        Summary {
            files: data.files.clone(),
            rows: data.table.rows(),
            columns: data.table.names().iter().enumerate().map(column).collect(),
            systems: data
                .systems()
                .iter()
                .map(|(_, name)| (*name).to_owned())
                .collect(),
            blanks: data
                .systems()
                .iter()
                .map(|(i, _)| data.blank_outputs(*i))
                .collect(),
            has_reference: data.column_with(Role::Reference).is_some(),
            has_classes: [Role::Label, Role::Prediction]
                .iter()
                .all(|role| data.column_with(*role).is_some()),
            problems: data.problems.iter().take(100).cloned().collect(),
            problem_count: data.problem_count,
            unmatched: data.unmatched_rows,
            script: advice::script(data),
            kind: kind(data),
            has_metrics: !self.schedule.is_empty(),
            earlier: self.earlier.as_ref().map(|e| e.files.clone()),
        }
    }

    /// The metrics with their results so far.
    pub fn scores_view(&self) -> ScoresView {
        let ids = self.schedule.ids().into_iter();
        let added = self.usual..self.usual + self.added_here.len();
        let metrics = ids.zip(self.schedule.names()).enumerate();
        let results = self.schedule.results().map(|result| MetricView {
            result: without_segments(result),
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
        }
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
        // Also where it can't: the page shows the value that stays.
        self.scores_changed = true;
        set.map_err(|_| ScoresError::BadOption {
            option: option.to_owned(),
            value: value.to_owned(),
        })
    }

    fn place_of(&self, metric: MetricId) -> Result<usize, ScoresError> {
        let place = self.schedule.place_of(metric);
        place.ok_or(ScoresError::NoSuchMetric)
    }

    /// Drops what waits; what is done stays.
    pub fn cancel(&mut self) {
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
    fn note_results(&mut self, metrics: &[usize]) {
        if !metrics.is_empty() {
            self.selected = None;
            self.scores_changed = true;
        }
    }

    fn select(&mut self, query: Query) -> &Selection {
        let current = self.selected.take().filter(|s| *s.query() == query);
        let selection =
            current.unwrap_or_else(|| Selection::new(&self.data, &self.schedule, query));
        self.selected.insert(selection)
    }

    /// A window of the rows that `query` selects.
    pub fn rows(&mut self, query: Query, start: usize, count: usize) -> RowWindow {
        let selection = self.select(query.clone()).rows();
        let total = selection.len();
        let start = start.min(total);
        let window = selection[start..total.min(start.saturating_add(count))].to_vec();
        let column = self.data.systems().get(query.system).map(|s| s.0);
        let scores = Scores::of(&self.schedule, &query);
        let rows = window.into_iter().map(|row| {
            let row = row as usize;
            let text = match column {
                Some(column) => self.data.hypothesis(column, row).to_owned(),
                None => self.row_text(row),
            };
            RowView {
                row,
                text: shortened(&text, LIST_TEXT),
                score: scores.score(row),
                change: scores.change(row),
            }
        });
        RowWindow {
            total,
            start,
            rows: rows.collect(),
        }
    }

    /// What a row is known by where there are no systems: the source, or else all that its cells say.
    fn row_text(&self, row: usize) -> String {
        let data = &self.data;
        let cells = |role: Role| {
            let columns = data.columns_with(role).into_iter();
            let cells = columns.filter_map(|c| data.table.cell(c, row));
            cells.collect::<Vec<_>>().join(" ")
        };
        let source = cells(Role::Source);
        if source.is_empty() {
            format!("{} → {}", cells(Role::Label), cells(Role::Prediction))
        } else {
            source
        }
    }

    /// The row `by` places from `row` among those that `query` selects.
    pub fn step(&mut self, query: Query, row: Option<usize>, by: i64) -> Option<RowPlace> {
        let (row, place) = self.select(query).step(row, by)?;
        Some(RowPlace { row, place })
    }

    /// All about one row.
    ///
    /// # Errors
    /// When there is no such row.
    pub fn detail(&self, row: usize) -> Result<Detail, RowsError> {
        let data = &self.data;
        let rows = data.table.rows();
        if row >= rows {
            return Err(RowsError::NoSuchRow { row, rows });
        }
        let shown =
            |role: Role| !matches!(role, Role::Reference | Role::Hypothesis | Role::Ignored);
        let fields = (0..data.roles.len())
            .filter(|&c| shown(data.roles[c]))
            .filter_map(|c| {
                Some((
                    data.table.names()[c].clone(),
                    data.table.cell(c, row)?.to_owned(),
                ))
            });
        let references: Vec<String> = data
            .references(row)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let systems = data.systems();
        let outputs = systems.iter().enumerate().map(|(i, (column, name))| {
            let text = data.hypothesis(*column, row);
            OutputView {
                system: (*name).to_owned(),
                text: text.to_owned(),
                marks: references
                    .first()
                    .map_or(Vec::new(), |r| marks::differences(r, text)),
                alignment: references.first().and_then(|r| marks::alignment(r, text)),
                ngrams: marks::matched_ngrams(&references, text),
                scores: self
                    .schedule
                    .results()
                    .filter_map(|m| Some((m.name.clone(), *m.systems.get(i)?.segments.get(row)?)))
                    .filter(|(_, score)| !score.is_nan())
                    .collect(),
            }
        });
        Ok(Detail {
            row,
            fields: fields.collect(),
            surprise: self.surprise(row),
            outputs: outputs.collect(),
            references,
        })
    }

    /// A file with the results so far.
    pub fn export(&self, kind: ExportKind) -> ExportedFile {
        let mut results: Vec<&MetricResult> = self.schedule.results().collect();
        let compared: Vec<&MetricResult> = self.compared.results().collect();
        let (name, mime, text) = match kind {
            ExportKind::Json => {
                let evaluation = self.schedule.evaluation();
                let mut value = report::json(evaluation.baseline, &evaluation.test, &results);
                if !compared.is_empty() {
                    value["models"] = self.models_json(&compared);
                }
                (
                    "assay-results.json",
                    "application/json",
                    format!("{value:#}"),
                )
            }
            ExportKind::Csv => {
                results.extend(compared);
                ("assay-results.csv", "text/csv", report::csv(&results))
            }
            ExportKind::SegmentsCsv => (
                "assay-segments.csv",
                "text/csv",
                report::segments_csv(&results),
            ),
            ExportKind::RatingsLong | ExportKind::RatingsWide | ExportKind::RatingsJson => {
                self.ratings_file(kind)
            }
        };
        ExportedFile {
            name: name.into(),
            mime: mime.into(),
            text,
        }
    }
}

fn without_segments(result: &MetricResult) -> MetricResult {
    let mut view = result.clone();
    for system in &mut view.systems {
        system.segments = Vec::new();
    }
    view
}

/// Bins over all systems' segment scores, from 0 to the metric's greatest score or, where that is
/// no bound, to the greatest found.
fn histogram(result: &MetricResult) -> Histogram {
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

#[cfg(test)]
mod tests;
