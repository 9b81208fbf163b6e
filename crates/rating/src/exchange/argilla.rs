//! Argilla's records, in three layouts: version 2's own (`responses` by question), its Hugging Face data set
//! (`q.responses` beside `q.responses.users` and `q.responses.status`), and version 1's (`q` as a list of answers, or
//! as lists by what is said of each; as its server keeps them, a list of `responses` with the `values` of all
//! questions). The system is named in the record's metadata, which version 1 writes as a text.
//! Rankings become orders. Answers that were not submitted are left out.

use super::builder::{About, Builder};
use super::records::Record;
use super::unused::{Skipped, Unused};
use super::values::{name_at, number, system_in, system_of, text};
use serde_json::Value;

/// How the columns of answers end in a data set.
const RESPONSES: &str = ".responses";
/// How the columns of suggestions end, in versions 2 and 1.
const SUGGESTIONS: [&str; 2] = [".suggestion", "-suggestion"];

/// Whether records look like Argilla's.
pub(super) fn fits(records: &[Record]) -> bool {
    records.iter().any(|record| {
        let listed = |value: &Value| {
            let lists = value.as_object();
            lists.is_some_and(|lists| lists.values().all(Value::is_array) && !lists.is_empty())
        };
        record.get("responses").is_some_and(listed)
            || !by_user(record).is_empty()
            || record.keys().any(|k| k.ends_with(".responses.users"))
            || record.values().any(|value| !answers(value).is_empty())
    })
}

/// Reads records.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for (place, record) in records.iter().enumerate() {
        let id = name_at(record, &["id", "external_id", "_server_id"]);
        let unit = id.unwrap_or_else(|| (place + 1).to_string());
        let system = system_in(record.get("metadata"))
            .or_else(|| system_in(record.get("fields")))
            .or_else(|| system_of(record));
        let system = system.as_deref().unwrap_or("all");
        for (question, answers) in questions(record) {
            for answer in answers {
                let about = About {
                    rater: &answer.rater,
                    unit: &unit,
                    dimension: &question,
                };
                if matches!(
                    answer.status.as_deref(),
                    Some("discarded" | "draft" | "pending")
                ) {
                    builder.skip(Skipped::Discarded);
                } else {
                    take(about, system, &answer.value, builder);
                }
            }
        }
        for key in record.keys() {
            if SUGGESTIONS.iter().any(|end| key.ends_with(end)) {
                builder.leave_out(key, Unused::Suggestion);
            }
        }
    }
}

struct Answered {
    rater: String,
    value: Value,
    status: Option<String>,
}

fn questions(record: &Record) -> Vec<(String, Vec<Answered>)> {
    let mut found = Vec::new();
    if let Some(responses) = record.get("responses").and_then(Value::as_object) {
        for (question, list) in responses {
            found.push((question.clone(), listed(list)));
        }
    }
    for (question, answer) in by_user(record) {
        found.push((question, vec![answer]));
    }
    for (key, value) in record {
        if let Some(question) = key.strip_suffix(RESPONSES) {
            let beside = |what: &str| record.get(&format!("{key}.{what}"));
            let answers = by_column(value, beside("users"), beside("status"));
            found.push((question.to_owned(), answers));
            continue;
        }
        let answers = answers(value);
        if !answers.is_empty() {
            found.push((key.clone(), answers));
        }
    }
    found
}

/// The answers of a record as a server keeps them: each user's to all questions.
fn by_user(record: &Record) -> Vec<(String, Answered)> {
    let responses = record.get("responses").and_then(Value::as_array);
    let mut found = Vec::new();
    for response in responses.into_iter().flatten() {
        let values = response.get("values").and_then(Value::as_object);
        for (question, value) in values.into_iter().flatten() {
            let Some(value) = value.get("value") else {
                continue;
            };
            let status = response.get("status").and_then(Value::as_str);
            let answer = Answered {
                rater: rater(response.get("user_id")),
                value: value.clone(),
                status: status.map(str::to_owned),
            };
            found.push((question.clone(), answer));
        }
    }
    found
}

/// The answers of version 1: a list of them with their status, or a list of each part.
fn answers(value: &Value) -> Vec<Answered> {
    let is = |a: &Value| a.get("value").is_some() && a.get("status").is_some_and(Value::is_string);
    match value {
        Value::Array(list) if list.first().is_some_and(is) => listed(value),
        Value::Object(parts) if parts.contains_key("user_id") => {
            let [values, users, status] = ["value", "user_id", "status"].map(|key| parts.get(key));
            match (values, status) {
                (Some(values), Some(Value::Array(_))) => by_column(values, users, status),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn listed(list: &Value) -> Vec<Answered> {
    let answers = list.as_array().into_iter().flatten();
    answers
        .filter_map(|answer| {
            Some(Answered {
                rater: rater(answer.get("user_id")),
                value: answer.get("value")?.clone(),
                status: answer
                    .get("status")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            })
        })
        .collect()
}

fn by_column(values: &Value, users: Option<&Value>, status: Option<&Value>) -> Vec<Answered> {
    let at = |list: Option<&Value>, place: usize| list.and_then(|l| l.get(place)).cloned();
    let values = values.as_array().into_iter().flatten().enumerate();
    values
        .map(|(place, value)| Answered {
            rater: rater(at(users, place).as_ref()),
            value: value.clone(),
            status: at(status, place).and_then(|s| s.as_str().map(str::to_owned)),
        })
        .collect()
}

fn rater(user: Option<&Value>) -> String {
    let user = user.filter(|user| !user.is_null());
    user.map_or_else(|| "all".to_owned(), text)
}

fn take(about: About<'_>, system: &str, value: &Value, builder: &mut Builder) {
    let ranks = value.get("rank").and_then(Value::as_array);
    let order = match (value, ranks) {
        (Value::Array(list), _) => order(list),
        (Value::Object(parts), Some(ranks)) => {
            // A list of ranks beside the list of what has them.
            let names = parts.get("value").and_then(Value::as_array);
            let pairs = ranks.iter().zip(names.into_iter().flatten());
            let pairs: Vec<Value> = pairs
                .map(|(rank, name)| serde_json::json!({"rank": rank, "value": name}))
                .collect();
            order(&pairs)
        }
        _ => {
            return match number(value) {
                Some(number) => builder.rate(about, system, number),
                None => builder.skip(Skipped::NotANumber),
            };
        }
    };
    match order {
        Some(order) => builder.order(about, &order),
        None => builder.skip(Skipped::NotANumber),
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
    ranked.sort_unstable();
    let tied = ranked.windows(2).any(|w| w[0].0 == w[1].0);
    (!tied && ranked.len() > 1).then(|| ranked.into_iter().map(|(_, name)| name).collect())
}
