//! A value as a small tree of texts, numbers, lists and named fields: what errors are explained from.

use crate::codec::CodecError;
use serde::ser::{self, Serialize, Serializer};

/// A value in its simplest form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Plain {
    Nothing,
    Text(String),
    Number(f64),
    List(Vec<Plain>),
    /// A struct, or a variant of an enum.
    Named {
        type_name: &'static str,
        variant: Option<&'static str>,
        fields: Vec<(String, Plain)>,
    },
}

/// A value in its simplest form; large whole numbers are rounded.
pub(crate) fn plain<T: Serialize + ?Sized>(value: &T) -> Result<Plain, CodecError> {
    value.serialize(ToPlain)
}

impl ser::Error for CodecError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(message)
    }
}

impl serde::de::Error for CodecError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(message)
    }
}

struct ToPlain;

/// Collects what has parts. Unnamed parts of a variant are named at the end.
struct Parts {
    type_name: &'static str,
    variant: Option<&'static str>,
    is_list: bool,
    fields: Vec<(String, Plain)>,
}

impl Parts {
    fn of(type_name: &'static str, variant: Option<&'static str>) -> Self {
        Self {
            type_name,
            variant,
            is_list: false,
            fields: Vec::new(),
        }
    }

    fn list() -> Self {
        Self {
            is_list: true,
            ..Self::of("", None)
        }
    }

    fn add<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), CodecError> {
        self.fields.push((name.to_owned(), plain(value)?));
        Ok(())
    }

    fn add_unnamed<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.add(&format!("value-{}", self.fields.len()), value)
    }

    fn finish(self) -> Plain {
        if self.is_list {
            return Plain::List(self.fields.into_iter().map(|(_, value)| value).collect());
        }
        Plain::Named {
            type_name: self.type_name,
            variant: self.variant,
            fields: self.fields,
        }
    }
}

macro_rules! numbers {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<Plain, CodecError> {
            Ok(Plain::Number(value as f64))
        })*
    };
}

impl Serializer for ToPlain {
    type Ok = Plain;
    type Error = CodecError;
    type SerializeSeq = Parts;
    type SerializeTuple = Parts;
    type SerializeTupleStruct = Parts;
    type SerializeTupleVariant = Parts;
    type SerializeMap = Parts;
    type SerializeStruct = Parts;
    type SerializeStructVariant = Parts;

    numbers!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64);

    fn serialize_bool(self, value: bool) -> Result<Plain, CodecError> {
        Ok(Plain::Text(value.to_string()))
    }
    fn serialize_char(self, value: char) -> Result<Plain, CodecError> {
        Ok(Plain::Text(value.to_string()))
    }
    fn serialize_str(self, value: &str) -> Result<Plain, CodecError> {
        Ok(Plain::Text(value.to_owned()))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Plain, CodecError> {
        Ok(Plain::Nothing)
    }
    fn serialize_none(self) -> Result<Plain, CodecError> {
        Ok(Plain::Nothing)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Plain, CodecError> {
        plain(value)
    }
    fn serialize_unit(self) -> Result<Plain, CodecError> {
        Ok(Plain::Nothing)
    }
    fn serialize_unit_struct(self, name: &'static str) -> Result<Plain, CodecError> {
        Ok(Parts::of(name, None).finish())
    }
    fn serialize_unit_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Plain, CodecError> {
        Ok(Parts::of(name, Some(variant)).finish())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Plain, CodecError> {
        plain(value)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Plain, CodecError> {
        let mut parts = Parts::of(name, Some(variant));
        parts.add("value", value)?;
        Ok(parts.finish())
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts, CodecError> {
        Ok(Parts::list())
    }
    fn serialize_tuple(self, _: usize) -> Result<Parts, CodecError> {
        Ok(Parts::list())
    }
    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Parts, CodecError> {
        Ok(Parts::of(name, None))
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts, CodecError> {
        Ok(Parts::of(name, Some(variant)))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Parts, CodecError> {
        Ok(Parts::list())
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Parts, CodecError> {
        Ok(Parts::of(name, None))
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts, CodecError> {
        Ok(Parts::of(name, Some(variant)))
    }
}

macro_rules! unnamed_parts {
    ($($trait:ident, $method:ident);*) => {
        $(impl ser::$trait for Parts {
            type Ok = Plain;
            type Error = CodecError;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
                self.add_unnamed(value)
            }
            fn end(self) -> Result<Plain, CodecError> {
                Ok(self.finish())
            }
        })*
    };
}

unnamed_parts!(SerializeSeq, serialize_element; SerializeTuple, serialize_element;
    SerializeTupleStruct, serialize_field; SerializeTupleVariant, serialize_field);

macro_rules! named_parts {
    ($($trait:ident),*) => {
        $(impl ser::$trait for Parts {
            type Ok = Plain;
            type Error = CodecError;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), CodecError> {
                self.add(name, value)
            }
            fn end(self) -> Result<Plain, CodecError> {
                Ok(self.finish())
            }
        })*
    };
}

named_parts!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Parts {
    type Ok = Plain;
    type Error = CodecError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        self.add_unnamed(key)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        self.add_unnamed(value)
    }
    fn end(self) -> Result<Plain, CodecError> {
        Ok(self.finish())
    }
}
