//! Values of JSON as cells, nested ones under their path.

use super::chat;
use super::imported::Cells;
use serde_json::Value;
use std::collections::BTreeSet;

/// Fields left out that are kept with their names.
const MAX_LEFT_OUT: usize = 100;

/// Appends the value's cells under `path`. Lists of objects (rater scores, tool calls) are not
/// text to compare and are left out.
pub(crate) fn flatten(
    path: &str,
    value: &Value,
    cells: &mut Cells,
    left_out: &mut BTreeSet<String>,
) {
    match value {
        Value::Null => cells.push((path.to_owned(), None)),
        Value::String(s) => cells.push((path.to_owned(), Some(s.clone()))),
        Value::Bool(_) | Value::Number(_) => cells.push((path.to_owned(), Some(value.to_string()))),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            if let Some(said) = chat::transcript_of(value) {
                cells.push((path.to_owned(), Some(said)));
            } else if left_out.len() < MAX_LEFT_OUT {
                left_out.insert(path.to_owned());
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                flatten(&format!("{path}[{i}]"), item, cells, left_out);
            }
        }
        Value::Object(object) => {
            if let Some(said) = chat::transcript_of(value) {
                cells.push((path.to_owned(), Some(said)));
                return;
            }
            for (key, item) in object {
                flatten(&format!("{path}.{key}"), item, cells, left_out);
            }
        }
    }
}
