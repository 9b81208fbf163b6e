//! Logs of evalscope: `predictions/MODEL/*.jsonl` with outputs, and `reviews/MODEL/*.jsonl` with references and
//! scores (<https://evalscope.readthedocs.io>); of versions before 1.0 too, where both are answers with `choices`.

use super::row::{Object, Row, completion, conversation, leave_out, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The row of a line.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let row = prediction(object, out)
        .or_else(|| review(object, out))
        .or_else(|| before_1_0(object, out))?;
    Some(vec![row])
}

/// The prompt of messages that end with the answer.
fn prompt(messages: Option<&Value>) -> Option<String> {
    let messages = messages?.as_array()?;
    let is_answer =
        |message: &&Value| message.get("role").and_then(Value::as_str) == Some("assistant");
    let end = messages
        .iter()
        .rposition(|m| !is_answer(&m))
        .map_or(0, |at| at + 1);
    conversation(&Value::Array(messages[..end].to_vec()))
}

fn prediction(object: &Object, out: &mut Imported) -> Option<Row> {
    let (index, output) = (object.get("index")?, object.get("model_output")?);
    let system = system(out, object.get("model").and_then(Value::as_str));
    let mut row = Row::default();
    row.id(index);
    row.put(Role::Source, "prompt", prompt(object.get("messages")));
    row.output(&system, completion(output));
    row.score(
        "seconds",
        &system,
        output.get("time").unwrap_or(&Value::Null),
    );
    let tokens = output.get("usage").and_then(|u| u.get("output_tokens"));
    row.score("output tokens", &system, tokens.unwrap_or(&Value::Null));
    row.properties("", object.get("metadata").unwrap_or(&Value::Null));
    Some(row)
}

fn review(object: &Object, out: &mut Imported) -> Option<Row> {
    let (index, reviewed) = (object.get("index")?, object.get("sample_score")?);
    let score = reviewed.get("score")?;
    let system = system(out, None);
    let mut row = Row::default();
    row.id(index);
    if let Some(attempt) = reviewed.get("generation_index").and_then(Value::as_u64) {
        row.put(
            Role::Slice,
            "sample",
            reviewed.get("group_id").and_then(text),
        );
        row.put(Role::Slice, "epoch", Some((attempt + 1).to_string()));
    }
    let asked = prompt(object.get("messages"));
    let asked = asked.or_else(|| conversation(object.get("input")?));
    row.put(Role::Source, "prompt", asked);
    row.references(object.get("target").unwrap_or(&Value::Null));
    row.output(&system, score.get("prediction").and_then(text));
    row.score_parts(score.get("value").unwrap_or(&Value::Null), &system);
    for part in ["extracted_prediction", "explanation"] {
        let said = score.get(part).and_then(text);
        row.about(part, &system, said);
    }
    row.properties("", reviewed.get("sample_metadata").unwrap_or(&Value::Null));
    leave_out(object, &["agent_trace"], out);
    Some(row)
}

fn before_1_0(object: &Object, out: &mut Imported) -> Option<Row> {
    object.get("answer_id")?;
    let first = object.get("choices")?.get(0)?;
    let model = object.get("model")?.as_str()?;
    let asked = ["origin_prompt", "raw_input"]
        .iter()
        .find_map(|k| object.get(*k))?;
    let system = system(out, Some(model));
    let mut row = Row::default();
    row.id(object.get("index").or_else(|| object.get("answer_id"))?);
    let asked = asked
        .get("data")
        .and_then(|data| data.get(0))
        .unwrap_or(asked);
    row.put(Role::Source, "prompt", text(asked));
    row.put(
        Role::Slice,
        "subset",
        object.get("subset_name").and_then(text),
    );
    row.output(&system, completion(&Value::Object(object.clone())));
    if let Some(review) = first.get("review") {
        row.references(review.get("gold").unwrap_or(&Value::Null));
        row.score(
            "result",
            &system,
            review.get("result").unwrap_or(&Value::Null),
        );
        let found = review.get("pred").and_then(text);
        row.about("extracted_prediction", &system, found);
    }
    Some(row)
}

impl Row {
    /// Adds scores by name.
    fn score_parts(&mut self, scores: &Value, system: &str) {
        for (name, value) in scores.as_object().into_iter().flatten() {
            self.score(name, system, value);
        }
    }
}
