//! JSON as a tree, and calls of tools in it.

use super::limits::{Limits, MOST_DEEP};
use assay_protocol::markup::{Block, Json, Piece};
use serde_json::Value;

/// An object or a list; a text that is but a number or a word is shown as it is.
pub(crate) fn parsed(text: &str) -> Option<Value> {
    let text = text.trim();
    let is_one = matches!(
        (text.as_bytes().first()?, text.as_bytes().last()?),
        (b'{', b'}') | (b'[', b']')
    );
    is_one.then(|| serde_json::from_str(text).ok()).flatten()
}

/// A text as JSON where it is JSON, and as it is elsewhere.
pub(crate) fn or_plain(text: &str, limits: &mut Limits) -> Vec<Block> {
    let value = parsed(text).and_then(|value| tree(&value, limits, 0));
    match value {
        Some(value) => vec![Block::Json { value }],
        None if text.is_empty() => Vec::new(),
        None => vec![plain(text)],
    }
}

/// A value that tools are given or give back: often JSON within a text.
pub(crate) fn value_or_plain(value: &Value, limits: &mut Limits) -> Vec<Block> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => or_plain(text, limits),
        value => match tree(value, limits, 0) {
            Some(value) => vec![Block::Json { value }],
            None => vec![plain(&value.to_string())],
        },
    }
}

fn plain(text: &str) -> Block {
    Block::Plain {
        text: text.to_owned(),
    }
}

/// A call of a tool as models write it: an object with the tool's name and arguments, or a list of them, or one a line.
pub(crate) fn tool_call(text: &str, limits: &mut Limits) -> Vec<Block> {
    let text = text.trim();
    let whole = serde_json::from_str::<Value>(text).ok();
    let calls = match whole {
        Some(Value::Array(calls)) => calls,
        Some(call) => vec![call],
        None => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let calls: Option<Vec<Value>> =
                lines.map(|line| serde_json::from_str(line).ok()).collect();
            calls.unwrap_or_default()
        }
    };
    let blocks: Option<Vec<Block>> = calls.iter().map(|call| call_of(call, limits)).collect();
    match blocks {
        Some(blocks) if !blocks.is_empty() => blocks,
        _ => vec![Block::ToolCall {
            name: String::new(),
            blocks: vec![plain(text)],
        }],
    }
}

/// A call in the forms that OpenAI's, Anthropic's and Hermes' messages have.
pub(crate) fn call_of(call: &Value, limits: &mut Limits) -> Option<Block> {
    let inner = call.get("function").filter(|f| f.is_object());
    let call = inner.unwrap_or(call);
    let name = call.get("name")?.as_str()?.to_owned();
    let arguments = ["arguments", "parameters", "input", "args"];
    let arguments = arguments.iter().find_map(|key| call.get(*key));
    Some(Block::ToolCall {
        name,
        blocks: arguments.map_or(Vec::new(), |value| value_or_plain(value, limits)),
    })
}

/// A value as a tree; nothing where it is too large.
pub(crate) fn tree(value: &Value, limits: &mut Limits, depth: usize) -> Option<Json> {
    if !limits.take(2) {
        return None;
    }
    let scalar = |piece, text: String| Some(Json::Scalar { piece, text });
    match value {
        Value::Null | Value::Bool(_) => scalar(Piece::Keyword, value.to_string()),
        Value::Number(_) => scalar(Piece::Number, value.to_string()),
        Value::String(_) => scalar(Piece::Text, value.to_string()),
        // Deeper values stand on one line, as they would take no more room than a word.
        _ if depth > MOST_DEEP => scalar(Piece::Other, value.to_string()),
        Value::Array(items) => {
            let items = items.iter().map(|item| tree(item, limits, depth + 1));
            Some(Json::List {
                items: items.collect::<Option<_>>()?,
            })
        }
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| Some((name.clone(), tree(value, limits, depth + 1)?)));
            Some(Json::Object {
                entries: entries.collect::<Option<_>>()?,
            })
        }
    }
}
