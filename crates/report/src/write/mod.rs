//! The report itself: what was found, in the order in which someone who was not there wants to know it.

mod business;
mod headline;
mod looks;
mod outputs;
mod slices;

use super::aim::{Aim, Part};
use super::content::Content;
use super::document::{Chart, ChartLine, Document, number, words};
use super::goals::Met;
use super::rules::{Note, Statement, Unit, Verdict};
use super::written::{
    between, change, finding, measure, met_key, note, plain, resampled_by, statement,
};
use assay_locale::Locale;
pub use business::{method, units_notes};
pub use headline::{Headline, Standing, headline};

/// Sentences on slices that are given one by one.
const SLICES: usize = 5;
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
    if let Some(aim) = content.goals.aim.filter(|aim| *aim != Aim::Open) {
        let question = t.text(&format!("aim-{}", aim.name()));
        doc.paragraph(t.with("report-aim", &[("question", question)]));
    }
    answer(&mut doc, verdict, t);
    goals(&mut doc, verdict, t);
    data(&mut doc, content, t);
    for part in content.goals.aim.unwrap_or(Aim::Open).order() {
        match part {
            Part::Outputs => {
                outputs::metrics(&mut doc, content, verdict, t);
                looks::of_ratings(&mut doc, &content.looks, t);
            }
            Part::Trials => content
                .trials
                .iter()
                .for_each(|trial| business::business(&mut doc, trial, verdict, t)),
            Part::Training => training(&mut doc, content, t),
        }
    }
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
    all.extend(headline(verdict).map(|headline| headline.sentence(t)));
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
    doc.heading(2, t.text("verdict"));
    answer_sentences(verdict, t)
        .into_iter()
        .for_each(|s| doc.paragraph(s));
    let lines = |list: &[Statement]| -> Vec<String> {
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
        let items = lines(list);
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
                finding: assay_training::findings::Finding::Overfit { .. },
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
    doc.heading(2, t.text("goals"));
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
            number(change(judged.goal.least_in(unit), unit)),
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
    doc.heading(2, t.text("data"));
    let facts = [
        ("files", data.files.join(", ")),
        ("rows", t.count(data.rows)),
        ("systems", data.systems.join(", ")),
        ("digest", data.digest.clone()),
    ];
    doc.paragraph(t.with("report-data-is", &facts));
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
        let best = run.best_loss();
        let dash = || "–".to_owned();
        vec![
            words(run.name.clone()),
            number(run.steps.map_or_else(dash, |s| t.count(s as usize))),
            number(run.train_loss.map_or_else(dash, plain)),
            number(best.map_or_else(dash, |b| {
                format!("{} ({})", plain(b.value), super::written::place(t, &b.at))
            })),
            number(run.perplexity().map_or_else(dash, plain)),
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
        // A link may name a tool that is not known here.
        let tool = content.preset.as_ref().map(|name| format!("preset-{name}"));
        if let Some(tool) = tool.filter(|key| t.has(key)) {
            doc.paragraph(t.with("report-preset", &[("tool", t.text(&tool))]));
        }
        let test = match content.test.kind {
            assay_stats::PairedTestKind::Bootstrap => "test-bs",
            assay_stats::PairedTestKind::Randomization => "test-ar",
        };
        let words = [
            ("test", t.text(test)),
            ("samples", t.count(content.test.samples)),
            ("seed", content.test.seed.to_string()),
        ];
        doc.paragraph(t.with("report-test-is", &words));
        let results = || content.metrics.iter().map(|part| &part.result);
        if let Some(by) = results().find_map(|result| result.resampled_by.as_ref()) {
            doc.paragraph(resampled_by(t, by));
        }
        if results().any(|result| result.is_yes_no) {
            doc.paragraph(t.text("yes-no-note"));
        }
        doc.paragraph(t.text("report-signatures"));
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
