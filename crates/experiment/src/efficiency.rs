//! Latency, speed, size and cost: percentiles with intervals, cost per success, and which arms no other
//! beats on both quality and cost.

use super::Trial;
use super::compare::{Compared, clustered};
use super::funnel::funnel;
use super::roles::TrialRole;
use super::sample;
use super::sample::Arm;
use assay_stats::experiment::{self, ratio};
use assay_stats::percentiles::percentile;
use serde::{Deserialize, Serialize};

/// The percentiles that are reported.
pub const PARTS: [f64; 4] = [0.5, 0.9, 0.95, 0.99];

/// A percentile with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// At least 95 % sure; nothing for a small sample.
    pub interval: Option<[f64; 2]>,
}

/// A column's percentiles under each arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The column.
    pub name: String,
    /// Of each arm [`PARTS`]; empty where it has no values.
    pub arms: Vec<Vec<Estimate>>,
}

/// What a success costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PerSuccess {
    /// The column of cost or time.
    pub cost: String,
    /// The column of success.
    pub success: String,
    /// Of each arm the cost of all rows over the successes, with its interval.
    pub arms: Vec<Option<Estimate>>,
    /// Each arm against the baseline.
    pub compared: Vec<Option<Compared>>,
}

/// An arm by quality and cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FrontPoint {
    /// The mean quality.
    pub quality: f64,
    /// The mean cost.
    pub cost: f64,
    /// No other arm is at least as good for at most as much, and better in one of both.
    pub unbeaten: bool,
}

/// All arms by one quality and one cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Front {
    /// The column of quality.
    pub quality: String,
    /// The column of cost.
    pub cost: String,
    /// A point for each arm that has both.
    pub arms: Vec<Option<FrontPoint>>,
}

/// Percentiles of all columns that want them.
pub fn spreads(trial: &Trial, arms: &[Arm]) -> Vec<Spread> {
    let wants = [TrialRole::Resource, TrialRole::Speed, TrialRole::Cost];
    let columns = (0..trial.roles.len()).filter(|c| wants.contains(&trial.roles[*c]));
    let of = |column: usize| Spread {
        name: trial.table.names()[column].clone(),
        arms: arms
            .iter()
            .map(|arm| percentiles(trial, arm, column))
            .collect(),
    };
    columns.map(of).collect()
}

fn percentiles(trial: &Trial, arm: &Arm, column: usize) -> Vec<Estimate> {
    let rows = arm.units.iter().flat_map(|(_, rows)| rows);
    let mut values: Vec<f64> = rows
        .filter_map(|row| sample::value(trial, column, *row))
        .collect();
    values.sort_unstable_by(f64::total_cmp);
    let percentiles = PARTS.iter().filter_map(|part| percentile(&values, *part));
    percentiles
        .map(|p| Estimate {
            value: p.value,
            interval: p.interval,
        })
        .collect()
}

/// The column of success that counts: the last step of a funnel, or else the first of which more is better.
fn main_success(trial: &Trial, arms: &[Arm]) -> Option<usize> {
    let last = funnel(trial, arms).and_then(|f| f.steps.last().cloned());
    let named = last.and_then(|name| trial.table.names().iter().position(|n| *n == name));
    let mut all = trial.columns(TrialRole::Success).into_iter();
    named
        .filter(|c| trial.roles[*c] == TrialRole::Success)
        .or_else(|| all.find(|c| !trial.lower[*c]))
}

/// Costs and times per success.
pub fn per_success(trial: &Trial, arms: &[Arm], baseline: usize) -> Vec<PerSuccess> {
    let Some(success) = main_success(trial, arms) else {
        return Vec::new();
    };
    let columns = trial
        .columns(TrialRole::Cost)
        .into_iter()
        .chain(trial.columns(TrialRole::Resource).into_iter().take(1));
    let of = |cost: usize| {
        let sums: Vec<Vec<[f64; 2]>> = arms
            .iter()
            .map(|arm| sample::both(trial, arm, [cost, success]))
            .collect();
        let per_success = |units: &Vec<[f64; 2]>| {
            ratio(units).map(|e: experiment::Estimate| Estimate {
                value: e.value,
                interval: Some(e.interval()),
            })
        };
        let against = |i: usize| {
            if i == baseline {
                None
            } else {
                clustered(&sums[i], sums.get(baseline)?)
            }
        };
        PerSuccess {
            cost: trial.table.names()[cost].clone(),
            success: trial.table.names()[success].clone(),
            arms: sums.iter().map(per_success).collect(),
            compared: (0..sums.len()).map(against).collect(),
        }
    };
    columns.map(of).collect()
}

/// The front of the first quality over each cost, and over the first time where there is no cost.
pub fn fronts(trial: &Trial, arms: &[Arm]) -> Vec<Front> {
    let mut amounts = trial.columns(TrialRole::Number).into_iter();
    let quality = main_success(trial, arms).or_else(|| amounts.find(|c| !trial.lower[*c]));
    let Some(quality) = quality else {
        return Vec::new();
    };
    let costs = trial
        .columns(TrialRole::Cost)
        .into_iter()
        .chain(trial.columns(TrialRole::Resource).into_iter().take(1));
    let mean = |arm: &Arm, column: usize| {
        let [sum, count] = sample::sums(trial, arm, column)
            .iter()
            .fold([0.0, 0.0], |[a, b], [x, y]| [a + x, b + y]);
        (count > 0.0).then(|| sum / count)
    };
    let of = |cost: usize| {
        let points: Vec<Option<[f64; 2]>> = arms
            .iter()
            .map(|arm| Some([mean(arm, quality)?, mean(arm, cost)?]))
            .collect();
        Front {
            quality: trial.table.names()[quality].clone(),
            cost: trial.table.names()[cost].clone(),
            arms: front(&points),
        }
    };
    costs.map(of).collect()
}

fn front(points: &[Option<[f64; 2]>]) -> Vec<Option<FrontPoint>> {
    let beats = |a: &[f64; 2], b: &[f64; 2]| a[0] >= b[0] && a[1] <= b[1] && a != b;
    let of = |point: &Option<[f64; 2]>| {
        point.map(|point| FrontPoint {
            quality: point[0],
            cost: point[1],
            unbeaten: !points.iter().flatten().any(|other| beats(other, &point)),
        })
    };
    points.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pareto_front_leaves_out_dominated_arms() {
        let points = [Some([0.9, 3.0]), Some([0.8, 1.0]), Some([0.7, 2.0]), None];
        let unbeaten: Vec<Option<bool>> = front(&points)
            .into_iter()
            .map(|p| p.map(|p| p.unbeaten))
            .collect();
        assert_eq!(unbeaten, [Some(true), Some(true), Some(false), None]);
    }
}
