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
    let of = session.clone();
    registry.on(move |_: Ctx, call: Window, _: A| {
        let window = of.borrow_mut().rows(call.query, call.start, call.count);
        async move { Ok(window) }
    });
    let of = session.clone();
    registry.on(move |_: Ctx, call: Step, _: A| {
        let place = of.borrow_mut().step(call.query, call.row, call.by);
        async move { Ok(place) }
    });
    let of = session.clone();
    registry.on(move |_: Ctx, call: RowDetail, _: A| {
        let detail = of.borrow().detail(call.row);
        async move { detail }
    });
}
