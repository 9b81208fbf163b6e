//! The `rows` service: windows of the rows that a query selects, steps in its order, and rows in full.

use crate::session::Session;
use assay_calls::{Codec, Registry};
use assay_protocol::rows::{RowDetail, Step, Window};
use std::cell::RefCell;
use std::rc::Rc;

/// Registers what the service answers of a session.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    session: &Rc<RefCell<Session>>,
) {
    registry.on_service(session, |s, call: Window, _| async move {
        Ok(s.borrow_mut().rows(call.query, call.start, call.count))
    });
    registry.on_service(session, |s, call: Step, _| async move {
        Ok(s.borrow_mut().step(call.query, call.row, call.by))
    });
    registry.on_service(session, |s, call: RowDetail, _| async move {
        s.borrow().detail(call.row)
    });
}
