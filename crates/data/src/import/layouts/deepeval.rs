//! Test runs of DeepEval: test cases, each with the data of its metrics (<https://deepeval.com>). Names are written in
//! camel case in files of test runs, and with underscores in what `evaluate` returns.

use super::row::{Object, Row, leave_out, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The field of an object by either of its names.
fn field<'a>(object: &'a Object, names: [&str; 2]) -> &'a Value {
    let found = names.iter().find_map(|name| object.get(*name));
    found.unwrap_or(&Value::Null)
}

/// The rows of a test run.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let run = object
        .get("testRunData")
        .and_then(Value::as_object)
        .unwrap_or(object);
    let lists = ["testCases", "test_cases", "test_results", "testResults"];
    let cases = lists.iter().find_map(|name| run.get(*name)?.as_array())?;
    let first = cases.first()?.as_object()?;
    let is_case = !field(first, ["metricsData", "metrics_data"]).is_null();
    if !is_case || field(first, ["actualOutput", "actual_output"]).is_null() {
        return None;
    }
    let settings = run.get("hyperparameters");
    let model = settings
        .and_then(|s| s.get("model"))
        .and_then(Value::as_str);
    let system = system(out, model);
    leave_out(run, &["conversationalTestCases"], out);
    let rows = cases.iter().filter_map(Value::as_object);
    Some(rows.map(|case| row(case, &system, out)).collect())
}

fn row(case: &Object, system: &str, out: &mut Imported) -> Row {
    let mut row = Row::default();
    row.id(field(case, ["name", "order"]));
    row.put(Role::Source, "input", text(field(case, ["input", "input"])));
    row.references(field(case, ["expectedOutput", "expected_output"]));
    row.output(system, text(field(case, ["actualOutput", "actual_output"])));
    row.put(
        Role::Ignored,
        "context",
        text(field(case, ["context", "context"])),
    );
    let retrieved = field(case, ["retrievalContext", "retrieval_context"]);
    row.put(Role::Ignored, "retrieval_context", text(retrieved));
    let metrics = field(case, ["metricsData", "metrics_data"]).as_array();
    for metric in metrics.into_iter().flatten() {
        let Some(name) = metric.get("name").and_then(Value::as_str) else {
            continue;
        };
        row.score(name, system, metric.get("score").unwrap_or(&Value::Null));
        let reason = metric.get("reason").and_then(text);
        row.about(&format!("{name}: reason"), system, reason);
    }
    row.score("success", system, field(case, ["success", "success"]));
    let seconds = field(case, ["completionTime", "completion_time"]);
    row.score("seconds", system, seconds);
    row.properties("", field(case, ["metadata", "additional_metadata"]));
    leave_out(
        case,
        &["trace", "toolsCalled", "tools_called", "turns"],
        out,
    );
    row
}
