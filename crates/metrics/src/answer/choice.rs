//! The metric for answers that are letters.

use super::super::options::{OptionView, SpecError, bad, option, unknown};
use super::super::per_segment::{PerSegment, indicator};
use super::super::signature::VERSION;
use super::super::{Describe, Properties};
use super::chosen::chosen;
use super::number_text::number;
use serde::{Deserialize, Serialize};

/// Whether a number stands for a letter, as in data sets that give the right option by its place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indices {
    /// It stands for none.
    #[default]
    None,
    /// 0 is A, 1 is B and so on.
    FromZero,
    /// 1 is A, 2 is B and so on.
    FromOne,
}

impl Indices {
    const ALL: [Self; 3] = [Self::None, Self::FromZero, Self::FromOne];
    const NAMES: &'static [&'static str] = &["none", "0", "1"];

    fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::FromZero => "0",
            Self::FromOne => "1",
        }
    }

    /// The letter for which a number stands: a whole one that is the result of a text.
    fn letter(self, text: &str) -> Option<char> {
        let first = match self {
            Self::None => return None,
            Self::FromZero => 0.0,
            Self::FromOne => 1.0,
        };
        let place = number(text)? - first;
        let is_place = place.fract() == 0.0 && (0.0..10.0).contains(&place);
        is_place.then(|| char::from(b'A' + place as u8))
    }
}

/// Whether the letter that the output chooses is the reference's.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Choice {
    /// Whether numbers count as letters, where a text chooses no letter.
    #[serde(default)]
    pub index: Indices,
}

impl Choice {
    fn letter(&self, text: &str) -> Option<char> {
        chosen(text).or_else(|| self.index.letter(text))
    }
}

impl Describe for Choice {
    fn name(&self) -> String {
        "choice accuracy".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties::of("choice", "")
    }

    fn options(&self) -> Vec<OptionView> {
        let name = self.index.name().to_owned();
        vec![option("index", name, Indices::NAMES)]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        if option != "index" {
            return Err(unknown("choice", option));
        }
        let found = Indices::ALL.into_iter().find(|i| i.name() == value);
        self.index = found.ok_or_else(|| bad(option, value, "none, 0 or 1"))?;
        Ok(())
    }
}

impl PerSegment for Choice {
    fn facts(&self) -> String {
        match self.index {
            Indices::None => format!("letters:A-J|{VERSION}"),
            index => format!("letters:A-J|index:{}|{VERSION}", index.name()),
        }
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let own = self.letter(hypothesis);
        let right = |r: &&str| own.is_some() && self.letter(r) == own;
        Some(indicator(references.iter().any(right)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_count_as_letters_where_the_option_says_from_where_they_count() {
        let mut choice = Choice::default();
        assert_eq!(choice.value("The answer is C.", &["2"]), Some(0.0));
        choice.set("index", "0").unwrap();
        assert_eq!(choice.value("The answer is C.", &["2"]), Some(1.0));
        assert_eq!(choice.value("The answer is 2.", &["C"]), Some(1.0));
        choice.set("index", "1").unwrap();
        assert_eq!(choice.value("(B)", &["2"]), Some(1.0));
        assert_eq!(choice.value("B", &["2.5"]), Some(0.0));
        assert!(choice.set("index", "2").is_err());
        let old: Choice = serde_json::from_str("{}").unwrap();
        assert_eq!(old, Choice::default());
    }
}
