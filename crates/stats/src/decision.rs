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

/// Rows below which nothing is decided; clusters, where rows are drawn in clusters.
pub const FEWEST_UNITS: usize = 20;
/// Rows or clusters that have to differ: where fewer do, an exact sign test stays above 5 % even if all of them speak
/// for the same system.
pub const FEWEST_DIFFERING: usize = 6;

/// Why a difference decides nothing, whatever its p-value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The measure describes outputs, and neither way is better by itself.
    Describes,
    /// There are fewer than [`FEWEST_UNITS`] rows or clusters.
    TooFew,
    /// Fewer than [`FEWEST_DIFFERING`] rows or clusters differ.
    HardlyVaries,
}

/// What is known of a difference, for a decision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    difference: f64,
    p_corrected: Option<f64>,
    direction: Direction,
    describes: bool,
    excludes_zero: bool,
    units: Option<f64>,
    differing: Option<usize>,
}

impl Evidence {
    /// A difference (the system's value minus the baseline's) with its p-value, corrected for the comparisons that
    /// belong together.
    #[must_use]
    pub fn of(difference: f64, p_corrected: Option<f64>, direction: Direction) -> Self {
        Self {
            difference,
            p_corrected,
            direction,
            describes: false,
            excludes_zero: true,
            units: None,
            differing: None,
        }
    }

    /// With the 95 % interval of the difference, which has to exclude 0; without one nothing is decided.
    #[must_use]
    pub fn within(self, interval: Option<[f64; 2]>) -> Self {
        let excludes_zero = interval.is_some_and(|[low, high]| low > 0.0 || high < 0.0);
        Self {
            excludes_zero,
            ..self
        }
    }

    /// With the rows or clusters that it rests on; nothing where that is not known.
    #[must_use]
    pub fn on(self, units: Option<f64>) -> Self {
        Self { units, ..self }
    }

    /// With how many of them differ; nothing where that is not known.
    #[must_use]
    pub fn differing(self, differing: Option<usize>) -> Self {
        Self { differing, ..self }
    }

    /// With whether the measure only describes outputs.
    #[must_use]
    pub fn describing(self, describes: bool) -> Self {
        Self { describes, ..self }
    }

    /// Why it decides nothing, whatever its p-value.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        if self.describes {
            Some(Obstacle::Describes)
        } else if self.units.is_some_and(|units| units < FEWEST_UNITS as f64) {
            Some(Obstacle::TooFew)
        } else if self.differing.is_some_and(|n| n < FEWEST_DIFFERING) {
            Some(Obstacle::HardlyVaries)
        } else {
            None
        }
    }

    /// Better or worse only where nothing stands against it, the corrected p-value is below 5 % and the interval
    /// excludes 0. A difference of zero is never significant, whatever the p-value: the paired bootstrap gives a small
    /// one to identical outputs.
    ///
    /// ```
    /// use assay_stats::{Decision, Direction, Evidence};
    ///
    /// let latency = Evidence::of(-12.0, Some(0.003), Direction::LowerIsBetter);
    /// assert_eq!(latency.within(Some([-20.0, -4.0])).decision(), Decision::Better);
    /// assert_eq!(latency.within(Some([-25.0, 1.0])).decision(), Decision::NoEvidence);
    /// assert_eq!(latency.on(Some(12.0)).decision(), Decision::NoEvidence);
    /// ```
    #[must_use]
    pub fn decision(&self) -> Decision {
        let is_significant = self.p_corrected.is_some_and(|p| p < ALPHA) && self.excludes_zero;
        let is_higher = self.difference > 0.0;
        let says_nothing = self.difference == 0.0 || self.difference.is_nan();
        if !is_significant || says_nothing || self.obstacle().is_some() {
            Decision::NoEvidence
        } else if is_higher == (self.direction == Direction::HigherIsBetter) {
            Decision::Better
        } else {
            Decision::Worse
        }
    }
}

impl Decision {
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
            let evidence = Evidence::of(difference, p, direction);
            assert_eq!(evidence.decision(), expected, "{case:?}");
        }
    }

    #[test]
    fn whatever_the_p_value_an_obstacle_leaves_a_difference_undecided() {
        let sure = Evidence::of(1.0, Some(0.001), HigherIsBetter).within(Some([0.5, 1.5]));
        let cases = [
            (sure, None),
            (sure.on(Some(19.0)), Some(Obstacle::TooFew)),
            (sure.on(Some(20.0)).differing(Some(6)), None),
            (sure.differing(Some(5)), Some(Obstacle::HardlyVaries)),
            (sure.describing(true), Some(Obstacle::Describes)),
        ];
        for (evidence, obstacle) in cases {
            assert_eq!(evidence.obstacle(), obstacle);
            let expected = obstacle.map_or(Better, |_| NoEvidence);
            assert_eq!(evidence.decision(), expected, "{obstacle:?}");
        }
        for interval in [Some([0.0, 1.5]), Some([-0.5, 1.5]), None] {
            assert_eq!(sure.within(interval).decision(), NoEvidence);
        }
    }
}
