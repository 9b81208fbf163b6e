//! Answers of models as Arena-Hard and MT-bench write them (`model_answer/MODEL.jsonl`). Their judgements are read by
//! `assay_rating` (<https://github.com/lmarena/arena-hard-auto>).

use super::row::{Object, Row, content, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The row of an answer, or of a question of MT-bench.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    if let Some(row) = question(object) {
        return Some(vec![row]);
    }
    let id = ["question_id", "uid"]
        .iter()
        .find_map(|key| object.get(*key))?;
    let is_answer = ["answer_id", "ans_id"]
        .iter()
        .any(|key| object.contains_key(*key));
    let model = ["model_id", "model"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str());
    let model = model.filter(|_| is_answer)?;
    let answer = of_turns(object).or_else(|| of_messages(object))?;
    let system = system(out, Some(model));
    let mut row = Row::default();
    row.id(id);
    row.output(&system, Some(answer));
    Some(vec![row])
}

/// A question of MT-bench: what is asked in all turns, and the references of all where there are any.
fn question(object: &Object) -> Option<Row> {
    let (id, turns) = (object.get("question_id")?, object.get("turns")?.as_array()?);
    let joined = |texts: &[Value]| {
        let texts: Option<Vec<&str>> = texts.iter().map(Value::as_str).collect();
        texts
            .filter(|texts| !texts.is_empty())
            .map(|texts| texts.join("\n\n"))
    };
    let mut row = Row::default();
    row.id(id);
    row.put(Role::Source, "prompt", Some(joined(turns)?));
    let category = object.get("category").and_then(text);
    row.put(Role::Slice, "category", category);
    let references = object.get("reference").and_then(Value::as_array);
    let reference = references.and_then(|all| joined(all));
    row.put(Role::Reference, "reference", reference);
    Some(row)
}

/// The answers of all turns.
fn of_turns(object: &Object) -> Option<String> {
    let turns = object.get("choices")?.get(0)?.get("turns")?.as_array()?;
    let texts: Vec<String> = turns.iter().filter_map(content).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn of_messages(object: &Object) -> Option<String> {
    let last = object.get("messages")?.as_array()?.last()?;
    let said = last.get("content").and_then(|c| c.get("answer")?.as_str());
    said.map(str::to_owned).or_else(|| content(last))
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::import::Imported;
    use serde_json::{Value, json};

    fn output(line: &Value) -> Option<String> {
        let rows = rows(line.as_object().unwrap(), &mut Imported::default())?;
        let cells = rows.into_iter().next()?.cells;
        let output = cells.into_iter().find(|c| c.name == "m1")?;
        output.text
    }

    #[test]
    fn answers_of_both_versions_are_outputs_of_their_model() {
        let first = json!({"question_id": "q1", "answer_id": "a", "model_id": "m1",
            "choices": [{"index": 0, "turns": [{"content": "One.", "token_len": 2}]}], "tstamp": 1.0});
        assert_eq!(output(&first).as_deref(), Some("One."));
        let bench = json!({"question_id": 81, "answer_id": "a", "model_id": "m1",
            "choices": [{"index": 0, "turns": ["One.", "Two."]}]});
        assert_eq!(output(&bench).as_deref(), Some("One.\n\nTwo."));
        let second = json!({"uid": "u1", "ans_id": "a", "model": "m1", "messages": [
            {"role": "user", "content": "Why?"}, {"role": "assistant", "content": {"answer": "So."}}]});
        assert_eq!(output(&second).as_deref(), Some("So."));
        let question =
            json!({"question_id": 81, "category": "writing", "turns": ["Write.", "Again."]});
        let row = rows(question.as_object().unwrap(), &mut Imported::default()).unwrap();
        let cells = row.into_iter().next().unwrap().cells;
        assert_eq!(cells[1].text.as_deref(), Some("Write.\n\nAgain."));
        let judged = json!({"question_id": "q1", "model": "m1", "judge": "j", "games": []});
        assert_eq!(output(&judged), None);
    }
}
