//! Which method answers which call.

use super::encode::EncodeOrder;
use super::{EncoderSource, ModelSource, Models};
use crate::platform::FilesOf;
use assay_calls::{Codec, Registry};
use assay_protocol::models::{
    Close, Comparison, DismissPaused, Encode, ForgetEncoded, Keep, Open, OpenKept, Perplexity,
    Remove, RemoveScores, State,
};
use std::rc::Rc;

/// Registers the service's calls.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    models: &Rc<Models>,
    files: FilesOf<A>,
) {
    let m = models.clone();
    registry.on(move |_, _: State, _| {
        let m = m.clone();
        async move { Ok(m.view().await) }
    });
    let m = models.clone();
    registry.on(move |_, call: Open, beside| {
        let (m, source) = (m.clone(), ModelSource::chosen(files(beside)));
        async move { m.open(call.slot, source).await }
    });
    let m = models.clone();
    registry.on(move |_, call: OpenKept, _| {
        let m = m.clone();
        async move {
            let source = m.copied(&call.id).await?;
            m.open(call.slot, source).await
        }
    });
    let m = models.clone();
    registry.on(move |_, call: Close, _| {
        let m = m.clone();
        async move {
            m.close(call.slot).await;
            Ok(())
        }
    });
    register_copies(registry, models);
    register_runs(registry, models, files);
}

fn register_copies<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    models: &Rc<Models>,
) {
    let m = models.clone();
    registry.on(move |_, call: Keep, _| {
        let m = m.clone();
        async move { m.keep(call.slot).await }
    });
    let m = models.clone();
    registry.on(move |_, call: Remove, _| {
        let m = m.clone();
        async move { m.remove(&call.id).await }
    });
    let m = models.clone();
    registry.on(move |_, _: RemoveScores, _| {
        let m = m.clone();
        async move { m.remove_scores().await }
    });
}

fn register_runs<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    models: &Rc<Models>,
    files: FilesOf<A>,
) {
    let m = models.clone();
    registry.on(move |_, call: Perplexity, _| {
        let m = m.clone();
        async move { m.perplexity(call.plan, call.cpu).await }
    });
    let m = models.clone();
    registry.on(move |_, _: DismissPaused, _| {
        let m = m.clone();
        async move {
            *m.paused.borrow_mut() = None;
            m.changed();
            Ok(())
        }
    });
    let m = models.clone();
    registry.on(move |_, _: Comparison, _| {
        let comparison = m.parts.session.borrow().comparison();
        async move { Ok(comparison) }
    });
    let m = models.clone();
    registry.on(move |_, call: Encode, beside| {
        let m = m.clone();
        let order = EncodeOrder {
            plan: call.plan,
            source: EncoderSource::chosen(call.name, call.paths, files(beside)),
            cpu: call.cpu,
        };
        async move { m.encode(order).await }
    });
    let m = models.clone();
    registry.on(move |_, _: ForgetEncoded, _| {
        let m = m.clone();
        async move {
            m.forget_encoded().await;
            Ok(())
        }
    });
}
