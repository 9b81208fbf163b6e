//! What the browser gives the data worker beside the disk: the beginning of a chosen file as text, and
//! bytes that nobody can guess.

use super::channel::scope;
use assay_rating::envelope;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Bytes that nobody can guess.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // No browser without it starts a module worker.
    if let Ok(crypto) = scope().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// A file's text as far as an envelope may be long, with room for words around it; what is no text
/// holds no link.
pub async fn text_of(file: &File) -> String {
    head_of(file, 2.0 * envelope::MAX_TEXT as f64).await
}

/// The first bytes of a file, as text; nothing where the file can't be read any more.
async fn head_of(file: &File, most: f64) -> String {
    let Ok(slice) = file.slice_with_f64_and_f64(0.0, file.size().min(most)) else {
        return String::new();
    };
    let text = JsFuture::from(slice.text()).await;
    text.ok().and_then(|t| t.as_string()).unwrap_or_default()
}
