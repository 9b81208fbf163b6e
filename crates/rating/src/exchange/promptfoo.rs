//! What models said in promptfoo's `output.json`: each assertion that a model graded is a judge, whose score is for the
//! output of a provider (<https://www.promptfoo.dev/docs/configuration/expected-outputs/model-graded/>).

use super::builder::{About, Builder, Reasoned};
use super::rationale::rationale;
use super::records::Record;
use super::unused::Skipped;
use super::values::number;
use crate::judgements::RaterKind;
use serde_json::Value;

/// Assertions that a model grades.
const GRADED: [&str; 11] = [
    "llm-rubric",
    "g-eval",
    "model-graded-closedqa",
    "model-graded-factuality",
    "factuality",
    "closed-qa",
    "answer-relevance",
    "context-faithfulness",
    "context-recall",
    "context-relevance",
    "search-rubric",
];

/// The results of a document, in its old layout or its new one, or a line of JSONL.
fn results(record: &Record) -> Vec<&Value> {
    let listed = record.get("results").and_then(|results| {
        let inside = results.get("results").unwrap_or(results);
        inside.as_array()
    });
    listed.into_iter().flatten().collect()
}

/// What each assertion of a result found.
fn found(result: &Value) -> impl Iterator<Item = (&str, &Record)> {
    let parts = result["gradingResult"]["componentResults"].as_array();
    let parts = parts.into_iter().flatten().filter_map(Value::as_object);
    parts.filter_map(|part| {
        let kind = part.get("assertion")?.get("type")?.as_str()?;
        let kind = kind.strip_prefix("not-").unwrap_or(kind);
        GRADED.contains(&kind).then_some((kind, part))
    })
}

/// Whether records hold verdicts of models.
pub(super) fn fits(records: &[Record]) -> bool {
    let mut all = records.iter().flat_map(results);
    all.any(|result| result.get("provider").is_some() && found(result).next().is_some())
}

/// The name of the provider that answered.
fn provider(result: &Value) -> String {
    let provider = &result["provider"];
    let named = ["label", "id"]
        .iter()
        .find_map(|key| provider[*key].as_str());
    let named = named.filter(|name| !name.is_empty()).or(provider.as_str());
    named.unwrap_or("output").to_owned()
}

/// Reads the verdicts.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for (place, result) in records.iter().flat_map(results).enumerate() {
        let unit = match result["testIdx"].as_u64() {
            Some(test) => (test + 1).to_string(),
            None => (place + 1).to_string(),
        };
        let system = provider(result);
        for (kind, part) in found(result) {
            let name = kind.to_owned();
            builder.declare(kind, RaterKind::Model { name });
            let metric = part["assertion"]["metric"].as_str();
            let about = About {
                rater: kind,
                unit: &unit,
                dimension: metric.unwrap_or(kind),
            };
            let value = part.get("score").or(part.get("pass")).and_then(number);
            let Some(value) = value else {
                builder.skip(Skipped::JudgeFailed);
                continue;
            };
            builder.rate(about, &system, value);
            builder.explain(about, Reasoned::Output(&system, value), rationale(part));
        }
    }
}
