//! Makes up a value of any type that can be deserialised: a deserializer whose input is chance. It prefers what
//! breaks codecs: NaN, infinities, -0.0, the ends of each number's range, empty and huge texts and lists. It
//! prefers variants of an enum that were not shown yet, so that none is left out.

use super::parts::{Parts, Variant};
use super::random_error::RandomError;
use super::rng::Rng;
use super::shapes::{Kind, Leaf};
use super::tree::{TakeLeaf, Tree};
use serde::de::{DeserializeOwned, Deserializer, Expected, IntoDeserializer, Visitor};

/// Below this depth lists are empty and options are none.
const SMALL_DEPTH: usize = 12;
/// Deeper values are given up.
const MOST_DEPTH: usize = 120;
/// Parts of a value; beyond them lists are empty and options are none.
const MOST_PARTS: usize = 4_000;

/// A made-up value.
///
/// # Errors
/// When none can be made up; where a type refuses some values, the next try may do.
pub fn random<T: DeserializeOwned>(rng: &mut Rng) -> Result<T, RandomError> {
    loop {
        let mut parts = MOST_PARTS;
        let made = T::deserialize(Random {
            rng: &mut *rng,
            parts: &mut parts,
            depth: 0,
        });
        // Attempts by which the contents of internally tagged enums are learned give no values.
        if rng.shapes.learn(made.as_ref().err())? {
            continue;
        }
        let is_too_wide = matches!(&made, Err(RandomError::NotWanted { expected, .. })
            if ["usize", "isize"].contains(&expected.as_str()));
        // A type with sizes in it does not say which of its numbers they are.
        if is_too_wide && !rng.only_sizes {
            rng.only_sizes = true;
            continue;
        }
        rng.only_sizes = false;
        return made;
    }
}

pub(super) struct Random<'a> {
    pub(super) rng: &'a mut Rng,
    pub(super) parts: &'a mut usize,
    pub(super) depth: usize,
}

impl<'a> Random<'a> {
    pub(super) fn inner(&mut self) -> Random<'_> {
        *self.parts = self.parts.saturating_sub(1);
        Random {
            rng: &mut *self.rng,
            parts: &mut *self.parts,
            depth: self.depth + 1,
        }
    }

    fn is_small(&self) -> bool {
        self.depth > SMALL_DEPTH || *self.parts == 0
    }

    fn length(&mut self) -> usize {
        if self.is_small() {
            return 0;
        }
        match self.rng.below(12) {
            0..=2 => 0,
            11 if self.depth < 2 => 1_000,
            n => n % 4 + 1,
        }
    }

    /// Of a type that asks for whatever comes.
    fn tree(mut self, id: usize) -> Result<Tree, RandomError> {
        if self.depth > MOST_DEPTH {
            return Err(RandomError::Endless("an internally tagged enum"));
        }
        if self.rng.shapes.is_option(id) && (self.is_small() || self.rng.below(3) == 0) {
            return Ok(Tree::Unit);
        }
        match self.rng.shapes.kind(id).clone() {
            Kind::Unknown => Err(RandomError::AsksForAnything),
            Kind::Leaf(leaf) => self.leaf(leaf),
            Kind::Same(id) => self.inner().tree(id),
            Kind::List(item) => {
                let parts = (0..self.length()).map(|_| self.inner().tree(item));
                Ok(Tree::List(parts.collect::<Result<_, _>>()?))
            }
            Kind::Parts { parts, .. } => {
                let parts = parts.into_iter().map(|part| self.inner().tree(part));
                Ok(Tree::List(parts.collect::<Result<_, _>>()?))
            }
            Kind::Enum {
                tagging,
                variants,
                contents,
            } => {
                let place = self.rng.enter(variants, self.depth);
                let content = self.inner().tree(contents[place]);
                self.rng.leave();
                Ok(Tree::variant(tagging, variants[place], content?))
            }
        }
    }

    fn leaf(self, leaf: Leaf) -> Result<Tree, RandomError> {
        let made = self.any_leaf(leaf)?;
        Ok(match made {
            // Whoever asks a browser for whatever comes is given -0.0 as the whole number 0.
            Tree::F64(value) => Tree::F64(value + 0.0),
            other => other,
        })
    }

    fn any_leaf(self, leaf: Leaf) -> Result<Tree, RandomError> {
        match leaf {
            Leaf::Unit => self.deserialize_unit(TakeLeaf),
            Leaf::Bool => self.deserialize_bool(TakeLeaf),
            Leaf::I8 => self.deserialize_i8(TakeLeaf),
            Leaf::I16 => self.deserialize_i16(TakeLeaf),
            Leaf::I32 => self.deserialize_i32(TakeLeaf),
            Leaf::I64 => self.deserialize_i64(TakeLeaf),
            Leaf::U8 => self.deserialize_u8(TakeLeaf),
            Leaf::U16 => self.deserialize_u16(TakeLeaf),
            Leaf::U32 => self.deserialize_u32(TakeLeaf),
            Leaf::U64 => self.deserialize_u64(TakeLeaf),
            Leaf::F32 => self.deserialize_f32(TakeLeaf),
            Leaf::F64 => self.deserialize_f64(TakeLeaf),
            Leaf::Char => self.deserialize_char(TakeLeaf),
            Leaf::Text => self.deserialize_string(TakeLeaf),
        }
    }

    pub(super) fn fixed(self, left: usize) -> Parts<'a> {
        Parts {
            rng: self.rng,
            parts: self.parts,
            depth: self.depth,
            left,
        }
    }
}

macro_rules! whole_numbers {
    ($($method:ident, $visit:ident, $type:ty;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
            let any = self.rng.next() as $type;
            let ends = [0, 1, <$type>::MAX, <$type>::MIN, <$type>::MAX - 1, any, any, any];
            let value = self.rng.one_of(&ends);
            let fits = usize::try_from(value).is_ok() || isize::try_from(value).is_ok();
            visitor.$visit(if self.rng.only_sizes && !fits { 0 } else { value })
        })*
    };
}

impl<'de> Deserializer<'de> for Random<'_> {
    type Error = RandomError;

    whole_numbers! {
        deserialize_i8, visit_i8, i8;
        deserialize_i16, visit_i16, i16;
        deserialize_i32, visit_i32, i32;
        deserialize_i64, visit_i64, i64;
        deserialize_u8, visit_u8, u8;
        deserialize_u16, visit_u16, u16;
        deserialize_u32, visit_u32, u32;
        deserialize_u64, visit_u64, u64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        let wanted = (&visitor as &dyn Expected).to_string();
        let id = self.rng.shapes.tagged(&wanted);
        let id = id.ok_or(RandomError::AsksForAnything)?;
        let tree = match self.rng.shapes.probe(id) {
            Some(probe) => probe?,
            None => self.tree(id)?,
        };
        tree.into_deserializer().deserialize_any(visitor)
    }
    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, RandomError> {
        Err(RandomError::AsksForAnything)
    }
    fn deserialize_identifier<V: Visitor<'de>>(self, _: V) -> Result<V::Value, RandomError> {
        Err(RandomError::AsksForAnything)
    }
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        visitor.visit_bool(self.rng.below(2) == 0)
    }
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        let any = self.rng.next() as f32 / 1e15;
        let special = [
            f32::NAN,
            f32::INFINITY,
            f32::NEG_INFINITY,
            -0.0,
            f32::MAX,
            f32::MIN_POSITIVE,
        ];
        let value = self.rng.one_of(&special);
        visitor.visit_f32(self.rng.one_of(&[value, any]))
    }
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        let any = self.rng.next() as f64 / 1e17;
        let special = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -0.0,
            0.0,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            9_007_199_254_740_993.0,
        ];
        let value = self.rng.one_of(&special);
        visitor.visit_f64(self.rng.one_of(&[value, any]))
    }
    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        let chars = ['\0', 'a', '"', 'é', '中', '\u{ffff}', '😀', char::MAX];
        visitor.visit_char(self.rng.one_of(&chars))
    }
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        visitor.visit_string(self.rng.text())
    }
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        visitor.visit_string(self.rng.text())
    }
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        visitor.visit_byte_buf(self.rng.text().into_bytes())
    }
    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        visitor.visit_byte_buf(self.rng.text().into_bytes())
    }
    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, RandomError> {
        if self.is_small() || self.rng.below(3) == 0 {
            return visitor.visit_none();
        }
        visitor.visit_some(self.inner())
    }
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RandomError> {
        visitor.visit_unit()
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, RandomError> {
        visitor.visit_unit()
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        mut self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, RandomError> {
        visitor.visit_newtype_struct(self.inner())
    }
    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, RandomError> {
        let length = self.length();
        visitor.visit_seq(self.fixed(length))
    }
    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, RandomError> {
        visitor.visit_seq(self.fixed(length))
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, RandomError> {
        visitor.visit_seq(self.fixed(length))
    }
    fn deserialize_map<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, RandomError> {
        let length = self.length();
        visitor.visit_map(self.fixed(length))
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RandomError> {
        visitor.visit_seq(self.fixed(fields.len()))
    }
    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RandomError> {
        if variants.is_empty() {
            return Err(RandomError::NoValues(name));
        }
        if self.depth > MOST_DEPTH {
            return Err(RandomError::Endless(name));
        }
        let place = self.rng.enter(variants, self.depth);
        let made = visitor.visit_enum(Variant {
            name: variants[place],
            content: self.inner(),
        });
        self.rng.leave();
        made
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}
