//! All that a trial says, in numbers.

use super::compare::{Compared, Measured, Method, Untested, compared, correct, measured};
use super::efficiency::{Front, PerSuccess, Spread, fronts, per_success, spreads};
use super::funnel::{Funnel, funnel};
use super::roles::TrialRole;
use super::sample::{Arm, arms, shared};
use super::sequential::looks;
use super::{Correction, Settings, Trial};
use assay_data::points::Points;
use assay_stats::ALPHA;
use assay_stats::experiment::{SRM_LEVEL, sample_ratio_mismatch};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// Cells shown of each column.
const PREVIEW: usize = 3;
/// Most values of a segment that are distinguished.
const MAX_VALUES: usize = 24;

/// An arm in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArmView {
    /// Its name.
    pub name: String,
    /// Rows.
    pub rows: usize,
    /// Units.
    pub units: f64,
}

/// A column with its role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrialColumn {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub role: TrialRole,
    /// Whether a lower value is the better one.
    pub lower_is_better: bool,
    /// Its first cells.
    pub preview: Vec<String>,
}

/// An outcome under all arms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutcomeView {
    /// The column's name.
    pub name: String,
    /// Whether it is a share.
    pub is_share: bool,
    /// Whether a lower value is the better one.
    pub lower_is_better: bool,
    /// Of each arm its value.
    pub arms: Vec<Option<Measured>>,
    /// Of each arm the comparison with the baseline.
    pub compared: Vec<Option<Compared>>,
    /// Why no arm is compared, where it has values.
    #[serde(default)]
    pub untested: Option<Untested>,
}

/// Outcomes within one part of the units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SegmentView {
    /// The column.
    pub column: String,
    /// Its value.
    pub value: String,
    /// The outcomes, p-values corrected over all segments of an outcome.
    pub outcomes: Vec<OutcomeView>,
}

/// All that a trial says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrialView {
    /// Its name.
    pub name: String,
    /// Rows.
    pub rows: usize,
    /// Rows that could not be read.
    pub unread: usize,
    /// What points in numbers were read as, where they may separate thousands.
    #[serde(default)]
    pub points: Points,
    /// The columns.
    pub columns: Vec<TrialColumn>,
    /// The arms.
    pub arms: Vec<ArmView>,
    /// The baseline's place.
    pub baseline: usize,
    /// What the person set.
    pub settings: Settings,
    /// Whether the arms have the same units, so that pairs are compared.
    pub paired: bool,
    /// Units in the file.
    #[serde(default)]
    pub units: usize,
    /// Of these, units that appear in several arms which are not pairs, and so are left out.
    #[serde(default)]
    pub crossed: usize,
    /// Of pairs, units that only one arm has: they count in its values, but in no difference.
    #[serde(default)]
    pub unpaired: usize,
    /// The p-value that the split is as planned; nothing for pairs.
    pub split: Option<f64>,
    /// The outcomes.
    pub outcomes: Vec<OutcomeView>,
    /// The same by segments.
    pub segments: Vec<SegmentView>,
    /// A funnel, where columns of success are one.
    pub funnel: Option<Funnel>,
    /// Percentiles.
    pub spreads: Vec<Spread>,
    /// What a success costs.
    pub per_success: Vec<PerSuccess>,
    /// Quality against cost.
    pub fronts: Vec<Front>,
}

impl TrialView {
    /// Whether the split is not the planned one: then nothing here can be trusted.
    pub fn mismatched(&self) -> bool {
        self.split.is_some_and(|p| p < SRM_LEVEL)
    }

    /// What a trial says.
    pub fn of(trial: &Trial) -> Self {
        let mut all = arms(trial, &FxHashSet::default(), |_| true);
        let units = shared(&all);
        for arm in &mut all {
            let is_out =
                |id: &Option<String>| id.as_ref().is_some_and(|id| units.crossed.contains(id));
            arm.units.retain(|(id, _)| !is_out(id));
        }
        let wanted = trial.settings.baseline.as_deref();
        let baseline = all
            .iter()
            .position(|a| Some(a.name.as_str()) == wanted)
            .unwrap_or(0);
        let columns: Vec<usize> = outcome_columns(trial);
        let level = level(trial, columns.len() * all.len().saturating_sub(1));
        let mut outcomes = outcomes(trial, &all, baseline, &columns, Some(level));
        correct(
            outcomes
                .iter_mut()
                .flat_map(|o| o.compared.iter_mut().flatten()),
            trial.settings.correction,
        );
        let paired = outcomes
            .iter()
            .flat_map(|o| o.compared.iter().flatten())
            .any(|c| matches!(c.method, Method::PairedShares | Method::PairedMeans));
        let views: Vec<ArmView> = all.iter().map(|arm| arm_view(trial, arm)).collect();
        let shares = trial
            .settings
            .shares
            .clone()
            .filter(|s| s.len() == views.len());
        let shares = shares.unwrap_or(vec![1.0; views.len()]);
        let counts: Vec<u64> = views.iter().map(|a| a.units as u64).collect();
        Self {
            name: trial.name.clone(),
            rows: trial.table.rows(),
            unread: trial.unread,
            points: trial.points.clone(),
            columns: (0..trial.roles.len())
                .map(|c| column_view(trial, c))
                .collect(),
            split: if paired {
                None
            } else {
                sample_ratio_mismatch(&counts, &shares)
            },
            arms: views,
            baseline,
            settings: trial.settings.clone(),
            paired,
            units: units.all,
            crossed: units.crossed.len(),
            unpaired: if paired { units.single } else { 0 },
            outcomes,
            segments: segments(trial, baseline, &columns, &units.crossed),
            funnel: funnel(trial, &all),
            spreads: spreads(trial, &all),
            per_success: per_success(trial, &all, baseline),
            fronts: fronts(trial, &all),
        }
    }
}

fn outcome_columns(trial: &Trial) -> Vec<usize> {
    let wanted = |role: TrialRole| {
        matches!(
            role,
            TrialRole::Success
                | TrialRole::Number
                | TrialRole::Resource
                | TrialRole::Speed
                | TrialRole::Cost
                | TrialRole::Count
                | TrialRole::Sum
        )
    };
    (0..trial.roles.len())
        .filter(|c| wanted(trial.roles[*c]))
        .collect()
}

fn arm_view(trial: &Trial, arm: &Arm) -> ArmView {
    let rows = || arm.units.iter().flat_map(|(_, rows)| rows);
    let units = match trial.column(TrialRole::Total) {
        Some(total) => rows()
            .filter_map(|row| super::sample::value(trial, total, *row))
            .sum(),
        None => arm.units.len() as f64,
    };
    ArmView {
        name: arm.name.clone(),
        rows: rows().count(),
        units,
    }
}

fn column_view(trial: &Trial, column: usize) -> TrialColumn {
    let cells = trial.table.column(column).iter().flatten().take(PREVIEW);
    TrialColumn {
        name: trial.table.names()[column].clone(),
        role: trial.roles[column],
        lower_is_better: trial.lower[column],
        preview: cells.map(|c| c.chars().take(40).collect()).collect(),
    }
}

/// The p-value below which the strictest of the comparisons decides, by the correction.
fn level(trial: &Trial, comparisons: usize) -> f64 {
    match trial.settings.correction {
        Correction::Holm | Correction::BenjaminiHochberg => ALPHA / comparisons.max(1) as f64,
        Correction::None => ALPHA,
    }
}

/// The outcomes; with looks while units came in where there is a level that p-values have to stay below.
fn outcomes(
    trial: &Trial,
    arms: &[Arm],
    baseline: usize,
    columns: &[usize],
    level: Option<f64>,
) -> Vec<OutcomeView> {
    let of = |&column: &usize| {
        let against = |i: usize| {
            if i == baseline {
                return None;
            }
            let mut found = compared(trial, &arms[i], arms.get(baseline)?, column)?;
            if let Some(level) = level {
                let looks = looks(trial, [&arms[i], arms.get(baseline)?], column, level);
                found.looks = looks.all;
                found.sequential = looks.last;
            }
            Some(found)
        };
        let measured: Vec<Option<Measured>> = arms
            .iter()
            .map(|arm| measured(trial, arm, column))
            .collect();
        let compared: Vec<Option<Compared>> = (0..arms.len()).map(against).collect();
        let shown = measured.iter().flatten().count() > 1;
        let untested = (shown && compared.iter().all(Option::is_none)).then_some(
            if trial.roles[column] == TrialRole::Sum {
                Untested::Sum
            } else {
                Untested::FewUnits
            },
        );
        OutcomeView {
            name: trial.table.names()[column].clone(),
            is_share: matches!(trial.roles[column], TrialRole::Success | TrialRole::Count),
            lower_is_better: trial.lower[column],
            arms: measured,
            compared,
            untested,
        }
    };
    columns.iter().map(of).collect()
}

fn segments(
    trial: &Trial,
    baseline: usize,
    columns: &[usize],
    without: &FxHashSet<String>,
) -> Vec<SegmentView> {
    let mut all = Vec::new();
    for column in trial.columns(TrialRole::Segment) {
        let mut seen = FxHashSet::default();
        let cells = trial.table.column(column).iter().flatten();
        let mut values: Vec<&str> = cells
            .filter(|v| !v.trim().is_empty() && seen.insert(*v))
            .take(MAX_VALUES)
            .collect();
        values.sort_unstable();
        for value in values {
            let wanted = |row| trial.table.cell(column, row) == Some(value);
            let within = arms(trial, without, wanted);
            all.push(SegmentView {
                column: trial.table.names()[column].clone(),
                value: value.to_owned(),
                outcomes: outcomes(trial, &within, baseline, columns, None),
            });
        }
    }
    for outcome in 0..columns.len() {
        let together = all
            .iter_mut()
            .flat_map(|s: &mut SegmentView| s.outcomes[outcome].compared.iter_mut().flatten());
        correct(together, trial.settings.correction);
    }
    all
}

#[cfg(test)]
mod tests;
