//! All that a trial says, in numbers.

use super::compare::{Compared, Measured, Method, compared, correct, measured};
use super::efficiency::{Front, PerSuccess, Spread, fronts, per_success, spreads};
use super::funnel::{Funnel, funnel};
use super::roles::TrialRole;
use super::sample::{Arm, arms};
use super::{Settings, Trial};
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
        let all = arms(trial, |_| true);
        let wanted = trial.settings.baseline.as_deref();
        let baseline = all
            .iter()
            .position(|a| Some(a.name.as_str()) == wanted)
            .unwrap_or(0);
        let columns: Vec<usize> = outcome_columns(trial);
        let mut outcomes = outcomes(trial, &all, baseline, &columns, true);
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
            outcomes,
            segments: segments(trial, baseline, &columns),
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

fn outcomes(
    trial: &Trial,
    arms: &[Arm],
    baseline: usize,
    columns: &[usize],
    full: bool,
) -> Vec<OutcomeView> {
    let of = |&column: &usize| {
        let against = |i: usize| {
            if i == baseline {
                return None;
            }
            let mut found = compared(trial, &arms[i], arms.get(baseline)?, column)?;
            if !full {
                found.looks = Vec::new();
            }
            Some(found)
        };
        OutcomeView {
            name: trial.table.names()[column].clone(),
            is_share: matches!(trial.roles[column], TrialRole::Success | TrialRole::Count),
            lower_is_better: trial.lower[column],
            arms: arms
                .iter()
                .map(|arm| measured(trial, arm, column))
                .collect(),
            compared: (0..arms.len()).map(against).collect(),
        }
    };
    columns.iter().map(of).collect()
}

fn segments(trial: &Trial, baseline: usize, columns: &[usize]) -> Vec<SegmentView> {
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
            let within = arms(trial, |row| trial.table.cell(column, row) == Some(value));
            all.push(SegmentView {
                column: trial.table.names()[column].clone(),
                value: value.to_owned(),
                outcomes: outcomes(trial, &within, baseline, columns, false),
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
mod tests {
    use super::*;
    use assay_data::import::Importer;

    fn trial(text: &str) -> Trial {
        let mut importer = Importer::new("trial.csv");
        importer.push(text.as_bytes()).unwrap();
        Trial::of(importer.finish().unwrap()).unwrap()
    }

    #[test]
    fn totals_give_the_same_results_as_their_events() {
        let totals = TrialView::of(&trial("arm,users,orders\nA,40,10\nB,44,20\n"));
        let mut events = String::from("user_id,arm,ordered\n");
        for (arm, all, some) in [("A", 40, 10), ("B", 44, 20)] {
            for i in 0..all {
                events.push_str(&format!("{arm}{i},{arm},{}\n", u8::from(i < some)));
            }
        }
        let events = TrialView::of(&trial(&events));
        let (a, b) = (&totals.outcomes[0], &events.outcomes[0]);
        assert_eq!(a.arms, b.arms);
        let (a, b) = (
            a.compared[1].as_ref().unwrap(),
            b.compared[1].as_ref().unwrap(),
        );
        assert_eq!(
            (a.p_value, a.interval, a.fisher),
            (b.p_value, b.interval, b.fisher)
        );
        assert_eq!(totals.split, events.split);
    }

    #[test]
    fn the_same_tasks_are_pairs_and_users_with_many_rows_are_clusters() {
        let tasks = TrialView::of(&trial(
            "task,system,solved,latency_s\n1,a,1,2.5\n1,b,0,3.5\n2,a,1,1\n2,b,1,4\n3,a,1,1.5\n3,b,0,2\n",
        ));
        assert!(tasks.paired && tasks.split.is_none());
        let solved = tasks.outcomes[0].compared[1].as_ref().unwrap();
        assert_eq!(solved.method, Method::PairedShares);
        assert!((solved.p_value.unwrap() - 0.5).abs() < 1e-12);
        let users = TrialView::of(&trial(
            "user,arm,clicked,price\nu1,a,1,2.5\nu1,a,0,1.25\nu2,a,1,3.5\nu3,b,1,3.5\nu3,b,0,3\nu4,b,1,1.5\n",
        ));
        assert_eq!(
            users.outcomes[0].compared[1].as_ref().unwrap().method,
            Method::Clustered
        );
        assert_eq!(users.arms[0].units, 2.0);
    }

    #[test]
    fn an_uneven_split_is_flagged_unless_it_was_planned() {
        let mut uneven = trial("arm,users,orders\nA,5400,10\nB,4600,20\n");
        assert!(TrialView::of(&uneven).mismatched());
        uneven.settings.shares = Some(vec![54.0, 46.0]);
        assert!(!TrialView::of(&uneven).mismatched());
    }

    #[test]
    fn each_value_of_a_categorical_outcome_is_a_share() {
        let text = "ticket,system,status\n1,a,resolved\n1,b,escalated\n2,a,resolved\n2,b,resolved\n3,a,abandoned\n3,b,\n";
        let mut tickets = trial(text);
        let view = TrialView::of(&tickets);
        let names: Vec<(&str, bool)> = view
            .outcomes
            .iter()
            .map(|o| (o.name.as_str(), o.lower_is_better))
            .collect();
        assert_eq!(
            names,
            [
                ("status = abandoned", true),
                ("status = escalated", true),
                ("status = resolved", false)
            ]
        );
        assert_eq!(view.outcomes[2].arms[0].unwrap().value, 2.0 / 3.0);
        assert_eq!(
            view.outcomes[2].arms[1].unwrap().units,
            2.0,
            "what is missing is no failure"
        );
        // Asked for again, none stands twice.
        tickets.set_role(2, TrialRole::Categories);
        assert_eq!(TrialView::of(&tickets).outcomes.len(), 3);
    }

    #[test]
    fn empty_arms_and_unreadable_cells_do_not_fail() {
        for text in [
            "arm,users,orders\nA,0,0\nB,0,0\n",
            "arm,converted,amount\nA,1,\nB,,\n",
            "variant,x\nA,1.5\nB,2.5\n",
        ] {
            let view = TrialView::of(&trial(text));
            assert_eq!(view.arms.len(), 2);
        }
    }
}
