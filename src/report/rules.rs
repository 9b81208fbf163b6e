//! The verdict: statements out of results, each by a rule that ARCHITECTURE.md tells in words. Nothing is
//! claimed whose corrected p-value is not below 5 %; where it is not, "not enough data" is the statement,
//! with how much would be.

use super::content::{Content, MetricPart};
use super::goals::{Goal, Measure, Met, met, together};
use crate::evaluation::SliceKind;
use crate::training::findings::Finding;
use crate::trials::compare::{ALPHA, Compared, Ruling};
use crate::trials::view::{OutcomeView, TrialView};
use serde::{Deserialize, Serialize};

/// Standard errors of a 95 % interval's half, and those that 80 % power takes.
const HALF: f64 = 1.959_963_984_540_054;
const POWER_80: f64 = HALF + 0.841_621_233_572_914;
/// Rows below which what is said of outputs is said with a warning.
pub const FEW_ROWS: usize = 100;

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

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Shares, written in percent, differences in points.
    Share,
    /// Scores up to 100.
    Hundred,
    /// Anything else.
    Plain,
}

/// A statement on one measure of one system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// What it says.
    pub ruling: Ruling,
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
    /// How values are written.
    pub unit: Unit,
    /// Whether a lower value is the better one.
    pub lower_is_better: bool,
    /// The evidence's address behind `#`.
    pub link: String,
}

/// A goal and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The goal.
    pub goal: Goal,
    /// What it comes to.
    pub met: Met,
    /// What is known of its measure; nothing where it is not there.
    pub statement: Option<Statement>,
}

/// Something to know beside the statements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Note {
    /// The split of a trial is not the planned one.
    Mismatch {
        /// The trial.
        trial: String,
        /// The p-value.
        p_value: f64,
    },
    /// A run's curves say something.
    Training {
        /// The run.
        run: String,
        /// What.
        finding: Finding,
    },
    /// The checkpoint that was evaluated is not the one with the best validation loss.
    NotTheBest {
        /// The run.
        run: String,
        /// The step that was evaluated.
        evaluated: f64,
        /// The step of the best.
        best: f64,
    },
    /// Few rows.
    Few {
        /// How many.
        rows: usize,
    },
    /// Blank outputs.
    Blank {
        /// The system.
        system: String,
        /// How many.
        count: usize,
    },
    /// Rows were set aside.
    SetAside {
        /// How many.
        count: usize,
    },
}

/// The verdict.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// All goals together; nothing without goals.
    pub overall: Option<Met>,
    /// Each goal.
    pub goals: Vec<Judged>,
    /// What got better beyond chance, the surest first.
    pub better: Vec<Statement>,
    /// What got worse beyond chance.
    pub worse: Vec<Statement>,
    /// What can't be told.
    pub undecided: Vec<Statement>,
    /// What to know besides.
    pub notes: Vec<Note>,
    /// What it rests on: files with their rows, trials with their units.
    pub rests_on: Vec<(String, f64)>,
}

/// Passes the verdict.
pub fn verdict(content: &Content) -> Verdict {
    let all = statements(content);
    let goals: Vec<Judged> = content
        .goals
        .goals
        .iter()
        .map(|goal| judged(goal, &all))
        .collect();
    let each: Vec<Met> = goals.iter().map(|g| g.met).collect();
    let (mut better, mut worse, mut undecided) = (Vec::new(), Vec::new(), Vec::new());
    for statement in all {
        match statement.ruling {
            Ruling::Better => better.push(statement),
            Ruling::Worse => worse.push(statement),
            // Of slices only what is beyond chance is told: a list of all would bury the rest.
            Ruling::Undecided if statement.slice.is_none() => undecided.push(statement),
            Ruling::Undecided => {}
        }
    }
    for list in [&mut better, &mut worse] {
        list.sort_by(|a, b| {
            let p = |s: &Statement| s.p_value.unwrap_or(1.0);
            a.slice
                .is_some()
                .cmp(&b.slice.is_some())
                .then(p(a).total_cmp(&p(b)))
        });
    }
    Verdict {
        overall: together(&each),
        goals,
        better,
        worse,
        undecided,
        notes: notes(content),
        rests_on: rests_on(content),
    }
}

fn judged(goal: &Goal, all: &[Statement]) -> Judged {
    let of =
        |s: &&Statement| s.slice.is_none() && s.measure == goal.measure && s.system == goal.system;
    let statement = all.iter().find(of).cloned();
    let state = statement.as_ref().map_or(Met::Undecided, |s| {
        // What is the same throughout has no interval and is the same.
        let known = s
            .interval
            .or((s.difference == 0.0 && s.p_value.is_some()).then_some([0.0, 0.0]));
        met(goal.least, known, s.lower_is_better)
    });
    Judged {
        goal: goal.clone(),
        met: state,
        statement,
    }
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
    let ruled = |difference: f64, p: Option<f64>| match p {
        Some(p) if p < ALPHA && difference != 0.0 => {
            if (difference > 0.0) != lower {
                Ruling::Better
            } else {
                Ruling::Worse
            }
        }
        _ => Ruling::Undecided,
    };
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
            ruling: ruled(d.value, d.p_corrected),
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
            count,
            needed: needed(d.value, d.interval, count),
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
                ruling: ruled(d.value, d.p_corrected),
                slice: Some([slice.column.clone(), slice.value.clone()]),
                values: [base.score, slice.score],
                difference: d.value,
                interval: d.interval,
                p_value: d.p_corrected,
                count: slice.segments as f64,
                needed: needed(d.value, d.interval, slice.segments as f64),
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

/// Letters of an address for a text.
fn escaped(text: &str) -> String {
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

fn needed(difference: f64, interval: Option<[f64; 2]>, count: f64) -> Option<f64> {
    let [low, high] = interval?;
    let error = (high - low) / (2.0 * HALF);
    let n = count * (POWER_80 * error / difference).powi(2);
    (difference != 0.0 && n.is_finite() && n > 0.0).then(|| n.ceil())
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
            ruling: if trial.mismatched() {
                Ruling::Undecided
            } else {
                compared.ruling(outcome.lower_is_better)
            },
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

fn rests_on(content: &Content) -> Vec<(String, f64)> {
    let outputs = content.data.iter().filter(|_| !content.metrics.is_empty());
    let outputs = outputs.map(|d| (d.files.join(", "), d.rows as f64));
    // Of pairs every arm has the same units.
    let units = |t: &TrialView| {
        let each = t.arms.iter().map(|a| a.units);
        if t.paired {
            each.fold(0.0, f64::max)
        } else {
            each.sum()
        }
    };
    let trials = content.trials.iter().map(|t| (t.name.clone(), units(t)));
    outputs.chain(trials).collect()
}

fn notes(content: &Content) -> Vec<Note> {
    let mut notes = Vec::new();
    for trial in content.trials.iter().filter(|t| t.mismatched()) {
        notes.extend(trial.split.map(|p_value| Note::Mismatch {
            trial: trial.name.clone(),
            p_value,
        }));
    }
    for run in &content.runs {
        notes.extend(run.findings.iter().map(|finding| Note::Training {
            run: run.name.clone(),
            finding: finding.clone(),
        }));
        let loss = run.losses[1].as_ref();
        let best = loss
            .and_then(|name| run.best.iter().find(|b| b.series == *name))
            .and_then(|b| b.at.step);
        if let Some((evaluated, best)) = run.evaluated.zip(best).filter(|(a, b)| a != b) {
            notes.push(Note::NotTheBest {
                run: run.name.clone(),
                evaluated,
                best,
            });
        }
    }
    if let Some(data) = &content.data {
        if !content.metrics.is_empty() && data.rows < FEW_ROWS {
            notes.push(Note::Few { rows: data.rows });
        }
        let blanks = data
            .systems
            .iter()
            .zip(&data.blanks)
            .filter(|(_, n)| **n > 0);
        notes.extend(blanks.map(|(system, count)| Note::Blank {
            system: system.clone(),
            count: *count,
        }));
        if data.problems > 0 {
            notes.push(Note::SetAside {
                count: data.problems,
            });
        }
    }
    notes
}
