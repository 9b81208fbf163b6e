//! Prodigy's annotations (`db-out`): tasks with an `answer`, accept, reject or ignore, and where options were offered
//! the ids of those that were chosen (<https://prodi.gy/docs/api-interfaces>). An answer without options is a yes or
//! no; a chosen number is a rating; one of two other options is preferred to the other.

use super::builder::{About, Builder};
use super::records::Record;
use super::unused::Skipped;
use super::values::{Given, given, name_at, system_of, text};
use crate::answers::Preference;
use serde_json::Value;

/// What answers without a label are about.
const ACCEPTED: &str = "accepted";
/// What choices without a label are about.
const CHOICE: &str = "choice";

/// Whether records are answered tasks of Prodigy's.
pub(super) fn fits(records: &[Record]) -> bool {
    records.iter().any(|record| {
        let hashed = ["_input_hash", "_task_hash", "_view_id"];
        let answered = record.get("answer").and_then(Value::as_str);
        hashed.iter().any(|key| record.contains_key(*key))
            && matches!(answered, Some("accept" | "reject" | "ignore"))
    })
}

/// Reads answers.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for (place, record) in records.iter().enumerate() {
        let ids = ["id", "_input_hash"];
        let unit = record.get("meta").and_then(Value::as_object);
        let unit = unit.and_then(|meta| name_at(meta, &["id", "item", "item_id"]));
        let unit = unit.or_else(|| name_at(record, &ids));
        let rater = name_at(record, &["_annotator_id", "_session_id"]);
        let system = system_of(record);
        let answer = Answer {
            record,
            rater: rater.as_deref().unwrap_or("all"),
            unit: &unit.unwrap_or_else(|| (place + 1).to_string()),
            system: system.as_deref().unwrap_or("all"),
        };
        match record.get("answer").and_then(Value::as_str) {
            Some("accept") if record.contains_key("options") => answer.chosen(builder),
            // Without the options it can't be told what was refused.
            Some("reject") if record.contains_key("options") => builder.skip(Skipped::Discarded),
            Some("accept") => answer.accepted(1.0, builder),
            Some("reject") => answer.accepted(0.0, builder),
            Some("ignore") => builder.skip(Skipped::Discarded),
            _ => builder.skip(Skipped::NotANumber),
        }
    }
}

struct Answer<'a> {
    record: &'a Record,
    rater: &'a str,
    unit: &'a str,
    system: &'a str,
}

impl Answer<'_> {
    fn about<'b>(&'b self, label: Option<&'b str>, otherwise: &'b str) -> About<'b> {
        About {
            rater: self.rater,
            unit: self.unit,
            dimension: label.unwrap_or(otherwise),
        }
    }

    fn accepted(&self, value: f64, builder: &mut Builder) {
        let label = name_at(self.record, &["label"]);
        let about = self.about(label.as_deref(), ACCEPTED);
        builder.rate(about, self.system, value);
    }

    fn chosen(&self, builder: &mut Builder) {
        let label = name_at(self.record, &["label"]);
        let about = self.about(label.as_deref(), CHOICE);
        let chosen = self.record.get("accept").and_then(Value::as_array);
        let [chosen] = chosen.map_or(&[][..], Vec::as_slice) else {
            return builder.skip(Skipped::NotANumber);
        };
        let options = self.record.get("options").and_then(Value::as_array);
        let options = options.map_or(&[][..], Vec::as_slice);
        let at = options.iter().position(|o| o.get("id") == Some(chosen));
        let Some(at) = at else {
            return builder.skip(Skipped::NotANumber);
        };
        let texts = numbers(options, "text");
        let is_pair = options.len() == 2 && texts.is_none();
        // An id that only counts the options says less than their texts.
        match texts.or_else(|| numbers(options, "id")) {
            Some(numbers) if !is_pair => builder.rate(about, self.system, numbers[at]),
            _ => match options {
                [first, second] => {
                    let preference = [Preference::First, Preference::Second][at];
                    builder.prefer(about, [&named(first), &named(second)], preference);
                }
                _ => builder.skip(Skipped::NotANumber),
            },
        }
    }
}

/// A part of each option as a number, where all are.
fn numbers(options: &[Value], part: &str) -> Option<Vec<f64>> {
    let numbers = options.iter().map(|option| match given(option.get(part)?) {
        Given::Number(number) => Some(number),
        _ => None,
    });
    numbers.collect()
}

/// The system behind an option, or the option's id.
fn named(option: &Value) -> String {
    let system = option.as_object().and_then(system_of);
    system.unwrap_or_else(|| option.get("id").map_or_else(String::new, text))
}
