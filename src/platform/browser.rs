//! Small things of the browser: the address, settings that last, saving a file.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url, Window};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// The address behind `#`.
pub fn hash() -> String {
    window()
        .location()
        .hash()
        .unwrap_or_default()
        .trim_start_matches('#')
        .to_owned()
}

/// Goes to another address behind `#`; Back returns.
pub fn set_hash(hash: &str) {
    let _ = window().location().set_hash(hash);
}

/// Goes to another address behind `#` in place of this one; Back passes over this one.
pub fn replace_hash(hash: &str) {
    let _ = window().location().replace(&format!("#{hash}"));
}

/// A setting kept from an earlier visit.
pub fn setting(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a setting.
pub fn keep_setting(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

/// Sets an attribute of the root element: `data-theme`, `lang`.
pub fn set_root(attribute: &str, value: &str) {
    if let Some(root) = window().document().and_then(|d| d.document_element()) {
        let _ = root.set_attribute(attribute, value);
    }
}

/// Moves the keyboard's focus to the first element that fits.
pub fn focus(selector: &str) {
    let found = window()
        .document()
        .and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Hands the person a file.
pub fn save(name: &str, mime: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    save_blob(name, &blob)
}

/// Hands the person a file that is there already.
pub fn save_blob(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let document = window().document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url).ok()
}

/// Copies text to the clipboard.
pub fn copy(text: &str) {
    // A browser that refuses has asked the person.
    let _ = window().navigator().clipboard().write_text(text);
}

/// The window's width in pixels.
pub fn width() -> f64 {
    let width = window().inner_width().ok();
    width.and_then(|w| w.as_f64()).unwrap_or(1024.0)
}

/// The time in milliseconds.
pub fn now() -> f64 {
    js_sys::Date::now()
}
