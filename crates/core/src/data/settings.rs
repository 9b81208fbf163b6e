//! What a person sets on systems, and answers to questions about the data.

use super::DataService;
use crate::session::Session;
use assay_calls::{Codec, Registry};
use assay_protocol::doubts::{AnswerError, AnswerQuestion, DataAnswer};
use assay_protocol::systems::{
    ColourSystem, HideSystem, ListSystems, MoveSystem, RedoSystems, RenameSystem, ShowSystem,
    SystemsError, UndoSystems,
};
use std::rc::Rc;

impl DataService {
    /// Changes settings of systems. What is being computed of those that stay goes on once it is asked for again.
    fn set_systems(
        &self,
        change: impl FnOnce(&mut Session) -> Result<(), SystemsError>,
    ) -> Result<(), SystemsError> {
        change(&mut self.session.borrow_mut())?;
        self.changed();
        Ok(())
    }

    fn answer(&self, answer: &DataAnswer) -> Result<(), AnswerError> {
        self.session.borrow_mut().answer(answer)?;
        self.changed();
        Ok(())
    }
}

/// Registers what is answered of systems and doubts.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<DataService>,
) {
    registry.on_service(service, |s, _: ListSystems, _| async move {
        Ok(s.session.borrow().systems_view())
    });
    registry.on_service(service, |s, call: RenameSystem, _| async move {
        s.set_systems(|session| session.rename_system(call.column, &call.name))
    });
    registry.on_service(service, |s, call: ColourSystem, _| async move {
        s.set_systems(|session| session.colour_system(call.column, call.colour))
    });
    registry.on_service(service, |s, call: MoveSystem, _| async move {
        s.set_systems(|session| session.move_system(call.column, call.place))
    });
    registry.on_service(service, |s, call: HideSystem, _| async move {
        s.set_systems(|session| session.hide_system(call.column))
    });
    registry.on_service(service, |s, call: ShowSystem, _| async move {
        s.set_systems(|session| session.show_system(call.column))
    });
    registry.on_service(service, |s, _: UndoSystems, _| async move {
        s.set_systems(Session::undo_systems)
    });
    registry.on_service(service, |s, _: RedoSystems, _| async move {
        s.set_systems(Session::redo_systems)
    });
    registry.on_service(service, |s, call: AnswerQuestion, _| async move {
        s.answer(&call.answer)
    });
}
