//! Label Studio's JSON export: tasks with annotations, each a list of results by the control's name
//! (<https://labelstud.io/guide/task_format>), or annotations with their task, as its storages keep them. Ratings,
//! numbers and choices become values, `pairwise` preferences. The system is named in the task's data, or is the
//! object that a control is about.

use super::builder::{About, Builder};
use super::records::Record;
use super::unused::Skipped;
use super::values::{Given, given, person, system_in, text};
use serde_json::Value;

/// Whether records are tasks with annotations, or annotations with their task.
pub(super) fn fits(records: &[Record]) -> bool {
    records.iter().any(|record| {
        let results = |list: &Value| {
            let annotations = list.as_array().into_iter().flatten();
            annotations.clone().any(|a| a.get("result").is_some())
        };
        let task = record.get("task").is_some_and(Value::is_object);
        ["annotations", "completions"]
            .iter()
            .any(|key| record.get(*key).is_some_and(results))
            || (task && record.get("result").is_some_and(Value::is_array))
    })
}

/// Reads tasks.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for (place, record) in records.iter().enumerate() {
        let own = record.get("task").filter(|task| task.is_object());
        let part = |key: &str| own.map_or_else(|| record.get(key), |task| task.get(key));
        let data = part("data");
        let id = data.and_then(|d| d.get("id")).or_else(|| part("id"));
        let task = Task {
            unit: id.map_or_else(|| (place + 1).to_string(), text),
            system: system_in(data),
        };
        if own.is_some() {
            annotated(
                record.get("completed_by"),
                record.get("result"),
                &task,
                builder,
            );
        }
        let lists = ["annotations", "completions"].map(|k| record.get(k).and_then(Value::as_array));
        for annotation in lists.into_iter().flatten().flatten() {
            let results = annotation.get("result");
            let cancelled = annotation.get("was_cancelled").and_then(Value::as_bool);
            if cancelled == Some(true) {
                builder.skip_several(Skipped::Discarded, count(results));
            } else {
                annotated(annotation.get("completed_by"), results, &task, builder);
            }
        }
    }
}

/// What a task says of itself.
struct Task {
    unit: String,
    system: Option<String>,
}

fn count(results: Option<&Value>) -> usize {
    results.and_then(Value::as_array).map_or(0, Vec::len)
}

/// Who annotated: a number, or an object with an address.
fn who(by: Option<&Value>) -> String {
    let by = by.unwrap_or(&Value::Null);
    person(by).unwrap_or_else(|| text(by))
}

fn annotated(by: Option<&Value>, results: Option<&Value>, task: &Task, builder: &mut Builder) {
    let rater = who(by);
    for result in results.and_then(Value::as_array).into_iter().flatten() {
        let part = |key: &str| result.get(key).and_then(Value::as_str).unwrap_or("");
        let about = About {
            rater: &rater,
            unit: &task.unit,
            dimension: part("from_name"),
        };
        let value = result.get("value").unwrap_or(&Value::Null);
        match given(value) {
            Given::Number(number) => {
                let system = task.system.as_deref().unwrap_or(part("to_name"));
                builder.rate(about, system, number);
            }
            Given::Preference(preference) => {
                // A pairwise control is about two objects, whose names stand in one text.
                let mut names = part("to_name").split(',').map(str::trim);
                let (a, b) = (names.next(), names.next());
                let pair = [a.unwrap_or("left"), b.unwrap_or("right")];
                builder.prefer(about, pair, preference);
            }
            Given::Other => builder.skip(Skipped::NotANumber),
        }
    }
}
