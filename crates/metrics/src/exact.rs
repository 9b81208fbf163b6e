//! Exact match of texts as they stand, the best over the references: `exact_match` of Hugging Face evaluate, which
//! lm-evaluation-harness computes too, with its options.

use super::options::{OptionView, SpecError, YES_NO, boolean, option, unknown};
use super::per_segment::{PerSegment, indicator};
use super::signature::yes_no;
use super::{Describe, Properties};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Exact match, 0 to 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExactMatch {
    /// Whether upper and lower case are the same.
    pub ignore_case: bool,
    /// Whether ASCII punctuation is left out.
    pub ignore_punctuation: bool,
    /// Whether the digits 0 to 9 are left out.
    pub ignore_numbers: bool,
}

impl ExactMatch {
    fn compared<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if *self == Self::default() {
            return text.into();
        }
        let is_kept = |c: &char| {
            !(self.ignore_punctuation && c.is_ascii_punctuation()
                || self.ignore_numbers && c.is_ascii_digit())
        };
        let kept: String = text.chars().filter(is_kept).collect();
        match self.ignore_case {
            true => kept.to_lowercase().into(),
            false => kept.into(),
        }
    }
}

impl Describe for ExactMatch {
    fn name(&self) -> String {
        "exact match".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties::of(
            "exact",
            "evaluate 0.4.6 (exact_match); lm-evaluation-harness 0.4.13",
        )
    }

    fn options(&self) -> Vec<OptionView> {
        vec![
            option("ignore_case", self.ignore_case.to_string(), YES_NO),
            option(
                "ignore_punctuation",
                self.ignore_punctuation.to_string(),
                YES_NO,
            ),
            option("ignore_numbers", self.ignore_numbers.to_string(), YES_NO),
        ]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        let flag = match option {
            "ignore_case" => &mut self.ignore_case,
            "ignore_punctuation" => &mut self.ignore_punctuation,
            "ignore_numbers" => &mut self.ignore_numbers,
            _ => return Err(unknown("exact_match", option)),
        };
        *flag = boolean(option, value)?;
        Ok(())
    }
}

impl PerSegment for ExactMatch {
    fn facts(&self) -> String {
        let [case, punctuation, numbers] = [
            self.ignore_case,
            self.ignore_punctuation,
            self.ignore_numbers,
        ]
        .map(yes_no);
        format!(
            "ignore_case:{case}|ignore_punctuation:{punctuation}|ignore_numbers:{numbers}|version:evaluate"
        )
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let hypothesis = self.compared(hypothesis);
        let is_same = |reference: &&str| self.compared(reference) == hypothesis;
        Some(indicator(references.iter().any(is_same)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_is_left_out_of_both() {
        let mut exact = ExactMatch::default();
        assert_eq!(exact.value("The 42.", &["The 42."]), Some(1.0));
        assert_eq!(exact.value("the 42", &["No", "The 41."]), Some(0.0));
        for flag in ["ignore_case", "ignore_punctuation", "ignore_numbers"] {
            exact.set(flag, "true").unwrap();
        }
        assert_eq!(exact.value("the 42", &["No", "The 41."]), Some(1.0));
        assert!(exact.set("ignore_all", "true").is_err());
    }
}
