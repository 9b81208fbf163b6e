//! Numbers as JSON.

use serde_json::{Value, json};

/// A number of a log or table; JSON has none that are not finite, so these are given by name.
pub(super) fn number(value: f64) -> Value {
    match value.is_finite() {
        true => json!(value),
        false => json!(value.to_string()),
    }
}
