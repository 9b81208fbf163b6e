//! A made-up value in the form in which a type that asks for whatever comes is given it.

use super::shapes::Tagging;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::fmt;

/// What no text is, so that whoever wants a text complains of it too.
const NO_TEXT: [u8; 1] = [0xff];

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Unit,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    Char(char),
    Text(String),
    /// What nothing in a call wants.
    Bytes,
    List(Vec<Tree>),
    /// An enum's variant with its content.
    Variant(&'static str, Box<Tree>),
}

impl Tree {
    /// A variant with its content; under internal tagging its parts follow the name in a list.
    pub(super) fn variant(tagging: Tagging, name: &'static str, content: Self) -> Self {
        match (tagging, content) {
            (Tagging::Internal, Self::List(parts)) => {
                let name = Self::Text(name.to_owned());
                Self::List(std::iter::once(name).chain(parts).collect())
            }
            (_, content) => Self::Variant(name, Box::new(content)),
        }
    }
}

impl<'de, E: Error> IntoDeserializer<'de, E> for Tree {
    type Deserializer = TreeDeserializer<E>;

    fn into_deserializer(self) -> TreeDeserializer<E> {
        TreeDeserializer(self, std::marker::PhantomData)
    }
}

/// Gives a [`Tree`] to whoever asks for whatever comes.
pub(super) struct TreeDeserializer<E>(Tree, std::marker::PhantomData<E>);

impl<'de, E: Error> Deserializer<'de> for TreeDeserializer<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Tree::Unit => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(value),
            Tree::I64(value) => visitor.visit_i64(value),
            Tree::U64(value) => visitor.visit_u64(value),
            Tree::F64(value) => visitor.visit_f64(value),
            Tree::Char(value) => visitor.visit_char(value),
            Tree::Text(text) => visitor.visit_string(text),
            Tree::Bytes => visitor.visit_bytes(&NO_TEXT),
            Tree::List(parts) => visitor.visit_seq(SeqDeserializer::new(parts.into_iter())),
            Tree::Variant(name, content) => {
                visitor.visit_map(MapDeserializer::new(std::iter::once((name, *content))))
            }
        }
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Takes a number, a text or whatever else has no parts, as a tree.
pub(super) struct TakeLeaf;

macro_rules! leaves {
    ($($method:ident: $type:ty => $tree:expr;)*) => {
        $(fn $method<E: Error>(self, value: $type) -> Result<Tree, E> {
            let make: fn($type) -> Tree = $tree;
            Ok(make(value))
        })*
    };
}

impl Visitor<'_> for TakeLeaf {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without parts")
    }

    leaves! {
        visit_bool: bool => Tree::Bool;
        visit_i64: i64 => Tree::I64;
        visit_u64: u64 => Tree::U64;
        visit_f64: f64 => Tree::F64;
        visit_char: char => Tree::Char;
        visit_str: &str => |text| Tree::Text(text.to_owned());
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree::Unit)
    }
}
