//! The number that a text gives as its result.

use super::boxed::boxes;
use super::part::{answer_part, before_next_question, narrow, tagged};
use super::quantity::{Quantity, quantities};
use super::rules::{find_all, is_match, replace_all};

/// A number as an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// What it is worth; a percentage as it is written.
    pub value: f64,
    /// 100 of a percentage, 1000 of per mille, else 1.
    pub parts: f64,
}

impl From<Quantity> for Number {
    fn from(quantity: Quantity) -> Self {
        Self {
            value: quantity.value,
            parts: quantity.parts,
        }
    }
}

/// The number that a text gives as its result; a percentage as it is written. Reasoning within `<think>` and the like
/// is not looked at. What decides, the first that is found:
///
/// 1. the last `\boxed{…}` with a number; `<answer>…</answer>`
/// 2. the first number after the last `####` (GSM8K's mark)
/// 3. the last statement: `the answer is 18`, `答案是 18`; of an equation after it, the last number
/// 4. the last number of all that is not in parentheses, as in `10 apples (5 red, 5 green)`
///
/// Numbers within names and formulas (`H2O`, `cm^2`) count only if there are no others. Full-width digits are digits;
/// commas, spaces and apostrophes may part thousands, and a point is decimal. Read are also fractions (`3/4`, `1 3/4`,
/// `½`, `\frac{3}{4}`), powers of ten (`1.5e3`, `1.5 × 10^3`), 百, 千, 万, 亿, thousand to trillion and `5k`. Currency and
/// units are left aside.
pub fn number(text: &str) -> Option<f64> {
    number_in(text).map(|number| number.value)
}

/// Whether a text is a number as [`number`] reads it, with its currency or per cent sign, and nothing else.
pub fn is_number(text: &str) -> bool {
    let text = readable(text.trim());
    let found = quantities(&text);
    matches!(found[..], [q] if q.start == 0 && q.end == text.len() && !q.is_name)
}

/// The number that a text gives as its result.
pub(super) fn number_in(text: &str) -> Option<Number> {
    let text = answer_part(text);
    let own = before_next_question(text).and_then(in_answer);
    own.or_else(|| in_answer(text))
}

fn in_answer(text: &str) -> Option<Number> {
    let boxed = || {
        boxes(text)
            .into_iter()
            .find_map(|inside| in_text(&readable(inside)))
    };
    let tag = || tagged(text).and_then(|inside| in_text(&readable(inside)));
    boxed().or_else(tag).or_else(|| in_text(&readable(text)))
}

/// What LaTeX and Markdown do to numbers, undone: fractions with a bar, thousands with a comma.
fn readable(text: &str) -> String {
    let rules = [
        (r"\{,\}", ","),
        (r"\\[,!;: ]|\\(?:quad|qquad|,)", "\u{2009}"),
        (r"\\[()\[\]]", " "),
        (r"\\(?:times|cdot)\b\s*", "×"),
        (r"\\([$%])", "$1"),
        (
            r"([0-9])\s*\\[dtc]?frac\s*\{\s*([0-9.]+)\s*\}\s*\{\s*([0-9.]+)\s*\}",
            "$1 $2/$3",
        ),
        (
            r"\\[dtc]?frac\s*\{\s*([-−]?[0-9.]+)\s*\}\s*\{\s*([0-9.]+)\s*\}",
            "$1/$2",
        ),
        (r"\\[dtc]?frac\s*([0-9])\s*([0-9])", "$1/$2"),
        (r"\*\*|__|`|<\|[a-z0-9_]+\|>", ""),
    ];
    rules.into_iter().fold(narrow(text), |text, (rule, by)| {
        replace_all(rule, &text, by)
    })
}

fn in_text(text: &str) -> Option<Number> {
    let marked = || {
        let (_, after) = text.rsplit_once("####")?;
        best(&quantities(after), Place::First)
    };
    let found = marked().or_else(|| stated(text));
    found
        .or_else(|| in_part(text, Place::Last))
        .map(Number::from)
}

/// Which of several numbers.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    First,
    Last,
}

/// The first or the last of numbers; those within names only if there are no others.
fn best(all: &[Quantity], place: Place) -> Option<Quantity> {
    let pick = |found: Vec<&Quantity>| match place {
        Place::First => found.first().map(|q| **q),
        Place::Last => found.last().map(|q| **q),
    };
    let own = all.iter().filter(|q| !q.is_name).collect();
    pick(own).or_else(|| pick(all.iter().collect()))
}

/// A number of a text, outside parentheses if there is one.
fn in_part(text: &str, place: Place) -> Option<Quantity> {
    let outside = replace_all(r"\([^()]*\)", text, " ");
    best(&quantities(&outside), place).or_else(|| best(&quantities(text), place))
}

/// Words that introduce the result.
const STATED: &str = r"(?i:\b(?:answer|result|solution)\b(?:[^.!?:\n。]{0,40}?\b(?:is|are|was|equals|would\s+be|should\s+be|must\s+be)\b|[\]】)>\x22'”’_#]*\s*[:=]|[^.!?:\n。]{0,40}?[:=]))|答案[\]】)>\x22'”’」』]*\s*(?:应该|应当|应|就)*(?:是|为|等于|:|=)?|(?:结果|结论)(?:是|为|等于|:|=)|(?:^|[\n。;,\s])答\s*:";
/// What may stand between those words and the number itself.
const DIRECT: &str = r"(?i)^(?:[^\p{Alphabetic}]|\b(?:about|approximately|approx|equal\s+to|roughly|exactly|around|only|just|a\s+total\s+of|therefore|thus|then|USD|US|RMB|CNY|EUR|negative|[a-z]\s*=)\b|约|大约|等于|是|为|共|有|一|人民币|负|百分之)*$";
/// The end of a sentence; a point within a number is none.
const END: &str = r"\n|[.!?](?:\s|$)|。";

/// The number of the last statement.
fn stated(text: &str) -> Option<Quantity> {
    let statements = find_all(STATED, text);
    statements.into_iter().rev().find_map(|range| {
        let after = text[range.end..].trim_start();
        let end = find_all(END, after)
            .first()
            .map_or(after.len(), |r| r.start);
        in_statement(&after[..end])
    })
}

/// The number of a sentence after the words that introduce it: the first where it comes at once, or the result of the
/// equation that begins with it; else the last.
fn in_statement(sentence: &str) -> Option<Quantity> {
    let outside = replace_all(r"\([^()]*\)", sentence, " ");
    let all: Vec<Quantity> = quantities(&outside);
    let own: Vec<Quantity> = all.iter().copied().filter(|q| !q.is_name).collect();
    let Some(first) = own.first() else {
        return in_part(sentence, Place::Last);
    };
    if !is_match(DIRECT, &outside[..first.start]) {
        return own.last().copied();
    }
    let is_step = |gap: &str| {
        gap.chars()
            .all(|c| c.is_whitespace() || "+-−*/×÷·^=$¥".contains(c))
    };
    let (mut last, mut result) = (*first, *first);
    for next in &own[1..] {
        let gap = &outside[last.end..next.start];
        if !is_step(gap) || gap.trim().is_empty() {
            break;
        }
        if gap.contains('=') {
            result = *next;
        }
        last = *next;
    }
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::{is_number, number};

    #[test]
    fn a_number_alone_is_told_from_a_text_with_numbers() {
        for text in [
            "12", " $1,000 ", "−5", "3/4", "1 234", "50%", "3.5万", "１２", "1e-5",
        ] {
            assert!(is_number(text), "{text}");
        }
        for text in [
            "",
            "12 apples",
            "2024-11-27",
            "12:30",
            "3/4/2020",
            "H2O",
            "nan",
            "A",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn the_number_is_the_one_that_is_given_as_the_result() {
        for (text, found) in [
            ("so 3 + 4 = 7 apples", Some(7.0)),
            ("7 apples.\n#### 1,234.5 (of 9)", Some(1234.5)),
            ("#### 18", Some(18.0)),
            ("it fell by -2.5 degrees", Some(-2.5)),
            ("in 2019-2020", Some(2020.0)),
            ("共有１２个", Some(12.0)),
            ("$1,000,000.", Some(1_000_000.0)),
            ("none", None),
            (r"Thus $x = \boxed{18}$, after 3 steps", Some(18.0)),
            (r"\boxed{\frac{3}{4}}", Some(0.75)),
            (r"\boxed{-\dfrac{1}{2}}", Some(-0.5)),
            (r"\boxed{2\frac{1}{2}}", Some(2.5)),
            (r"\boxed{1{,}234\text{ cm}^2}", Some(1234.0)),
            (r"\boxed{18\%}", Some(18.0)),
            (r"\(1.5 \times 10^{3}\)", Some(1500.0)),
            ("10 apples (5 red, 5 green)", Some(10.0)),
            ("10 apples (5 red, 5 green). The answer is 5.", Some(5.0)),
            ("The answer is 18. I checked it 2 times.", Some(18.0)),
            ("The answer is 5 + 3 = 8 apples, from 2 bags", Some(8.0)),
            ("**Answer:** $42", Some(42.0)),
            ("Answer:\n\n42 eggs in 3 boxes", Some(42.0)),
            ("答案是 35 元。一共用了 3 步。", Some(35.0)),
            ("答：小明有3个，小红有5个，一共8个。", Some(8.0)),
            ("最后结果为-6。", Some(-6.0)),
            ("It must be (18)", Some(18.0)),
            ("the area is 18 cm^2", Some(18.0)),
            ("<think>7 or 8? The answer is 8.</think>It is 9", Some(9.0)),
            ("<think>7 or 8", None),
            ("<answer>12</answer> of 13", Some(12.0)),
            ("x = −3", Some(-3.0)),
            ("12\n\nQuestion: what is 5+5?\nAnswer: 10", Some(12.0)),
        ] {
            assert_eq!(number(text), found, "{text}");
        }
    }
}
