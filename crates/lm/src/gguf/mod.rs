//! GGUF files, versions 2 and 3: metadata and where each tensor lies. Only the header is read into
//! memory, and every count, length, offset and type in it is checked against the file before it is
//! believed.

mod error;
mod fault;
mod header;
pub mod metadata;
pub mod tensor_type;

pub use error::GgufError;
pub use fault::{HeaderPart, TensorFault};
pub use metadata::{Array, Value};
pub use tensor_type::TensorType;

use super::source::Source;
use metadata::Metadata;
use std::collections::HashMap;

/// A tensor and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorInfo {
    /// The sizes, the one along which neighbours lie first; 1 to 4 of them.
    pub shape: Vec<u64>,
    /// How its numbers are packed.
    pub kind: TensorType,
    /// Which file of a model that is split into several.
    pub file: usize,
    /// The first byte in that file.
    pub offset: u64,
}

impl TensorInfo {
    /// Numbers in a row.
    pub fn columns(&self) -> usize {
        self.shape[0] as usize
    }

    /// Rows, of whatever dimensions.
    pub fn rows(&self) -> usize {
        self.shape[1..].iter().product::<u64>() as usize
    }

    /// Bytes of a row.
    pub fn row_bytes(&self) -> usize {
        self.columns() / self.kind.block_len() * self.kind.block_bytes()
    }

    /// Bytes in all.
    pub fn bytes(&self) -> u64 {
        self.row_bytes() as u64 * self.rows() as u64
    }
}

/// A model's header.
#[derive(Debug, Clone, Default)]
pub struct Gguf {
    /// The metadata.
    pub metadata: Metadata,
    /// The tensors by name.
    pub tensors: HashMap<String, TensorInfo>,
    /// Bytes of all files.
    pub bytes: u64,
    /// Bytes of each file's header.
    pub headers: Vec<u64>,
}

impl Gguf {
    /// Reads the headers of a model's files; a model that is split into several gives its metadata
    /// in the first.
    ///
    /// # Errors
    /// When a file is no GGUF, is damaged, or files are missing.
    pub async fn read(files: &[&dyn Source]) -> Result<Self, GgufError> {
        let mut whole = Self::default();
        for (index, file) in files.iter().enumerate() {
            let part = header::read(*file, index).await?;
            if index == 0 {
                whole.metadata = part.metadata;
            }
            whole.bytes += part.bytes;
            whole.headers.extend(part.headers);
            for (name, info) in part.tensors {
                if whole.tensors.insert(name.clone(), info).is_some() {
                    return Err(GgufError::Repeated(name));
                }
            }
        }
        let expected = whole.metadata.number("split.count").unwrap_or(1.0) as usize;
        if expected.max(1) != files.len() {
            return Err(GgufError::Shards {
                expected,
                found: files.len(),
            });
        }
        Ok(whole)
    }
}
