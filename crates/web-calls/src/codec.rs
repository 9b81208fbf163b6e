//! Values as JavaScript values, which the browser copies to the other side as they are. NaN, infinities and -0.0
//! are numbers there; 64-bit integers become BigInt, so that none is rounded; maps become `Map`. One thing is lost:
//! within an internally tagged enum -0.0 arrives as 0.

use crate::reader::Reader;
use assay_calls::{Codec, CodecError};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// Values as JavaScript values.
#[derive(Debug, Clone, Copy)]
pub struct JsCodec;

impl Codec for JsCodec {
    type Value = JsValue;

    fn encode<T: Serialize>(value: &T) -> Result<JsValue, CodecError> {
        let serializer = Serializer::new().serialize_large_number_types_as_bigints(true);
        value.serialize(&serializer).map_err(CodecError::new)
    }

    fn decode<T: DeserializeOwned>(value: JsValue) -> Result<T, CodecError> {
        T::deserialize(Reader(value)).map_err(CodecError::new)
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = structuredClone)]
    fn structured_clone(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// [`JsCodec`] with the copy that the browser makes when a value is posted: what tests send values through.
#[derive(Debug, Clone, Copy)]
pub struct StructuredCloneCodec;

impl Codec for StructuredCloneCodec {
    type Value = JsValue;

    fn encode<T: Serialize>(value: &T) -> Result<JsValue, CodecError> {
        let value = JsCodec::encode(value)?;
        structured_clone(&value).map_err(|error| CodecError(crate::message::words(&error)))
    }

    fn decode<T: DeserializeOwned>(value: JsValue) -> Result<T, CodecError> {
        JsCodec::decode(value)
    }
}
