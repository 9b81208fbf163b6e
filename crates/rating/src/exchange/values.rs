//! Values and names as exports write them.

use serde_json::Value;

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
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return Some(number).filter(|n| n.is_finite());
    }
    match text.to_lowercase().as_str() {
        "yes" | "true" | "y" | "是" | "good" => return Some(1.0),
        "no" | "false" | "n" | "否" | "bad" => return Some(0.0),
        _ => {}
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].chars().next();
    let ends = rest.is_none_or(|c| !c.is_alphanumeric());
    text[..digits].parse().ok().filter(|_| ends)
}

/// The name of a system in an object of properties.
pub(super) fn system_in(object: Option<&Value>) -> Option<String> {
    const NAMES: [&str; 6] = ["system", "model", "system_id", "model_name", "系统", "模型"];
    let object = object?.as_object()?;
    let value = NAMES.iter().find_map(|name| object.get(*name))?;
    value.as_str().map(str::to_owned)
}
