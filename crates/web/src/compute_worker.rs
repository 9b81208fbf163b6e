//! A compute worker: stateless, a task with its parcel in, numbers out. Text and numbers cross as
//! buffers that are handed over, not copied.

use super::channel::scope;
use assay_eval::{Parcel, Task};
use assay_metrics::asset::load as load_asset;
use assay_results::metric_info::Asset;
use js_sys::{Array, Float32Array, Float64Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, Response};

/// What a compute worker says when it listens.
pub const READY: &str = "ready";

/// Listens to the data worker.
pub fn start() {
    let listen = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        spawn_local(answer(event.data()));
    });
    scope().set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    // Only a data worker that is gone can refuse a text.
    let _ = scope().post_message(&READY.into());
}

async fn answer(message: JsValue) {
    let answer = match run(&message).await {
        Ok(numbers) => {
            let numbers = Float64Array::from(&numbers[..]);
            let transfer = Array::of1(&numbers.buffer());
            scope().post_message_with_transfer(&numbers, &transfer)
        }
        Err(sentence) => scope().post_message(&sentence.into()),
    };
    // Only a closed page can refuse an answer.
    let _ = answer;
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

fn rows_f32(field: &JsValue) -> Vec<f32> {
    let array: Option<&Float32Array> = field.dyn_ref();
    array.map_or(Vec::new(), Float32Array::to_vec)
}

async fn run(message: &JsValue) -> Result<Vec<f64>, String> {
    let field = |name: &str| Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let task = field("task").as_string().unwrap_or_default();
    let task: Task = serde_json::from_str(&task).map_err(|e| e.to_string())?;
    if let Some(asset) = task.missing() {
        // Where that fails the task, which asks again for what it lacks, names the file.
        let _ = load(asset).await;
    }
    let text = Uint8Array::new(&field("text")).to_vec();
    let parcel = Parcel {
        text: String::from_utf8(text).map_err(|e| e.to_string())?,
        numbers: Float64Array::new(&field("numbers")).to_vec(),
        rows_f32: rows_f32(&field("rows_f32")),
    };
    task.run(&parcel).map_err(|e| e.to_string())
}
