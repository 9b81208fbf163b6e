//! A compute worker: stateless, a task with its parcel in, numbers out. Text and numbers cross as
//! buffers that are handed over, not copied.

use super::channel::scope;
use crate::evaluation::{Parcel, Task};
use js_sys::{Array, Float64Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;

/// What a compute worker says when it listens.
pub const READY: &str = "ready";

/// Listens to the data worker.
pub fn start() {
    let listen = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let answer = match run(&event.data()) {
            Ok(numbers) => {
                let numbers = Float64Array::from(&numbers[..]);
                let transfer = Array::of1(&numbers.buffer());
                scope().post_message_with_transfer(&numbers, &transfer)
            }
            Err(sentence) => scope().post_message(&sentence.into()),
        };
        // Only a closed page can refuse an answer.
        let _ = answer;
    });
    scope().set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    let _ = scope().post_message(&READY.into());
}

fn run(message: &JsValue) -> Result<Vec<f64>, String> {
    let field = |name: &str| Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let task = field("task").as_string().unwrap_or_default();
    let task: Task = serde_json::from_str(&task).map_err(|e| e.to_string())?;
    let text = Uint8Array::new(&field("text")).to_vec();
    let parcel = Parcel {
        text: String::from_utf8(text).map_err(|e| e.to_string())?,
        numbers: Float64Array::new(&field("numbers")).to_vec(),
    };
    task.run(&parcel).map_err(|e| e.to_string())
}
