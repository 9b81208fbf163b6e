//! The names of an enum's variants.

use crate::codec::CodecError;
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The names of an enum's variants as they are serialised; nothing for other types. With
/// [`Explanation::kind_of`](crate::Explanation::kind_of) a test finds those that have no words.
#[must_use]
pub fn variant_names<T: for<'de> Deserialize<'de>>() -> Vec<&'static str> {
    let mut names = Vec::new();
    // It always fails, once it has seen what is asked for.
    match T::deserialize(Names(&mut names)) {
        Ok(_) | Err(_) => names,
    }
}

struct Names<'a>(&'a mut Vec<&'static str>);

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, CodecError> {
        Err(CodecError("no enum".to_owned()))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, CodecError> {
        self.0.extend(variants);
        Err(CodecError("names are all that is wanted".to_owned()))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
