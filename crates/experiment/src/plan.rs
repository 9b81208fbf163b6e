//! Planning: how many units an experiment needs, or what it can show with those it has.

use assay_stats::power::{each_needed, independent};
use assay_stats::power_proportions::{Sides, power_pooled, size_pooled};
use serde::{Deserialize, Serialize};

/// What is planned for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Question {
    /// Two shares: the baseline's and the change that matters, both 0 to 1.
    Shares {
        /// The baseline's share.
        baseline: f64,
        /// The change.
        change: f64,
    },
    /// Two means: the change that matters in standard deviations.
    Means {
        /// The change over the standard deviation.
        effect: f64,
    },
}

/// What is wanted of the test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// The level, two-sided.
    pub alpha: f64,
    /// The power.
    pub power: f64,
}

/// The units that each of two arms needs, rounded up: of shares by the pooled z-test, of means by
/// Student's. Nothing where there is no such size.
pub fn needed(question: Question, wanted: Wanted) -> Option<f64> {
    if !(0.0..0.5).contains(&wanted.alpha)
        || wanted.alpha == 0.0
        || !(0.05..1.0).contains(&wanted.power)
    {
        return None;
    }
    let size = match question {
        Question::Shares { baseline, change } => {
            let shares = [baseline, baseline + change];
            let inside = shares.iter().all(|s| (0.0..=1.0).contains(s)) && change != 0.0;
            inside.then(|| size_pooled(shares, 1.0, wanted.alpha, wanted.power, Sides::Two))
        }
        Question::Means { effect } if effect != 0.0 => {
            each_needed(effect, wanted.alpha, wanted.power)
        }
        Question::Means { .. } => None,
    };
    size.filter(|n| n.is_finite()).map(f64::ceil)
}

/// The power with that many units in each arm.
pub fn power(question: Question, each: f64, alpha: f64) -> Option<f64> {
    match question {
        Question::Shares { baseline, change } => {
            let other = baseline + change;
            ((0.0..=1.0).contains(&baseline) && (0.0..=1.0).contains(&other) && each > 0.0)
                .then(|| power_pooled(baseline, other, each, alpha))
        }
        Question::Means { effect } => independent(effect, each, alpha),
    }
    .filter(|p| p.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planned_sample_size_reaches_the_wanted_power() {
        let wanted = Wanted {
            alpha: 0.05,
            power: 0.8,
        };
        for question in [
            Question::Shares {
                baseline: 0.5,
                change: 0.05,
            },
            Question::Means { effect: 0.3 },
        ] {
            let n = needed(question, wanted).unwrap();
            assert!(power(question, n, 0.05).unwrap() >= 0.7999);
            assert!(power(question, n - 2.0, 0.05).unwrap() < 0.8);
        }
        let none = Question::Shares {
            baseline: 0.99,
            change: 0.05,
        };
        assert_eq!(needed(none, wanted), None);
    }
}
