//! A compute worker: stateless, a task with its parcel in, numbers out. Texts and numbers cross as
//! buffers that are handed over, not copied.

use super::channel::scope;
use assay_calls::{Announcer, Jobs};
use assay_core::compute::{Buffers, Pack, Run, bytes_of, failed, pack};
use assay_core::platform::ComputeError;
use assay_eval::{Parcel, Task};
use assay_metrics::asset::load as load_asset;
use assay_results::metric_info::Asset;
use assay_web_calls::{Attachments, Registry, serve};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Answers the data worker.
pub fn start() {
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let mut registry: Registry<()> = Registry::new();
    registry.on_with_attachments(|(), call: Run, beside: Attachments| async move {
        let numbers = run(&call.task, &beside.buffers).await?;
        Ok(((), Attachments::bytes(&bytes_of(&numbers))))
    });
    registry.on_with_attachments(|(), _: Pack, beside: Attachments| async move {
        let packed = pack(&bytes_at(&beside.buffers, 0));
        Ok(((), Attachments::bytes(&packed)))
    });
    serve(registry, (), &jobs, &announcer);
}

/// Loads a file beside the page, which only a metric that asks for it pays for.
async fn load(asset: Asset) -> Result<(), JsValue> {
    let file = format!("./{}", asset.file());
    let response = JsFuture::from(scope().fetch_with_str(&file)).await?;
    let response: Response = response.dyn_into()?;
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    if !load_asset(asset, &Uint8Array::new(&bytes).to_vec()) {
        return Err(format!("{} is damaged", asset.file()).into());
    }
    Ok(())
}

/// The bytes of one of the buffers beside a call.
fn bytes_at(beside: &[ArrayBuffer], place: usize) -> Vec<u8> {
    let buffer = beside.get(place);
    buffer.map_or(Vec::new(), |buffer| Uint8Array::new(buffer).to_vec())
}

async fn run(task: &Task, beside: &[ArrayBuffer]) -> Result<Vec<f64>, ComputeError> {
    if let Some(asset) = task.missing() {
        // Where that fails the task, which asks again for what it lacks, names the file.
        drop(load(asset).await);
    }
    let buffers = Buffers {
        text: bytes_at(beside, 0),
        numbers: bytes_at(beside, 1),
        rows_f32: bytes_at(beside, 2),
    };
    let parcel = Parcel::try_from(buffers).map_err(|error| ComputeError::Task {
        detail: error.to_string(),
    })?;
    task.run(&parcel).map_err(|error| failed(&error))
}
