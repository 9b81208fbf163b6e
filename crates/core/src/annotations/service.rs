//! The `annotations` service. Slices of tags are scored a moment after the last change, so that tagging row after row
//! does not score each step.

use crate::platform::Clock;
use crate::scores::ScoresService;
use crate::session::Session;
use crate::signal::Signal;
use assay_calls::{Announcer, Codec, Registry};
use assay_protocol::annotations::{
    AddTag, AnnotationError, AnnotationOf, CountAnnotations, RedoAnnotation, RemoveTag, SetNote,
    ToggleStar, UndoAnnotation,
};
use assay_protocol::topics::ANNOTATIONS;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Milliseconds without a change of tags after which their slices are scored.
const PAUSE_MS: u32 = 1000;

/// Stars, tags and notes on the rows of the session's data.
pub struct AnnotationService {
    session: Rc<RefCell<Session>>,
    scores: Rc<ScoresService>,
    clock: Rc<dyn Clock>,
    announcer: Announcer,
    /// Set when rows got or lost tags.
    retagged: Signal,
    /// How often that happened.
    changes: Cell<u64>,
}

impl AnnotationService {
    /// Of this session; slices follow tags as long as [`AnnotationService::run`] runs.
    #[must_use]
    pub fn new(
        session: Rc<RefCell<Session>>,
        scores: Rc<ScoresService>,
        clock: Rc<dyn Clock>,
        announcer: Announcer,
    ) -> Self {
        Self {
            session,
            scores,
            clock,
            announcer,
            retagged: Signal::default(),
            changes: Cell::new(0),
        }
    }

    /// Scores the slices of tags when these have changed, for as long as the worker lives. To be run once.
    pub async fn run(&self) {
        loop {
            self.retagged.wait().await;
            loop {
                let before = self.changes.get();
                self.clock.sleep(PAUSE_MS).await;
                if self.changes.get() == before {
                    break;
                }
            }
            self.session.borrow_mut().score_tags();
            self.scores.session_changed();
        }
    }

    fn change<T>(
        &self,
        change: impl FnOnce(&mut Session) -> Result<T, AnnotationError>,
    ) -> Result<T, AnnotationError> {
        let done = change(&mut self.session.borrow_mut())?;
        self.announcer.changed(&ANNOTATIONS);
        self.changes.set(self.changes.get() + 1);
        self.retagged.set();
        Ok(done)
    }
}

/// Registers what the service answers.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<AnnotationService>,
) {
    registry.on_service(service, |s, _: CountAnnotations, _| async move {
        Ok(s.session.borrow().annotations().counts())
    });
    registry.on_service(service, |s, call: AnnotationOf, _| async move {
        Ok(s.session.borrow().annotations().of_row(call.row))
    });
    registry.on_service(service, |s, call: ToggleStar, _| async move {
        s.change(|session| session.toggle_star(call.row))
    });
    registry.on_service(service, |s, call: AddTag, _| async move {
        s.change(|session| session.add_tag(call.to, &call.tag))
    });
    registry.on_service(service, |s, call: RemoveTag, _| async move {
        s.change(|session| session.remove_tag(call.from, &call.tag))
    });
    registry.on_service(service, |s, call: SetNote, _| async move {
        s.change(|session| session.set_note(call.row, &call.text))
    });
    registry.on_service(service, |s, _: UndoAnnotation, _| async move {
        s.change(Session::undo_annotation)
    });
    registry.on_service(service, |s, _: RedoAnnotation, _| async move {
        s.change(Session::redo_annotation)
    });
}
