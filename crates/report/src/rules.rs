//! The verdict: statements out of results, each by a rule that ARCHITECTURE.md states in words. Nothing is
//! claimed whose corrected p-value is not below 5 %; where it is not, "not enough data" is the statement,
//! with how much would be.

use super::content::Content;
use super::goals::{Goal, Met, met, together};
use assay_experiment::view::TrialView;
use assay_sorting::sort_by;
use assay_stats::Decision;
use assay_training::findings::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use super::statements::{Area, Statement, Unit, statements};

/// Rows below which what is said of outputs is said with a warning.
pub const FEW_ROWS: usize = 100;

/// A goal and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The goal.
    pub goal: Goal,
    /// The decision.
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
        /// What they show.
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
    /// What can't be decided.
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
        match statement.decision {
            Decision::Better => better.push(statement),
            Decision::Worse => worse.push(statement),
            // Of slices only what is significant is reported: a list of all would bury the rest.
            Decision::NoEvidence if statement.slice.is_none() => undecided.push(statement),
            Decision::NoEvidence => {}
        }
    }
    // A trial may have arms that are no systems of the outputs: what they did is told after what is reported on.
    let others = other_systems(&better, &worse, &undecided);
    for list in [&mut better, &mut worse, &mut undecided] {
        sort_by(list, |a, b| {
            let p = |s: &Statement| match s.decision {
                Decision::NoEvidence => 0.0,
                _ => s.p_value.unwrap_or(1.0),
            };
            let is_other = |s: &Statement| others.contains(&s.system);
            is_other(a)
                .cmp(&is_other(b))
                .then(a.slice.is_some().cmp(&b.slice.is_some()))
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

/// Systems of which there are statements but none on their outputs, where there are statements on outputs at all.
fn other_systems(
    better: &[Statement],
    worse: &[Statement],
    undecided: &[Statement],
) -> BTreeSet<String> {
    let all = || better.iter().chain(worse).chain(undecided);
    let of_outputs = all().filter(|s| s.area == Area::Outputs);
    let known: BTreeSet<&String> = of_outputs.map(|s| &s.system).collect();
    let unknown = all().map(|s| &s.system).filter(|s| !known.contains(s));
    match known.is_empty() {
        true => BTreeSet::new(),
        false => unknown.cloned().collect(),
    }
}

fn judged(goal: &Goal, all: &[Statement]) -> Judged {
    let meant = |s: &&Statement| s.slice.is_none() && goal.measure.means(&s.measure);
    let asked = goal.system.trim();
    let mut found = all
        .iter()
        .filter(meant)
        .filter(|s| asked.is_empty() || s.system == asked);
    // Of several systems nobody was named: then it is not known who was meant.
    let first = found.next();
    let statement = first
        .filter(|_| !asked.is_empty() || found.next().is_none())
        .cloned();
    // A goal is met by what decides: not by a few rows, nor by a measure that only describes.
    let decides = statement.as_ref().filter(|s| s.obstacle.is_none());
    let state = decides.map_or(Met::Undecided, |s| {
        // What is the same throughout has no interval and is the same.
        let known = s
            .interval
            .or((s.difference == 0.0 && s.p_value.is_some()).then_some([0.0, 0.0]));
        met(goal.least_in(s.unit), known, s.lower_is_better)
    });
    Judged {
        goal: goal.clone(),
        met: state,
        statement,
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
        let best = run.best_loss().and_then(|b| b.at.step);
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
