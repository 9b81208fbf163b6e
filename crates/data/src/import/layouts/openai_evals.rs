//! Logs of OpenAI's evals: the run's specification in the first line, then an event a line, several of a sample
//! (<https://github.com/openai/evals>).

use super::row::{Object, Row, conversation, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The row of an event; none of the lines that tell of the run.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    if let Some(spec) = object.get("spec").filter(|s| s.get("eval_name").is_some()) {
        let model = spec.get("completion_fns").and_then(|all| all.get(0));
        system(out, model.and_then(Value::as_str));
        return Some(Vec::new());
    }
    if object.len() == 1 && object.contains_key("final_report") {
        return Some(Vec::new());
    }
    let (id, kind) = (object.get("sample_id")?, object.get("type")?.as_str()?);
    let data = object.get("data")?.as_object()?;
    object.get("run_id")?;
    object.get("event_id")?;
    let system = system(out, None);
    out.known.merges = true;
    let field = |name: &str| data.get(name).unwrap_or(&Value::Null);
    let mut row = Row::default();
    row.id(id);
    match kind {
        "sampling" => {
            row.put(Role::Source, "prompt", conversation(field("prompt")));
            row.output(&system, conversation(field("sampled")));
        }
        "match" => {
            row.references(field("expected"));
            row.score("correct", &system, field("correct"));
            let picked = text(field("picked"));
            row.about("picked", &system, picked);
        }
        "metrics" => {
            for (name, value) in data {
                match value {
                    Value::Number(_) | Value::Bool(_) => row.score(name, &system, value),
                    other => row.about(name, &system, text(other)),
                }
            }
        }
        "error" => row.about("error", &system, text(field("message"))),
        other => {
            out.left_out.insert(format!("events of type {other}"));
            return Some(Vec::new());
        }
    }
    Some(vec![row])
}
