//! What the page knows beside the replies to its calls: programs that wait or run, and what came of files with
//! more in them than data. No browser stands here, so that it is tested natively.

pub mod item;
pub mod job;
pub mod notice;
pub mod notices;
pub mod task_form;

use assay_protocol::code::{CodeNews, CodeView};
use assay_protocol::messages::{Request, Response};
use std::rc::Rc;

pub use crate::state::job::Job;
pub use crate::state::notice::{Effect, Notice};
pub use assay_protocol::views::MetricView;

/// What the page knows beside the replies to its calls.
#[derive(Default)]
pub struct State {
    /// Programs that wait to be run, or were run.
    pub code: Option<Rc<CodeView>>,
    /// Programs that run.
    pub job: Option<Job>,
    /// What the person is told.
    pub notice: Option<Notice>,
}

impl State {
    /// Notes that a request goes out.
    pub fn sending(&mut self, request: &Request) {
        if *request == Request::Cancel {
            self.job = None;
        }
    }

    /// Notes that programs begin to run.
    pub fn run_code(&mut self, now: f64) {
        self.notice = None;
        self.job = Some(Job {
            done: self.code.as_ref().map_or(0, |c| c.done),
            total: self.code.as_ref().map_or(0, |c| c.samples),
            started: now,
        });
    }

    /// Whether programs run.
    pub fn running_code(&self) -> bool {
        self.job.is_some()
    }

    /// Takes an answer.
    pub fn receive(&mut self, response: Response) -> Option<Effect> {
        match response {
            Response::Failed { error } => self.notice = Some(Notice::Failed(error)),
            Response::LogsFailed { error } => self.notice = Some(Notice::Logs(error)),
            Response::Code { news } => return self.hear_of_code(*news),
            Response::NotRestored { error } => self.notice = Some(Notice::Saved(error)),
            Response::Restored {
                baseline,
                test,
                domains,
                problems,
            } => {
                self.notice = problems.into_iter().next().map(Notice::Saved);
                return Some(Effect::Restored {
                    baseline,
                    test,
                    domains,
                });
            }
        }
        None
    }

    fn hear_of_code(&mut self, news: CodeNews) -> Option<Effect> {
        match news {
            CodeNews::View { view } => {
                // Progress of what was stopped meanwhile starts no new job.
                if let (Some(job), Some(view)) = (&mut self.job, &view) {
                    (job.done, job.total) = (view.done, view.samples);
                }
                self.code = view.map(Rc::new);
            }
            CodeNews::Run { place, program } => return Some(Effect::Run { place, program }),
            CodeNews::Through => {
                self.job = None;
                return Some(Effect::RunThrough);
            }
            CodeNews::Failed { error } => self.notice = Some(Notice::Code(error)),
        }
        None
    }
}

#[cfg(test)]
mod tests;
