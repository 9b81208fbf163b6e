//! A report's part on what may stop: differences with p-values and intervals that hold however often one looks.

use super::super::document::{Cell, Document, number, words};
use super::super::rules::Unit;
use super::super::stopping::{Counted, stopping};
use super::super::written::{between, p_value};
use assay_experiment::view::{OutcomeView, TrialView};
use assay_locale::Locale;
use assay_rating::analysis::stopping::RatingLook;
use assay_stats::Sequential;

/// A difference with what may be done about it.
struct Look {
    measure: String,
    compared: String,
    sequential: Sequential,
    unit: Unit,
    said: String,
}

/// Writes what units of a trial say at any look; nothing where none can be said of.
pub(super) fn of_trial(doc: &mut Document, trial: &TrialView, t: &Locale) {
    let outcomes = trial.outcomes.iter();
    let looks: Vec<Look> = outcomes.flat_map(|o| of_outcome(trial, o, t)).collect();
    write(doc, &looks, ["outcome", "stopping-note"], t);
}

fn of_outcome(trial: &TrialView, outcome: &OutcomeView, t: &Locale) -> Vec<Look> {
    let unit = if outcome.is_share {
        Unit::Share
    } else {
        Unit::Plain
    };
    let base = trial.arms.get(trial.baseline);
    let base = base.map_or_else(String::new, |arm| arm.name.clone());
    let arms = trial.arms.iter().zip(&outcome.compared);
    let look = arms.filter_map(|(arm, compared)| {
        let compared = compared.as_ref()?;
        let sequential = compared.sequential?;
        let evidence = compared.sequential_evidence(outcome.lower_is_better)?;
        let interval = between(Some(sequential.interval), unit);
        Some(Look {
            measure: outcome.name.clone(),
            compared: against(t, &arm.name, &base),
            sequential,
            unit,
            said: stopping(
                t,
                &sequential,
                evidence,
                Counted::Units,
                compared.units,
                interval,
            ),
        })
    });
    look.collect()
}

/// Writes what people's ratings say at any look.
pub(super) fn of_ratings(doc: &mut Document, all: &[RatingLook], t: &Locale) {
    let look = |found: &RatingLook| {
        let unit = if found.is_share {
            Unit::Share
        } else {
            Unit::Plain
        };
        let interval = between(Some(found.sequential.interval), unit);
        Look {
            measure: found.dimension.clone(),
            compared: against(t, &found.system, &found.baseline),
            sequential: found.sequential,
            unit,
            said: stopping(
                t,
                &found.sequential,
                found.evidence(),
                Counted::Items,
                found.items as f64,
                interval,
            ),
        }
    };
    let looks: Vec<Look> = all.iter().map(look).collect();
    write(doc, &looks, ["dimension", "stopping-note-people"], t);
}

fn against(t: &Locale, system: &str, baseline: &str) -> String {
    let words = [
        ("system", system.to_owned()),
        ("baseline", baseline.to_owned()),
    ];
    t.with("against", &words)
}

fn write(doc: &mut Document, looks: &[Look], [measure, note]: [&str; 2], t: &Locale) {
    if looks.is_empty() {
        return;
    }
    doc.heading(3, t.text("stopping"));
    let sentence = |look: &Look| {
        let words = [
            ("measure", look.measure.clone()),
            ("compared", look.compared.clone()),
            ("advice", look.said.clone()),
        ];
        t.with("report-look", &words)
    };
    doc.list(looks.iter().map(sentence).collect());
    doc.paragraph(t.text(note));
    let head = vec![
        words(t.text(measure)),
        words(t.text("report-compared")),
        number(t.text("anytime")),
        number(t.text("anytime-interval")),
    ];
    let row = |look: &Look| -> Vec<Cell> {
        let p = look.sequential.p_corrected;
        vec![
            words(look.measure.clone()),
            words(look.compared.clone()),
            number(p.map_or(String::new(), p_value)),
            number(between(Some(look.sequential.interval), look.unit)),
        ]
    };
    doc.table(t.text("stopping"), head, looks.iter().map(row).collect());
}
