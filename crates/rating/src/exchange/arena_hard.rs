//! Judgements of Arena-Hard (`model_judgment/JUDGE/MODEL.jsonl`): a model against the baseline in two games, in the
//! second with their places changed. As of MT-bench's pairs, a system wins where both games say so, and all else is a
//! tie; how much better (`A>>B`), which Arena-Hard's own figures weigh, is not kept
//! (<https://github.com/lmarena/arena-hard-auto>).

use super::builder::{About, Builder, Reasoned};
use super::rationale::rationale;
use super::records::Record;
use super::unused::Skipped;
use super::values::name_at;
use crate::answers::Preference;
use crate::judgements::RaterKind;
use serde_json::Value;

/// What the baseline is called where the file does not name it.
const BASELINE: &str = "baseline";

/// Whether records are such judgements.
pub(super) fn fits(records: &[Record]) -> bool {
    let is_game = |game: &Value| game.get("score").is_some();
    records.iter().any(|record| {
        let games = record.get("games").and_then(Value::as_array);
        let has_games = games.is_some_and(|games| games.iter().any(is_game));
        has_games && record.contains_key("judge") && record.contains_key("model")
    })
}

/// Reads judgements.
pub(super) fn read(records: &[Record], builder: &mut Builder) {
    for (place, record) in records.iter().enumerate() {
        let unit = name_at(record, &["question_id", "uid"]);
        let unit = unit.unwrap_or_else(|| (place + 1).to_string());
        let Some(model) = name_at(record, &["model"]) else {
            builder.skip(Skipped::NoWinner);
            continue;
        };
        let baseline = name_at(record, &["baseline"]).unwrap_or_else(|| BASELINE.to_owned());
        let games = record.get("games").and_then(Value::as_array);
        let won: Option<Vec<Preference>> =
            games.and_then(|games| games.iter().map(outcome).collect());
        // The model stands second in the first game, and first in the second.
        let preference = match won.as_deref() {
            Some([Preference::Second]) => Preference::Second,
            Some([Preference::First]) => Preference::First,
            Some([Preference::Second, Preference::First]) => Preference::Second,
            Some([Preference::First, Preference::Second]) => Preference::First,
            Some([_] | [_, _]) => Preference::Tie,
            _ => {
                builder.skip(Skipped::JudgeFailed);
                continue;
            }
        };
        let judge = name_at(record, &["judge"]).unwrap_or_else(|| "judge".to_owned());
        let name = judge.clone();
        builder.declare(&judge, RaterKind::Model { name });
        let about = About {
            rater: &judge,
            unit: &unit,
            dimension: "preference",
        };
        let orders = [[&*baseline, &*model], [&*model, &*baseline]];
        for (shown, outcome) in orders.into_iter().zip(won.iter().flatten()) {
            builder.play(about, shown, *outcome);
        }
        builder.prefer(about, [&baseline, &model], preference);
        let said = games.into_iter().flatten();
        let said = said.map(|game| game.as_object().and_then(rationale));
        for ((shown, outcome), said) in orders.into_iter().zip(won.iter().flatten()).zip(said) {
            builder.explain(about, Reasoned::Pair(shown, *outcome), said);
        }
    }
}

/// Which of the two answers a game was won by: `A>B`, `A>>B`, `A=B`, `B>A`, `A<B`.
fn outcome(game: &Value) -> Option<Preference> {
    let said = game.get("score")?.as_str()?;
    let winner = match (said.contains('='), said.contains('>'), said.contains('<')) {
        (true, false, false) => return Some(Preference::Tie),
        (false, true, false) => said.chars().next(),
        (false, false, true) => said.chars().last(),
        _ => None,
    };
    match winner? {
        'A' => Some(Preference::First),
        'B' => Some(Preference::Second),
        _ => None,
    }
}
