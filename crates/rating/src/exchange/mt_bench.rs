//! FastChat's judgements of MT-bench: of pairs, each judged in both orders (`gpt-4_pair.jsonl`), and of single
//! answers (`gpt-4_single.jsonl`), with a record for each turn. Counted as its `show_result.py` does: a system wins a
//! pair where both orders say so, all else is a tie, and what the judge failed on is left out
//! (<https://github.com/lm-sys/FastChat/tree/main/fastchat/llm_judge>).

use super::builder::{About, Builder, Reasoned};
use super::rationale::{rationale, reason_in};
use super::records::Record;
use super::unused::Skipped;
use super::values::{name_at, text};
use crate::answers::Preference;
use crate::judgements::RaterKind;
use serde_json::Value;
use std::collections::BTreeSet;

/// The score of an answer that the judge failed on.
const FAILED: f64 = -1.0;

fn is_pair(record: &Record) -> bool {
    ["model_1", "model_2", "g1_winner", "g2_winner"]
        .iter()
        .all(|key| record.contains_key(*key))
}

fn is_single(record: &Record) -> bool {
    let judged = record.contains_key("judge") && record.contains_key("judgment");
    judged && record.contains_key("model") && record.contains_key("score")
}

/// Whether records are such judgements.
pub(super) fn fits(records: &[Record]) -> bool {
    records
        .iter()
        .any(|record| is_pair(record) || is_single(record))
}

/// Reads judgements.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    let turns: BTreeSet<String> = records
        .iter()
        .filter_map(|r| name_at(r, &["turn"]))
        .collect();
    let several = turns.len() > 1;
    for (place, record) in records.iter().enumerate() {
        let question = name_at(record, &["question_id"]);
        let question = question.unwrap_or_else(|| (place + 1).to_string());
        let turn = name_at(record, &["turn"]).filter(|_| several);
        let unit = match &turn {
            Some(turn) => format!("{question} · {turn}"),
            None => question,
        };
        let rater = judge(record.get("judge"));
        let name = rater.clone();
        builder.declare(&rater, RaterKind::Model { name });
        if is_pair(record) {
            let about = About {
                rater: &rater,
                unit: &unit,
                dimension: "preference",
            };
            pair(record, about, builder);
        } else {
            single(record, &rater, &unit, turn.as_deref(), builder);
        }
    }
}

/// The judge's model, without the name of its prompt: the prompt of a second turn is another.
fn judge(judge: Option<&Value>) -> String {
    match judge {
        Some(Value::Array(parts)) => parts.first().map_or_else(String::new, text),
        Some(Value::Null) | None => "judge".to_owned(),
        Some(other) => text(other),
    }
}

fn pair(record: &Record, about: About<'_>, builder: &mut Builder) {
    let name = |key: &str| name_at(record, &[key]);
    let (Some(first), Some(second)) = (name("model_1"), name("model_2")) else {
        return builder.skip(Skipped::NoWinner);
    };
    let won = |key: &str| {
        let winner = name(key)?;
        let known = ["model_1", "model_2", "tie"].contains(&winner.as_str());
        known.then_some(winner)
    };
    let (Some(one), Some(two)) = (won("g1_winner"), won("g2_winner")) else {
        return builder.skip(Skipped::JudgeFailed);
    };
    let outcome = |winner: &str| match winner {
        "model_1" => Preference::First,
        "model_2" => Preference::Second,
        _ => Preference::Tie,
    };
    // In the second game the judge sees the second model's answer first.
    builder.play(about, [&first, &second], outcome(&one));
    builder.play(about, [&second, &first], outcome(&two).turned());
    let preference = match one == two {
        true => outcome(&one),
        false => Preference::Tie,
    };
    builder.prefer(about, [&first, &second], preference);
    let said = |key: &str| record.get(key).and_then(reason_in);
    let shown = Reasoned::Pair([&first, &second], outcome(&one));
    builder.explain(about, shown, said("g1_judgment"));
    let shown = Reasoned::Pair([&second, &first], outcome(&two).turned());
    builder.explain(about, shown, said("g2_judgment"));
}

fn single(record: &Record, rater: &str, unit: &str, turn: Option<&str>, builder: &mut Builder) {
    let score = record.get("score").and_then(Value::as_f64);
    let (Some(score), Some(model)) = (score, name_at(record, &["model"])) else {
        return builder.skip(Skipped::NotANumber);
    };
    if score == FAILED {
        return builder.skip(Skipped::JudgeFailed);
    }
    let about = |dimension| About {
        rater,
        unit,
        dimension,
    };
    builder.rate(about("score"), &model, score);
    let reasoned = Reasoned::Output(&model, score);
    builder.explain(about("score"), reasoned, rationale(record));
    if let Some(turn) = turn {
        builder.rate(about(&format!("score, turn {turn}")), &model, score);
    }
}
