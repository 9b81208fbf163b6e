//! Whether the output's answer is the same mathematics as the reference's, as math-verify decides: ½ is 0.5, and
//! (x+1)² is x²+2x+1. The crate `assay-math` finds, reads and compares the answers.

use super::per_segment::{PerSegment, indicator};
use super::signature::VERSION;
use super::{Describe, Properties};
pub use assay_math::is_formula;
use serde::{Deserialize, Serialize};

/// Whether the answers are mathematically equal.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MathEqual;

impl Describe for MathEqual {
    fn name(&self) -> String {
        "mathematical equality".to_owned()
    }

    fn properties(&self) -> Properties {
        Properties::of("math", "math-verify 0.9.0")
    }
}

impl PerSegment for MathEqual {
    fn facts(&self) -> String {
        format!("rules:math-verify-{}|{VERSION}", assay_math::MATH_VERIFY)
    }

    fn value(&self, hypothesis: &str, references: &[&str]) -> Option<f64> {
        let same = |reference: &&str| assay_math::equal(reference, hypothesis);
        Some(indicator(references.iter().any(same)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RefCount, Scoring};

    #[test]
    fn any_reference_that_is_equal_makes_an_output_right() {
        let output = "Adding up, we get $\\boxed{\\frac{3}{4}}$.";
        assert_eq!(
            MathEqual.value(output, &["\\frac{1}{2}", "0.75"]),
            Some(1.0)
        );
        assert_eq!(MathEqual.value(output, &["\\frac{1}{2}"]), Some(0.0));
        assert_eq!(MathEqual.value("", &["1"]), Some(0.0));
    }

    #[test]
    fn the_signature_names_the_version_of_the_rules() {
        let signature = MathEqual.signature(RefCount::Fixed(1), None);
        let version = MathEqual.properties().source;
        assert_eq!(version, format!("math-verify {}", assay_math::MATH_VERIFY));
        assert!(
            signature.starts_with("nrefs:1|rules:math-verify-0.9.0|version:assay-"),
            "{signature}"
        );
    }
}
