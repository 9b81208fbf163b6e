//! The parts of a GGUF header that can be damaged, as values, so that an error can be worded in any language.

use serde::{Deserialize, Serialize};

/// A part of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum HeaderPart {
    /// A metadata value.
    #[error("a metadata value")]
    MetadataValue,
    /// A metadata text.
    #[error("a metadata text")]
    MetadataText,
    /// An array's type.
    #[error("an array's type")]
    ArrayType,
    /// An array's length.
    #[error("an array's length")]
    ArrayLength,
    /// An array.
    #[error("an array")]
    ArrayNumbers,
    /// A text of an array.
    #[error("a text of an array")]
    ArrayText,
    /// The four bytes that a GGUF file begins with.
    #[error("the first bytes")]
    Magic,
    /// The version.
    #[error("the version")]
    Version,
    /// The number of tensors.
    #[error("the number of tensors")]
    TensorCount,
    /// The number of metadata values.
    #[error("the number of metadata values")]
    MetadataCount,
    /// A metadata key.
    #[error("a metadata key")]
    MetadataKey,
    /// A metadata type.
    #[error("a metadata type")]
    MetadataType,
    /// A tensor's name.
    #[error("a tensor's name")]
    TensorName,
    /// A tensor's number of dimensions.
    #[error("a tensor's number of dimensions")]
    TensorDimensions,
    /// A tensor's shape.
    #[error("a tensor's shape")]
    TensorShape,
    /// A tensor's type.
    #[error("a tensor's type")]
    TensorType,
    /// A tensor's offset.
    #[error("a tensor's offset")]
    TensorOffset,
}

/// What is wrong with a tensor's entry in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TensorFault {
    /// It has no dimensions, or more than four.
    #[error("it does not have 1 to 4 dimensions")]
    Dimensions,
    /// A dimension is 0, or the product of all is too large.
    #[error("its shape is invalid")]
    Shape,
    /// Its columns are not a multiple of the type's block length.
    #[error("its rows are not whole blocks")]
    Blocks,
    /// Its bytes are not within the file.
    #[error("it is not within the file; the file may be cut off, download it again")]
    OutsideFile,
}
