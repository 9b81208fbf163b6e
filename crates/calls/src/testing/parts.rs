//! The parts of made-up values: of lists, maps and structs one after the other, and what an enum's variant holds.

use super::random::Random;
use super::random_error::RandomError;
use super::rng::Rng;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// Parts of a list, map or struct.
pub(super) struct Parts<'a> {
    pub(super) rng: &'a mut Rng,
    pub(super) parts: &'a mut usize,
    pub(super) depth: usize,
    pub(super) left: usize,
}

impl Parts<'_> {
    fn next<'de, S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, RandomError> {
        *self.parts = self.parts.saturating_sub(1);
        seed.deserialize(Random {
            rng: &mut *self.rng,
            parts: &mut *self.parts,
            depth: self.depth + 1,
        })
    }
}

impl<'de> SeqAccess<'de> for Parts<'_> {
    type Error = RandomError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, RandomError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        self.next(seed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Parts<'_> {
    type Error = RandomError;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, RandomError> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, RandomError> {
        self.next(seed)
    }
}

/// An enum's variant with its content.
pub(super) struct Variant<'a> {
    pub(super) name: &'static str,
    pub(super) content: Random<'a>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = RandomError;
    type Variant = Random<'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Random<'a>), RandomError> {
        let name: StrDeserializer<'static, RandomError> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.content))
    }
}

impl<'de> VariantAccess<'de> for Random<'_> {
    type Error = RandomError;

    fn unit_variant(self) -> Result<(), RandomError> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(
        mut self,
        seed: S,
    ) -> Result<S::Value, RandomError> {
        seed.deserialize(self.inner())
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, RandomError> {
        visitor.visit_seq(self.fixed(length))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RandomError> {
        visitor.visit_seq(self.fixed(fields.len()))
    }
}
