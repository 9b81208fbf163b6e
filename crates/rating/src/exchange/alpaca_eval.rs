//! AlpacaEval's `annotations.json`: pairs of outputs with their generators and a preference from 1, the first, to 2,
//! the second; 0 or 1.5 is a tie. Where preferences lie between, which `weighted_` annotators write, the mean of
//! what they exceed 1 by is the win rate that AlpacaEval prints (<https://github.com/tatsu-lab/alpaca_eval>).

use super::builder::{About, Builder, Measured, Reasoned};
use super::rationale::rationale;
use super::records::Record;
use super::unused::Skipped;
use super::values::{name_at, number};
use crate::answers::Preference;
use crate::judgements::RaterKind;
use serde_json::Value;
use std::collections::HashMap;

/// The dimension of a judge's certainty.
const PROBABILITY: &str = "win probability";

/// Whether records are pairs of outputs with a preference.
pub(super) fn fits(records: &[Record]) -> bool {
    records.iter().any(|record| {
        let both = |name: &str| {
            [1, 2]
                .iter()
                .all(|n| record.contains_key(&format!("{name}_{n}")))
        };
        record.contains_key("preference") && (both("generator") || both("output"))
    })
}

/// A preference from 1 to 2; AlpacaEval's first versions wrote a tie as 0.
fn preference(record: &Record) -> Option<f64> {
    match number(record.get("preference")?)? {
        0.0 => Some(1.5),
        between if (1.0..=2.0).contains(&between) => Some(between),
        _ => None,
    }
}

/// The characters of both outputs, where the file has them.
fn lengths(record: &Record) -> Option<[usize; 2]> {
    let length = |name: &str| Some(record.get(name)?.as_str()?.chars().count());
    Some([length("output_1")?, length("output_2")?])
}

/// Reads annotations.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    let between =
        |record: &Record| preference(record).is_some_and(|p| ![1.0, 1.5, 2.0].contains(&p));
    let weighted = records.iter().any(between);
    let mut units: HashMap<String, usize> = HashMap::new();
    for record in records {
        let Some(preferred) = preference(record) else {
            builder.skip(Skipped::JudgeFailed);
            continue;
        };
        // Several annotators judge one instruction, which has no id.
        let asked = [record.get("instruction"), record.get("input")];
        let asked = asked.map(|part| part.map_or_else(String::new, Value::to_string));
        let next = units.len() + 1;
        let unit = units.entry(asked.concat()).or_insert(next).to_string();
        let rater = name_at(record, &["annotator", "annotator_index"]);
        // People, of whom AlpacaEval has files too, are numbered.
        if let Some(name) = name_at(record, &["annotator"]) {
            builder.declare(&name.clone(), RaterKind::Model { name });
        }
        let about = |dimension| About {
            rater: rater.as_deref().unwrap_or("all"),
            unit: &unit,
            dimension,
        };
        let system = |n: usize| {
            let name = name_at(record, &[&format!("generator_{n}")]);
            name.unwrap_or_else(|| format!("output_{n}"))
        };
        let (first, second) = (system(1), system(2));
        let which = match preferred {
            p if p < 1.5 => Preference::First,
            p if p > 1.5 => Preference::Second,
            _ => Preference::Tie,
        };
        builder.prefer(about("preference"), [&first, &second], which);
        if let Some(lengths) = lengths(record) {
            let measured = Measured {
                share: preferred - 1.0,
                lengths,
                has_difficulty: record.contains_key("instruction_difficulty"),
            };
            builder.measure(about("preference"), [&first, &second], measured);
        }
        let reasoned = Reasoned::Pair([&first, &second], which);
        builder.explain(about("preference"), reasoned, rationale(record));
        if weighted && first != second {
            builder.rate(about(PROBABILITY), &first, 2.0 - preferred);
            builder.rate(about(PROBABILITY), &second, preferred - 1.0);
        }
    }
}
