//! Why no value of a type can be made up.

use serde::de::{Expected, Unexpected};
use std::fmt::Display;

/// Why no value of a type can be made up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RandomError {
    /// The type asks what comes next instead of saying what it wants.
    #[error(
        "it asks for whatever comes, as untagged enums and flattened fields do; give it the default \
        (external) tagging or an internal tag"
    )]
    AsksForAnything,
    /// An internally tagged enum holds what is not known here by what it says that it wants.
    #[error("an internally tagged enum holds {0}, which can't be made up there")]
    UnknownType(String),
    /// The type wants something else.
    #[error("it wants {expected}, not {found}")]
    NotWanted {
        /// What it was given.
        found: String,
        /// What it wants.
        expected: String,
    },
    /// The type has no variant of the name it was given.
    #[error("its variants are {0:?}")]
    UnknownVariant(&'static [&'static str]),
    /// An enum without variants.
    #[error("{0} has no values")]
    NoValues(&'static str),
    /// The type holds itself without a variant that ends it.
    #[error("{0} is nested without end")]
    Endless(&'static str),
    /// The type refuses what it was given, as types that check their values do.
    #[error("it refuses what was made up: {0}")]
    Refused(String),
}

impl serde::de::Error for RandomError {
    fn custom<T: Display>(message: T) -> Self {
        Self::Refused(message.to_string())
    }
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::NotWanted {
            found: found.to_string(),
            expected: expected.to_string(),
        }
    }
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }
    fn unknown_variant(_: &str, variants: &'static [&'static str]) -> Self {
        Self::UnknownVariant(variants)
    }
}
