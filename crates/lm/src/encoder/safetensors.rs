//! safetensors files: where each tensor lies. Only the header is read; that its offsets fit each other is
//! seen to by the crate, that they fit the file here.

use crate::gguf::{TensorInfo, TensorType};
use crate::source::{Source, SourceError};
use safetensors::Dtype;
use safetensors::tensor::Metadata;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Bytes that a header may have; the largest known are well below.
const MOST_HEADER: u64 = 32 << 20;

/// Why a file is no safetensors file that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SafetensorsError {
    /// The header's length is more than the file has.
    #[error(
        "this is not a safetensors file, or it is cut off: its header would have {header} bytes and the file has {size}"
    )]
    Header {
        /// Bytes it would have.
        header: u64,
        /// Bytes there are.
        size: u64,
    },
    /// The header is damaged.
    #[error("the header of the safetensors file can't be read: {0}")]
    Damaged(String),
    /// The tensors take another length than the file has.
    #[error(
        "the safetensors file has {size} bytes and its header speaks of {expected}; download it again"
    )]
    Length {
        /// Bytes that the header speaks of.
        expected: u64,
        /// Bytes there are.
        size: u64,
    },
    /// The file can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

fn kind_of(dtype: Dtype) -> Option<TensorType> {
    Some(match dtype {
        Dtype::F32 => TensorType::F32,
        Dtype::F16 => TensorType::F16,
        Dtype::BF16 => TensorType::BF16,
        _ => return None,
    })
}

/// The tensors of a file by name, those of whole numbers left out. `file` is its place among the model's.
///
/// # Errors
/// When the file is none, is damaged or cut off.
pub(crate) async fn read(
    source: &dyn Source,
    file: usize,
) -> Result<HashMap<String, TensorInfo>, SafetensorsError> {
    let size = source.size();
    let length = source.read(0, 8.min(size as usize)).await?;
    let header = length.try_into().map_or(u64::MAX, u64::from_le_bytes);
    if header > MOST_HEADER || header + 8 > size {
        return Err(SafetensorsError::Header { header, size });
    }
    let text = source.read(8, header as usize).await?;
    let metadata: Metadata =
        serde_json::from_slice(&text).map_err(|e| SafetensorsError::Damaged(e.to_string()))?;
    let tensors = metadata.tensors();
    let ends = tensors.values().map(|info| info.data_offsets.1 as u64);
    let expected = 8 + header + ends.max().unwrap_or(0);
    if expected != size {
        return Err(SafetensorsError::Length { expected, size });
    }
    let mut found = HashMap::new();
    for (name, info) in tensors {
        let (Some(kind), false) = (kind_of(info.dtype), info.shape.is_empty()) else {
            continue;
        };
        // Here the last size is the one along which neighbours lie.
        let shape = info.shape.iter().rev().map(|n| *n as u64).collect();
        let offset = 8 + header + info.data_offsets.0 as u64;
        let place = TensorInfo {
            shape,
            kind,
            file,
            offset,
        };
        found.insert(name, place);
    }
    Ok(found)
}
