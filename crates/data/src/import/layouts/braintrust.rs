//! Experiments of Braintrust, as its page and API export them: a span a row, of which only those of whole tasks have
//! scores (<https://www.braintrust.dev/docs>). Ids are new in each experiment; rows of two are compared by their input.

use super::row::{Object, Row, conversation, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The row of a span.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let (input, scores) = (object.get("input")?, object.get("scores")?);
    let is_span = ["span_id", "root_span_id", "experiment_id"];
    if !is_span.iter().any(|key| object.contains_key(*key)) || !object.contains_key("output") {
        return None;
    }
    let is_root = object.get("root_span_id") == object.get("span_id");
    if !is_root && object.contains_key("root_span_id") {
        out.left_out.insert("spans within tasks".to_owned());
        return Some(Vec::new());
    }
    let system = system(out, None);
    let asked = said(input);
    let mut row = Row::default();
    row.put(Role::Id, "item", asked.as_deref().map(digest));
    row.put(Role::Source, "input", asked);
    row.references(
        &object
            .get("expected")
            .map_or(Value::Null, |e| said(e).into()),
    );
    row.output(&system, object.get("output").and_then(said));
    for (name, value) in scores.as_object().into_iter().flatten() {
        row.score(name, &system, value);
    }
    let metrics = object.get("metrics").and_then(Value::as_object);
    for (name, value) in metrics.into_iter().flatten() {
        // When a task began and ended says nothing; how long it took does.
        if !matches!(name.as_str(), "start" | "end") {
            row.score(name, &system, value);
        }
    }
    row.put(Role::Slice, "tags", object.get("tags").and_then(text));
    row.properties("", object.get("metadata").unwrap_or(&Value::Null));
    let error = object.get("error").and_then(text);
    row.about("error", &system, error);
    Some(vec![row])
}

/// A text, messages, or the one text of an object.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) if fields.len() == 1 => fields.values().next().and_then(text),
        other => conversation(other),
    }
}

/// A short name of a text, the same in every file (FNV-1a of 64 bits).
fn digest(text: &str) -> String {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let hash = text.bytes().fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    format!("{hash:016x}")
}
