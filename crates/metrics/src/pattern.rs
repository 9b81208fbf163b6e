//! Whether a regular expression matches the output. No reference is looked at.

use super::options::{OptionView, SpecError, YES_NO, bad, boolean, option, text, unknown};
use super::per_segment::{PerSegment, indicator};
use super::regular_expressions::{find, is_pattern};
use super::signature::{VERSION, yes_no};
use super::{Describe, Properties};
use serde::{Deserialize, Serialize};

/// Whether a regular expression finds something in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// The expression, in the syntax of the crate regex.
    pub pattern: String,
    /// Whether it has to match all of the output, white space around it aside.
    pub whole: bool,
}

impl Default for Pattern {
    /// Anything but white space.
    fn default() -> Self {
        Self {
            pattern: r"\S".to_owned(),
            whole: false,
        }
    }
}

impl Describe for Pattern {
    fn name(&self) -> String {
        "pattern match".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties {
            needs_reference: false,
            ..Properties::of("pattern", "")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        let whole = option("whole", self.whole.to_string(), YES_NO);
        vec![text("pattern", self.pattern.clone()), whole]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "pattern" if is_pattern(value) => self.pattern = value.to_owned(),
            "pattern" => return Err(bad(option, value, "a regular expression")),
            "whole" => self.whole = boolean(option, value)?,
            _ => return Err(unknown("regex", option)),
        }
        Ok(())
    }
}

impl PerSegment for Pattern {
    fn facts(&self) -> String {
        let whole = yes_no(self.whole);
        format!("pattern:{}|whole:{whole}|{VERSION}", self.pattern)
    }

    fn value(&self, hypothesis: &str, _: &[&str]) -> Option<f64> {
        let source = match self.whole {
            true => format!(r"\A(?:{})\z", self.pattern),
            false => self.pattern.clone(),
        };
        let found = find(&source, hypothesis.trim());
        Some(indicator(found.is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_found_or_matches_all() {
        let mut pattern = Pattern::default();
        assert_eq!(pattern.value("  ", &[]), Some(0.0));
        pattern.set("pattern", r"\d{4}|x").unwrap();
        assert_eq!(pattern.value("in 2024", &[]), Some(1.0));
        pattern.set("whole", "true").unwrap();
        assert_eq!(pattern.value("in 2024", &[]), Some(0.0));
        assert_eq!(pattern.value(" 2024\n", &[]), Some(1.0));
        assert!(pattern.set("pattern", "(").is_err());
        assert!(pattern.set("pattern", r"(\w{1000}){1000}").is_err());
    }
}
