//! Calls of tools and what tools gave back, as texts in the tags that templates of models set around them: so they stand in
//! prompts and references as in what a model says, and are shown as calls.

use serde_json::Value;

/// The calls beside what a message says: OpenAI's `tool_calls`, and `function_call` as it was before.
pub(super) fn calls(message: &Value) -> Vec<String> {
    let several = message.get("tool_calls").and_then(Value::as_array);
    let several = several.into_iter().flatten();
    let one = message.get("function_call").filter(|call| !call.is_null());
    several.chain(one).filter_map(call).collect()
}

/// A part of what a message says that is a call or a result, as Anthropic writes them.
pub(super) fn part(part: &Value) -> Option<String> {
    match part["type"].as_str()? {
        "tool_use" => call(part),
        "tool_result" => Some(result(&part["content"])),
        _ => None,
    }
}

/// The calls in a turn of ShareGPT's that is nothing else: an object, or a list of such, as JSON in a text.
pub(super) fn of_turn(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    let calls: Option<Vec<String>> = match &value {
        Value::Array(calls) => calls.iter().map(call).collect(),
        one => call(one).map(|call| vec![call]),
    };
    calls.map_or_else(|| tagged("tool_call", text), |calls| calls.join("\n"))
}

/// A call, whose arguments may be JSON in a text.
fn call(call: &Value) -> Option<String> {
    let function = call.get("function").unwrap_or(call);
    let name = function["name"].as_str()?;
    let given = ["arguments", "input", "parameters"].into_iter();
    let given = given.filter_map(|field| function.get(field)).next();
    let arguments = match given {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or(Value::from(&**text)),
        Some(value) => value.clone(),
        None => Value::Object(serde_json::Map::new()),
    };
    let name = Value::from(name);
    let said = format!("{{\"name\": {name}, \"arguments\": {arguments}}}");
    Some(tagged("tool_call", &said))
}

fn result(content: &Value) -> String {
    let said = match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts = parts.iter().filter_map(|part| part["text"].as_str());
            texts.collect::<Vec<_>>().join("\n")
        }
        Value::Null => String::new(),
        other => other.to_string(),
    };
    tagged("tool_response", &said)
}

fn tagged(tag: &str, text: &str) -> String {
    format!("<{tag}>\n{text}\n</{tag}>")
}
