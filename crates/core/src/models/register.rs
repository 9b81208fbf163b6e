//! Which method answers which call.

use super::encode::EncodeOrder;
use super::{AdapterSource, EncoderSource, ModelSource, Models};
use crate::platform::FilesOf;
use assay_calls::{Codec, Registry};
use assay_protocol::models::{
    AddAdapter, Close, Comparison, DismissPaused, Encode, ForgetEncoded, Keep, Open, OpenKept,
    Perplexity, Remove, RemoveScores, State,
};
use std::rc::Rc;

/// Registers the service's calls.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    models: &Rc<Models>,
    files: FilesOf<A>,
) {
    registry.on_service(models, |m, _: State, _| async move { Ok(m.view().await) });
    registry.on_service(models, move |m, call: Open, beside| async move {
        m.open(call.slot, ModelSource::chosen(files(beside))).await
    });
    registry.on_service(models, move |m, call: AddAdapter, beside| async move {
        let (files, strength) = (files(beside), call.strength);
        m.add_adapter(AdapterSource { files, strength }).await
    });
    registry.on_service(models, |m, call: OpenKept, _| async move {
        let source = m.copied(&call.id).await?;
        m.open(call.slot, source).await
    });
    registry.on_service(models, |m, call: Close, _| async move {
        m.close(call.slot).await;
        Ok(())
    });
    register_copies(registry, models);
    register_runs(registry, models, files);
}

fn register_copies<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    models: &Rc<Models>,
) {
    registry.on_service(
        models,
        |m, call: Keep, _| async move { m.keep(call.slot).await },
    );
    registry.on_service(models, |m, call: Remove, _| async move {
        m.remove(&call.id).await
    });
    registry.on_service(models, |m, _: RemoveScores, _| async move {
        m.remove_scores().await
    });
}

fn register_runs<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    models: &Rc<Models>,
    files: FilesOf<A>,
) {
    registry.on_service(models, |m, call: Perplexity, _| async move {
        m.perplexity(call.plan, call.cpu).await
    });
    registry.on_service(models, |m, _: DismissPaused, _| async move {
        *m.paused.borrow_mut() = None;
        m.changed();
        Ok(())
    });
    registry.on_service(models, |m, _: Comparison, _| async move {
        Ok(m.parts.session.borrow().comparison())
    });
    registry.on_service(models, move |m, call: Encode, beside| async move {
        let order = EncodeOrder {
            plan: call.plan,
            source: EncoderSource::chosen(call.name, call.paths, files(beside)),
            cpu: call.cpu,
        };
        m.encode(order).await
    });
    registry.on_service(models, |m, _: ForgetEncoded, _| async move {
        m.forget_encoded().await;
        Ok(())
    });
}
