//! What the page knows: the worker's answers, gathered. No data set stands here, only what is in
//! sight; and no browser, so that it is tested natively.

pub mod item;
pub mod job;
pub mod notice;
pub mod notices;
pub mod task_form;

use super::route::Route;
use assay_protocol::code::{CodeNews, CodeView};
use assay_protocol::messages::{Detail, Histogram, Request, Response, RowView, Summary};
use assay_results::classification::ClassificationView;
use assay_results::questions::{Answer, Question};
use assay_results::scores::{Domains, MetricResult};
use assay_stats::PairedTest;
use std::collections::HashMap;
use std::rc::Rc;

pub use crate::state::job::{Job, Work};
pub use crate::state::notice::{Effect, Notice};

/// A metric's result as the page holds it.
#[derive(Clone, PartialEq)]
pub struct MetricView {
    /// The result, without segments.
    pub result: MetricResult,
    /// How the segments' scores are distributed.
    pub histogram: Histogram,
}

/// A window of rows as it came.
#[derive(Clone, PartialEq, Default)]
pub struct Window {
    /// Rows that the query selects.
    pub total: usize,
    /// First row here.
    pub start: usize,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// Answers to questions beyond the scores.
pub type Known = HashMap<Question, Answer>;

/// What the page knows.
#[derive(Default)]
pub struct State {
    /// What is loaded.
    pub summary: Option<Rc<Summary>>,
    /// Bytes of memory that the worker has taken.
    pub memory: f64,
    /// Results so far, in the metrics' order.
    pub metrics: Rc<Vec<MetricView>>,
    /// The rows in sight.
    pub window: Rc<Window>,
    /// Whether rows were asked for and are still to come.
    pub searching: bool,
    /// The row that is looked at.
    pub detail: Option<Rc<Detail>>,
    /// Its place in the list.
    pub place: Option<usize>,
    /// Classifiers.
    pub classification: Option<Rc<ClassificationView>>,
    /// Answers to questions beyond the scores.
    pub answers: Rc<Known>,
    /// Programs that wait to be run, or were run.
    pub code: Option<Rc<CodeView>>,
    /// What runs.
    pub job: Option<Job>,
    /// What the person is told.
    pub notice: Option<Notice>,
    /// The settings that the worker was last asked to score with.
    evaluated: Option<(usize, PairedTest, Option<Domains>)>,
}

impl State {
    /// Notes that a request goes out.
    pub fn sending(&mut self, request: &Request, now: f64) {
        let work = match request {
            Request::Import | Request::Paste { .. } | Request::Demo => {
                self.notice = None;
                Work::Import {
                    done: 0.0,
                    total: 0.0,
                    rows: 0,
                }
            }
            Request::Evaluate { .. } | Request::SetOption { .. } | Request::AddMetric { .. } => {
                Work::Score { part: 0.0 }
            }
            Request::Cancel => {
                self.job = None;
                return;
            }
            Request::Rows { .. } => {
                self.searching = true;
                return;
            }
            _ => return,
        };
        self.job = Some(Job { work, started: now });
    }

    /// The request for scores that the view wants and the worker was not asked for.
    pub fn wanted(&mut self, route: &Route) -> Option<Request> {
        let summary = self.summary.as_ref()?;
        if summary.systems.is_empty() {
            return None;
        }
        let baseline = route.baseline.min(summary.systems.len() - 1);
        let settings = (baseline, route.test, route.domains.clone());
        if self.evaluated.as_ref() == Some(&settings) {
            return None;
        }
        let (baseline, test, domains) = settings.clone();
        self.evaluated = Some(settings);
        Some(Request::Evaluate {
            baseline,
            test,
            domains,
        })
    }

    /// What was answered of scores is to be asked again; texts are what they are.
    fn rescored(&mut self) {
        if !self.answers.is_empty() {
            Rc::make_mut(&mut self.answers).retain(|question, _| *question == Question::Texts);
        }
    }

    /// Notes that programs begin to run.
    pub fn run_code(&mut self, now: f64) {
        self.notice = None;
        let total = self.code.as_ref().map_or(0, |c| c.samples);
        let done = self.code.as_ref().map_or(0, |c| c.done);
        self.job = Some(Job {
            work: Work::Code { done, total },
            started: now,
        });
    }

    /// Whether programs run.
    pub fn running_code(&self) -> bool {
        self.job
            .as_ref()
            .is_some_and(|j| matches!(j.work, Work::Code { .. }))
    }

    /// Takes an answer.
    pub fn receive(&mut self, response: Response, now: f64) -> Option<Effect> {
        match response {
            Response::Ready => {}
            Response::Importing { done, total, rows } => {
                self.go_on(Work::Import { done, total, rows }, now);
            }
            Response::Scoring { part } => {
                self.go_on(Work::Score { part }, now);
            }
            Response::Scored => self.job = None,
            Response::Broken { detail } => {
                self.job = None;
                self.notice = Some(Notice::Broken(detail));
            }
            Response::Loaded { summary, memory } => {
                *self = Self {
                    summary: Some(Rc::new(summary)),
                    memory,
                    code: self.code.take(),
                    ..Self::default()
                };
            }
            Response::Failed { error } => {
                self.job = None;
                self.notice = Some(Notice::Failed(error));
            }
            Response::Cancelled => {
                self.job = None;
                self.notice = Some(Notice::Cancelled);
            }
            Response::Metric {
                index,
                result,
                histogram,
            } => {
                self.rescored();
                if let Some(summary) = &mut self.summary
                    && index >= summary.metrics.len()
                {
                    Rc::make_mut(summary).metrics.push(result.name.clone());
                }
                let metrics = Rc::make_mut(&mut self.metrics);
                let view = MetricView { result, histogram };
                match metrics.get_mut(index) {
                    Some(place) => *place = view,
                    None => metrics.push(view),
                }
            }
            Response::Rows { total, start, rows } => {
                self.window = Rc::new(Window { total, start, rows });
                self.searching = false;
            }
            Response::Stepped { row, place } => {
                self.place = Some(place);
                return Some(Effect::Row(row));
            }
            Response::Withdrawn { from } => {
                self.rescored();
                Rc::make_mut(&mut self.metrics).truncate(from);
                if let Some(summary) = &mut self.summary {
                    Rc::make_mut(summary).metrics.truncate(from);
                }
            }
            Response::Removed { metric } => {
                self.rescored();
                let metrics = Rc::make_mut(&mut self.metrics);
                if metric < metrics.len() {
                    metrics.remove(metric);
                }
                if let Some(summary) = &mut self.summary
                    && metric < summary.metrics.len()
                {
                    Rc::make_mut(summary).metrics.remove(metric);
                }
            }
            Response::Classification { view } => {
                self.classification = view.map(|v| Rc::new(*v));
            }
            Response::Answer { question, answer } => {
                Rc::make_mut(&mut self.answers).insert(question, *answer);
            }
            Response::Took { runs } => {
                self.job = None;
                return Some(Effect::Took { runs });
            }
            Response::LogsFailed { error } => {
                self.job = None;
                self.notice = Some(Notice::Logs(error));
            }
            Response::Code { news } => match *news {
                CodeNews::View { view } => {
                    self.end(|work| matches!(work, Work::Import { .. }));
                    let progress = view.as_ref().map(|v| (v.done, v.samples));
                    if let Some((done, total)) = progress.filter(|_| self.running_code()) {
                        self.go_on(Work::Code { done, total }, now);
                    }
                    self.code = view.map(Rc::new);
                }
                CodeNews::Run { place, program } => return Some(Effect::Run { place, program }),
                CodeNews::Through => {
                    self.end(|work| matches!(work, Work::Code { .. }));
                    return Some(Effect::RunThrough);
                }
                CodeNews::Failed { error } => {
                    self.job = None;
                    self.notice = Some(Notice::Code(error));
                }
            },
            Response::NotRestored { error } => {
                self.job = None;
                self.notice = Some(Notice::Saved(error));
            }
            Response::Restored {
                baseline,
                test,
                domains,
                problems,
            } => {
                self.job = None;
                self.notice = problems.into_iter().next().map(Notice::Saved);
                return Some(Effect::Restored {
                    baseline,
                    test,
                    domains,
                });
            }
            Response::Collected => {
                self.end(|work| matches!(work, Work::Import { .. }));
                self.notice = None;
                return Some(Effect::Judged);
            }
            Response::Detail { detail } => self.detail = Some(Rc::new(detail)),
            Response::Exported { name, mime, text } => {
                return Some(Effect::Save { name, mime, text });
            }
        }
        None
    }

    /// Ends the job if it is of such work.
    fn end(&mut self, of: impl FnOnce(&Work) -> bool) {
        self.job = self.job.take().filter(|job| !of(&job.work));
    }

    /// Progress of what was stopped meanwhile starts no new job.
    fn go_on(&mut self, work: Work, now: f64) {
        if let Some(job) = &mut self.job {
            let same = std::mem::discriminant(&job.work) == std::mem::discriminant(&work);
            if !same {
                job.started = now;
            }
            job.work = work;
        }
    }
}

#[cfg(test)]
mod tests;
