//! Rules that find an answer in a free text: the letter that was chosen, or the number that is the result. Each
//! segment is right or wrong; with several references one is enough.

use super::options::{OptionView, SpecError, bad, option, unknown};
use super::per_segment::{PerSegment, indicator};
use super::regular_expressions::{Which, find};
use super::signature::VERSION;
use super::{Describe, Properties};
use serde::{Deserialize, Serialize};

/// Whether the letter that the output chooses is the reference's.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Choice;

/// A statement of the answer; the last one counts. A small letter needs a mark or nothing after it, as "the
/// answer is a guess" chooses nothing.
const STATED: &str = r"(?i:answer(?:\s+is)?|choice(?:\s+is)?|option|答案(?:是|为)?|选项?|选择)\s*[:：]?\s*[(（\[*]*([A-J](?:[^\p{Alphabetic}\p{N}]|\p{Han}|$)|[a-j]\s*(?:[)）\].,，。*]|$))";
/// A letter with which the text begins, with a mark or nothing after it.
const LEADING: &str = r"^[\s(（\[*]*([A-Ja-j])\s*(?:[)）\].:：,，、。*]|$)";
/// A capital letter in parentheses.
const ENCLOSED: &str = r"[(（]\s*([A-J])\s*[)）]";

/// The letter that a text chooses, as a capital: with which it begins, or else the last that it states as
/// its answer, or else the last in parentheses.
pub fn chosen(text: &str) -> Option<char> {
    let last = |rule: &str| {
        let (_, found) = find(rule, text, Which::Last)?;
        Some(found.chars().next()?.to_ascii_uppercase())
    };
    last(LEADING)
        .or_else(|| last(STATED))
        .or_else(|| last(ENCLOSED))
}

impl Describe for Choice {
    fn name(&self) -> String {
        "choice accuracy".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties::of("choice", "")
    }
}

impl PerSegment for Choice {
    fn facts(&self) -> String {
        format!("letters:A-J|{VERSION}")
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let own = chosen(hypothesis);
        let right = |r: &&str| own.is_some() && chosen(r) == own;
        Some(indicator(references.iter().any(right)))
    }
}

/// Whether the number that the output gives as its result is the reference's.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NumberMatch {
    /// How far apart the two may be.
    pub tolerance: f64,
    /// The same as a part of the reference's size; the wider of the two counts.
    pub relative: f64,
}

const NUMBER: &str =
    r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|[-−]?\.[0-9]+";

/// The number that a text gives as its result: the first after the last `####` (GSM8K's mark), or else the last of
/// all. Commas between thousands go, and full-width digits are digits.
pub fn number(text: &str) -> Option<f64> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let text: String = text.chars().map(narrow).collect();
    let (text, which) = match text.rsplit_once("####") {
        Some((_, answer)) => (answer, Which::First),
        None => (&text[..], Which::Last),
    };
    let (start, found) = find(NUMBER, text, which)?;
    let digits = found.replace(',', "").replace('−', "-");
    // A dash after a letter or a digit is a hyphen or a range, no sign.
    let before = text[..start].chars().next_back();
    match before {
        Some(c) if c.is_alphanumeric() => digits.trim_start_matches('-').parse().ok(),
        _ => digits.parse().ok(),
    }
}

impl Describe for NumberMatch {
    fn name(&self) -> String {
        "number match".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties::of("number", "Cobbe et al. 2021 (GSM8K's mark)")
    }

    fn options(&self) -> Vec<OptionView> {
        vec![
            option("tolerance", self.tolerance.to_string(), &[]),
            option("relative", self.relative.to_string(), &[]),
        ]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        let field = match option {
            "tolerance" => &mut self.tolerance,
            "relative" => &mut self.relative,
            _ => return Err(unknown("number", option)),
        };
        let number = value.parse::<f64>().ok();
        let number = number.filter(|x| x.is_finite() && *x >= 0.0);
        *field = number.ok_or_else(|| bad(option, value, "a number from 0 up"))?;
        Ok(())
    }
}

impl PerSegment for NumberMatch {
    fn facts(&self) -> String {
        format!("tol:{}|rel:{}|{VERSION}", self.tolerance, self.relative)
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let own = number(hypothesis);
        let near = |r: &&str| {
            own.zip(number(r)).is_some_and(|(own, right)| {
                let allowed = self.tolerance.max(self.relative * right.abs());
                (own - right).abs() <= allowed
            })
        };
        Some(indicator(references.iter().any(near)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_letter_is_found_in_its_usual_phrasings() {
        for text in [
            "B",
            "(b)",
            "B. Paris",
            "The answer is B.",
            "Answer: B",
            "I think A is wrong. Answer: (B)",
            "答案：B",
            "答案是B",
            "应该选B，因为",
            "It must be Paris (B)",
            "**B**",
            "the answer is b.",
            "选b",
            "B) because A is not",
        ] {
            assert_eq!(chosen(text), Some('B'), "{text}");
        }
        for text in [
            "A cat sat there",
            "",
            "The answer is a cat",
            "choice a bit hard",
            "answer: bad",
            "none of them",
        ] {
            assert_eq!(chosen(text), None, "{text}");
        }
    }

    #[test]
    fn the_number_is_the_last_one_or_the_one_after_the_mark() {
        for (text, found) in [
            ("so 3 + 4 = 7 apples", Some(7.0)),
            ("7 apples.\n#### 1,234.5 (of 9)", Some(1234.5)),
            ("it fell by -2.5 degrees", Some(-2.5)),
            ("in 2019-2020", Some(2020.0)),
            ("共有１２个", Some(12.0)),
            ("$1,000,000.", Some(1_000_000.0)),
            ("1.5e3", Some(1500.0)),
            ("none", None),
        ] {
            assert_eq!(number(text), found, "{text}");
        }
        let mut near = NumberMatch::default();
        assert_eq!(near.value("3.14", &["3.1416"]), Some(0.0));
        near.set("tolerance", "0.01").unwrap();
        assert_eq!(near.value("3.14", &["3.1416"]), Some(1.0));
        assert!(near.set("tolerance", "-1").is_err());
    }
}
