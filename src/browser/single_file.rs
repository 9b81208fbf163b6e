//! The page as one file on a device, and a rater's file, which is the page of raters with a task inside.

use super::files::{root_attribute, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// A rater's file without its task, which the build writes beside the page.
const EMPTY: &str = "./rate-file.html";
/// What stands there where the task belongs.
const PLACE: &str = "__TASK__";
/// The element that holds the task.
const TASK: &str = "task-inside";

/// Whether the page is one file, which says so in the document (`www/single-file.js`).
pub fn is_single_file() -> bool {
    root_attribute("data-single-file").is_some()
}

/// The page's address without what stands behind `#`; empty where the page is a file on this device, whose path is
/// nobody else's business.
pub fn base() -> String {
    if is_single_file() {
        return String::new();
    }
    let location = window().location();
    let href = location.href().unwrap_or_default();
    let end = href.find('#').unwrap_or(href.len());
    href[..end].to_owned()
}

/// The task that is inside the page, as the part of a link from `#` on.
pub fn task_inside() -> Option<String> {
    let element = window().document()?.get_element_by_id(TASK)?;
    element.text_content().map(|text| text.trim().to_owned())
}

/// A rater's file with a task, which is given as the part of a link from `#` on.
///
/// # Errors
/// The browser's words where the empty file isn't beside the page.
pub async fn rater_file(task: &str) -> Result<String, JsValue> {
    let response = JsFuture::from(window().fetch_with_str(EMPTY)).await?;
    let response: Response = response.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string();
    match text.filter(|text| response.ok() && text.contains(PLACE)) {
        Some(text) => Ok(text.replacen(PLACE, task, 1)),
        None => Err(format!("{EMPTY}: {}", response.status()).into()),
    }
}
