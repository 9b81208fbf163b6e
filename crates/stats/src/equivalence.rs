//! Whether a difference is small enough not to matter: two one-sided tests (TOST; Schuirmann 1987), as statsmodels
//! 0.15.0's `ttost_paired` has them, and the same question asked of an interval.

use super::Direction;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Two one-sided tests of a mean difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equivalence {
    /// That the mean is not above the lower bound; small where it is.
    pub p_not_below: f64,
    /// That the mean is not below the upper bound; small where it is.
    pub p_not_above: f64,
}

impl Equivalence {
    /// Tests paired differences against `-margin` and `margin`. Nothing with fewer than two, or where all are the same.
    #[must_use]
    pub fn of(differences: &[f64], margin: f64) -> Option<Self> {
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        if error.is_nan() || error <= 0.0 {
            return None;
        }
        let student = StudentsT::new(0.0, 1.0, n - 1.0).ok()?;
        Some(Self {
            p_not_below: student.sf((mean + margin) / error),
            p_not_above: student.cdf((mean - margin) / error),
        })
    }

    /// That the mean is within neither bound: below 5 % the difference is too small to matter.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        self.p_not_below.max(self.p_not_above)
    }
}

/// What an interval of a difference says beside the smallest difference that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// Better by at least as much as matters.
    MattersForBetter,
    /// Worse by at least as much as matters.
    MattersForWorse,
    /// Neither better nor worse by as much as matters.
    Equivalent,
    /// Not worse by as much as matters; it may be better.
    NoWorse,
    /// The interval is too wide to say.
    Open,
}

impl Bearing {
    /// What the 95 % interval of a difference says, for a smallest difference that matters above 0: the bounds of
    /// two-sided intervals are those of one-sided tests at 2.5 %.
    #[must_use]
    pub fn of([low, high]: [f64; 2], margin: f64, direction: Direction) -> Self {
        let [low, high] = match direction {
            Direction::HigherIsBetter => [low, high],
            Direction::LowerIsBetter => [-high, -low],
        };
        if low >= margin {
            Self::MattersForBetter
        } else if high <= -margin {
            Self::MattersForWorse
        } else if low > -margin && high < margin {
            Self::Equivalent
        } else if low > -margin {
            Self::NoWorse
        } else {
            Self::Open
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MattersForBetter => "better",
            Self::MattersForWorse => "worse",
            Self::Equivalent => "equivalent",
            Self::NoWorse => "no-worse",
            Self::Open => "open",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{HigherIsBetter, LowerIsBetter};

    #[test]
    fn an_interval_is_held_against_the_margin_on_both_sides() {
        let cases = [
            ([1.2, 3.0], Bearing::MattersForBetter),
            ([-3.0, -1.2], Bearing::MattersForWorse),
            ([-0.5, 0.9], Bearing::Equivalent),
            ([-0.5, 2.0], Bearing::NoWorse),
            ([-1.5, 0.5], Bearing::Open),
        ];
        for (interval, expected) in cases {
            assert_eq!(Bearing::of(interval, 1.0, HigherIsBetter), expected);
            let [low, high] = interval;
            assert_eq!(Bearing::of([-high, -low], 1.0, LowerIsBetter), expected);
        }
    }

    #[test]
    fn differences_that_are_all_the_same_give_no_test() {
        assert_eq!(Equivalence::of(&[0.1, 0.1], 1.0), None);
        assert_eq!(Equivalence::of(&[0.1], 1.0), None);
    }
}
