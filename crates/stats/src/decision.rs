//! The one rule by which a difference counts as better, worse, or neither.

use super::ALPHA;
use serde::{Deserialize, Serialize};

/// Which values of a measure are the better ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Higher ones.
    HigherIsBetter,
    /// Lower ones.
    LowerIsBetter,
}

impl Direction {
    /// The direction of a measure that says whether lower is better.
    #[must_use]
    pub fn lower_is_better(lower: bool) -> Self {
        match lower {
            true => Self::LowerIsBetter,
            false => Self::HigherIsBetter,
        }
    }
}

/// What a comparison with the baseline shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Significantly better.
    Better,
    /// Significantly worse.
    Worse,
    /// No significant difference.
    NoEvidence,
}

impl Decision {
    /// Decides by the p-value, corrected for the comparisons that belong together, and the sign of the
    /// difference (the system's value minus the baseline's). A difference of zero is never significant,
    /// whatever the p-value: the paired bootstrap gives a small one to identical outputs.
    ///
    /// ```
    /// use assay_stats::{Decision, Direction};
    ///
    /// let latency = Decision::of(-12.0, Some(0.003), Direction::LowerIsBetter);
    /// assert_eq!(latency, Decision::Better);
    /// ```
    #[must_use]
    pub fn of(difference: f64, p_corrected: Option<f64>, direction: Direction) -> Self {
        let is_significant = p_corrected.is_some_and(|p| p < ALPHA);
        let is_higher = difference > 0.0;
        if !is_significant || difference == 0.0 || difference.is_nan() {
            Self::NoEvidence
        } else if is_higher == (direction == Direction::HigherIsBetter) {
            Self::Better
        } else {
            Self::Worse
        }
    }

    /// The key of the word for it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::NoEvidence => "same",
        }
    }

    /// The sign shown before it.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Better => "▲",
            Self::Worse => "▼",
            Self::NoEvidence => "=",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Decision::{Better, NoEvidence, Worse};
    use Direction::{HigherIsBetter, LowerIsBetter};

    #[test]
    fn a_decision_needs_a_small_p_value_and_a_difference() {
        let cases = [
            (1.0, Some(0.049), HigherIsBetter, Better),
            (1.0, Some(0.049), LowerIsBetter, Worse),
            (-1.0, Some(0.049), HigherIsBetter, Worse),
            (-1.0, Some(0.049), LowerIsBetter, Better),
            (1.0, Some(0.05), HigherIsBetter, NoEvidence),
            (1.0, None, HigherIsBetter, NoEvidence),
            (0.0, Some(0.001), LowerIsBetter, NoEvidence),
            (1.0, Some(f64::NAN), HigherIsBetter, NoEvidence),
            (f64::NAN, Some(0.001), HigherIsBetter, NoEvidence),
        ];
        for (difference, p, direction, expected) in cases {
            let case = (difference, p, direction);
            assert_eq!(Decision::of(difference, p, direction), expected, "{case:?}");
        }
    }
}
