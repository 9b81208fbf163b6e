//! The judge's verdicts in files of LLM Comparator: each run of the judge is a rater who compares the two outputs of an
//! example. Above 0 the first model is better, below 0 the second; a run whose score is missing gives none
//! (<https://github.com/PAIR-code/llm-comparator>).

use super::builder::{About, Builder, Reasoned};
use super::rationale::rationale;
use super::records::Record;
use super::unused::Skipped;
use super::values::number;
use crate::answers::Preference;
use crate::judgements::RaterKind;
use serde_json::{Map, Value};

/// The name of the list of a judge's runs, which no other file has.
pub(super) const RUNS: &str = "individual_rater_scores";

/// Whether a document is such a file.
pub(super) fn fits(records: &[Record]) -> bool {
    let [document] = records else {
        return false;
    };
    let examples = document.get("examples").and_then(Value::as_array);
    let judged = |example: &Value| !runs(example).is_empty();
    names(document).is_some() && examples.is_some_and(|all| all.iter().any(judged))
}

fn names(document: &Map<String, Value>) -> Option<[String; 2]> {
    let models = document.get("models")?.as_array()?;
    let name = |place: usize| Some(models.get(place)?.get("name")?.as_str()?.to_owned());
    Some([name(0)?, name(1)?])
}

/// What a run of the judge gave, and whether it was shown the second output first, where the file says.
struct Run<'a> {
    score: &'a Value,
    is_flipped: Option<bool>,
    reason: Option<String>,
}

/// What a document calls the points that the reasons of an example's runs were made into.
const POINTS: &str = "rationale_list";

/// The points of an example, which are the reasons where its runs give none.
fn points(example: &Value) -> Vec<String> {
    let listed = example.get(POINTS).and_then(Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(Value::as_object);
    listed.filter_map(rationale).collect()
}

/// The runs of an example, or the example's own score where no run is listed.
fn runs(example: &Value) -> Vec<Run<'_>> {
    let listed = example.get(RUNS).and_then(Value::as_array);
    let listed: Vec<Run<'_>> = listed
        .into_iter()
        .flatten()
        .filter_map(|run| {
            Some(Run {
                score: run.get("score")?,
                is_flipped: run.get("is_flipped").and_then(Value::as_bool),
                reason: run.as_object().and_then(rationale),
            })
        })
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let own = example.get("score").filter(|score| !score.is_null());
    let own = own.map(|score| Run {
        score,
        is_flipped: None,
        reason: None,
    });
    own.into_iter().collect()
}

/// Reads the verdicts.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for document in records {
        let Some(models) = names(document) else {
            continue;
        };
        let examples = document.get("examples").and_then(Value::as_array);
        for (place, example) in examples.into_iter().flatten().enumerate() {
            let index = example.get("index").filter(|index| !index.is_null());
            let unit = index.map_or_else(|| place.to_string(), Value::to_string);
            judged(example, unit.trim_matches('"'), &models, builder);
        }
    }
}

/// Reads the verdicts on an example.
fn judged(example: &Value, unit: &str, [first, second]: &[String; 2], builder: &mut Builder) {
    let runs = runs(example);
    let gives_reasons = runs.iter().any(|run| run.reason.is_some());
    for (place, run) in runs.into_iter().enumerate() {
        let rater = format!("judge {}", place + 1);
        let name = "judge".to_owned();
        builder.declare(&rater, RaterKind::Model { name });
        let about = About {
            rater: &rater,
            unit,
            dimension: "preference",
        };
        let Some(score) = number(run.score) else {
            builder.skip(Skipped::JudgeFailed);
            continue;
        };
        let preference = preference(score);
        builder.prefer(about, [first, second], preference);
        match run.is_flipped {
            Some(false) => builder.play(about, [first, second], preference),
            Some(true) => builder.play(about, [second, first], preference.turned()),
            None => {}
        }
        // The tool turns the scores of flipped runs back, and leaves the letters in their reasons as they were shown.
        let reasoned = match run.is_flipped {
            Some(true) => Reasoned::Pair([second, first], preference.turned()),
            _ => Reasoned::Pair([first, second], preference),
        };
        builder.explain(about, reasoned, run.reason);
    }
    let own = example.get("score").and_then(number);
    if let Some(own) = own.filter(|_| !gives_reasons) {
        let about = About {
            rater: "judge 1",
            unit,
            dimension: "preference",
        };
        for point in points(example) {
            let reasoned = Reasoned::Pair([first, second], preference(own));
            builder.explain(about, reasoned, Some(point));
        }
    }
}

/// What a score says: above 0 the first is better.
fn preference(score: f64) -> Preference {
    match score {
        score if score > 0.0 => Preference::First,
        score if score < 0.0 => Preference::Second,
        _ => Preference::Tie,
    }
}
