//! Logs of Inspect: a document (`.json`), or of an `.eval` archive each sample in a line of its own with the header
//! beside it, as `assay_containers` writes it (<https://inspect.aisi.org.uk/eval-logs.html>).

use super::row::{Object, Row, completion, conversation, leave_out, number, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// What a sample of `.eval` that stands alone holds: the log's `eval`, and the `sample`.
const LINE: [&str; 2] = ["eval", "sample"];

/// The rows of a log.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let eval = object.get("eval")?.as_object()?;
    let model = eval.get("model")?.as_str()?;
    eval.get("task")?;
    if LINE.iter().all(|key| object.contains_key(*key)) {
        let sample = object.get("sample")?.as_object()?;
        return Some(vec![row(eval, model, sample, out)]);
    }
    let samples = object.get("samples")?.as_array()?.iter();
    let samples = samples.filter_map(Value::as_object);
    Some(samples.map(|s| row(eval, model, s, out)).collect())
}

fn row(eval: &Object, model: &str, sample: &Object, out: &mut Imported) -> Row {
    let system = system(out, Some(model));
    let field = |name: &str| sample.get(name).unwrap_or(&Value::Null);
    let resolved = |found: Option<String>| found.map(|said| resolved(said, field("attachments")));
    let mut row = Row::default();
    let epoch = field("epoch").as_u64().unwrap_or(1);
    let epochs = eval.get("config").and_then(|c| c.get("epochs")?.as_u64());
    let id = text(field("id"));
    if epochs.unwrap_or(1) > 1 || epoch > 1 {
        // A row for each sampling of an item needs an id of its own.
        let own = id.as_ref().map(|id| format!("{id} · {epoch}"));
        row.put(Role::Id, "id", own);
        row.put(Role::Slice, "sample", id);
        row.put(Role::Slice, "epoch", Some(epoch.to_string()));
    } else {
        row.put(Role::Id, "id", id);
    }
    row.put(Role::Slice, "task", eval.get("task").and_then(text));
    row.put(
        Role::Source,
        "prompt",
        resolved(conversation(field("input"))),
    );
    row.put(Role::Ignored, "choices", text(field("choices")));
    row.references(field("target"));
    row.output(&system, resolved(completion(field("output"))));
    if let Value::Object(scores) = field("scores") {
        for (scorer, score) in scores {
            scored(&mut row, scorer, &system, score);
        }
    }
    let error = field("error").get("message").and_then(text);
    row.about("error", &system, error);
    row.score("seconds", &system, field("total_time"));
    let usage = field("model_usage").get(model);
    let tokens = usage.and_then(|usage| usage.get("output_tokens"));
    row.score("output tokens", &system, tokens.unwrap_or(&Value::Null));
    row.properties("", field("metadata"));
    leave_out(sample, &["messages", "events", "store"], out);
    row
}

fn scored(row: &mut Row, scorer: &str, system: &str, score: &Value) {
    row.score(
        scorer,
        system,
        &as_number(score.get("value").unwrap_or(&Value::Null)),
    );
    for part in ["answer", "explanation"] {
        let said = score.get(part).and_then(text);
        row.about(&format!("{scorer} {part}"), system, said);
    }
}

/// The value of a score as Inspect's metrics count it: C(orrect) is 1, P(artial) a half, I(ncorrect) and N(o answer)
/// are 0, alone or among several.
fn as_number(value: &Value) -> Value {
    let letter = |letter: &str| match letter {
        "C" => Some(1.0),
        "P" => Some(0.5),
        "I" | "N" => Some(0.0),
        _ => None,
    };
    match value {
        Value::String(said) if number(value).is_none() => {
            letter(said).map_or_else(|| value.clone(), Value::from)
        }
        Value::Array(all) => all.iter().map(as_number).collect(),
        Value::Object(all) => all.iter().map(|(k, v)| (k.clone(), as_number(v))).collect(),
        other => other.clone(),
    }
}

/// A text, or the attachment that it stands for.
fn resolved(said: String, attachments: &Value) -> String {
    let whole = said
        .strip_prefix("attachment://")
        .and_then(|key| attachments.get(key)?.as_str());
    whole.map_or(said.clone(), str::to_owned)
}
