//! What models said in a log of Inspect (`.json`): each scorer that asks a model is a judge, whose grade is for the output
//! of the log's model. C(orrect) is 1, P(artial) a half and I(ncorrect) 0, as Inspect counts them
//! (<https://inspect.aisi.org.uk/scorers.html#model-graded>).

use super::builder::{About, Builder, Reasoned};
use super::rationale::rationale;
use super::records::Record;
use super::unused::Skipped;
use super::values::{name_at, number};
use crate::judgements::RaterKind;
use serde_json::Value;

/// What the names of scorers that ask a model begin with.
const GRADED: &str = "model_graded";
/// What such a scorer of any name keeps beside its grade.
const GRADING: &str = "grading";

/// The samples of a log.
fn samples(log: &Record) -> impl Iterator<Item = &Record> {
    let listed = log.get("samples").and_then(Value::as_array);
    listed.into_iter().flatten().filter_map(Value::as_object)
}

/// The grades of a sample, with the names of scorers.
fn grades(sample: &Record) -> impl Iterator<Item = (&String, &Record)> {
    let scores = sample.get("scores").and_then(Value::as_object);
    let scores = scores.into_iter().flatten();
    scores.filter_map(|(scorer, score)| {
        let score = score.as_object()?;
        let asks = || score.get("metadata")?.get(GRADING);
        (scorer.starts_with(GRADED) || asks().is_some()).then_some((scorer, score))
    })
}

/// Whether a record is such a log.
pub(super) fn fits(records: &[Record]) -> bool {
    let [log] = records else {
        return false;
    };
    model(log).is_some() && samples(log).any(|sample| grades(sample).next().is_some())
}

fn model(log: &Record) -> Option<&str> {
    log.get("eval")?.get("model")?.as_str()
}

/// Reads the grades.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for log in records {
        let system = model(log).unwrap_or("output");
        for (place, sample) in samples(log).enumerate() {
            let unit = name_at(sample, &["id"]).unwrap_or_else(|| (place + 1).to_string());
            for (scorer, score) in grades(sample) {
                let name = scorer.clone();
                builder.declare(scorer, RaterKind::Model { name });
                let about = About {
                    rater: scorer,
                    unit: &unit,
                    dimension: scorer,
                };
                let Some(value) = score.get("value").and_then(grade) else {
                    builder.skip(Skipped::JudgeFailed);
                    continue;
                };
                builder.rate(about, system, value);
                builder.explain(about, Reasoned::Output(system, value), rationale(score));
            }
        }
    }
}

fn grade(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("C") => Some(1.0),
        Some("P") => Some(0.5),
        Some("I" | "N") => Some(0.0),
        _ => number(value),
    }
}
