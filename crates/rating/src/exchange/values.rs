//! Values and names as exports write them.

use super::literal::opened;
use crate::answers::Preference;
use serde_json::{Map, Value};

/// What a value says of what was judged.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// A number, or a word that stands for one.
    Number(f64),
    /// Which of two, by place.
    Preference(Preference),
    /// Something else.
    Other,
}

/// A value that is a number, or a word that stands for one: yes and no, or a choice that begins with
/// its number.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(n) => n.as_f64(),
        Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
        Value::String(text) => number_in(text),
        _ => None,
    }
}

/// A number in a text, or a word that stands for one.
pub(super) fn number_in(text: &str) -> Option<f64> {
    if let Some(number) = plain_number(text) {
        return Some(number);
    }
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].chars().next();
    let ends = rest.is_none_or(|c| !c.is_alphanumeric());
    text[..digits].parse().ok().filter(|_| ends)
}

/// A text that is a number, or a word for yes and no.
pub(super) fn plain_number(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return Some(number).filter(|n| n.is_finite());
    }
    match text.to_lowercase().as_str() {
        "yes" | "true" | "y" | "是" | "good" => Some(1.0),
        "no" | "false" | "n" | "否" | "bad" => Some(0.0),
        _ => None,
    }
}

/// What a value says, out of the objects and lists of one in which Label Studio and others wrap it:
/// `[{"rating": 4}]`, `{"choices": ["Yes"]}`, `{"selected": "left"}`.
pub(super) fn given(value: &Value) -> Given {
    match value {
        Value::Array(list) => match list.as_slice() {
            [single] => given(single),
            _ => Given::Other,
        },
        Value::Object(object) => {
            if let Some(selected) = object.get("selected").and_then(Value::as_str) {
                return Given::Preference(match selected {
                    "left" => Preference::First,
                    "right" => Preference::Second,
                    _ => Preference::Tie,
                });
            }
            let inside = ["rating", "number", "choices"].iter();
            let inside = inside.filter_map(|key| object.get(*key)).next();
            inside.map_or(Given::Other, given)
        }
        single => number(single).map_or(Given::Other, Given::Number),
    }
}

/// What a cell says; JSON in it is opened.
pub(super) fn given_in(cell: &str) -> Given {
    match number_in(cell) {
        Some(number) => Given::Number(number),
        None => opened(cell).map_or(Given::Other, |value| given(&value)),
    }
}

/// A value as text: of a text itself, of others as JSON.
pub(super) fn text(value: &Value) -> String {
    let text = value.as_str().map(str::to_owned);
    text.unwrap_or_else(|| value.to_string())
}

/// Who a person is that stands as an object: an address, or an id.
pub(super) fn person(value: &Value) -> Option<String> {
    let parts = ["email", "username", "id"].iter();
    let parts = parts.filter_map(|part| value.get(*part));
    parts.filter(|part| !part.is_null()).map(text).next()
}

/// A text or a number at a key, as text; nothing where it is missing or blank.
pub(super) fn name_at(record: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    let values = keys.iter().filter_map(|key| record.get(*key));
    let mut names = values.filter(|v| v.is_string() || v.is_number()).map(text);
    names.find(|name| !name.trim().is_empty())
}

/// The name of a system in an object of properties, which may stand in a text as JSON.
pub(super) fn system_in(object: Option<&Value>) -> Option<String> {
    match object? {
        Value::Object(object) => system_of(object),
        Value::String(text) => match opened(text)? {
            Value::Object(object) => system_of(&object),
            _ => None,
        },
        _ => None,
    }
}

/// The name of a system among a record's own properties, or in its metadata.
pub(super) fn system_of(record: &Map<String, Value>) -> Option<String> {
    const NAMES: [&str; 13] = [
        "system",
        "model",
        "system_id",
        "model_id",
        "model_name",
        "system_name",
        "generator",
        "系统",
        "模型",
        "metadata.system",
        "metadata.model",
        "metadata.model_name",
        "meta.model",
    ];
    let own = name_at(record, &NAMES);
    own.or_else(|| {
        let parts = ["metadata", "meta"].iter();
        parts.filter_map(|part| system_in(record.get(*part))).next()
    })
}
