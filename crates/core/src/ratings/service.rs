//! The service of people's judgements: from a file or a project, who is left out, what they mean.

use crate::platform::{FilesOf, InputFile};
use crate::projects::service::ProjectsService;
use crate::session::Session;
use assay_calls::{Announcer, Codec, Registry};
use assay_protocol::projects::ProjectsError;
use assay_protocol::ratings::{JudgementsError, Load, LoadDemo, SetExcluded, Undo, View};
use assay_protocol::topics::{PROJECTS, RATINGS};
use assay_rating::exchange::MAX_BYTES;
use std::cell::RefCell;
use std::rc::Rc;

/// A file of judgements that goes with the example.
#[derive(Debug, Clone, Copy)]
pub struct DemoFile {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// People's judgements.
pub struct RatingsService {
    session: Rc<RefCell<Session>>,
    projects: Rc<ProjectsService>,
    announcer: Announcer,
    judgements_changed: Rc<dyn Fn()>,
    demo: DemoFile,
}

impl RatingsService {
    /// A service of the session's judgements; `judgements_changed` is run when they are others.
    #[must_use]
    pub fn new(
        session: Rc<RefCell<Session>>,
        projects: Rc<ProjectsService>,
        announcer: Announcer,
        judgements_changed: Rc<dyn Fn()>,
        demo: DemoFile,
    ) -> Self {
        Self {
            session,
            projects,
            announcer,
            judgements_changed,
            demo,
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
        let file = files.first().ok_or(JudgementsError::NoFile)?;
        self.take_file(&**file).await
    }

    /// Takes the judgements in a file in place of those before.
    ///
    /// # Errors
    /// When it can't be read, or holds none.
    pub async fn take_file(&self, file: &dyn InputFile) -> Result<(), JudgementsError> {
        // One byte more tells that it is too large.
        let end = file.bytes().min(MAX_BYTES as u64 + 1);
        let bytes = file.read(0, end).await;
        let bytes = bytes.map_err(|error| JudgementsError::Unreadable { error })?;
        self.take(&file.name(), &bytes)
    }

    fn take(&self, name: &str, bytes: &[u8]) -> Result<(), JudgementsError> {
        let loaded = self.session.borrow_mut().load_ratings(name, bytes);
        loaded.map_err(|error| JudgementsError::File { error })?;
        self.changed();
        Ok(())
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
    registry.on_service(service, |s, _: LoadDemo, _| async move {
        s.take(s.demo.name, s.demo.text.as_bytes())
    });
    registry.on_service(service, |s, _: Undo, _| async move {
        s.session.borrow_mut().undo_ratings();
        s.changed();
        Ok(())
    });
    registry.on_service(service, |s, call: SetExcluded, _| async move {
        s.set_excluded(call).await
    });
    registry.on_service(service, |s, call: View, _| async move {
        Ok(s.session.borrow().ratings_view(call.baseline.as_deref()))
    });
}
