//! The compiled JSON Schema of the segments being scored.

use jsonschema::Validator;
use serde_json::Value;
use std::cell::RefCell;

thread_local! {
    /// Segments come one after the other under the same schema.
    static LAST: RefCell<Option<(String, Option<Validator>)>> = const { RefCell::new(None) };
}

fn validator(schema: &str) -> Option<Validator> {
    jsonschema::validator_for(&serde_json::from_str(schema).ok()?).ok()
}

/// Whether a text is a JSON Schema.
pub(crate) fn is_schema(text: &str) -> bool {
    validator(text).is_some()
}

/// Whether a value is valid under a schema; nothing is valid under what is no schema.
pub(crate) fn is_valid(schema: &str, value: &Value) -> bool {
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(known, _)| known != schema) {
            *last = Some((schema.to_owned(), validator(schema)));
        }
        let validator = last.as_ref().and_then(|(_, validator)| validator.as_ref());
        validator.is_some_and(|v| v.is_valid(value))
    })
}
