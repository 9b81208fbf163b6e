//! The metric for answers that are numbers.

use super::super::options::{OptionView, SpecError, bad, option, unknown};
use super::super::per_segment::{PerSegment, indicator};
use super::super::signature::VERSION;
use super::super::{Describe, Properties};
use super::number_text::{Number, number_in};
use serde::{Deserialize, Serialize};

/// Whether the number that the output gives as its result is the reference's. A percentage is compared as it is
/// written, and with a number that is none also as a part of one: `50%` is 50 and 0.5.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NumberMatch {
    /// How far apart the two may be.
    pub tolerance: f64,
    /// The same as a part of the reference's size; the wider of the two counts.
    pub relative: f64,
}

/// How far apart two numbers may be by rounding alone, as a part of their size: thirds have no exact decimals.
const ROUNDING: f64 = 1e-12;

impl NumberMatch {
    fn is_near(&self, own: f64, right: f64) -> bool {
        let allowed = self.tolerance.max((self.relative + ROUNDING) * right.abs());
        (own - right).abs() <= allowed
    }

    fn is_same(&self, own: Number, right: Number) -> bool {
        let parts = match own.parts == right.parts {
            true => [own.value, right.value],
            false => [own.value / own.parts, right.value / right.parts],
        };
        self.is_near(own.value, right.value) || self.is_near(parts[0], parts[1])
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
        let own = number_in(hypothesis);
        let same = |r: &&str| {
            own.zip(number_in(r))
                .is_some_and(|(own, right)| self.is_same(own, right))
        };
        Some(indicator(references.iter().any(same)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_within_the_tolerance_and_percentages_as_parts_too() {
        let mut near = NumberMatch::default();
        assert_eq!(near.value("3.14", &["3.1416"]), Some(0.0));
        for (output, reference) in [
            ("50%", "50"),
            ("0.5", "50%"),
            ("50%", "50 %"),
            ("one third, 1/3", "0.333333333333333"),
            ("3/4", "0.75"),
            ("5‰", "0.005"),
        ] {
            assert_eq!(near.value(output, &[reference]), Some(1.0), "{output}");
        }
        assert_eq!(near.value("0.5%", &["50%"]), Some(0.0));
        near.set("tolerance", "0.01").unwrap();
        assert_eq!(near.value("3.14", &["3.1416"]), Some(1.0));
        assert!(near.set("tolerance", "-1").is_err());
    }
}
