//! What the worker's two roles share: their scope, sending, and a pause that lets messages in.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;

/// The name under which the data worker starts its compute workers.
pub const COMPUTE: &str = "compute";

/// The worker's own scope.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Lets waiting messages in.
pub async fn breathe() {
    rest(0).await;
}

/// Waits so many milliseconds.
pub async fn rest(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = JsFuture::from(promise).await;
}
