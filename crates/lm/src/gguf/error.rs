//! Why a file can't be read as GGUF.

use super::fault::{HeaderPart, TensorFault};
use super::tensor_type::TensorType;
use crate::source::SourceError;
use serde::{Deserialize, Serialize};

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
