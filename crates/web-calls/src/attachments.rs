//! What travels beside a frame: files, which are handles, and buffers, which are handed over without a copy.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, File};

/// Files and buffers beside a call or reply.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attachments {
    /// Files; only a handle crosses.
    pub files: Vec<Blob>,
    /// Buffers; they are transferred, and empty on this side afterwards.
    pub buffers: Vec<ArrayBuffer>,
}

impl Attachments {
    /// Files that the person chose.
    #[must_use]
    pub fn files(files: impl IntoIterator<Item = File>) -> Self {
        Self {
            files: files.into_iter().map(Into::into).collect(),
            buffers: Vec::new(),
        }
    }

    /// Bytes, copied out of this program's memory once.
    #[must_use]
    pub fn bytes(bytes: &[u8]) -> Self {
        Self {
            files: Vec::new(),
            buffers: vec![Uint8Array::from(bytes).buffer()],
        }
    }

    /// Those of the files that have a name.
    #[must_use]
    pub fn named_files(&self) -> Vec<File> {
        let files = self.files.iter();
        files.filter_map(|file| file.dyn_ref().cloned()).collect()
    }

    pub(crate) fn transfer(&self) -> Array {
        self.buffers.iter().collect()
    }
}
