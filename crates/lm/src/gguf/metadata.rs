//! The metadata of a model: typed values by name.

use super::GgufError;
use std::collections::HashMap;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Any integer or float; 64-bit integers above 2^53 lose their lowest bits.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// Text.
    Text(String),
    /// Values of one type.
    Array(Array),
}

/// Values of one type.
#[derive(Debug, Clone, PartialEq)]
pub enum Array {
    /// Numbers and truth values (0 or 1).
    Numbers(Vec<f64>),
    /// Texts.
    Texts(Vec<String>),
    /// Arrays; none that is used has any.
    Arrays,
}

/// Values by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata(pub HashMap<String, Value>);

impl Metadata {
    /// A number.
    pub fn number(&self, key: &str) -> Option<f64> {
        match self.0.get(key)? {
            Value::Number(x) => Some(*x),
            _ => None,
        }
    }

    /// A truth value.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.0.get(key)? {
            Value::Bool(x) => Some(*x),
            _ => None,
        }
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.0.get(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// An array of texts.
    pub fn texts(&self, key: &str) -> Option<&[String]> {
        match self.0.get(key)? {
            Value::Array(Array::Texts(texts)) => Some(texts),
            _ => None,
        }
    }

    /// An array of numbers.
    pub fn numbers(&self, key: &str) -> Option<&[f64]> {
        match self.0.get(key)? {
            Value::Array(Array::Numbers(numbers)) => Some(numbers),
            _ => None,
        }
    }

    /// A whole number that must be there and lie in `1..=limit`.
    ///
    /// # Errors
    /// [`GgufError::Missing`].
    pub fn count(&self, key: &str, limit: usize) -> Result<usize, GgufError> {
        self.number(key)
            .filter(|x| (1.0..=limit as f64).contains(x) && x.fract() == 0.0)
            .map(|x| x as usize)
            .ok_or_else(|| GgufError::Missing(key.to_owned()))
    }
}
