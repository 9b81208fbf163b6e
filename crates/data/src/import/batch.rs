//! Lines of a batch of requests, as OpenAI, vLLM, Anthropic and Gemini write them: the request's own id, and the whole
//! response within. The answer's text becomes the output of the model that the response names.

use super::chat::{said, transcript_of};
use super::imported::Cells;
use super::tool_calls;
use serde_json::{Map, Value};

/// The id and the answer in a line of a batch, the id alone where the request failed; nothing where the object is
/// another one.
pub(super) fn answer(object: &Map<String, Value>) -> Option<Cells> {
    let field = |name: &str| object.get(name);
    let is_request = field("body").is_some_and(|body| body.is_object()) && field("url").is_some();
    let (name, id) = match (field("custom_id"), field("key")) {
        (Some(id), _) => ("custom_id", id.as_str()?),
        (None, Some(key)) => ("key", key.as_str()?),
        (None, None) => return None,
    };
    let mut cells = vec![(name.to_owned(), Some(id.to_owned()))];
    let said = if let Some(response) = field("response").filter(|r| !r.is_string()) {
        if name == "key" && response["candidates"].is_null() && field("error").is_none() {
            return None;
        }
        of_openai(&response["body"]).or_else(|| of_gemini(response))
    } else if let Some(result) = field("result").filter(|result| result["type"].is_string()) {
        of_anthropic(&result["message"])
    } else if is_request {
        let asked = prompt(&object["body"]);
        cells.push(("prompt".to_owned(), asked));
        return Some(cells);
    } else {
        return None;
    };
    if let Some((model, text)) = said {
        cells.push((model.unwrap_or("output").to_owned(), text));
    }
    Some(cells)
}

/// The model that answered, and its text.
type Said<'a> = Option<(Option<&'a str>, Option<String>)>;

/// A completion of a chat or of a text, or a response with several parts.
fn of_openai(body: &Value) -> Said<'_> {
    let model = body["model"].as_str();
    if let Some(choice) = body["choices"]
        .as_array()
        .and_then(|choices| choices.first())
    {
        let text = said(&choice["message"], "content").filter(|text| !text.is_empty());
        // Completions that are no chat have their text beside the message's place.
        let alone = || choice["text"].as_str().map(str::to_owned);
        return Some((model, text.or_else(alone)));
    }
    let parts = body["output"].as_array()?.iter();
    let messages = parts.filter(|part| part["type"] == "message");
    let texts = messages.filter_map(|message| texts(&message["content"]));
    Some((model, joined(texts.collect())))
}

fn of_anthropic(message: &Value) -> Said<'_> {
    let text = texts(message.get("content")?);
    Some((message["model"].as_str(), text))
}

fn of_gemini(response: &Value) -> Said<'_> {
    let first = response["candidates"].as_array()?.first()?;
    let text = texts(&first["content"]["parts"]);
    Some((response["modelVersion"].as_str(), text))
}

/// The texts among parts, one after the other, and the calls of tools, each in lines of its own.
fn texts(parts: &Value) -> Option<String> {
    let mut said: Option<String> = None;
    for part in parts.as_array()? {
        if let Some(words) = part["text"].as_str() {
            said.get_or_insert_default().push_str(words);
        } else if let Some(call) = tool_calls::part(part) {
            let said = said.get_or_insert_default();
            let between = if said.is_empty() { "" } else { "\n" };
            said.push_str(between);
            said.push_str(&call);
        }
    }
    said
}

fn joined(texts: Vec<String>) -> Option<String> {
    (!texts.is_empty()).then(|| texts.concat())
}

/// What a request asks.
fn prompt(body: &Value) -> Option<String> {
    let text = body["prompt"].as_str().or(body["input"].as_str());
    let turns = ["messages", "input"]
        .iter()
        .find_map(|name| transcript_of(&body[*name]));
    text.map(str::to_owned).or(turns)
}

#[cfg(test)]
mod tests {
    use super::answer;
    use serde_json::json;

    #[test]
    fn a_request_that_failed_keeps_its_row_without_an_output() {
        for response in [
            json!(null),
            json!({"status_code": 500, "body": {"error": {"message": "overloaded"}}}),
        ] {
            let line = json!({"custom_id": "q-1", "response": response, "error": null});
            let expected = vec![("custom_id".to_owned(), Some("q-1".to_owned()))];
            assert_eq!(answer(line.as_object().unwrap()), Some(expected));
        }
        let text = |line: serde_json::Value| {
            let cells = answer(line.as_object().unwrap()).unwrap();
            let (model, text) = cells[1].clone();
            (model, text.unwrap_or_default())
        };
        let said = |model: &str| (model.to_owned(), "So.".to_owned());
        let parts = json!([{"type": "text", "text": "So."}]);
        let response = json!({"custom_id": "q", "response": {"body": {"model": "m1", "output": [
            {"type": "reasoning", "summary": []}, {"type": "message", "content": parts}]}}});
        assert_eq!(text(response), said("m1"));
        let calls = json!([{"type": "function", "function": {"name": "add", "arguments": "{}"}}]);
        let response = json!({"custom_id": "q", "response": {"body": {"model": "m1",
            "choices": [{"message": {"role": "assistant", "content": null, "tool_calls": calls}}]}}});
        let call = "<tool_call>\n{\"name\": \"add\", \"arguments\": {}}\n</tool_call>";
        assert_eq!(text(response), ("m1".to_owned(), call.to_owned()));
        let message = json!({"custom_id": "q", "result": {"type": "succeeded",
            "message": {"model": "m2", "content": parts}}});
        assert_eq!(text(message), said("m2"));
        let gemini = json!({"key": "q", "response": {"modelVersion": "m3",
            "candidates": [{"content": {"parts": [{"text": "So."}]}}]}});
        assert_eq!(text(gemini), said("m3"));
        let request = json!({"custom_id": "q", "method": "POST", "url": "/v1/chat/completions",
            "body": {"model": "m", "messages": [{"role": "user", "content": "So."}]}});
        assert_eq!(text(request), said("prompt"));
        let other = json!({"key": "a", "response": "So."});
        assert_eq!(answer(other.as_object().unwrap()), None);
        let other = json!({"custom_id": "q-1", "answer": "x"});
        assert_eq!(answer(other.as_object().unwrap()), None);
    }
}
