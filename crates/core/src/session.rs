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
use assay_protocol::messages::*;
use assay_protocol::models::{Figures, ModelInfo};
use assay_report as report;
use assay_results::scores::{Domains, MetricResult};
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
    /// Metrics whose results changed and were not told of yet.
    changed: Vec<usize>,
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
    pub fn load(&mut self, data: DataSet) -> Summary {
        let old = std::mem::replace(&mut self.data, data);
        let keep = old.table.rows() > 0 && old.table.bytes() <= UNDO_BYTES;
        self.earlier = keep.then_some(old);
        self.refresh()
    }

    /// Goes back to the data before the last import (and forth again).
    pub fn undo(&mut self) -> Summary {
        if let Some(earlier) = self.earlier.take() {
            self.earlier = Some(std::mem::replace(&mut self.data, earlier));
        }
        self.refresh()
    }

    /// Gives a column a role; results are void after it.
    pub fn set_role(&mut self, column: usize, role: Role) -> Summary {
        if let Some(current) = self.data.roles.get_mut(column) {
            *current = role;
        }
        self.refresh()
    }

    fn refresh(&mut self) -> Summary {
        self.selected = None;
        self.digest.take();
        self.changed.clear();
        self.semantic = None;
        self.forget_study();
        let mut specs = advice::usual(&self.data);
        self.usual = specs.len();
        specs.extend(self.add_again());
        self.schedule.load(&self.data, specs);
        self.summary()
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
            addable: self.addable(),
            metrics: self.schedule.names(),
            usual: self.usual,
            earlier: self.earlier.as_ref().map(|e| e.files.clone()),
        }
    }

    /// Takes what systems were trained on; [`Session::evaluate`] tells what is new.
    pub fn set_domains(&mut self, domains: Option<Domains>) {
        let ready = self.schedule.set_domains(&self.data, domains.as_ref());
        self.changed.extend(ready);
    }

    /// Queues what is missing under this baseline and test; the answers tell what is new at once.
    pub fn evaluate(&mut self, baseline: usize, test: PairedTest) -> Vec<Response> {
        let mut ready = self.schedule.evaluate(&self.data, baseline, test);
        ready.extend(std::mem::take(&mut self.changed));
        ready.sort_unstable();
        ready.dedup();
        let news = self.news(ready);
        // Of two models the first is the baseline.
        let ready = self.compared.evaluate(&self.models, 0, test);
        self.comparison_changed(&ready);
        news
    }

    /// Changes an option and queues its metric; a value that can't be taken changes nothing.
    pub fn set_option(&mut self, metric: usize, option: &str, value: &str) -> Vec<Response> {
        let set = self.schedule.set_option(&self.data, metric, option, value);
        // The page shows the value it had.
        self.news(if set.is_ok() {
            Vec::new()
        } else {
            vec![metric]
        })
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

    /// Takes a job's outcome; the answers tell what is new.
    pub fn accept(&mut self, job: &SessionJob, outcome: Vec<f64>) -> Vec<Response> {
        let mut news = match job {
            SessionJob::Systems(job) => {
                let ready = self.schedule.accept(&self.data, job, outcome);
                self.news(ready)
            }
            SessionJob::Models(job) => {
                let ready = self.compared.accept(&self.models, job, outcome);
                self.comparison_changed(&ready);
                Vec::new()
            }
        };
        let ((a, b), (c, d)) = (self.schedule.progress(), self.compared.progress());
        news.push(if self.is_busy() {
            Response::Scoring {
                part: (a + c) / (b + d).max(1.0),
            }
        } else {
            Response::Scored
        });
        news
    }

    /// Whether jobs wait or are under way.
    pub fn is_busy(&self) -> bool {
        self.schedule.is_busy() || self.compared.is_busy()
    }

    fn news(&mut self, metrics: Vec<usize>) -> Vec<Response> {
        if !metrics.is_empty() {
            self.selected = None;
        }
        let results = metrics
            .into_iter()
            .filter_map(|index| Some((index, self.schedule.result(index)?)));
        results
            .map(|(index, result)| Response::Metric {
                index,
                result: without_segments(result),
                histogram: histogram(result),
            })
            .collect()
    }

    fn select(&mut self, query: Query) -> &Selection {
        let current = self.selected.take().filter(|s| *s.query() == query);
        let selection =
            current.unwrap_or_else(|| Selection::new(&self.data, &self.schedule, query));
        self.selected.insert(selection)
    }

    /// A window of the rows that `query` selects.
    pub fn rows(&mut self, query: Query, start: usize, count: usize) -> Response {
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
        Response::Rows {
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
    pub fn step(&mut self, query: Query, row: Option<usize>, by: i64) -> Option<Response> {
        let (row, place) = self.select(query).step(row, by)?;
        Some(Response::Stepped { row, place })
    }

    /// All about one row; `None` when there is no such row.
    pub fn detail(&self, row: usize) -> Option<Detail> {
        let data = &self.data;
        if row >= data.table.rows() {
            return None;
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
        Some(Detail {
            row,
            fields: fields.collect(),
            surprise: self.surprise(row),
            outputs: outputs.collect(),
            references,
        })
    }

    /// A file with the results so far.
    pub fn export(&self, kind: ExportKind) -> Response {
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
        Response::Exported {
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
