//! What the page knows: the worker's answers, gathered. No data set stands here, only what is in
//! sight; and no browser, so that it is tested natively.

pub mod beside;
pub mod item;
pub mod job;
pub mod models;
pub mod notice;
pub mod notices;
pub mod owner;
pub mod rater;
pub mod report;
pub mod task_form;

use crate::state::beside::BesideState;
use crate::state::models::ModelState;
use crate::state::owner::OwnerState;
use crate::state::rater::RaterState;
use crate::state::report::ReportState;
use assay_protocol::beside::BesideNews;
use assay_protocol::code::{CodeNews, CodeView};
use assay_protocol::messages::{Request, Response};
use assay_protocol::ratings::RatingsView;
use assay_protocol::report::ReportNews;
use std::rc::Rc;

pub use crate::state::job::{Job, Work};
pub use crate::state::notice::{Effect, Notice};
pub use assay_protocol::views::MetricView;

/// An encoder that outputs were compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// Its name.
    pub name: String,
    /// The layer that was taken.
    pub layers: usize,
    /// What the adapter calls itself; nothing on the processor.
    pub adapter: Option<String>,
}

/// What the page knows.
#[derive(Default)]
pub struct State {
    /// The models.
    pub models: Rc<ModelState>,
    /// The encoder that outputs were compared by.
    pub encoded: Option<Encoded>,
    /// People's judgements.
    pub ratings: Option<Rc<RatingsView>>,
    /// Grows whenever they, or the data beside them, are others.
    pub ratings_version: usize,
    /// A rater at work on a link.
    pub rater: Rc<RaterState>,
    /// Tasks for raters.
    pub owner: Rc<OwnerState>,
    /// Training runs and trials.
    pub beside: Rc<BesideState>,
    /// The report.
    pub report: Rc<ReportState>,
    /// Programs that wait to be run, or were run.
    pub code: Option<Rc<CodeView>>,
    /// What runs.
    pub job: Option<Job>,
    /// What the person is told.
    pub notice: Option<Notice>,
}

impl State {
    /// Notes that a request goes out.
    pub fn sending(&mut self, request: &Request, now: f64) {
        Rc::make_mut(&mut self.models).sending(request);
        match request {
            Request::Rater { command } => Rc::make_mut(&mut self.rater).sending(command),
            Request::Owner { command } => Rc::make_mut(&mut self.owner).sending(command),
            Request::Beside { command } => Rc::make_mut(&mut self.beside).sending(command),
            Request::Report { command } => Rc::make_mut(&mut self.report).sending(command),
            _ => {}
        }
        if *request == Request::ForgetEncoded {
            self.encoded = None;
        }
        let work = match request {
            Request::Beside { command } => {
                if command.takes_files() {
                    self.notice = None;
                }
                return;
            }
            Request::OpenModel { .. } | Request::OpenKept { .. } => {
                self.notice = None;
                return;
            }
            Request::KeepModel { slot } => {
                self.notice = None;
                let total = self.models.bytes(*slot);
                Work::Keep { done: 0.0, total }
            }
            Request::Perplexity { .. } => {
                self.notice = None;
                let total = self.models.bytes(0);
                Work::Model { done: 0.0, total }
            }
            Request::Encode { .. } => {
                self.notice = None;
                Work::Encode { done: 0, total: 0 }
            }
            Request::Cancel | Request::Pause => {
                self.job = None;
                return;
            }
            _ => return,
        };
        self.job = Some(Job { work, started: now });
    }

    /// Notes that the data is another one.
    pub fn data_changed(&mut self) {
        self.models = Rc::new(self.models.without_scores());
        self.ratings_version += 1;
        self.encoded = None;
        self.scores_changed();
    }

    /// Notes that results are others.
    pub fn scores_changed(&mut self) {
        Rc::make_mut(&mut self.report).stamp += 1;
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
        Rc::make_mut(&mut self.models).receive(&response);
        if ReportState::is_changed_by(&response) {
            Rc::make_mut(&mut self.report).stamp += 1;
        }
        match response {
            Response::Model { .. }
            | Response::ModelClosed { .. }
            | Response::Deployed { .. }
            | Response::Comparing
            | Response::Compared { .. } => {}
            Response::Kept { .. } => self.end(|w| matches!(w, Work::Keep { .. })),
            Response::Keeping { done, total } => self.go_on(Work::Keep { done, total }, now),
            Response::Failed { error } => {
                self.notice = Some(Notice::Failed(error));
            }
            Response::ModelLoading { done, total } => {
                self.go_on(Work::Model { done, total }, now);
            }
            Response::ModelFailed { sentence } => {
                self.job = None;
                self.notice = Some(Notice::Model(sentence));
            }
            Response::Perplexing { done, total, speed } => {
                self.go_on(Work::Perplexity { done, total, speed }, now);
            }
            Response::Perplexed { .. } => self.end(Work::is_model),
            Response::Encoding { done, total } => self.go_on(Work::Encode { done, total }, now),
            Response::Encoded {
                name,
                layers,
                adapter,
            } => {
                self.end(Work::is_model);
                self.encoded = Some(Encoded {
                    name,
                    layers,
                    adapter,
                });
            }
            Response::Ratings { view } => self.ratings = view.map(|v| Rc::new(*v)),
            Response::RatingsChanged => {
                self.notice = None;
                self.ratings_version += 1;
            }
            Response::RatingsFailed { error } => self.notice = Some(Notice::Ratings(error)),
            Response::Beside { news } => {
                if let BesideNews::LogsFailed { error } = &*news {
                    self.notice = Some(Notice::Logs(error.clone()));
                }
                Rc::make_mut(&mut self.beside).receive(*news);
            }
            Response::Code { news } => match *news {
                CodeNews::View { view } => {
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
                    self.notice = Some(Notice::Code(error));
                }
            },
            Response::Report { news } => {
                if let ReportNews::NotRestored { error } = &news {
                    self.notice = Some(Notice::Saved(error.clone()));
                }
                if let ReportNews::Restored {
                    baseline,
                    test,
                    domains,
                } = &news
                {
                    return Some(Effect::Restored {
                        baseline: *baseline,
                        test: *test,
                        domains: domains.clone(),
                    });
                }
                Rc::make_mut(&mut self.report).receive(news);
            }
            Response::Rater { news } => Rc::make_mut(&mut self.rater).receive(news),
            Response::Owner { news } => {
                if Rc::make_mut(&mut self.owner).receive(news) {
                    self.notice = None;
                    return Some(Effect::Judged);
                }
            }
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
