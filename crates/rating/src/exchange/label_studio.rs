//! Label Studio's JSON export: tasks with annotations, each a list of results by the control's name
//! (<https://labelstud.io/guide/task_format>). Ratings, numbers and choices become values, `pairwise`
//! preferences. The system is named in the task's data, or is the object that a control is about.

use super::super::answers::Preference;
use super::builder::{About, Builder};
use super::values::{number, system_in};
use serde_json::Value;

/// Reads tasks.
pub(super) fn read(tasks: &[Value], builder: &mut Builder) {
    for (place, task) in tasks.iter().enumerate() {
        let data = task.get("data");
        let own_id = data.and_then(|d| d.get("id")).or(task.get("id"));
        let unit = own_id.map_or_else(|| (place + 1).to_string(), text);
        let system = system_in(data);
        let lists = ["annotations", "completions"].map(|k| task.get(k).and_then(Value::as_array));
        for annotation in lists.into_iter().flatten().flatten() {
            let cancelled = annotation.get("was_cancelled").and_then(Value::as_bool);
            if cancelled != Some(true) {
                annotated(annotation, &unit, system.as_deref(), builder);
            }
        }
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Who annotated: a number, or an object with an address.
fn who(annotation: &Value) -> String {
    let by = annotation.get("completed_by").unwrap_or(&Value::Null);
    let named = by.get("email").or(by.get("id"));
    text(named.unwrap_or(by))
}

fn annotated(annotation: &Value, unit: &str, system: Option<&str>, builder: &mut Builder) {
    let rater = who(annotation);
    let results = annotation.get("result").and_then(Value::as_array);
    for result in results.into_iter().flatten() {
        let part = |key: &str| result.get(key).and_then(Value::as_str).unwrap_or("");
        let about = About {
            rater: &rater,
            unit,
            dimension: part("from_name"),
        };
        let value = result.get("value").unwrap_or(&Value::Null);
        if part("type") == "pairwise" {
            let preference = match value.get("selected").and_then(Value::as_str) {
                Some("left") => Preference::First,
                Some("right") => Preference::Second,
                _ => Preference::Tie,
            };
            // A pairwise control is about two objects, whose names stand in one text.
            let mut names = part("to_name").split(',').map(str::trim);
            let (a, b) = (names.next(), names.next());
            builder.prefer(
                about,
                [a.unwrap_or("left"), b.unwrap_or("right")],
                preference,
            );
            continue;
        }
        let first = |key: &str| match value.get(key)? {
            Value::Array(list) => list.first().and_then(number),
            single => number(single),
        };
        match ["rating", "number", "choices"].into_iter().find_map(first) {
            Some(value) => builder.rate(about, system.unwrap_or(part("to_name")), value),
            None => builder.pass_over(),
        }
    }
}
