//! How values become what a channel carries. A codec is lossless: NaN, infinities, -0.0 and all of u64 come
//! back as they were, which [`testing::roundtrip`](crate::testing::roundtrip) checks type by type.

use serde::{Serialize, de::DeserializeOwned};

/// A way to write values for a channel.
pub trait Codec: 'static {
    /// What the channel carries: bytes in a native program, a JavaScript value in a browser.
    type Value: 'static;

    /// Writes a value.
    ///
    /// # Errors
    /// When its type can't be written in this form.
    fn encode<T: Serialize>(value: &T) -> Result<Self::Value, CodecError>;

    /// Reads a value.
    ///
    /// # Errors
    /// When it isn't one of `T`.
    fn decode<T: DeserializeOwned>(value: Self::Value) -> Result<T, CodecError>;
}

/// Why a value can't be written or read, as the codec's message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CodecError(pub String);

impl CodecError {
    /// From another library's error.
    pub fn new(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}
