//! Statements: what is said of one measure of one system, out of scores and out of trials.

use super::content::{Content, MetricPart};
use super::goals::Measure;
pub use super::unit::Unit;
use assay_experiment::compare::Compared;
use assay_experiment::view::{OutcomeView, TrialView};
use assay_results::scores::SliceKind;
use assay_stats::effect::EffectSize;
use assay_stats::equivalence::Bearing;
use assay_stats::{Decision, Obstacle};
use serde::{Deserialize, Serialize};

/// Where a statement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Metrics over outputs.
    Outputs,
    /// People's ratings.
    People,
    /// Users and tasks.
    Trials,
}

/// A statement on one measure of one system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// What it says.
    pub decision: Decision,
    /// Why it decides nothing, whatever its p-value.
    pub obstacle: Option<Obstacle>,
    /// Where it comes from.
    pub area: Area,
    /// The system or arm.
    pub system: String,
    /// What it is compared with.
    pub baseline: String,
    /// What is measured.
    pub measure: Measure,
    /// The slice or segment, where it is of one.
    pub slice: Option<[String; 2]>,
    /// The baseline's value and the system's.
    pub values: [f64; 2],
    /// The difference.
    pub difference: f64,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// The corrected p-value.
    pub p_value: Option<f64>,
    /// Segments, units or pairs.
    pub count: f64,
    /// How many there would have to be for this difference to be seen with a power of 80 %.
    pub needed: Option<f64>,
    /// How large it is; of metrics over rows.
    pub size: Option<EffectSize>,
    /// The smallest difference that matters, and what this one says beside it.
    pub bearing: Option<(f64, Bearing)>,
    /// How values are written.
    pub unit: Unit,
    /// Whether a lower value is the better one.
    pub lower_is_better: bool,
    /// The evidence's address, the part after `#`.
    pub link: String,
}

/// A statement on every measure of every system, and on every slice.
pub fn statements(content: &Content) -> Vec<Statement> {
    let mut all = Vec::new();
    for (place, metric) in content.metrics.iter().enumerate() {
        of_metric(content, place, metric, &mut all);
    }
    for (place, trial) in content.trials.iter().enumerate() {
        of_trial(place, trial, &mut all);
    }
    all
}

fn of_metric(content: &Content, place: usize, part: &MetricPart, all: &mut Vec<Statement>) {
    let result = &part.result;
    let Some(base) = result.systems.get(content.baseline) else {
        return;
    };
    let lower = result.lower_is_better;
    for (i, system) in result.systems.iter().enumerate() {
        let Some(comparison) = &system.comparison else {
            continue;
        };
        let d = comparison.difference;
        let count = part.segments.get(i).copied().unwrap_or_default() as f64;
        let link = format!(
            "/overview?base={}&metric={place}&system={i}",
            content.baseline
        );
        let statement = Statement {
            decision: result.evidence(&d).decision(),
            obstacle: result.evidence(&d).obstacle(),
            area: if part.people {
                Area::People
            } else {
                Area::Outputs
            },
            system: system.name.clone(),
            baseline: base.name.clone(),
            measure: Measure::Metric {
                name: result.name.clone(),
            },
            slice: None,
            values: [base.score.value, system.score.value],
            difference: d.value,
            interval: d.interval,
            p_value: d.p_corrected,
            count: d.units.map_or(count, |units| units as f64),
            needed: d.needed,
            size: d.size(),
            bearing: result.margin.zip(result.bearing(&d)),
            unit: if result.max > 1.0 && result.max <= 100.0 {
                Unit::Hundred
            } else {
                Unit::Plain
            },
            lower_is_better: lower,
            link: link.clone(),
        };
        for (slice, base) in system.slices.iter().zip(&base.slices) {
            let Some(d) = slice.difference.filter(|_| slice.kind == SliceKind::Value) else {
                continue;
            };
            all.push(Statement {
                decision: result.evidence(&d).decision(),
                obstacle: result.evidence(&d).obstacle(),
                slice: Some([slice.column.clone(), slice.value.clone()]),
                values: [base.score, slice.score],
                difference: d.value,
                interval: d.interval,
                p_value: d.p_corrected,
                count: d.units.unwrap_or(slice.segments) as f64,
                needed: d.needed,
                size: d.size(),
                bearing: result.margin.zip(result.bearing(&d)),
                link: format!(
                    "{link}&slice={}&value={}",
                    escaped(&slice.column),
                    escaped(&slice.value)
                ),
                ..statement.clone()
            });
        }
        all.push(statement);
    }
}

/// A text in the letters of an address.
pub fn escaped(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    text.bytes()
        .map(|b| {
            if plain(b) {
                (b as char).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

fn of_trial(place: usize, trial: &TrialView, all: &mut Vec<Statement>) {
    for outcome in &trial.outcomes {
        of_outcome(place, trial, outcome, None, all);
    }
    for segment in &trial.segments {
        for outcome in &segment.outcomes {
            let slice = [segment.column.clone(), segment.value.clone()];
            of_outcome(place, trial, outcome, Some(slice), all);
        }
    }
}

fn of_outcome(
    place: usize,
    trial: &TrialView,
    outcome: &OutcomeView,
    slice: Option<[String; 2]>,
    all: &mut Vec<Statement>,
) {
    let Some(Some(base)) = outcome.arms.get(trial.baseline) else {
        return;
    };
    for (i, compared) in outcome.compared.iter().enumerate() {
        let (Some(compared), Some(Some(arm))) =
            (compared as &Option<Compared>, outcome.arms.get(i))
        else {
            continue;
        };
        all.push(Statement {
            // Of a split that is not the planned one nothing is claimed.
            decision: if trial.mismatched() {
                Decision::NoEvidence
            } else {
                compared.decision(outcome.lower_is_better)
            },
            obstacle: compared.evidence(outcome.lower_is_better).obstacle(),
            area: Area::Trials,
            system: trial.arms[i].name.clone(),
            baseline: trial.arms[trial.baseline].name.clone(),
            measure: Measure::Outcome {
                trial: trial.name.clone(),
                name: outcome.name.clone(),
            },
            slice: slice.clone(),
            values: [base.value, arm.value],
            difference: compared.difference,
            interval: if trial.mismatched() {
                None
            } else {
                compared.interval
            },
            p_value: compared.p_corrected,
            count: compared.units,
            needed: compared.needed,
            size: None,
            bearing: None,
            unit: if outcome.is_share {
                Unit::Share
            } else {
                Unit::Plain
            },
            lower_is_better: outcome.lower_is_better,
            link: format!("/business?trial={place}"),
        });
    }
}
