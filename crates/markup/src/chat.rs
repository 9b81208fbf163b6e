//! Conversations: messages in JSON, the marks that templates of models set between turns, and transcripts with a name
//! before each turn.

use super::limits::Limits;
use super::prose::prose;
use super::{json, markdown};
use assay_protocol::markup::{Block, Speaker};
use serde_json::Value;

/// Where an object has its turns.
const LISTS: [&str; 4] = ["messages", "conversations", "conversation", "turns"];
/// Who speaks, in a turn.
const WHO: [&str; 3] = ["role", "from", "speaker"];
/// What is said, in a turn.
const WORDS: [&str; 3] = ["content", "value", "text"];

/// Who speaks under a name; nothing for names that no tool uses.
fn speaker(name: &str) -> Option<Speaker> {
    Some(match name.to_ascii_lowercase().as_str() {
        "system" | "developer" => Speaker::System,
        "user" | "human" => Speaker::User,
        "assistant" | "gpt" | "model" | "chatgpt" | "bot" | "ai" => Speaker::Assistant,
        "tool" | "function" | "ipython" | "observation" | "function_response" => Speaker::Tool,
        _ => return None,
    })
}

fn turn(name: &str, blocks: Vec<Block>) -> Block {
    Block::Turn {
        speaker: speaker(name).unwrap_or(Speaker::Other),
        name: name.to_owned(),
        blocks,
    }
}

/// A conversation in JSON: a list of messages, or an object that holds one.
pub(crate) fn of_json(value: &Value, limits: &mut Limits) -> Option<Vec<Block>> {
    let list = match value {
        Value::Array(messages) => messages,
        Value::Object(object) => {
            let lists = LISTS.iter().filter_map(|key| object.get(*key));
            lists.filter_map(Value::as_array).next()?
        }
        _ => return None,
    };
    let who = |message: &Value| {
        let name = WHO.iter().find_map(|key| message.get(*key)?.as_str())?;
        let says = WORDS.iter().chain(&["tool_calls", "function_call"]);
        let says = says.into_iter().any(|key| message.get(*key).is_some());
        (says && speaker(name).is_some()).then(|| name.to_owned())
    };
    let names: Option<Vec<String>> = list.iter().map(who).collect();
    let names = names.filter(|names| !names.is_empty())?;
    let turns = list.iter().zip(names);
    Some(
        turns
            .map(|(message, name)| turn(&name, said(message, limits)))
            .collect(),
    )
}

/// What a message says: its reasoning, its words, its calls of tools.
fn said(message: &Value, limits: &mut Limits) -> Vec<Block> {
    let mut blocks = Vec::new();
    let thoughts = ["reasoning_content", "reasoning", "thinking"];
    let thoughts = thoughts.iter().find_map(|key| message.get(*key)?.as_str());
    if let Some(text) = thoughts.filter(|text| !text.trim().is_empty()) {
        blocks.push(reasoning(text, limits));
    }
    let is_result = WHO.iter().any(|key| {
        let name = message.get(*key).and_then(Value::as_str);
        name.and_then(speaker) == Some(Speaker::Tool)
    });
    let content = WORDS.iter().find_map(|key| message.get(*key));
    match content {
        Some(content) if is_result => {
            let name = message.get("name").and_then(Value::as_str);
            blocks.push(Block::ToolResult {
                name: name.unwrap_or_default().to_owned(),
                blocks: json::value_or_plain(content, limits),
            });
        }
        Some(content) => blocks.extend(content_blocks(content, limits)),
        None => {}
    }
    let calls = message.get("tool_calls").and_then(Value::as_array);
    let calls = calls.into_iter().flatten();
    for call in calls.chain(message.get("function_call")) {
        let block = json::call_of(call, limits);
        blocks.push(block.unwrap_or_else(|| Block::ToolCall {
            name: String::new(),
            blocks: json::value_or_plain(call, limits),
        }));
    }
    blocks
}

fn reasoning(text: &str, limits: &mut Limits) -> Block {
    Block::Reasoning {
        characters: text.trim().chars().count(),
        is_cut: false,
        blocks: markdown::blocks(text, limits).0,
    }
}

/// What a message holds: a text, or parts of several kinds.
fn content_blocks(content: &Value, limits: &mut Limits) -> Vec<Block> {
    let parts = match content {
        Value::Null => return Vec::new(),
        Value::String(text) => return prose(text, limits).0,
        Value::Array(parts) => parts,
        other => return json::value_or_plain(other, limits),
    };
    let mut blocks = Vec::new();
    for part in parts {
        let text = |key: &str| part.get(key).and_then(Value::as_str);
        match (text("type"), part) {
            (_, Value::String(words)) => blocks.extend(prose(words, limits).0),
            (Some("tool_use"), _) => blocks.extend(json::call_of(part, limits)),
            (Some("tool_result"), _) => blocks.push(Block::ToolResult {
                name: String::new(),
                blocks: match part.get("content") {
                    Some(content) => content_blocks(content, limits),
                    None => Vec::new(),
                },
            }),
            (Some("thinking"), _) => {
                let words = text("thinking").unwrap_or_default();
                blocks.push(reasoning(words, limits));
            }
            _ => match text("text") {
                Some(words) => blocks.extend(prose(words, limits).0),
                None => blocks.extend(json::value_or_plain(part, limits)),
            },
        }
    }
    blocks
}

/// A conversation in a text: by the marks of ChatML or of Llama 3, or a transcript.
pub(crate) fn turns(text: &str, limits: &mut Limits) -> Option<Vec<Block>> {
    let turns = marked(text, "<|im_start|>", "\n", &["<|im_end|>"])
        .or_else(|| {
            let ends = ["<|eot_id|>", "<|eom_id|>"];
            marked(text, "<|start_header_id|>", "<|end_header_id|>", &ends)
        })
        .or_else(|| transcript(text))?;
    Some(
        turns
            .into_iter()
            .map(|(name, words)| {
                let blocks = match speaker(name) {
                    Some(Speaker::Tool) => vec![Block::ToolResult {
                        name: String::new(),
                        blocks: json::or_plain(words.trim(), limits),
                    }],
                    _ => prose(words, limits).0,
                };
                turn(name, blocks)
            })
            .collect(),
    )
}

/// Turns that a mark begins, followed by the speaker's name and the mark that ends it.
fn marked<'a>(
    text: &'a str,
    begin: &str,
    named: &str,
    ends: &[&str],
) -> Option<Vec<(&'a str, &'a str)>> {
    let (before, rest) = text.split_once(begin)?;
    let is_blank = before.replace("<|begin_of_text|>", "").trim().is_empty();
    let turn = |turn: &'a str| {
        let (name, words) = turn.split_once(named)?;
        let end = ends.iter().filter_map(|end| words.find(end)).min();
        let words = &words[..end.unwrap_or(words.len())];
        let name = name.trim();
        speaker(name.split_whitespace().next()?).map(|_| (name, words))
    };
    let turns: Option<Vec<_>> = rest.split(begin).map(turn).collect();
    turns.filter(|_| is_blank)
}

/// Turns with a name and a colon before each, blank lines between them. A first turn that no name begins is none, and one
/// turn alone is a sentence.
fn transcript(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut starts = Vec::new();
    let mut is_after_blank = true;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if is_after_blank
            && let Some((name, _)) = words.split_once([':', '：'])
            && speaker(name.trim_matches('*')).is_some()
        {
            starts.push(at);
        }
        is_after_blank = words.is_empty();
        at += line.len();
    }
    let begins = starts
        .first()
        .is_some_and(|first| text[..*first].trim().is_empty());
    if starts.len() < 2 || !begins {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let turns = starts.iter().zip(ends).filter_map(|(start, end)| {
        let (name, words) = text[*start..end].trim_start().split_once([':', '：'])?;
        Some((name.trim_matches('*'), words.trim_start_matches("**")))
    });
    Some(turns.collect())
}
