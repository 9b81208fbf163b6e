//! The removal of what the page keeps beside the worker's disk: its own programs for use without a network, and its
//! settings. Other pages of the same address are left alone.

use super::files::window;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What every cache of the page's service worker is called, before the digest of its build (`www/offline.js`).
const CACHE: &str = "assay-";
/// The settings that are kept across visits.
const SETTINGS: [&str; 4] = ["language", "theme", "persist", "unsent-note"];
/// The setting of this tab.
const TAB_SETTINGS: [&str; 1] = ["project"];

/// Removes settings, caches and the service worker.
///
/// # Errors
/// The browser's words.
pub async fn forget_page() -> Result<(), JsValue> {
    if let Some(storage) = window().local_storage()? {
        for name in SETTINGS {
            storage.remove_item(name)?;
        }
    }
    if let Some(storage) = window().session_storage()? {
        for name in TAB_SETTINGS {
            storage.remove_item(name)?;
        }
    }
    let navigator: JsValue = window().navigator().into();
    let workers = Reflect::get(&navigator, &"serviceWorker".into())?;
    if !workers.is_undefined() {
        let registration = asked(&workers, "getRegistration", &[]).await?;
        if !registration.is_undefined() {
            asked(&registration, "unregister", &[]).await?;
        }
    }
    let caches = Reflect::get(&window(), &"caches".into())?;
    if !caches.is_undefined() {
        let names = asked(&caches, "keys", &[]).await?;
        for name in Array::from(&names).iter() {
            let is_ours = name.as_string().is_some_and(|n| n.starts_with(CACHE));
            if is_ours {
                asked(&caches, "delete", &[name]).await?;
            }
        }
    }
    Ok(())
}

/// What an object's asynchronous method gives. Not every browser has caches and service workers, so they are asked for
/// by name.
async fn asked(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().collect();
    let promise: Promise = method.apply(object, &arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}
