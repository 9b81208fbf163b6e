//! GGUF files, versions 2 and 3: metadata and where each tensor lies. Only the header is read into
//! memory, and every count, length, offset and type in it is checked against the file before it is
//! believed.

mod fault;
mod header;
pub mod metadata;
pub mod tensor_type;

pub use fault::{HeaderPart, TensorFault};
pub use metadata::{Array, Value};
pub use tensor_type::TensorType;

use super::source::{Source, SourceError};
use metadata::Metadata;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Why a file is no model that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum GgufError {
    /// Another kind of file.
    #[error("this is not a GGUF file: it begins with {0:02x?}, not with GGUF")]
    Magic([u8; 4]),
    /// A version before 2, behind 3, or of the other byte order.
    #[error("GGUF version {0} is not supported; convert the model anew to version 3")]
    Version(u32),
    /// A count, a length or an offset that the file can't hold.
    #[error(
        "{part} at byte {offset} can't be right: the file does not hold that much; it may be cut off, download it again"
    )]
    Oversized {
        /// What was read.
        part: HeaderPart,
        /// Where it stands.
        offset: u64,
    },
    /// A metadata value of an unknown kind.
    #[error("the metadata key {key} has the unknown type {kind}")]
    ValueType {
        /// The key.
        key: String,
        /// The type's number.
        kind: u32,
    },
    /// Two of the same name.
    #[error("{0} stands twice in the header")]
    Repeated(String),
    /// A tensor of a type that is not known.
    #[error(
        "the tensor {tensor} has the type {kind}, which is not supported; supported are {supported}",
        supported = TensorType::names()
    )]
    TensorType {
        /// The tensor.
        tensor: String,
        /// The type's name or number.
        kind: String,
    },
    /// A tensor's shape or place makes no sense.
    #[error("the tensor {tensor} can't be read: {fault}")]
    Tensor {
        /// The tensor.
        tensor: String,
        /// What is wrong.
        fault: TensorFault,
    },
    /// Something that has to be in the metadata is not, or is of another type.
    #[error("the metadata lacks {0}, or it has another type than it should")]
    Missing(String),
    /// Shards that don't make up one model.
    #[error("the model is split into {expected} files and {found} are here; choose all of them")]
    Shards {
        /// Files the model has.
        expected: usize,
        /// Files given.
        found: usize,
    },
    /// The file can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

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
