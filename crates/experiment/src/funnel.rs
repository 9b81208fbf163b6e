//! Funnels: successes that presuppose one another, seen from the data.

use super::Trial;
use super::roles::TrialRole;
use super::sample;
use super::sample::Arm;
use serde::{Deserialize, Serialize};

/// Steps one after the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Funnel {
    /// The columns.
    pub steps: Vec<String>,
    /// Of each arm how many there were, and how many came through each step.
    pub arms: Vec<Vec<f64>>,
}

/// The longest run of neighbouring columns in which nobody succeeds at one who did not at the one before;
/// nothing for fewer than two steps, or where two are the same.
pub(crate) fn funnel(trial: &Trial, arms: &[Arm]) -> Option<Funnel> {
    let totals = trial.column(TrialRole::Total);
    let role = if totals.is_some() {
        TrialRole::Count
    } else {
        TrialRole::Success
    };
    let columns = trial.columns(role);
    let mut best: &[usize] = &[];
    let mut start = 0;
    for at in 1..=columns.len() {
        if at == columns.len() || !follows(trial, columns[at - 1], columns[at]) {
            if at - start > best.len() {
                best = &columns[start..at];
            }
            start = at;
        }
    }
    if best.len() < 2 {
        return None;
    }
    let of = |arm: &Arm| {
        let rows = || arm.units.iter().flat_map(|(_, rows)| rows);
        let sum = |column: usize| {
            rows()
                .filter_map(|row| sample::value(trial, column, *row))
                .sum::<f64>()
        };
        let all = totals.map_or(rows().count() as f64, sum);
        [all]
            .into_iter()
            .chain(best.iter().map(|c| sum(*c)))
            .collect()
    };
    Some(Funnel {
        steps: best
            .iter()
            .map(|c| trial.table.names()[*c].clone())
            .collect(),
        arms: arms.iter().map(of).collect(),
    })
}

/// Whether the second column is a part of the first, and a real one.
fn follows(trial: &Trial, first: usize, second: usize) -> bool {
    let mut smaller = false;
    for row in 0..trial.table.rows() {
        match (
            sample::value(trial, first, row),
            sample::value(trial, second, row),
        ) {
            (Some(a), Some(b)) if b <= a => smaller |= b < a,
            (_, None) => {}
            _ => return false,
        }
    }
    smaller
}
