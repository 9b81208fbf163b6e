//! Which method answers which call.

use super::WorkspaceService;
use assay_calls::{Codec, Registry};
use assay_protocol::workspace::{
    Duplicate, Follow, KeepAsNew, List, New, Open, Remove, Rename, Restore, Save, SetAddress,
    Start, State,
};
use std::rc::Rc;

/// Registers what the service answers.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<WorkspaceService>,
) {
    registry.on_service(service, |s, call: Start, _| async move {
        Ok(s.start(call.id, call.opens).await)
    });
    registry.on_service(service, |s, _: State, _| async move { Ok(s.state()) });
    registry.on_service(service, |s, _: List, _| async move { s.list().await });
    registry.on_service(
        service,
        |s, call: Open, _| async move { s.open(&call.id).await },
    );
    registry.on_service(service, |s, _: Follow, _| async move { s.follow().await });
    registry.on_service(service, |s, _: New, _| async move {
        s.begin_anew().await;
        Ok(())
    });
    registry.on_service(service, |s, _: KeepAsNew, _| async move {
        s.keep_as_new().await;
        Ok(())
    });
    registry.on_service(service, |s, _: Save, _| async move {
        s.save().await;
        Ok(())
    });
    registry.on_service(service, |s, call: Rename, _| async move {
        s.rename(&call.id, &call.name).await
    });
    registry.on_service(service, |s, call: Duplicate, _| async move {
        s.duplicate(&call.id).await
    });
    registry.on_service(service, |s, call: Remove, _| async move {
        s.remove(&call.id).await
    });
    registry.on_service(service, |s, call: Restore, _| async move {
        s.restore(&call.id).await
    });
    registry.on_service(service, |s, call: SetAddress, _| async move {
        s.set_address(call.address);
        Ok(())
    });
}
