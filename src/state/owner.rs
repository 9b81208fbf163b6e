//! What an owner's page knows of rating tasks: those on this device, the one that is being made, the one
//! that is open. No browser, so that it is tested natively.

use assay_protocol::links::{OwnerCommand, OwnerNews, PlanView, ProjectCard, Sending};
use assay_rating::project::{Outcome, ProjectError};
use assay_rating::task::TaskError;
use std::rc::Rc;

/// What came in at last, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Received {
    /// It belongs to these projects.
    Sorted {
        /// Their titles.
        projects: Vec<String>,
        /// Each piece.
        outcomes: Vec<Outcome>,
    },
    /// It belongs to none that is here.
    Homeless {
        /// Links with answers.
        answers: usize,
        /// Links with tasks.
        tasks: usize,
    },
    /// It looks like a saved project and is none.
    BadProject(ProjectError),
}

/// What an owner's page knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnerState {
    /// The projects on this device; nothing before they are known.
    pub projects: Option<Rc<Vec<ProjectCard>>>,
    /// What the draft comes to.
    pub plan: Option<Result<Rc<PlanView>, TaskError>>,
    /// Whether a task is being made.
    pub making: bool,
    /// What the open project's raters are sent.
    pub sending: Option<Rc<Sending>>,
    /// What came in at last.
    pub received: Option<Rc<Received>>,
    /// The picture of a link that was asked for.
    pub qr: Option<Rc<(usize, String)>>,
    /// The browser's words where it keeps nothing.
    pub not_kept: Option<String>,
}

impl OwnerState {
    /// Notes that a command goes out.
    pub fn sending(&mut self, command: &OwnerCommand) {
        match command {
            OwnerCommand::Make { .. } => self.making = true,
            OwnerCommand::Open { .. } => (self.received, self.qr) = (None, None),
            OwnerCommand::Collect { .. } => self.received = None,
            OwnerCommand::Remove { id } => {
                let open = self.sending.take();
                self.sending = open.filter(|s| s.id != *id);
                self.received = None;
            }
            _ => {}
        }
    }

    /// Takes news; `true` where a project was opened.
    pub fn receive(&mut self, news: OwnerNews) -> bool {
        match news {
            OwnerNews::Projects { list } => self.projects = Some(Rc::new(list)),
            OwnerNews::Planned { plan } => self.plan = Some(Ok(Rc::new(*plan))),
            OwnerNews::PlanFailed { error } => {
                self.making = false;
                self.plan = Some(Err(error));
            }
            OwnerNews::Opened { sending } => {
                if self.sending.as_ref().is_none_or(|s| s.id != sending.id) {
                    self.qr = None;
                }
                self.sending = Some(Rc::new(sending));
                self.making = false;
                return true;
            }
            OwnerNews::Collected { projects, outcomes } => {
                self.received = Some(Rc::new(Received::Sorted { projects, outcomes }));
            }
            OwnerNews::Homeless { answers, tasks } => {
                self.received = Some(Rc::new(Received::Homeless { answers, tasks }));
                return true;
            }
            OwnerNews::BadProject { error } => {
                self.received = Some(Rc::new(Received::BadProject(error)));
                return true;
            }
            OwnerNews::Qr { size, path } => self.qr = Some(Rc::new((size, path))),
            OwnerNews::NotKept { detail } => self.not_kept = Some(detail),
        }
        false
    }
}
