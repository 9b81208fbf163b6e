//! doccano's exports of classified texts: `label` a list of what was chosen, or `annotations` with their user
//! (<https://doccano.github.io/doccano/>). A label that is a number, or a word for yes or no, is a rating.

use super::builder::{About, Builder};
use super::columns;
use super::records::Record;
use super::unused::Skipped;
use super::values::{Given, given, name_at, system_of, text};
use serde_json::Value;

/// The dimension of labels.
const LABEL: &str = "label";
/// What names the one who labelled, where the export does.
const RATER: [&str; 5] = [
    "user",
    "username",
    "annotator",
    "approver",
    "annotation_approver",
];

/// All that a table of doccano's has.
const KNOWN: [&str; 9] = [
    "id", "text", "data", "label", "labels", "Comments", "comments", "meta", "metadata",
];

fn has_text(record: &Record) -> bool {
    let texts = ["text", "data"].iter().filter_map(|key| record.get(*key));
    texts.into_iter().any(Value::is_string)
}

/// What was chosen: a list, or one in the cell of a table that has nothing else besides a system's name.
fn label(record: &Record) -> Option<&Value> {
    let value = ["label", "labels"]
        .iter()
        .find_map(|key| record.get(*key))?;
    let alone = || {
        let known = |name: &String| {
            KNOWN.contains(&name.as_str()) || columns::SYSTEM.contains(&name.as_str())
        };
        value.is_string() && record.contains_key("id") && record.keys().all(known)
    };
    let chosen = value.as_array().map_or_else(alone, |list| !list.is_empty());
    chosen.then_some(value)
}

fn annotations(record: &Record) -> Option<&Vec<Value>> {
    let list = record.get("annotations")?.as_array()?;
    // Its older exports number the labels; then nothing says what they are.
    let labelled =
        |a: &Value| a.get("label").is_some_and(Value::is_string) && a.get("user").is_some();
    list.iter().any(labelled).then_some(list)
}

/// Whether records are texts with labels.
pub(super) fn fits(records: &[Record]) -> bool {
    let is = |r: &Record| has_text(r) && (label(r).is_some() || annotations(r).is_some());
    records.iter().any(is)
}

/// Reads labels.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for (place, record) in records.iter().enumerate() {
        let unit = name_at(record, &["id"]);
        let unit = unit.unwrap_or_else(|| (place + 1).to_string());
        let system = system_of(record);
        let system = system.as_deref().unwrap_or("all");
        let mut take = |rater: &str, value: &Value| {
            let about = About {
                rater,
                unit: &unit,
                dimension: LABEL,
            };
            match given(value) {
                Given::Number(number) => builder.rate(about, system, number),
                _ => builder.skip(Skipped::NotANumber),
            }
        };
        if let Some(list) = annotations(record) {
            for annotation in list {
                let rater = annotation
                    .get("user")
                    .map_or_else(|| "all".to_owned(), text);
                take(&rater, annotation.get("label").unwrap_or(&Value::Null));
            }
        } else if let Some(chosen) = label(record) {
            let rater = name_at(record, &RATER);
            take(rater.as_deref().unwrap_or("all"), chosen);
        }
    }
}
