//! promptfoo's `output.json`.

use super::error::ImportError;
use super::imported::{Cells, Imported};
use super::json::flatten;
use serde_json::{Map, Value};

/// The list of results of promptfoo's `output.json`, old layout or new.
pub(super) fn promptfoo_results(object: &Map<String, Value>) -> Option<&Vec<Value>> {
    let results = object.get("results")?.get("results")?.as_array()?;
    results
        .iter()
        .all(|r| r.get("provider").is_some() && r.get("vars").is_some())
        .then_some(results)
}

/// promptfoo has one result for each provider and test; here a test becomes a row and a provider
/// a column.
pub(super) fn push_promptfoo(results: &[Value], out: &mut Imported) -> Result<(), ImportError> {
    let mut tests: Vec<(String, Cells)> = Vec::new();
    for result in results {
        let key = match result.get("testIdx") {
            Some(index) => index.to_string(),
            None => result["vars"].to_string(),
        };
        let provider = &result["provider"];
        let name = ["label", "id"]
            .iter()
            .find_map(|k| provider[*k].as_str().filter(|s| !s.is_empty()))
            .or(provider.as_str())
            .unwrap_or("output");
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
