//! One JavaScript value, as the type that is asked for has it. Nothing here depends on a type of Rust.

use super::items::{Items, Variant};
use js_sys::{Array, Map, Number, Object, Uint8Array};
use serde::de::Error;
use std::fmt::{Display, Formatter};
use wasm_bindgen::prelude::*;

/// The names of a record's fields, as its type has them.
pub(super) type Fields = &'static [&'static str];

/// Why a value is not one of the type. It is as small as can be, because each field of each type is read into a result
/// that may hold one.
#[derive(Debug)]
pub(crate) struct ReadError(Box<Cause>);

/// What is said of it.
#[derive(Debug)]
struct Cause {
    sentence: String,
}

impl ReadError {
    #[cold]
    #[inline(never)]
    fn new(sentence: String) -> Self {
        Self(Box::new(Cause { sentence }))
    }
}

impl Display for ReadError {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.sentence)
    }
}

impl std::error::Error for ReadError {}

impl Error for ReadError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

/// A value of which nothing is known but what the type that reads it asks for.
pub(crate) struct Reader(pub(crate) JsValue);

/// What a value is where its type does not say it: within enums with an internal tag.
pub(super) enum Plain {
    Nothing,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Array),
    Pairs(Array),
}

impl Reader {
    #[inline(never)]
    pub(super) fn unexpected(&self, expected: &str) -> ReadError {
        let mut found = format!("{:?}", self.0);
        const MOST_CHARS: usize = 200;
        if let Some((end, _)) = found.char_indices().nth(MOST_CHARS) {
            found.truncate(end);
        }
        ReadError::new(format!("{found} instead of {expected}"))
    }

    #[inline(never)]
    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }

    #[inline(never)]
    pub(super) fn bool(&self) -> Result<bool, ReadError> {
        let value = self.0.as_bool();
        value.ok_or_else(|| self.unexpected("yes or no"))
    }

    #[inline(never)]
    pub(super) fn float(&self) -> Result<f64, ReadError> {
        let value = self.0.as_f64();
        value.ok_or_else(|| self.unexpected("a number"))
    }

    /// A number without fraction that is exact.
    fn safe_integer(&self) -> Option<i64> {
        let is_safe = Number::is_safe_integer(&self.0);
        is_safe.then(|| self.0.unchecked_into_f64() as i64)
    }

    #[inline(never)]
    pub(super) fn signed(&self) -> Result<i64, ReadError> {
        let value = match self.0.is_bigint() {
            true => i64::try_from(self.0.clone()).ok(),
            false => self.safe_integer(),
        };
        value.ok_or_else(|| self.unexpected("a whole number"))
    }

    #[inline(never)]
    pub(super) fn unsigned(&self) -> Result<u64, ReadError> {
        let value = match self.0.is_bigint() {
            true => u64::try_from(self.0.clone()).ok(),
            false => self.safe_integer().and_then(|v| u64::try_from(v).ok()),
        };
        value.ok_or_else(|| self.unexpected("a whole number from 0"))
    }

    #[inline(never)]
    pub(super) fn text(&self) -> Result<String, ReadError> {
        let value = self.0.as_string();
        value.ok_or_else(|| self.unexpected("a text"))
    }

    #[inline(never)]
    pub(super) fn char(&self) -> Result<char, ReadError> {
        let text = self.text()?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Ok(char),
            _ => Err(self.unexpected("one character")),
        }
    }

    #[inline(never)]
    pub(super) fn bytes(&self) -> Result<Vec<u8>, ReadError> {
        let bytes = self.0.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
        bytes.ok_or_else(|| self.unexpected("bytes"))
    }

    #[inline(never)]
    pub(super) fn list(self) -> Result<Items, ReadError> {
        let array = self.0.dyn_into::<Array>();
        array
            .map(Items::of_list)
            .map_err(|value| Self(value).unexpected("a list"))
    }

    /// The pairs of a map, or of a record's names and values.
    #[inline(never)]
    pub(super) fn pairs(&self) -> Result<Array, ReadError> {
        match self.0.dyn_ref::<Map>() {
            Some(map) => Ok(Array::from(&map.entries())),
            None if self.0.is_object() => Ok(Object::entries(self.0.unchecked_ref())),
            None => Err(self.unexpected("a map")),
        }
    }

    #[inline(never)]
    pub(super) fn record(self, name: &str, fields: Fields) -> Result<Items, ReadError> {
        if !self.0.is_object() {
            return Err(self.unexpected(name));
        }
        Ok(Items::of_record(self.0.unchecked_into(), fields))
    }

    /// A variant's name and what is in it.
    #[inline(never)]
    pub(super) fn variant(self, name: &str) -> Result<Variant, ReadError> {
        if self.0.is_string() {
            return Ok(Variant {
                name: self,
                contents: Self(JsValue::UNDEFINED),
            });
        }
        if self.0.is_object() {
            let entries = Object::entries(self.0.unchecked_ref());
            if entries.length() == 1 {
                let entry: Array = entries.get(0).unchecked_into();
                return Ok(Variant {
                    name: Self(entry.get(0)),
                    contents: Self(entry.get(1)),
                });
            }
        }
        Err(self.unexpected(name))
    }

    #[inline(never)]
    pub(super) fn plain(self) -> Result<Plain, ReadError> {
        if self.is_nothing() {
            return Ok(Plain::Nothing);
        }
        if let Some(value) = self.0.as_bool() {
            return Ok(Plain::Bool(value));
        }
        if self.0.is_bigint() {
            let signed = i64::try_from(self.0.clone()).map(Plain::Signed);
            return signed.or_else(|_| self.unsigned().map(Plain::Unsigned));
        }
        if let Some(value) = self.0.as_f64() {
            let whole = self.safe_integer().map(Plain::Signed);
            return Ok(whole.unwrap_or(Plain::Float(value)));
        }
        if let Some(text) = self.0.as_string() {
            return Ok(Plain::Text(text));
        }
        if Array::is_array(&self.0) {
            return Ok(Plain::List(self.0.unchecked_into()));
        }
        match self.bytes() {
            Ok(bytes) => Ok(Plain::Bytes(bytes)),
            Err(_) => Ok(Plain::Pairs(self.pairs()?)),
        }
    }
}
