//! promptfoo's `output.json`.

use super::error::ImportError;
use super::flatten::flatten;
use super::imported::{Cells, Imported};
use crate::verdicts::with_prompt;
use serde_json::{Map, Value};

/// The list of results of promptfoo's `output.json`, old layout or new.
pub(super) fn promptfoo_results(object: &Map<String, Value>) -> Option<&Vec<Value>> {
    let results = object.get("results")?.get("results")?.as_array()?;
    results
        .iter()
        .all(|r| r.get("provider").is_some() && r.get("vars").is_some())
        .then_some(results)
}

/// The name of the provider that answered.
fn provider(result: &Value) -> &str {
    let provider = &result["provider"];
    let named = ["label", "id"]
        .iter()
        .find_map(|k| provider[*k].as_str().filter(|s| !s.is_empty()));
    named.or(provider.as_str()).unwrap_or("output")
}

/// A prompt of a provider: its place among all, and its label, which is the template where it was given no other.
struct Prompt<'a> {
    provider: &'a str,
    place: Option<u64>,
    label: &'a str,
}

/// The prompts that each provider answered to, with the label that each has first.
fn prompts(results: &[Value]) -> Vec<Prompt<'_>> {
    let mut all: Vec<Prompt<'_>> = Vec::new();
    for result in results {
        let found = Prompt {
            provider: provider(result),
            place: result["promptIdx"].as_u64(),
            label: result["prompt"]["label"].as_str().unwrap_or_default(),
        };
        let is_known = |p: &Prompt<'_>| p.provider == found.provider && p.place == found.place;
        if !all.iter().any(is_known) {
            all.push(found);
        }
    }
    all
}

/// What the outputs of a result are called: after the provider, and after its prompt where it answered to several.
fn system(result: &Value, prompts: &[Prompt<'_>]) -> String {
    let provider = provider(result);
    let place = result["promptIdx"].as_u64();
    let mut own = prompts.iter().filter(|p| p.provider == provider);
    let is_one = own.clone().count() < 2;
    let label = own.find(|p| p.place == place).map(|p| p.label);
    match label.filter(|label| !is_one && !label.is_empty()) {
        Some(label) => with_prompt(provider, label),
        None => provider.to_owned(),
    }
}

/// promptfoo has one result for each provider and test; here a test becomes a row and a provider
/// a column.
pub(super) fn push_promptfoo(results: &[Value], out: &mut Imported) -> Result<(), ImportError> {
    let mut tests: Vec<(String, Cells)> = Vec::new();
    let prompts = prompts(results);
    for result in results {
        let key = match result.get("testIdx") {
            Some(index) => index.to_string(),
            None => result["vars"].to_string(),
        };
        let name = system(result, &prompts);
        let name = name.as_str();
        let at = tests
            .iter()
            .position(|(k, _)| *k == key)
            .unwrap_or_else(|| {
                let mut cells = vec![(
                    "prompt".to_owned(),
                    result["prompt"]["raw"].as_str().map(str::to_owned),
                )];
                flatten("vars", &result["vars"], &mut cells, &mut out.left_out);
                let assertions = result["testCase"]["assert"]
                    .as_array()
                    .into_iter()
                    .flatten();
                for assertion in assertions.filter(|a| a["value"].is_string()) {
                    cells.push((
                        "expected".to_owned(),
                        assertion["value"].as_str().map(str::to_owned),
                    ));
                }
                cells.dedup_by(|b, a| a.0 == b.0);
                tests.push((key.clone(), cells));
                tests.len() - 1
            });
        let output = match &result["response"]["output"] {
            Value::String(s) => Some(s.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        };
        let cells = &mut tests[at].1;
        cells.push((name.to_owned(), output));
        // What promptfoo's assertions found.
        for (field, measure) in [("success", "pass"), ("score", "score")] {
            let found = &result[field];
            if found.is_boolean() || found.is_number() {
                cells.push((format!("{measure} ({name})"), Some(found.to_string())));
            }
        }
    }
    for (_, cells) in &tests {
        out.push_cells(cells)?;
    }
    Ok(())
}
