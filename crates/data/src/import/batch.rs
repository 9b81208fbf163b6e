//! Lines of a batch of chat completions, as OpenAI and vLLM write them: the request's own id, and the whole
//! response within. The answer's text becomes the output of the model that the response names.

use super::imported::Cells;
use serde_json::{Map, Value};

/// The id and the answer in a line of a batch; nothing where the object is another one.
pub(super) fn answer(object: &Map<String, Value>) -> Option<Cells> {
    let id = object.get("custom_id")?.as_str()?;
    let response = object.get("response")?;
    let body = &response["body"];
    let choice = body["choices"].as_array()?.first()?;
    let model = body["model"].as_str().unwrap_or("output");
    let text = choice["message"]["content"].as_str();
    // Completions that are no chat have their text beside the message's place.
    let text = text.or(choice["text"].as_str());
    Some(vec![
        ("custom_id".to_owned(), Some(id.to_owned())),
        (model.to_owned(), text.map(str::to_owned)),
    ])
}
