//! Reasons that have some words, and speak for some side.

use super::words::{BREAK, words};
use super::{Judged, ReasonSide, ReasonSource, is_reason, source};
use crate::judgements::{JudgedAs, Judgements, Remark, Unit};
use serde::{Deserialize, Serialize};

/// Words of a reason that are searched.
const WORDS_SEARCHED: usize = 20_000;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReasonQuery {
    /// Whose reasons.
    pub source: ReasonSource,
    /// For which dimension.
    pub dimension: String,
    /// Words that stand in a reason one after another, whatever their case and the marks between; the last may be the
    /// beginning of a word, unless quotes are around all of them. Nothing finds all.
    pub words: String,
    /// The side; without one all.
    pub side: Option<ReasonSide>,
}

/// A reason that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundReason {
    /// What was judged.
    pub unit: Unit,
    /// The rater's name.
    pub rater: String,
    /// The systems that were judged, in the order in which they were shown as far as that is known.
    pub systems: Vec<String>,
    /// What it speaks for, where that is known.
    pub side: Option<ReasonSide>,
    /// The value that was given, if one was.
    pub value: Option<f64>,
    /// The words.
    pub text: String,
}

/// How many reasons there are that a query finds, and the first of them.
#[must_use]
pub fn find(table: &Judgements, query: &ReasonQuery, most: usize) -> (usize, Vec<FoundReason>) {
    let judged = Judged::of(table);
    let wanted = Wanted::of(&query.words);
    let is_own = |remark: &&Remark| {
        remark.dimension == query.dimension
            && source(table, remark.rater) == query.source
            && is_reason(table, remark)
    };
    let (mut count, mut found) = (0, Vec::new());
    for remark in table.remarks.iter().filter(is_own) {
        if !wanted.stands_in(&remark.text) {
            continue;
        }
        let side = judged.side(table, remark);
        if query.side.is_some() && side != query.side {
            continue;
        }
        count += 1;
        if found.len() < most {
            let judgement = judged.judgement(table, remark).map(|(_, judged)| judged);
            found.push(shown(table, remark, judgement, side));
        }
    }
    (count, found)
}

fn shown(
    table: &Judgements,
    remark: &Remark,
    judgement: Option<JudgedAs>,
    side: Option<ReasonSide>,
) -> FoundReason {
    let systems = judgement.map_or_else(|| remark.systems(), |judged| judged.systems());
    FoundReason {
        unit: table.units[remark.unit].clone(),
        rater: table.raters[remark.rater].name.clone(),
        systems: systems.iter().map(|s| table.systems[*s].clone()).collect(),
        side,
        value: match judgement {
            Some(JudgedAs::Rated { value, .. }) => Some(value),
            _ => None,
        },
        text: remark.text.clone(),
    }
}

/// Words that are looked for.
struct Wanted {
    words: Vec<String>,
    is_whole: bool,
}

impl Wanted {
    fn of(typed: &str) -> Self {
        let lower = typed.trim().to_lowercase();
        let inner = lower.strip_prefix(['"', '“']);
        let inner = inner.and_then(|rest| rest.strip_suffix(['"', '”']));
        let found = words(inner.unwrap_or(&lower), WORDS_SEARCHED);
        let found = found.into_iter().filter(|word| *word != BREAK);
        Self {
            words: found.map(str::to_owned).collect(),
            is_whole: inner.is_some(),
        }
    }

    fn stands_in(&self, text: &str) -> bool {
        let Some((last, before)) = self.words.split_last() else {
            return true;
        };
        let lower = text.to_lowercase();
        let mut all = words(&lower, WORDS_SEARCHED);
        if !self.is_whole {
            all.retain(|word| *word != BREAK);
        }
        all.windows(self.words.len()).any(|window| {
            let fits = match self.is_whole {
                true => window[before.len()] == last,
                false => window[before.len()].starts_with(last.as_str()),
            };
            fits && window
                .iter()
                .zip(before)
                .all(|(word, wanted)| word == wanted)
        })
    }
}
