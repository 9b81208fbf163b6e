//! Conversations, as they stand in files for fine-tuning: OpenAI's `messages` and ShareGPT's `conversations`. The
//! last answer of the assistant is the reference, and what stands before it the prompt. Calls of tools are part of what is
//! said.

use super::imported::Cells;
use super::tool_calls;
use serde_json::{Map, Value};

/// Where a layout has its turns, and in a turn who speaks and what is said.
const LAYOUTS: [[&str; 3]; 2] = [
    ["messages", "role", "content"],
    ["conversations", "from", "value"],
];
/// Who the assistant is called.
const ASSISTANT: [&str; 4] = ["assistant", "gpt", "model", "chatgpt"];
/// Who speaks in a turn of ShareGPT's that is a call of a tool: the assistant.
const CALL: &str = "function_call";
/// Who the person is called.
const PERSON: [&str; 2] = ["user", "human"];

struct Turn<'a> {
    speaker: &'a str,
    text: String,
}

/// Fields beside a conversation that say that its last answer is no reference: the reference is in them, or nothing is.
const REFERENCES: [&str; 4] = ["labels", "label", "reference", "answer"];

/// The prompt and the reference of a conversation, with the name of the field that holds it; nothing where the
/// object holds none.
pub(super) fn prompt_and_reference(object: &Map<String, Value>) -> Option<(&'static str, Cells)> {
    LAYOUTS.iter().find_map(|[field, speaker, text]| {
        let turns = turns(object.get(*field)?, speaker, text)?;
        let has_reference = REFERENCES.iter().any(|name| object.contains_key(*name));
        let mut cells = cells(&turns);
        // ms-swift writes what the model said as the last turn, beside the labels.
        if has_reference {
            cells.truncate(1);
        }
        Some((*field, cells))
    })
}

/// A message, or a list of messages, as a text; nothing where the value is another one.
pub(super) fn transcript_of(value: &Value) -> Option<String> {
    if value.is_object() && value["role"].is_string() {
        return said(value, "content").filter(|text| !text.is_empty());
    }
    let turns = turns(value, "role", "content")?;
    match &turns[..] {
        [only] => Some(only.text.clone()),
        turns => Some(transcript(turns)),
    }
}

fn turns<'a>(value: &'a Value, speaker: &str, text: &str) -> Option<Vec<Turn<'a>>> {
    let turn = |turn: &'a Value| {
        let who = turn.get(speaker)?.as_str()?;
        let said = said(turn, text)?;
        Some(match who {
            CALL => Turn {
                speaker: ASSISTANT[0],
                text: tool_calls::of_turn(&said),
            },
            speaker => Turn {
                speaker,
                text: said,
            },
        })
    };
    let turns = value.as_array()?.iter().map(turn);
    turns
        .collect::<Option<Vec<_>>>()
        .filter(|turns| !turns.is_empty())
}

/// What a message says, and its calls of tools; nothing where it has neither.
pub(super) fn said(message: &Value, field: &str) -> Option<String> {
    let content = message.get(field);
    let calls = tool_calls::calls(message);
    if content.is_none() && calls.is_empty() {
        return None;
    }
    let words = content.map(words).filter(|text| !text.is_empty());
    let said: Vec<String> = words.into_iter().chain(calls).collect();
    Some(said.join("\n"))
}

/// A text, or the texts and the calls of tools among parts.
fn words(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let text = |part: &Value| match part["text"].as_str() {
                Some(text) => Some(text.to_owned()),
                None => tool_calls::part(part),
            };
            let texts: Vec<String> = parts.iter().filter_map(text).collect();
            texts.join("\n")
        }
        _ => String::new(),
    }
}

fn cells(turns: &[Turn<'_>]) -> Cells {
    let (before, answer) = match turns.split_last() {
        Some((last, before)) if ASSISTANT.contains(&last.speaker) => (before, Some(&last.text)),
        _ => (turns, None),
    };
    let mut cells = vec![("prompt".to_owned(), Some(transcript(before)))];
    if let Some(answer) = answer {
        cells.push(("reference".to_owned(), Some(answer.clone())));
    }
    cells
}

/// One question as it is; more turns with who says them.
fn transcript(turns: &[Turn<'_>]) -> String {
    if let [turn] = turns
        && PERSON.contains(&turn.speaker)
    {
        return turn.text.clone();
    }
    let lines = turns.iter();
    let lines = lines.map(|turn| format!("{}: {}", turn.speaker, turn.text));
    lines.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::prompt_and_reference;
    use serde_json::{Value, json};

    fn cells(value: &Value) -> Vec<(String, Option<String>)> {
        prompt_and_reference(value.as_object().unwrap()).unwrap().1
    }

    fn pair(prompt: &str, reference: &str) -> Vec<(String, Option<String>)> {
        vec![
            ("prompt".to_owned(), Some(prompt.to_owned())),
            ("reference".to_owned(), Some(reference.to_owned())),
        ]
    }

    #[test]
    fn the_last_answer_is_the_reference_and_what_is_before_the_prompt() {
        let openai = json!({"messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "Why?"}]},
            {"role": "assistant", "content": "Because."},
        ]});
        let expected = pair("system: Be brief.\n\nuser: Why?", "Because.");
        assert_eq!(cells(&openai), expected);
        let sharegpt = json!({"conversations": [
            {"from": "human", "value": "为什么？"},
            {"from": "gpt", "value": "因为。"},
        ]});
        assert_eq!(cells(&sharegpt), pair("为什么？", "因为。"));
    }

    #[test]
    fn calls_of_tools_and_their_results_are_part_of_what_is_said() {
        let call = "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\":\"Bern\"}}\n</tool_call>";
        let function = json!({"name": "weather", "arguments": "{\"city\": \"Bern\"}"});
        let openai = json!({"tools": [], "messages": [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "content": null, "tool_calls": [
                {"id": "call_1", "type": "function", "function": function}]},
            {"role": "tool", "tool_call_id": "call_1", "content": "{\"celsius\": 5}"},
            {"role": "assistant", "content": "5 °C."},
        ]});
        let before = format!("user: Weather?\n\nassistant: {call}\n\ntool: {{\"celsius\": 5}}");
        assert_eq!(cells(&openai), pair(&before, "5 °C."));
        let call_is_the_answer = json!({"messages": [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "function_call": function}]});
        assert_eq!(cells(&call_is_the_answer), pair("Weather?", call));
        let sharegpt = json!({"conversations": [
            {"from": "human", "value": "Weather?"},
            {"from": "function_call", "value": function.to_string()},
            {"from": "observation", "value": "5"},
            {"from": "gpt", "value": "5 °C."},
        ]});
        let before = format!("human: Weather?\n\nassistant: {call}\n\nobservation: 5");
        assert_eq!(cells(&sharegpt), pair(&before, "5 °C."));
        let anthropic = json!({"messages": [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "content": [{"type": "text", "text": "Let me look."},
                {"type": "tool_use", "id": "t", "name": "weather", "input": {"city": "Bern"}}]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": "5"}]},
            {"role": "assistant", "content": [{"type": "text", "text": "5 °C."}]},
        ]});
        let before = format!(
            "user: Weather?\n\nassistant: Let me look.\n{call}\n\nuser: <tool_response>\n5\n</tool_response>"
        );
        assert_eq!(cells(&anthropic), pair(&before, "5 °C."));
    }

    #[test]
    fn a_conversation_without_an_answer_is_a_prompt_alone() {
        let open = json!({"messages": [{"role": "user", "content": "Why?"}]});
        assert_eq!(cells(&open), pair("Why?", "")[..1]);
        let swift = json!({"response": "So.", "labels": "Because.", "messages": [
            {"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So."}]});
        assert_eq!(cells(&swift), pair("Why?", "")[..1]);
        let none = json!({"messages": ["a", "b"]});
        assert_eq!(prompt_and_reference(none.as_object().unwrap()), None);
    }
}
