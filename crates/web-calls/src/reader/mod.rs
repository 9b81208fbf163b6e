//! Reads values out of JavaScript values: those that serde_wasm_bindgen's serializer writes, from a program of the same
//! build.
//!
//! A page's program decodes hundreds of types, and what serde's derive makes for each is a third of the program. So the
//! fields of a struct are handed over in the order in which its type declares them, which needs half of the code that
//! fields in any order need; and what does not depend on the type is in functions that are compiled once. A field that
//! is not there at all has its default, where the type gives it one.

mod items;
mod value;

use items::{Items, Pairs};
use serde::de::{DeserializeSeed, Deserializer, VariantAccess, Visitor};
use value::{Fields, Plain, ReadError};

pub(crate) use value::Reader;

impl<'de> VariantAccess<'de> for Reader {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        match self.is_nothing() {
            true => Ok(()),
            false => Err(self.unexpected("nothing")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ReadError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_seq(self.list()?)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: Fields,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_seq(self.record("a variant with fields", fields)?)
    }
}

/// Methods that take nothing but a visitor.
macro_rules! read {
    ($($method:ident: |$reader:ident, $visitor:ident| $read:expr;)*) => {
        $(fn $method<V: Visitor<'de>>(self, $visitor: V) -> Result<V::Value, ReadError> {
            let $reader = self;
            $read
        })*
    };
}

impl<'de> Deserializer<'de> for Reader {
    type Error = ReadError;

    read! {
        deserialize_bool: |r, visitor| visitor.visit_bool(r.bool()?);
        deserialize_i8: |r, visitor| visitor.visit_i64(r.signed()?);
        deserialize_i16: |r, visitor| visitor.visit_i64(r.signed()?);
        deserialize_i32: |r, visitor| visitor.visit_i64(r.signed()?);
        deserialize_i64: |r, visitor| visitor.visit_i64(r.signed()?);
        deserialize_u8: |r, visitor| visitor.visit_u64(r.unsigned()?);
        deserialize_u16: |r, visitor| visitor.visit_u64(r.unsigned()?);
        deserialize_u32: |r, visitor| visitor.visit_u64(r.unsigned()?);
        deserialize_u64: |r, visitor| visitor.visit_u64(r.unsigned()?);
        deserialize_f32: |r, visitor| visitor.visit_f64(r.float()?);
        deserialize_f64: |r, visitor| visitor.visit_f64(r.float()?);
        deserialize_char: |r, visitor| visitor.visit_char(r.char()?);
        deserialize_str: |r, visitor| visitor.visit_string(r.text()?);
        deserialize_string: |r, visitor| visitor.visit_string(r.text()?);
        deserialize_identifier: |r, visitor| visitor.visit_str(&r.text()?);
        deserialize_bytes: |r, visitor| visitor.visit_byte_buf(r.bytes()?);
        deserialize_byte_buf: |r, visitor| visitor.visit_byte_buf(r.bytes()?);
        deserialize_seq: |r, visitor| visitor.visit_seq(r.list()?);
        deserialize_map: |r, visitor| visitor.visit_map(Pairs::of(r.pairs()?));
        deserialize_ignored_any: |_r, visitor| visitor.visit_unit();
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.plain()? {
            Plain::Nothing => visitor.visit_unit(),
            Plain::Bool(value) => visitor.visit_bool(value),
            Plain::Signed(value) => visitor.visit_i64(value),
            Plain::Unsigned(value) => visitor.visit_u64(value),
            Plain::Float(value) => visitor.visit_f64(value),
            Plain::Text(text) => visitor.visit_string(text),
            Plain::Bytes(bytes) => visitor.visit_byte_buf(bytes),
            Plain::List(list) => visitor.visit_seq(Items::of_list(list)),
            Plain::Pairs(pairs) => visitor.visit_map(Pairs::of(pairs)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.is_nothing() {
            true => visitor.visit_none(),
            false => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.unit_variant()?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: Fields,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_seq(self.record(name, fields)?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: Fields,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_enum(self.variant(name)?)
    }
}
