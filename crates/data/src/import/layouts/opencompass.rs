//! Results of OpenCompass with their details (`results/MODEL/DATASET.json`, written with `--dump-eval-details`): the score,
//! and of each row what was asked, said and extracted (<https://github.com/open-compass/opencompass>).

use super::row::{Object, Row, conversation, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The rows of a document: one of its details each.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let details: Vec<(String, &Value)> = match object.get("details")? {
        Value::Object(all) => all
            .iter()
            .map(|(key, detail)| (key.clone(), detail))
            .collect(),
        Value::Array(all) => {
            let all = all.iter().enumerate();
            all.map(|(place, detail)| (place.to_string(), detail))
                .collect()
        }
        _ => return None,
    };
    let said = ["origin_prediction", "pred", "prediction", "predictions"];
    let is_detail = |detail: &Value| said.iter().any(|name| detail.get(*name).is_some());
    if !details.iter().any(|(_, detail)| is_detail(detail)) {
        return None;
    }
    let system = system(out, None);
    let rows = details.into_iter().filter(|(_, detail)| is_detail(detail));
    Some(rows.map(|(id, detail)| row(&id, detail, &system)).collect())
}

fn row(id: &str, detail: &Value, system: &str) -> Row {
    let first = |names: &[&str]| names.iter().find_map(|name| detail.get(*name));
    let mut row = Row::default();
    row.put(Role::Id, "id", Some(id.to_owned()));
    let asked = first(&["prompt", "origin_prompt"]);
    row.put(Role::Source, "prompt", asked.and_then(conversation));
    let expected = first(&["references", "reference", "answer", "gold"]);
    row.references(expected.unwrap_or(&Value::Null));
    // The whole output where it is there, and what was taken out of it beside.
    let whole = first(&["origin_prediction"]).and_then(text);
    let taken = first(&["predictions", "prediction", "pred"]).and_then(text);
    match whole {
        Some(whole) => {
            row.output(system, Some(whole));
            row.about("extracted", system, taken);
        }
        None => row.output(system, taken),
    }
    if let Some(correct) = detail.get("correct") {
        row.score("correct", system, correct);
    }
    row
}

#[cfg(test)]
mod tests {
    use crate::{DataSet, Importer};

    #[test]
    fn details_are_rows_with_whether_they_are_correct() {
        let text = r#"{"accuracy": 50.0, "details": {
            "0": {"prompt": "2+2?", "origin_prediction": "It is 4.", "predictions": "4", "references": "4", "correct": true},
            "1": {"prompt": "2+3?", "origin_prediction": "It is 6.", "predictions": "6", "references": "5", "correct": false}}}"#;
        let mut importer = Importer::new("results/qwen/sums.json");
        importer.push(text.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        assert_eq!(data.table.rows(), 2);
        let (system, name) = data.systems()[0];
        assert_eq!((name, data.hypothesis(system, 1)), ("qwen", "It is 6."));
        assert_eq!(data.references(1), ["5"]);
        assert_eq!(data.measures()[0].value(&data, 0, 0), Some(1.0));
    }
}
