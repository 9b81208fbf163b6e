//! The service of judgements: from files or a project, who is left out, who is a model, what they mean.

use crate::example;
use crate::pace::{Pace, Stopped};
use crate::platform::{Clock, FilesOf, InputFile, PageFiles, Platform};
use crate::projects::service::ProjectsService;
use crate::ratings::phrases::find_phrases;
use crate::session::Session;
use assay_calls::{Announcer, Codec, Jobs, Registry};
use assay_protocol::projects::ProjectsError;
use assay_protocol::ratings::{
    Add, FindReasons, JudgementsError, Load, LoadDemo, LoadJudgeDemo, ReasonPhrases, ReasonsError,
    SetExcluded, SetKind, Undo, View,
};
use assay_protocol::topics::{COUNT_PHRASES, PROJECTS, RATINGS};
use assay_rating::analysis::reasons::ReasonGroup;
use assay_rating::exchange::MAX_BYTES;
use std::cell::RefCell;
use std::rc::Rc;

/// Reasons that are given to the page at once.
const MOST_REASONS: usize = 2_000;

impl From<Stopped> for ReasonsError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// What judgements are taken beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// They take the place of what is there.
    Nothing,
    /// What is there stays.
    WhatIsThere,
}

/// Judgements by people and models.
pub struct RatingsService {
    session: Rc<RefCell<Session>>,
    projects: Rc<ProjectsService>,
    announcer: Announcer,
    judgements_changed: Rc<dyn Fn()>,
    page_files: Rc<dyn PageFiles>,
    clock: Rc<dyn Clock>,
    jobs: Jobs,
}

impl RatingsService {
    /// A service of the session's judgements; `judgements_changed` is run when they are others. The example's are among
    /// the page's files.
    #[must_use]
    pub fn new(
        session: Rc<RefCell<Session>>,
        projects: Rc<ProjectsService>,
        announcer: Announcer,
        judgements_changed: Rc<dyn Fn()>,
        platform: &Platform,
        jobs: Jobs,
    ) -> Self {
        Self {
            session,
            projects,
            announcer,
            judgements_changed,
            page_files: platform.page_files.clone(),
            clock: platform.clock.clone(),
            jobs,
        }
    }

    fn changed(&self) {
        // Another project may be open, or none.
        self.announcer.changed(&PROJECTS);
        self.announcer.changed(&RATINGS);
        (self.judgements_changed)();
    }

    async fn load(&self, files: Vec<Rc<dyn InputFile>>) -> Result<(), JudgementsError> {
        if self.projects.are_collectable(&files).await {
            self.projects.collect("", &files).await;
            return Ok(());
        }
        self.take_files(&files, Beside::Nothing).await
    }

    async fn add(&self, files: Vec<Rc<dyn InputFile>>) -> Result<(), JudgementsError> {
        self.take_files(&files, Beside::WhatIsThere).await
    }

    /// Takes the judgements in the first of some files in place of those before, or beside them, and those of the
    /// others beside its own.
    ///
    /// # Errors
    /// When one can't be read, or holds none; those before it are taken.
    pub async fn take_files(
        &self,
        files: &[Rc<dyn InputFile>],
        first: Beside,
    ) -> Result<(), JudgementsError> {
        if files.is_empty() {
            return Err(JudgementsError::NoFile);
        }
        for (place, file) in files.iter().enumerate() {
            // One byte more tells that it is too large.
            let end = file.bytes().min(MAX_BYTES as u64 + 1);
            let bytes = file.read(0, end).await;
            let bytes = bytes.map_err(|error| JudgementsError::Unreadable { error })?;
            let beside = if place == 0 {
                first
            } else {
                Beside::WhatIsThere
            };
            self.take(&file.name(), &bytes, beside)?;
        }
        Ok(())
    }

    fn take(&self, name: &str, bytes: &[u8], beside: Beside) -> Result<(), JudgementsError> {
        let taken = match beside {
            Beside::Nothing => self.session.borrow_mut().load_ratings(name, bytes),
            Beside::WhatIsThere => self.session.borrow_mut().add_ratings(name, bytes),
        };
        taken.map_err(|error| JudgementsError::File { error })?;
        self.changed();
        Ok(())
    }

    /// The example's ratings by people.
    async fn take_example(&self) -> Result<(), JudgementsError> {
        let people = self.example(example::RATINGS).await?;
        self.take(example::RATINGS, &people, Beside::Nothing)
    }

    /// The example's ratings by people, and beside them those of a judge.
    async fn take_judged_example(&self) -> Result<(), JudgementsError> {
        let judge = self.example(example::JUDGE).await?;
        self.take_example().await?;
        self.take(example::JUDGE, &judge, Beside::WhatIsThere)
    }

    async fn example(&self, name: &str) -> Result<Vec<u8>, JudgementsError> {
        let bytes = self.page_files.read(name).await;
        bytes.map_err(|error| JudgementsError::Unreadable { error })
    }

    /// What raters give as reasons, with the phrases that recur. Other calls are answered in between; reasons that come
    /// meanwhile are asked for anew, which stops the job of these.
    async fn reason_phrases(&self) -> Result<Vec<ReasonGroup>, ReasonsError> {
        self.jobs.stop_kind(&COUNT_PHRASES);
        let Some(groups) = self.session.borrow().reason_groups() else {
            return Ok(Vec::new());
        };
        let pace = Pace::new(self.clock.clone(), self.jobs.clone(), COUNT_PHRASES);
        Ok(find_phrases(groups, pace).await?)
    }

    async fn set_excluded(&self, call: SetExcluded) -> Result<(), ProjectsError> {
        let SetExcluded { rater, excluded } = call;
        let event = self.session.borrow_mut().leave_out(rater, excluded);
        match event {
            Some(event) => self.projects.decide(event).await,
            None => {
                self.changed();
                Ok(())
            }
        }
    }
}

/// Answers the calls about judgements.
pub fn register<Ctx, C, A>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<RatingsService>,
    files: FilesOf<A>,
) where
    Ctx: 'static,
    C: Codec,
    A: Default + 'static,
{
    registry.on_service(service, move |s, _: Load, beside| async move {
        s.load(files(beside)).await
    });
    registry.on_service(service, move |s, _: Add, beside| async move {
        s.add(files(beside)).await
    });
    registry.on_service(service, |s, _: LoadJudgeDemo, _| async move {
        s.take_judged_example().await
    });
    registry.on_service(service, |s, call: SetKind, _| async move {
        s.session.borrow_mut().set_rater_kind(call.rater, call.kind);
        s.changed();
        Ok(())
    });
    registry.on_service(service, |s, _: LoadDemo, _| async move {
        s.take_example().await
    });
    registry.on_service(service, |s, _: Undo, _| async move {
        s.session.borrow_mut().undo_ratings();
        s.changed();
        Ok(())
    });
    registry.on_service(service, |s, call: SetExcluded, _| async move {
        s.set_excluded(call).await
    });
    registry.on_service(service, |s, _: ReasonPhrases, _| async move {
        s.reason_phrases().await
    });
    registry.on_service(service, |s, call: FindReasons, _| async move {
        let most = call.most.min(MOST_REASONS);
        Ok(s.session.borrow().find_reasons(&call.query, most))
    });
    registry.on_service(service, |s, call: View, _| async move {
        Ok(s.session.borrow().ratings_view(call.baseline.as_deref()))
    });
}
