//! Records of Every Eval Ever: `*_samples.jsonl`, a line for each sample and score (its schema of instances, 0.2 and
//! later, <https://github.com/evaleval/every_eval_ever>). The file of totals beside it is refused with that name.

use super::row::{Object, Row, conversation, leave_out, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The row of a line.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let (id, model) = (object.get("sample_id")?, object.get("model_id")?.as_str()?);
    let evaluation = object.get("evaluation")?.as_object()?;
    object.get("schema_version")?;
    let system = system(out, Some(model));
    // A sample that several metrics score has a line for each.
    out.known.merges = true;
    let input = object.get("input").unwrap_or(&Value::Null);
    let part = |name: &str| input.get(name).unwrap_or(&Value::Null);
    let mut row = Row::default();
    row.id(id);
    row.put(
        Role::Slice,
        "evaluation",
        object.get("evaluation_name").and_then(text),
    );
    row.put(Role::Source, "prompt", text(part("raw")));
    row.references(part("reference"));
    row.put(Role::Ignored, "choices", text(part("choices")));
    let output = object.get("output").and_then(|output| output.get("raw"));
    let output = output.or_else(|| object.get("output").filter(|o| o.is_array()));
    let first = output
        .and_then(|raw| raw.get(0).or(Some(raw)))
        .and_then(text);
    let turns = ["messages", "interactions"]
        .iter()
        .find_map(|k| object.get(*k)?.as_array());
    let last = turns.and_then(|turns| turns.iter().rev().find_map(answer));
    row.output(&system, first.or(last));
    let more = output.and_then(Value::as_array).map_or(0, Vec::len);
    if more > 1 {
        out.left_out.insert("output.raw[1…]".to_owned());
    }
    for name in ["score", "is_correct", "num_turns", "tool_calls_count"] {
        if let Some(value) = evaluation.get(name) {
            row.score(name, &system, value);
        }
    }
    let answers = object.get("answer_attribution").and_then(Value::as_array);
    let answer = answers.and_then(|all| all.last()?.get("extracted_value"));
    row.about("extracted_value", &system, answer.and_then(text));
    let of = |group: &str, name: &str| object.get(group).and_then(|g| g.get(name)).cloned();
    for (group, name) in [
        ("token_usage", "output_tokens"),
        ("performance", "latency_ms"),
    ] {
        if let Some(value) = of(group, name) {
            row.score(name, &system, &value);
        }
    }
    row.about("error", &system, object.get("error").and_then(text));
    row.properties("", object.get("metadata").unwrap_or(&Value::Null));
    leave_out(object, &["messages", "interactions"], out);
    Some(vec![row])
}

/// What the model says in a turn.
fn answer(turn: &Value) -> Option<String> {
    let is_answer = turn.get("role").and_then(Value::as_str) == Some("assistant");
    is_answer
        .then(|| conversation(turn.get("content")?))
        .flatten()
}
