//! Lines of a batch of chat completions, as OpenAI and vLLM write them: the request's own id, and the whole
//! response within. The answer's text becomes the output of the model that the response names.

use super::imported::Cells;
use serde_json::{Map, Value};

/// The id and the answer in a line of a batch, the id alone where the request failed; nothing where the object is
/// another one.
pub(super) fn answer(object: &Map<String, Value>) -> Option<Cells> {
    let id = object.get("custom_id")?.as_str()?;
    let body = &object.get("response")?["body"];
    let mut cells = vec![("custom_id".to_owned(), Some(id.to_owned()))];
    let choices = body["choices"].as_array();
    if let Some(choice) = choices.and_then(|choices| choices.first()) {
        let model = body["model"].as_str().unwrap_or("output");
        let text = choice["message"]["content"].as_str();
        // Completions that are no chat have their text beside the message's place.
        let text = text.or(choice["text"].as_str());
        cells.push((model.to_owned(), text.map(str::to_owned)));
    }
    Some(cells)
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
        let other = json!({"custom_id": "q-1", "answer": "x"});
        assert_eq!(answer(other.as_object().unwrap()), None);
    }
}
