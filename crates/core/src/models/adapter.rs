//! A base model with a LoRA adapter as the second model: both are scored from one copy of the base's weights.

use super::run::{End, Run};
use super::worker::AdapterSource;
use super::worker_calls::ModelWorkerError;
use super::{Held, Models, OpenModel, worker_error};
use assay_protocol::models::{Figures, ModelInfo, ModelsError};
use std::rc::Rc;

/// The places of the base model and of the one with an adapter.
const BASE: usize = 0;
const ADAPTED: usize = 1;

impl Models {
    /// Opens the base model with an adapter as the second model.
    pub(super) async fn add_adapter(
        &self,
        adapter: AdapterSource,
    ) -> Result<ModelInfo, ModelsError> {
        self.interrupt();
        let _turn = self.turn.lock().await;
        let base = self.model(BASE).map_err(|_| ModelsError::NoBase)?;
        let attached = self.attached_to(&base, &adapter).await;
        let id = attached.map_err(|error| worker_error(&error))?;
        let info = ModelInfo {
            id,
            name: format!("{} + {}", base.info.name, adapter.name()),
            ..base.info.clone()
        };
        self.open.borrow_mut()[ADAPTED] = Some(OpenModel {
            adapter: Some(adapter),
            info: info.clone(),
            figures: Figures::default(),
            ..base
        });
        self.changed();
        Ok(info)
    }

    /// Attaches an adapter to its base, in the worker that holds it or in a new one: the fingerprint of both.
    async fn attached_to(
        &self,
        base: &OpenModel,
        adapter: &AdapterSource,
    ) -> Result<String, ModelWorkerError> {
        let held = self.held.borrow().clone();
        let held = match held.filter(|held| held.base == base.base) {
            Some(held) => held,
            None => self.hold(&base.source).await?.0,
        };
        attach(&held, adapter).await
    }

    /// Attaches the adapter of an open model to its weights, where it is not attached already.
    pub(super) async fn adapted(
        &self,
        run: &Run<'_>,
        held: &Rc<Held>,
        model: &OpenModel,
    ) -> Result<(), End> {
        let is_attached = held.attached.borrow().as_ref() == Some(&model.info.id);
        let Some(adapter) = model.adapter.as_ref().filter(|_| !is_attached) else {
            return Ok(());
        };
        let id = run.unless_stopped(attach(held, adapter)).await?;
        if id == model.info.id {
            return Ok(());
        }
        let name = model.info.name.clone();
        Err(ModelsError::FileChanged { name }.into())
    }
}

async fn attach(held: &Held, adapter: &AdapterSource) -> Result<String, ModelWorkerError> {
    *held.attached.borrow_mut() = None;
    let id = held.worker.attach(adapter).await?;
    *held.attached.borrow_mut() = Some(id.clone());
    Ok(id)
}
