//! A browser's file as a source: pieces are sliced out of it, the rest stays where it is.

use assay_lm::source::{Piece, Source, SourceError, within};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// A file.
pub(crate) struct BlobSource(pub Blob);

impl Source for BlobSource {
    fn size(&self) -> u64 {
        self.0.size() as u64
    }

    fn read(&self, offset: u64, length: usize) -> Piece<'_> {
        Box::pin(async move {
            within(offset, length as u64, self.size())?;
            let failed = |e: JsValue| SourceError::Unreadable(format!("{e:?}"));
            let end = offset + length as u64;
            let piece = self.0.slice_with_f64_and_f64(offset as f64, end as f64);
            let buffer = JsFuture::from(piece.map_err(failed)?.array_buffer()).await;
            Ok(Uint8Array::new(&buffer.map_err(failed)?).to_vec())
        })
    }
}
