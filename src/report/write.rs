//! The report itself: what was found, in the order in which someone who was not there wants to know it.

use super::content::Content;
use super::document::{Cell, Chart, ChartDot, ChartLine, Document, number, words};
use super::goals::Met;
use super::rules::{Area, Note, Statement, Unit, Verdict};
use super::written::{
    between, bounds, change, change_within, evidence, finding, measure, met_key, note, p_value,
    plain, statement, value_within,
};
use crate::locale::Locale;
use crate::trials::compare::{Compared, Method, Ruling};
use crate::trials::efficiency::PARTS;
use crate::trials::view::TrialView;

/// Sentences on slices that are told one by one.
const SLICES: usize = 5;
/// Rows of a table of slices.
const SLICE_ROWS: usize = 30;

/// Writes the report in the locale's language.
pub fn write(content: &Content, verdict: &Verdict, t: &Locale) -> Document {
    let mut doc = Document {
        language: t.language.tag().to_owned(),
        blocks: Vec::new(),
    };
    doc.heading(1, title(content, t));
    if !content.goals.purpose.trim().is_empty() {
        doc.paragraph(t.with(
            "report-purpose",
            &[("purpose", content.goals.purpose.trim().to_owned())],
        ));
    }
    answer(&mut doc, verdict, t);
    goals(&mut doc, verdict, t);
    data(&mut doc, content, t);
    metrics(&mut doc, content, verdict, t);
    content
        .trials
        .iter()
        .for_each(|trial| business(&mut doc, trial, verdict, t));
    training(&mut doc, content, t);
    methods(&mut doc, content, t);
    doc
}

fn title(content: &Content, t: &Locale) -> String {
    match &content.data {
        Some(data) if data.systems.len() > 1 => {
            let base = data
                .systems
                .get(content.baseline)
                .cloned()
                .unwrap_or_default();
            let others: Vec<String> = data
                .systems
                .iter()
                .filter(|s| **s != base)
                .cloned()
                .collect();
            t.with(
                "report-title",
                &[("systems", others.join(", ")), ("baseline", base)],
            )
        }
        _ => t.text("report-title-plain"),
    }
}

/// The answer in a few sentences.
pub fn answer_sentences(verdict: &Verdict, t: &Locale) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(overall) = verdict.overall {
        all.push(t.text(match overall {
            Met::Pass => "overall-pass",
            Met::Fail => "overall-fail",
            Met::Undecided => "overall-undecided",
        }));
    }
    let whole = |list: &[Statement]| list.iter().filter(|s| s.slice.is_none()).count();
    let counts = [
        ("better", t.count(whole(&verdict.better))),
        ("worse", t.count(whole(&verdict.worse))),
        ("undecided", t.count(verdict.undecided.len())),
    ];
    let some = whole(&verdict.better) + whole(&verdict.worse) + verdict.undecided.len() > 0;
    if some {
        all.push(t.with("report-counts", &counts));
    }
    let on = verdict
        .rests_on
        .iter()
        .map(|(name, n)| format!("{name} (n = {})", t.count(*n as usize)));
    let on: Vec<String> = on.collect();
    if !on.is_empty() {
        all.push(t.with("report-on", &[("data", on.join(&t.text("list-comma")))]));
    }
    all
}

fn answer(doc: &mut Document, verdict: &Verdict, t: &Locale) {
    doc.heading(2, t.text("report-answer"));
    answer_sentences(verdict, t)
        .into_iter()
        .for_each(|s| doc.paragraph(s));
    let told = |list: &[Statement]| -> Vec<String> {
        let (whole, slices): (Vec<&Statement>, Vec<&Statement>) =
            list.iter().partition(|s| s.slice.is_none());
        whole
            .into_iter()
            .chain(slices.into_iter().take(SLICES))
            .map(|s| statement(t, s))
            .collect()
    };
    for (key, list) in [
        ("report-improved", &verdict.better),
        ("report-worsened", &verdict.worse),
    ] {
        let items = told(list);
        if !items.is_empty() {
            doc.heading(3, t.text(key));
            doc.list(items);
            let left = list
                .iter()
                .filter(|s| s.slice.is_some())
                .count()
                .saturating_sub(SLICES);
            if left > 0 {
                doc.paragraph(t.with("report-more-slices", &[("count", t.count(left))]));
            }
        }
    }
    if !verdict.undecided.is_empty() {
        doc.heading(3, t.text("report-unknown"));
        doc.list(verdict.undecided.iter().map(|s| statement(t, s)).collect());
    }
    if !verdict.notes.is_empty() {
        doc.heading(3, t.text("report-notes"));
        doc.list(verdict.notes.iter().map(|n| note(t, n)).collect());
    }
    let next = next_steps(verdict, t);
    if !next.is_empty() {
        doc.heading(3, t.text("report-next"));
        doc.list(next);
    }
}

/// What to look at next, by rule: what got worse first, then what spoils the comparison, then what lacks
/// data.
pub fn next_steps(verdict: &Verdict, t: &Locale) -> Vec<String> {
    let mut all = Vec::new();
    let mismatch = verdict
        .notes
        .iter()
        .any(|n| matches!(n, Note::Mismatch { .. }));
    if mismatch {
        all.push(t.text("next-mismatch"));
    }
    if let Some(worst) = verdict.worse.first() {
        let words = [
            ("measure", measure(&worst.measure)),
            ("system", worst.system.clone()),
        ];
        all.push(t.with("next-worse", &words));
    }
    let best = verdict
        .notes
        .iter()
        .any(|n| matches!(n, Note::NotTheBest { .. }));
    let overfit = verdict.notes.iter().any(|n| {
        matches!(
            n,
            Note::Training {
                finding: crate::training::findings::Finding::Overfit { .. },
                ..
            }
        )
    });
    if best || overfit {
        all.push(t.text("next-checkpoint"));
    }
    let lacking = verdict
        .undecided
        .iter()
        .filter_map(|s| Some((s, s.needed?)));
    if let Some((s, needed)) =
        lacking.min_by(|a, b| (a.1 / a.0.count.max(1.0)).total_cmp(&(b.1 / b.0.count.max(1.0))))
    {
        let words = [
            ("measure", measure(&s.measure)),
            ("needed", t.count(needed as usize)),
        ];
        all.push(t.with("next-data", &words));
    }
    if verdict.overall.is_none() {
        all.push(t.text("next-goals"));
    }
    all
}

fn goals(doc: &mut Document, verdict: &Verdict, t: &Locale) {
    if verdict.goals.is_empty() {
        return;
    }
    doc.heading(2, t.text("report-goals"));
    let head = vec![
        words(t.text("goal")),
        number(t.text("goal-least")),
        number(t.text("difference")),
        number(t.text("interval")),
        words(t.text("goal-state")),
    ];
    let rows = verdict.goals.iter().map(|judged| {
        let s = judged.statement.as_ref();
        let unit = s.map_or(Unit::Plain, |s| s.unit);
        vec![
            words(format!(
                "{} · {}",
                measure(&judged.goal.measure),
                judged.goal.system
            )),
            number(change(judged.goal.least, unit)),
            number(s.map_or("–".to_owned(), |s| change(s.difference, unit))),
            number(s.map_or(String::new(), |s| between(s.interval, unit))),
            words(t.text(met_key(judged.met))),
        ]
    });
    doc.table(t.text("goals-caption"), head, rows.collect());
    if verdict.goals.iter().any(|g| g.goal.after_results) {
        doc.paragraph(t.text("goals-after"));
    }
}

fn data(doc: &mut Document, content: &Content, t: &Locale) {
    let Some(data) = &content.data else {
        return;
    };
    doc.heading(2, t.text("report-data"));
    let facts = [
        ("files", data.files.join(", ")),
        ("rows", t.count(data.rows)),
        ("systems", data.systems.join(", ")),
        ("digest", data.digest.clone()),
    ];
    doc.paragraph(t.with("report-data-is", &facts));
}

fn metrics(doc: &mut Document, content: &Content, verdict: &Verdict, t: &Locale) {
    if content.metrics.is_empty() {
        return;
    }
    doc.heading(2, t.text("report-metrics"));
    let systems: Vec<&str> = content.metrics[0]
        .result
        .systems
        .iter()
        .map(|s| s.name.as_str())
        .collect();
    let mut head = vec![words(t.text("measure"))];
    head.extend(systems.iter().map(|s| number(*s)));
    let rows = content.metrics.iter().map(|part| {
        let arrow = if part.result.lower_is_better {
            "↓"
        } else {
            "↑"
        };
        let mut row = vec![words(format!("{} {arrow}", part.result.name))];
        row.extend(part.result.systems.iter().map(|system| {
            let max = part.result.max;
            let digits = if max > 1.0 && max <= 100.0 { 2 } else { 4 };
            let around = system
                .interval
                .map_or(String::new(), |i| format!(" ± {:.digits$}", i.half_width()));
            let tested = system.comparison.as_ref().map_or(String::new(), |c| {
                let d = c.difference;
                let p = d.p_corrected.map_or(String::new(), |p| {
                    format!("{}{}", t.text("comma"), p_value(p))
                });
                format!(" ({:+.digits$}{p})", d.value)
            });
            number(format!("{:.digits$}{around}{tested}", system.score.value))
        }));
        row
    });
    doc.table(t.text("metrics-caption"), head, rows.collect());
    let of = |s: &&Statement| s.area != Area::Trials && s.slice.is_none();
    for (unit, key) in [
        (Unit::Hundred, "chart-hundred"),
        (Unit::Plain, "chart-plain"),
    ] {
        let all = verdict
            .better
            .iter()
            .chain(&verdict.worse)
            .chain(&verdict.undecided);
        dots(
            doc,
            t,
            all.filter(of).filter(|s| s.unit == unit),
            t.text(key),
        );
    }
    let slices: Vec<&Statement> = verdict
        .better
        .iter()
        .chain(&verdict.worse)
        .filter(|s| s.area != Area::Trials && s.slice.is_some())
        .collect();
    if !slices.is_empty() {
        let head = vec![
            words(t.text("slice")),
            words(t.text("measure")),
            words(t.text("report-system")),
            number(t.text("difference")),
            number(t.text("report-test")),
            number(t.text("report-count")),
        ];
        let rows = slices.iter().take(SLICE_ROWS).map(|s| {
            let name = s
                .slice
                .as_ref()
                .map_or(String::new(), |[c, v]| format!("{c} = {v}"));
            vec![
                words(name),
                words(measure(&s.measure)),
                words(s.system.clone()),
                number(change_within(s.difference, s.unit, s.interval)),
                number(evidence(t, s)),
                number(t.count(s.count as usize)),
            ]
        });
        doc.table(t.text("slices-caption"), head, rows.collect());
        more_slices(doc, slices.len(), t);
    }
}

/// Says how many slices a table leaves out.
fn more_slices(doc: &mut Document, all: usize, t: &Locale) {
    if all > SLICE_ROWS {
        doc.paragraph(t.with(
            "report-more-slices",
            &[("count", t.count(all - SLICE_ROWS))],
        ));
    }
}

/// A chart of differences; of what has an interval.
fn dots<'a>(
    doc: &mut Document,
    t: &Locale,
    all: impl Iterator<Item = &'a Statement>,
    caption: String,
) {
    let dots: Vec<ChartDot> = all
        .filter_map(|s| {
            let scale = if s.unit == Unit::Share { 100.0 } else { 1.0 };
            Some(ChartDot {
                name: format!("{} · {}", measure(&s.measure), s.system),
                value: scale * s.difference,
                interval: s.interval?.map(|e| scale * e),
                written: change_within(s.difference, s.unit, s.interval),
                ruling: match s.ruling {
                    Ruling::Better => 1,
                    Ruling::Worse => -1,
                    Ruling::Undecided => 0,
                },
            })
        })
        .collect();
    if !dots.is_empty() {
        let chart = Chart::Dots {
            axis: t.text("chart-difference"),
            dots,
        };
        doc.blocks
            .push(super::document::Block::Chart { caption, chart });
    }
}

/// How a comparison was tested.
pub fn method(t: &Locale, method: Method) -> String {
    t.text(match method {
        Method::Shares => "method-shares",
        Method::Means => "method-means",
        Method::PairedShares => "method-paired-shares",
        Method::PairedMeans => "method-paired-means",
        Method::Clustered => "method-clustered",
    })
}

fn business(doc: &mut Document, trial: &TrialView, verdict: &Verdict, t: &Locale) {
    doc.heading(
        2,
        t.with(
            "report-trial",
            &[("name", crate::dataset::import::stem(&trial.name).to_owned())],
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
    outcome_table(doc, trial, t);
    let of = |s: &&Statement| {
        s.slice.is_none()
            && matches!(&s.measure, super::goals::Measure::Outcome { trial: name, .. } if *name == trial.name)
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
        doc.table(t.text("funnel-caption"), head, rows.collect());
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
                    .filter(|c| c.ruling(outcome.lower_is_better) != Ruling::Undecided)
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
        for (arm, told) in trial
            .arms
            .iter()
            .zip(&spread.arms)
            .filter(|(_, told)| !told.is_empty())
        {
            let mut row = vec![words(spread.name.clone()), words(arm.name.clone())];
            row.extend(told.iter().map(|p| {
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
            let Some(Some(told)) = per.arms.get(i) else {
                continue;
            };
            let ends = told.interval.map_or(String::new(), |[a, b]| {
                format!(" [{}, {}]", plain(a), plain(b))
            });
            rows.push(vec![
                words(t.with(
                    "per-success",
                    &[("cost", per.cost.clone()), ("success", per.success.clone())],
                )),
                words(arm.name.clone()),
                number(format!("{}{ends}", plain(told.value))),
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

fn training(doc: &mut Document, content: &Content, t: &Locale) {
    if content.runs.is_empty() {
        return;
    }
    doc.heading(2, t.text("training"));
    let said = content
        .runs
        .iter()
        .flat_map(|run| run.findings.iter().map(|f| finding(t, &run.name, f)));
    doc.list(said.collect());
    let head = vec![
        words(t.text("run")),
        number(t.text("run-steps")),
        number(t.text("run-train-loss")),
        number(t.text("run-best-loss")),
        number(t.text("run-perplexity")),
        number(t.text("run-evaluated")),
    ];
    let rows = content.runs.iter().map(|run| {
        let best = run.losses[1]
            .as_ref()
            .and_then(|name| run.best.iter().find(|b| b.series == *name));
        let dash = || "–".to_owned();
        vec![
            words(run.name.clone()),
            number(run.steps.map_or_else(dash, |s| t.count(s as usize))),
            number(run.train_loss.map_or_else(dash, plain)),
            number(best.map_or_else(dash, |b| {
                format!("{} ({})", plain(b.value), super::written::place(t, &b.at))
            })),
            number(best.map_or_else(dash, |b| plain(b.value.exp()))),
            number(run.evaluated.map_or_else(dash, |s| t.count(s as usize))),
        ]
    });
    doc.table(t.text("runs-caption"), head, rows.collect());
    let lines: Vec<ChartLine> = content
        .curves
        .iter()
        .map(|curve| {
            let run = content.runs.get(curve.run);
            ChartLine {
                name: format!("{} {}", run.map_or("", |r| r.name.as_str()), curve.series),
                place: curve.run,
                dashed: run.is_some_and(|r| r.losses[1].as_deref() == Some(curve.series.as_str())),
                points: curve.points.clone(),
            }
        })
        .collect();
    if !lines.is_empty() {
        let chart = Chart::Lines {
            axes: [t.text("axis-step"), t.text("loss")],
            lines,
        };
        doc.blocks.push(super::document::Block::Chart {
            caption: t.text("curves-caption"),
            chart,
        });
    }
}

fn methods(doc: &mut Document, content: &Content, t: &Locale) {
    doc.heading(2, t.text("report-methods"));
    doc.paragraph(t.text("report-rules"));
    if !content.metrics.is_empty() {
        let test = match content.test.kind {
            crate::stats::PairedTestKind::Bootstrap => "test-bs",
            crate::stats::PairedTestKind::Randomization => "test-ar",
        };
        let words = [
            ("test", t.text(test)),
            ("samples", t.count(content.test.samples)),
            ("seed", content.test.seed.to_string()),
        ];
        doc.paragraph(t.with("report-test-is", &words));
        let signatures = content
            .metrics
            .iter()
            .map(|m| format!("{}: {}", m.result.name, m.result.signature));
        doc.list(signatures.collect());
    }
    let words = [
        ("version", content.version.clone()),
        ("day", content.day.clone()),
    ];
    doc.paragraph(t.with("report-made", &words));
}
