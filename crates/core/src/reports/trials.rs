//! The sheets of A/B tests: outcomes under each arm, the same by segments, and funnels; and of people's ratings what holds
//! at any look.

use super::cells::{decision, ends, number, sheet, text};
use assay_containers::{NewCell, NewSheet};
use assay_experiment::view::{OutcomeView, TrialView};
use assay_locale::Locale;
use assay_rating::analysis::stopping::RatingLook;
use assay_report::content::Content;

/// Outcomes under each arm, each arm compared with the baseline.
pub(super) fn outcomes(content: &Content, t: &Locale) -> NewSheet {
    let mut head = vec![t.text("workbook-trial")];
    head.extend(outcome_head(t));
    let mut rows = Vec::new();
    for trial in &content.trials {
        for cells in outcome_rows(trial, &trial.outcomes, t) {
            let mut row = vec![text(&trial.name)];
            row.extend(cells);
            rows.push(row);
        }
    }
    sheet(t.text("trial-outcomes"), &head, rows)
}

/// The same within each segment.
pub(super) fn segments(content: &Content, t: &Locale) -> NewSheet {
    let mut head = vec![
        t.text("workbook-trial"),
        t.text("column"),
        t.text("workbook-segment"),
    ];
    head.extend(outcome_head(t));
    let mut rows = Vec::new();
    for trial in &content.trials {
        for segment in &trial.segments {
            for cells in outcome_rows(trial, &segment.outcomes, t) {
                let mut row = vec![
                    text(&trial.name),
                    text(&segment.column),
                    text(&segment.value),
                ];
                row.extend(cells);
                rows.push(row);
            }
        }
    }
    sheet(t.text("trial-segments"), &head, rows)
}

fn outcome_head(t: &Locale) -> Vec<String> {
    let keys = [
        "outcome",
        "arm",
        "workbook-units",
        "value",
        "workbook-low",
        "workbook-high",
        "baseline",
        "difference",
        "workbook-difference-low",
        "workbook-difference-high",
        "workbook-p",
        "p-corrected",
        "workbook-decision",
        "anytime",
        "workbook-anytime-low",
        "workbook-anytime-high",
    ];
    keys.iter().map(|key| t.text(key)).collect()
}

/// A row for each outcome and arm that has a value. The baseline's have no difference.
fn outcome_rows(trial: &TrialView, outcomes: &[OutcomeView], t: &Locale) -> Vec<Vec<NewCell>> {
    let baseline = trial.arms.get(trial.baseline).map(|arm| &arm.name);
    let mut rows = Vec::new();
    for outcome in outcomes {
        let each = outcome.arms.iter().zip(&outcome.compared);
        for (arm, (measured, compared)) in trial.arms.iter().zip(each) {
            let Some(measured) = measured else {
                continue;
            };
            let [low, high] = ends(measured.interval);
            let compared = compared.as_ref();
            let [from, to] = ends(compared.and_then(|c| c.interval));
            let sequential = compared.and_then(|c| c.sequential);
            let [at_any_from, at_any_to] = ends(sequential.map(|s| s.interval));
            let of = baseline.filter(|_| compared.is_some());
            let decided = compared.map(|c| c.decision(outcome.lower_is_better));
            rows.push(vec![
                text(&outcome.name),
                text(&arm.name),
                number(measured.units),
                number(measured.value),
                low,
                high,
                of.map_or(NewCell::Empty, text),
                number(compared.map(|c| c.difference)),
                from,
                to,
                number(compared.and_then(|c| c.p_value)),
                number(compared.and_then(|c| c.p_corrected)),
                decided.map_or(NewCell::Empty, |d| text(decision(d, t))),
                number(sequential.and_then(|s| s.p_corrected)),
                at_any_from,
                at_any_to,
            ]);
        }
    }
    rows
}

/// A row for each comparison of people's ratings, with what holds however often one looks.
pub(super) fn looks(content: &Content, t: &Locale) -> NewSheet {
    let keys = [
        "dimension",
        "system",
        "baseline",
        "difference",
        "workbook-units",
        "anytime",
        "workbook-anytime-low",
        "workbook-anytime-high",
    ];
    let head: Vec<String> = keys.iter().map(|key| t.text(key)).collect();
    let row = |look: &RatingLook| {
        let [low, high] = look.sequential.interval;
        vec![
            text(&look.dimension),
            text(&look.system),
            text(&look.baseline),
            number(look.difference),
            number(look.items as f64),
            number(look.sequential.p_corrected),
            number(low),
            number(high),
        ]
    };
    let rows = content.looks.iter().map(row).collect();
    sheet(t.text("workbook-looks"), &head, rows)
}

/// A row for each arm and step, with the shares of all and of the step before that came through it.
pub(super) fn funnels(content: &Content, t: &Locale) -> NewSheet {
    let head = [
        t.text("workbook-trial"),
        t.text("arm"),
        t.text("workbook-step"),
        t.text("workbook-units"),
        t.text("workbook-share-of-all"),
        t.text("workbook-share-of-step"),
    ];
    let mut rows = Vec::new();
    for trial in &content.trials {
        let Some(funnel) = &trial.funnel else {
            continue;
        };
        let steps = || std::iter::once(t.text("funnel-start")).chain(funnel.steps.iter().cloned());
        for (arm, counts) in trial.arms.iter().zip(&funnel.arms) {
            for (place, (step, count)) in steps().zip(counts).enumerate() {
                // A share of nobody is undefined.
                let share = |of: f64| number((of > 0.0).then(|| count / of));
                rows.push(vec![
                    text(&trial.name),
                    text(&arm.name),
                    text(step),
                    number(*count),
                    share(counts[0]),
                    match place {
                        0 => NewCell::Empty,
                        place => share(counts[place - 1]),
                    },
                ]);
            }
        }
    }
    sheet(t.text("funnel"), &head, rows)
}
