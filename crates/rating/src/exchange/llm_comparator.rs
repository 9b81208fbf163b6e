//! The judge's verdicts in files of LLM Comparator: each run of the judge is a rater who compares the two outputs of an
//! example. Above 0 the first model is better, below 0 the second; a run whose score is missing gives none
//! (<https://github.com/PAIR-code/llm-comparator>).

use super::builder::{About, Builder};
use super::records::Record;
use super::told::Skipped;
use super::values::number;
use crate::answers::Preference;
use serde_json::{Map, Value};

/// The name of the list of a judge's runs, which no other file has.
pub(super) const RUNS: &str = "individual_rater_scores";

/// Whether a document is such a file.
pub(super) fn fits(records: &[Record]) -> bool {
    let [document] = records else {
        return false;
    };
    let examples = document.get("examples").and_then(Value::as_array);
    let judged = |example: &Value| !scores(example).is_empty();
    names(document).is_some() && examples.is_some_and(|all| all.iter().any(judged))
}

fn names(document: &Map<String, Value>) -> Option<[String; 2]> {
    let models = document.get("models")?.as_array()?;
    let name = |place: usize| Some(models.get(place)?.get("name")?.as_str()?.to_owned());
    Some([name(0)?, name(1)?])
}

/// The scores of an example: of each run, or the example's own where no run is listed.
fn scores(example: &Value) -> Vec<&Value> {
    let runs = example.get(RUNS).and_then(Value::as_array);
    let runs: Vec<&Value> = runs
        .into_iter()
        .flatten()
        .filter_map(|run| run.get("score"))
        .collect();
    match runs.is_empty() {
        true => example
            .get("score")
            .filter(|score| !score.is_null())
            .into_iter()
            .collect(),
        false => runs,
    }
}

/// Reads the verdicts.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for document in records {
        let Some([first, second]) = names(document) else {
            continue;
        };
        let examples = document.get("examples").and_then(Value::as_array);
        for (place, example) in examples.into_iter().flatten().enumerate() {
            let index = example.get("index").filter(|index| !index.is_null());
            let unit = index.map_or_else(|| place.to_string(), Value::to_string);
            for (run, score) in scores(example).into_iter().enumerate() {
                let rater = format!("judge {}", run + 1);
                let about = About {
                    rater: &rater,
                    unit: unit.trim_matches('"'),
                    dimension: "preference",
                };
                match number(score) {
                    Some(score) if score > 0.0 => {
                        builder.prefer(about, [&first, &second], Preference::First);
                    }
                    Some(score) if score < 0.0 => {
                        builder.prefer(about, [&first, &second], Preference::Second);
                    }
                    Some(_) => builder.prefer(about, [&first, &second], Preference::Tie),
                    None => builder.skip(Skipped::JudgeFailed),
                }
            }
        }
    }
}
