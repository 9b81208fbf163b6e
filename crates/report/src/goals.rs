//! What counts, stated beforehand: a measure, and by how much it has to change. Against these a verdict is
//! passed; all else is exploratory.

use super::aim::Aim;
use super::unit::Unit;
use serde::{Deserialize, Serialize};

/// Something that is measured.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Measure {
    /// A metric over the outputs, by its name.
    Metric {
        /// The name.
        name: String,
    },
    /// An outcome of a trial.
    Outcome {
        /// The trial's name.
        trial: String,
        /// The outcome's.
        name: String,
    },
    /// A metric or an outcome of this name, whatever the case of its letters, that need not be there yet: so a
    /// goal can be stated before there is anything to look at.
    Named {
        /// The name.
        name: String,
    },
}

impl Measure {
    /// The metric's or outcome's own name.
    pub fn name(&self) -> &str {
        match self {
            Self::Metric { name } | Self::Outcome { name, .. } | Self::Named { name } => name,
        }
    }

    /// Whether a measure is the one that is meant.
    pub fn means(&self, other: &Self) -> bool {
        match self {
            Self::Named { name } => name.trim().to_lowercase() == other.name().to_lowercase(),
            own => own == other,
        }
    }
}

/// A goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// What is measured.
    pub measure: Measure,
    /// The system or arm it is asked of; empty for the only one that is compared.
    pub system: String,
    /// The least change for the better; 0 for no worse than the baseline, below 0 for a loss that can be
    /// borne. In the measure's own unit, but of a [`Measure::Named`] as it is written: shares in points.
    pub least: f64,
    /// Whether results were there when it was stated.
    pub after_results: bool,
}

impl Goal {
    /// The least change in the unit of values.
    pub fn least_in(&self, unit: Unit) -> f64 {
        match (&self.measure, unit) {
            (Measure::Named { .. }, Unit::Share) => self.least / 100.0,
            _ => self.least,
        }
    }
}

/// All that was stated.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Goals {
    /// What it is for: task, domain, where it will run.
    pub purpose: String,
    /// The goals.
    pub goals: Vec<Goal>,
    /// What is to be decided; nothing before a person has said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aim: Option<Aim>,
}

/// Whether a goal is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// The whole interval of the change is at or above what was asked.
    Pass,
    /// The whole interval is below.
    Fail,
    /// Neither, or nothing is known.
    Undecided,
}

/// Whether a change meets a goal: `interval` is that of the difference, of which a negative one is for the
/// better where `lower_is_better`.
pub fn met(least: f64, interval: Option<[f64; 2]>, lower_is_better: bool) -> Met {
    match interval {
        Some([low, high]) => {
            let [low, high] = if lower_is_better {
                [-high, -low]
            } else {
                [low, high]
            };
            if low >= least {
                Met::Pass
            } else if high < least {
                Met::Fail
            } else {
                Met::Undecided
            }
        }
        None => Met::Undecided,
    }
}

/// All goals together: failed by one that failed, passed by all that passed.
pub fn together(each: &[Met]) -> Option<Met> {
    if each.is_empty() {
        None
    } else if each.contains(&Met::Fail) {
        Some(Met::Fail)
    } else if each.contains(&Met::Undecided) {
        Some(Met::Undecided)
    } else {
        Some(Met::Pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_by_the_whole_interval() {
        assert_eq!(met(0.03, Some([0.04, 0.09]), false), Met::Pass);
        assert_eq!(met(0.03, Some([-0.04, 0.02]), false), Met::Fail);
        assert_eq!(met(0.03, Some([0.01, 0.09]), false), Met::Undecided);
        assert_eq!(met(0.0, Some([0.0, 0.0]), false), Met::Pass);
        assert_eq!(met(1.0, Some([-3.0, -2.0]), true), Met::Pass);
        assert_eq!(met(-1.0, Some([-0.5, 0.5]), false), Met::Pass);
        assert_eq!(met(0.0, None, false), Met::Undecided);
        assert_eq!(
            together(&[Met::Pass, Met::Undecided, Met::Fail]),
            Some(Met::Fail)
        );
        assert_eq!(together(&[]), None);
    }
}
