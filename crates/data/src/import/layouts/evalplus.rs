//! Results of evalplus (`*_eval_results.json`): of each task its samples, with whether they pass the tests of the base
//! benchmark and those that were added (<https://github.com/evalplus/evalplus>).

use super::row::{Object, Row, system, text};
use crate::import::imported::Imported;
use crate::import::stem;
use crate::roles::Role;
use serde_json::Value;

/// The rows of a document: a sample each.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let tasks = object.get("eval")?.as_object()?;
    let samples = |task: &Value| -> Vec<Object> {
        // Before version 0.2 the samples stood under `base` and `plus`; those have no statuses of their own.
        let list = task.as_array().map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|s| s.as_object().cloned()).collect()
    };
    let first = samples(tasks.values().next()?);
    first.first()?.get("base_status")?;
    let own = stem(&out.file);
    let own = own.strip_suffix("_eval_results").unwrap_or(own).to_owned();
    let system = system(out, Some(&own));
    let several = tasks.values().any(|task| samples(task).len() > 1);
    let mut rows = Vec::new();
    for (task, all) in tasks {
        for (place, sample) in samples(all).iter().enumerate() {
            rows.push(row(task, several.then_some(place), sample, &system));
        }
    }
    Some(rows)
}

/// A sample's row; `place` counts the samples of a task where there are several.
fn row(task: &str, place: Option<usize>, sample: &Object, system: &str) -> Row {
    let mut row = Row::default();
    match place {
        None => row.put(Role::Id, "id", Some(task.to_owned())),
        Some(place) => {
            row.put(Role::Id, "id", Some(format!("{task} · {}", place + 1)));
            row.put(Role::Cluster, "task", Some(task.to_owned()));
        }
    }
    row.output(system, sample.get("solution").and_then(text));
    for (status, score) in [("base_status", "pass base"), ("plus_status", "pass plus")] {
        if let Some(status) = sample.get(status).and_then(Value::as_str) {
            row.score(score, system, &Value::Bool(status == "pass"));
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use crate::{DataSet, Importer};

    #[test]
    fn whether_samples_pass_are_measures() {
        let sample = |base: &str, plus: &str| {
            format!(
                r#"[{{"task_id": "H/0", "solution": "def f(): pass", "base_status": "{base}", "plus_status": "{plus}"}}]"#
            )
        };
        let text = format!(
            r#"{{"date": "2026", "hash": "x", "eval": {{"H/0": {}, "H/1": {}}}, "pass_at_k": {{"base": {{"pass@1": 1.0}}}}}}"#,
            sample("pass", "fail"),
            sample("pass", "pass")
        );
        let mut importer = Importer::new("tuned_eval_results.json");
        importer.push(text.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        assert_eq!(data.systems()[0].1, "tuned");
        let measures = data.measures();
        let names: Vec<&str> = measures.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["pass base", "pass plus"]);
        let values = [0, 1].map(|row| measures[1].value(&data, 0, row));
        assert_eq!(values, [Some(0.0), Some(1.0)]);
    }
}
