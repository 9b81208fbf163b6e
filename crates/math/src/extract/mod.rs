//! Where in a text the answer stands: what is called the final answer first, then what is in a box, then what is called
//! an answer, then any formula, number or sum; the last of each kind before the others. The order is math-verify's.

mod arithmetic;
mod candidate;
mod environments;
mod plain;

use crate::normalize::{Boxes, normalize};
use crate::parse;
use crate::tree::{Set, Value, percent};
use candidate::{Content, Formula, Rank};
use environments::Environments;

/// The most bytes of a text that are looked at; of a longer one its end, where answers are.
const MOST_BYTES: usize = 100_000;

/// An answer that was found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// One that could be read.
    Value(Value),
    /// The first that was found, as it stands.
    Text(String),
}

/// The answers in a text: the one that could be read, and the first that was found, as it stands.
pub(crate) fn answers(text: &str) -> Vec<Answer> {
    let text = last_part(text);
    let mut environments = Environments::new(text);
    let mut first: Option<String> = None;
    let mut value = None;
    for rank in [
        Rank::Hoped,
        Rank::Final,
        Rank::AnswerColon,
        Rank::Answer,
        Rank::Any,
    ] {
        let mut candidates = environments.find(rank);
        candidates.extend(plain::find(text, rank));
        // The sort keeps formulas before numbers where both end and begin at the same place.
        candidates.sort_by_key(|c| (std::cmp::Reverse(c.end), c.start));
        for candidate in candidates {
            let (read, shown) = read(&candidate.content);
            if first.is_none() && !shown.is_empty() {
                first = Some(shown);
            }
            if read.is_some() {
                value = read;
                break;
            }
        }
        if value.is_some() {
            break;
        }
    }
    let value = value.map(Answer::Value);
    value.into_iter().chain(first.map(Answer::Text)).collect()
}

fn last_part(text: &str) -> &str {
    let mut from = text.len().saturating_sub(MOST_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// What a candidate says, if it can be read, and what stands there.
fn read(content: &Content) -> (Option<Value>, String) {
    match content {
        Content::Number(digits, is_percent) => {
            let value = crate::tree::number(digits).map(Value::Expr);
            let value = if *is_percent {
                value.map(percent)
            } else {
                value
            };
            (value, digits.clone())
        }
        Content::Arithmetic(text) => (arithmetic::read(text).map(Value::Expr), (*text).to_owned()),
        Content::Formulas(formulas) => listed(formulas),
    }
}

fn listed(formulas: &[Formula]) -> (Option<Value>, String) {
    let mut texts = Vec::new();
    let mut values: Vec<Option<Value>> = Vec::new();
    for formula in formulas {
        let boxes = if formula.bare_box {
            Boxes::Last
        } else {
            Boxes::All
        };
        let text = normalize(formula.text, boxes);
        let value = parse::read(&text);
        values.push(if formula.percent {
            value.map(percent)
        } else {
            value
        });
        texts.push(text);
    }
    if values.len() > 1 && values.iter().all(Option::is_some) {
        let mut elements: Vec<Value> = Vec::new();
        for value in values.into_iter().flatten() {
            match value {
                Value::Set(Set::Finite(inner)) => elements.extend(inner),
                other => elements.push(other),
            }
        }
        return (
            Some(Value::Set(parse::finite(elements))),
            texts.join(" and "),
        );
    }
    let value = values.into_iter().next().flatten();
    (value, texts.into_iter().next().unwrap_or_default())
}
