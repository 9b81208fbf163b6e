//! Argilla's records as JSON, in three layouts: version 2's own (`responses` by question), its Hugging
//! Face data set (`q.responses` beside `q.responses.users`), and version 1's (`q` as a list of answers).
//! The system is named in the record's metadata. Rankings become orders.

use super::builder::{About, Builder};
use super::values::{number, system_in};
use serde_json::{Map, Value};

/// Whether records look like Argilla's.
pub(super) fn is_it(records: &[Value]) -> bool {
    records
        .iter()
        .take(20)
        .filter_map(Value::as_object)
        .any(|record| {
            record.get("responses").is_some_and(Value::is_object)
                || record.keys().any(|k| k.ends_with(".responses.users"))
                || record.values().any(is_answers)
        })
}

/// A list of answers as version 1 has it.
fn is_answers(value: &Value) -> bool {
    let first = value.as_array().and_then(|list| list.first());
    first.is_some_and(|a| a.get("value").is_some() && a.get("status").is_some())
}

/// Reads records.
pub(super) fn read(records: &[Value], builder: &mut Builder) {
    for (place, record) in records.iter().enumerate() {
        let Some(record) = record.as_object() else {
            builder.pass_over();
            continue;
        };
        let id = ["id", "external_id"]
            .iter()
            .find_map(|k| record.get(*k)?.as_str());
        let unit = id.map_or_else(|| (place + 1).to_string(), str::to_owned);
        let system = system_in(record.get("metadata"))
            .or_else(|| system_in(record.get("fields")))
            .or_else(|| system_in(Some(&Value::Object(record.clone()))));
        let system = system.as_deref().unwrap_or("all");
        for (question, answers) in questions(record) {
            for (rater, value) in answers {
                let about = About {
                    rater: &rater,
                    unit: &unit,
                    dimension: &question,
                };
                take(about, system, value, builder);
            }
        }
    }
}

type Answers<'a> = Vec<(String, &'a Value)>;

fn questions(record: &Map<String, Value>) -> Vec<(String, Answers<'_>)> {
    let mut found = Vec::new();
    if let Some(responses) = record.get("responses").and_then(Value::as_object) {
        for (question, list) in responses {
            found.push((question.clone(), listed(list)));
        }
    }
    for (key, value) in record {
        if let Some(question) = key.strip_suffix(".responses") {
            let users = record
                .get(&format!("{key}.users"))
                .and_then(Value::as_array);
            let values = value.as_array().into_iter().flatten().enumerate();
            let answers = values.map(|(i, v)| {
                let user = users.and_then(|u| u.get(i)).and_then(Value::as_str);
                (user.unwrap_or("all").to_owned(), v)
            });
            found.push((question.to_owned(), answers.collect()));
        } else if is_answers(value) {
            found.push((key.clone(), listed(value)));
        }
    }
    found
}

/// Answers as objects; those that were thrown away do not count.
fn listed(list: &Value) -> Answers<'_> {
    let answers = list.as_array().into_iter().flatten();
    answers
        .filter(|a| a.get("status").and_then(Value::as_str) != Some("discarded"))
        .filter_map(|a| {
            let user = a.get("user_id").and_then(Value::as_str).unwrap_or("all");
            Some((user.to_owned(), a.get("value")?))
        })
        .collect()
}

fn take(about: About<'_>, system: &str, value: &Value, builder: &mut Builder) {
    if let Some(list) = value.as_array() {
        match order(list) {
            Some(order) => builder.order(about, &order),
            None => builder.pass_over(),
        }
        return;
    }
    match number(value) {
        Some(number) => builder.rate(about, system, number),
        None => builder.pass_over(),
    }
}

/// Names from best to worst: as they stand, or by their ranks. Two of one rank are no order.
fn order(list: &[Value]) -> Option<Vec<String>> {
    let names: Option<Vec<String>> = list.iter().map(|v| v.as_str().map(str::to_owned)).collect();
    if names.is_some() {
        return names.filter(|n| n.len() > 1);
    }
    let mut ranked: Vec<(u64, String)> = list
        .iter()
        .map(|v| {
            Some((
                v.get("rank")?.as_u64()?,
                v.get("value")?.as_str()?.to_owned(),
            ))
        })
        .collect::<Option<_>>()?;
    ranked.sort();
    let tied = ranked.windows(2).any(|w| w[0].0 == w[1].0);
    (!tied && ranked.len() > 1).then(|| ranked.into_iter().map(|(_, name)| name).collect())
}
