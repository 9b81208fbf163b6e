//! Errors as a page explains them, with every variant of every error within: what a test holds words against.

use super::roundtrip::{RoundtripError, each_made_up};
use crate::call::{Call, VisitCalls};
use crate::explain::Explanation;
use crate::plain_serializer::{Plain, plain};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;

/// Collects the errors of calls.
#[derive(Debug, Default)]
pub struct ExplainErrors {
    /// Explanations of made-up errors, those of every variant among them. Where a cause crosses as an explanation
    /// it is one of the kind [`ExplainErrors::OTHER`]: its own error is one of other calls.
    pub explanations: Vec<Explanation>,
    /// The names of the error types, and of the types within.
    pub types: BTreeSet<&'static str>,
    /// Types of which none could be made up.
    pub failures: Vec<RoundtripError>,
}

impl ExplainErrors {
    /// The kind of causes that cross as explanations.
    pub const OTHER: &str = "another-error";

    /// Collects an error's variants.
    pub fn add<E: Serialize + DeserializeOwned>(&mut self) {
        let made = each_made_up::<E>(|error| {
            // The codec's test reports what can't be serialised.
            if let Ok(value) = plain(error) {
                let value = self.seen(value);
                self.explanations.extend(Explanation::of_plain(value));
            }
            Ok(())
        });
        self.failures.extend(made.err());
    }

    /// Takes note of the types, and leaves out what explanations hold.
    fn seen(&mut self, value: Plain) -> Plain {
        match value {
            Plain::Named { type_name, .. } if type_name == "Explanation" => Plain::Named {
                type_name,
                variant: None,
                fields: vec![("kind".to_owned(), Plain::Text(Self::OTHER.to_owned()))],
            },
            Plain::Named {
                type_name,
                variant,
                fields,
            } => {
                self.types.insert(type_name);
                let fields = fields.into_iter();
                let fields = fields.map(|(name, value)| (name, self.seen(value)));
                Plain::Named {
                    type_name,
                    variant,
                    fields: fields.collect(),
                }
            }
            value => value,
        }
    }
}

impl VisitCalls for ExplainErrors {
    fn visit<K: Call>(&mut self) {
        self.add::<K::Error>();
    }
}
