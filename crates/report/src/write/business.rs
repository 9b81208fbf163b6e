//! A report's part on a trial: outcomes, segments, efficiency, the funnel.

use super::super::document::{Cell, Document, number, words};
use super::super::goals::Measure;
use super::super::rules::{Statement, Unit, Verdict};
use super::super::written::{between, bounds, change_within, p_value, plain, value_within};
use super::looks;
use super::outputs::dots;
use super::slices::{SLICE_ROWS, more_slices};
use assay_experiment::compare::{Compared, Method, Untested};
use assay_experiment::efficiency::PARTS;
use assay_experiment::view::TrialView;
use assay_locale::Locale;
use assay_stats::Decision;

/// How a comparison was tested.
pub fn method(t: &Locale, method: Method) -> String {
    t.text(match method {
        Method::Shares => "method-shares",
        Method::Means => "method-means",
        Method::PairedShares => "mcnemar",
        Method::PairedMeans => "method-paired-means",
        Method::Clustered => "method-clustered",
    })
}

/// What a reader has to know of the units and outcomes that were not compared, in sentences.
pub fn units_notes(t: &Locale, trial: &TrialView) -> Vec<String> {
    let mut notes = Vec::new();
    if trial.crossed > 0 {
        let words = [
            ("count", t.count(trial.crossed)),
            ("total", t.count(trial.units)),
        ];
        notes.push(t.with("trial-crossed", &words));
    }
    if trial.unpaired > 0 {
        notes.push(t.with("trial-unpaired", &[("count", t.count(trial.unpaired))]));
    }
    for (reason, key) in [
        (Untested::Sum, "trial-sums"),
        (Untested::FewUnits, "trial-few-units"),
    ] {
        let of = trial.outcomes.iter();
        let of = of.filter(|outcome| outcome.untested == Some(reason));
        let names: Vec<String> = of.map(|outcome| outcome.name.clone()).collect();
        if !names.is_empty() {
            let outcomes = names.join(&t.text("list-comma"));
            notes.push(t.with(key, &[("outcomes", outcomes)]));
        }
    }
    notes
}

/// Writes it.
pub(super) fn business(doc: &mut Document, trial: &TrialView, verdict: &Verdict, t: &Locale) {
    doc.heading(
        2,
        t.with(
            "report-trial",
            &[("name", assay_data::import::stem(&trial.name).to_owned())],
        ),
    );
    let arms = trial
        .arms
        .iter()
        .map(|a| format!("{} ({})", a.name, t.count(a.units as usize)));
    let arms = arms.collect::<Vec<_>>().join(", ");
    let key = if trial.paired {
        "report-arms-paired"
    } else {
        "report-arms"
    };
    doc.paragraph(
        t.with(
            key,
            &[
                ("arms", arms),
                (
                    "baseline",
                    trial
                        .arms
                        .get(trial.baseline)
                        .map_or(String::new(), |a| a.name.clone()),
                ),
            ],
        ),
    );
    if let Some(p) = trial.split.filter(|_| trial.mismatched()) {
        let words = [("trial", trial.name.clone()), ("p", p_value(p))];
        doc.paragraph(t.with("note-mismatch", &words));
    }
    for note in units_notes(t, trial) {
        doc.paragraph(note);
    }
    outcome_table(doc, trial, t);
    looks::of_trial(doc, trial, t);
    let of = |s: &&Statement| {
        s.slice.is_none()
            && matches!(&s.measure, Measure::Outcome { trial: name, .. } if *name == trial.name)
    };
    let all = || {
        verdict
            .better
            .iter()
            .chain(&verdict.worse)
            .chain(&verdict.undecided)
            .filter(of)
    };
    dots(
        doc,
        t,
        all().filter(|s| s.unit == Unit::Share),
        t.text("chart-shares"),
    );
    segment_table(doc, trial, t);
    efficiency_tables(doc, trial, t);
    if let Some(funnel) = &trial.funnel {
        let mut head = vec![words(t.text("arm")), number(t.text("funnel-start"))];
        head.extend(funnel.steps.iter().map(|s| number(s.clone())));
        let rows = trial.arms.iter().zip(&funnel.arms).map(|(arm, counts)| {
            let first = counts.first().copied().unwrap_or_default();
            let mut row = vec![words(arm.name.clone())];
            row.extend(counts.iter().enumerate().map(|(i, n)| {
                let share = if i == 0 {
                    String::new()
                } else {
                    format!(" ({:.1} %)", 100.0 * n / first)
                };
                number(format!("{}{share}", t.count(*n as usize)))
            }));
            row
        });
        doc.table(t.text("funnel"), head, rows.collect());
    }
}

fn outcome_table(doc: &mut Document, trial: &TrialView, t: &Locale) {
    let head = vec![
        words(t.text("outcome")),
        words(t.text("arm")),
        number(t.text("value")),
        number(t.text("difference")),
        number(t.text("report-test")),
        words(t.text("method")),
    ];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for outcome in &trial.outcomes {
        let unit = if outcome.is_share {
            Unit::Share
        } else {
            Unit::Plain
        };
        let arrow = if outcome.lower_is_better {
            "↓"
        } else {
            "↑"
        };
        for (i, arm) in trial.arms.iter().enumerate() {
            let Some(Some(measured)) = outcome.arms.get(i) else {
                continue;
            };
            let ends = bounds(measured.interval, unit)
                .map_or(String::new(), |[a, b]| format!(" [{a}, {b}]"));
            let compared = outcome.compared[i].as_ref();
            let difference = compared.map_or(String::new(), |c| {
                format!(
                    "{} {}",
                    change_within(c.difference, unit, c.interval),
                    between(c.interval, unit)
                )
            });
            rows.push(vec![
                words(format!("{} {arrow}", outcome.name)),
                words(arm.name.clone()),
                number(format!(
                    "{}{ends}",
                    value_within(measured.value, unit, measured.interval)
                )),
                number(difference.trim_end()),
                number(
                    compared
                        .and_then(|c| c.p_corrected)
                        .map_or(String::new(), p_value),
                ),
                words(compared.map_or(String::new(), |c| method(t, c.method))),
            ]);
        }
    }
    doc.table(t.text("outcomes-caption"), head, rows);
}

fn segment_table(doc: &mut Document, trial: &TrialView, t: &Locale) {
    let mut rows = Vec::new();
    for segment in &trial.segments {
        for outcome in &segment.outcomes {
            let unit = if outcome.is_share {
                Unit::Share
            } else {
                Unit::Plain
            };
            for (i, compared) in outcome.compared.iter().enumerate() {
                let compared: &Option<Compared> = compared;
                let Some(c) = compared
                    .as_ref()
                    .filter(|c| c.decision(outcome.lower_is_better) != Decision::NoEvidence)
                else {
                    continue;
                };
                rows.push(vec![
                    words(format!("{} = {}", segment.column, segment.value)),
                    words(outcome.name.clone()),
                    words(trial.arms[i].name.clone()),
                    number(format!(
                        "{} {}",
                        change_within(c.difference, unit, c.interval),
                        between(c.interval, unit)
                    )),
                    number(c.p_corrected.map_or(String::new(), p_value)),
                ]);
            }
        }
    }
    let head = vec![
        words(t.text("slice")),
        words(t.text("outcome")),
        words(t.text("arm")),
        number(t.text("difference")),
        number(t.text("report-test")),
    ];
    let all = rows.len();
    rows.truncate(SLICE_ROWS);
    doc.table(t.text("segments-caption"), head, rows);
    more_slices(doc, all, t);
}

fn efficiency_tables(doc: &mut Document, trial: &TrialView, t: &Locale) {
    let mut head = vec![words(t.text("measure")), words(t.text("arm"))];
    head.extend(
        PARTS
            .iter()
            .map(|p| number(format!("p{}", (100.0 * p).round()))),
    );
    let mut rows = Vec::new();
    for spread in &trial.spreads {
        for (arm, estimates) in trial
            .arms
            .iter()
            .zip(&spread.arms)
            .filter(|(_, estimates)| !estimates.is_empty())
        {
            let mut row = vec![words(spread.name.clone()), words(arm.name.clone())];
            row.extend(estimates.iter().map(|p| {
                let ends = p.interval.map_or(String::new(), |[a, b]| {
                    format!(" [{}, {}]", plain(a), plain(b))
                });
                number(format!("{}{ends}", plain(p.value)))
            }));
            rows.push(row);
        }
    }
    doc.table(t.text("percentiles-caption"), head, rows);
    let mut rows = Vec::new();
    for per in &trial.per_success {
        for (i, arm) in trial.arms.iter().enumerate() {
            let Some(Some(estimate)) = per.arms.get(i) else {
                continue;
            };
            let ends = estimate.interval.map_or(String::new(), |[a, b]| {
                format!(" [{}, {}]", plain(a), plain(b))
            });
            rows.push(vec![
                words(t.with(
                    "per-success",
                    &[("cost", per.cost.clone()), ("success", per.success.clone())],
                )),
                words(arm.name.clone()),
                number(format!("{}{ends}", plain(estimate.value))),
            ]);
        }
    }
    let head = vec![
        words(t.text("measure")),
        words(t.text("arm")),
        number(t.text("value")),
    ];
    doc.table(t.text("per-success-caption"), head, rows);
}
