//! The sheets of a report as a workbook: its sentences, the goals, scores, comparisons and slices, A/B tests, training
//! runs and examples. What is text in the data stays text, and numbers are written in full.

use super::cells::{decision, ends, number, sheet, text};
use super::trials;
use assay_containers::{NewCell, NewSheet};
use assay_locale::Locale;
use assay_protocol::views::Order;
use assay_report::content::{Content, MetricPart};
use assay_report::document::{Block, Document};
use assay_report::rules::{Area, Statement, Unit, Verdict, statements};
use assay_report::written::{measure, met_key};
use assay_results::questions::{PairView, PairsView};
use assay_results::scores::{Comparison, SliceKind, SliceResult};
use assay_training::view::RunView;

/// What a workbook has beside the report's content. A report that came by a link has none of it.
pub(crate) struct Details {
    /// By a measure's name, how the segments of each system compare.
    pub(crate) pairs: Vec<(String, PairsView)>,
    /// Rows of the data.
    pub(crate) examples: Option<Examples>,
}

/// Rows of the data with their scores.
pub(crate) struct Examples {
    /// The columns that come from the data.
    pub(crate) columns: Vec<ExampleName>,
    /// The columns of scores after them.
    pub(crate) scores: Vec<String>,
    /// How they are ordered.
    pub(crate) order: Order,
    /// By which measure of which system.
    pub(crate) by: Option<(String, String)>,
    /// Whether stars, tags and notes stand behind the scores.
    pub(crate) has_annotations: bool,
    /// The rows, with their places in the data.
    pub(crate) rows: Vec<(usize, Vec<NewCell>)>,
    /// How many rows there are in all.
    pub(crate) total: usize,
}

/// What a column of examples is called.
pub(crate) enum ExampleName {
    /// As the column.
    Column(String),
    /// As the system, whose outputs are shown as they are in the file.
    Raw(String),
}

/// A report as sheets; those that would have no rows are left out.
pub(super) fn sheets(
    (content, verdict, document): (&Content, &Verdict, &Document),
    details: Option<&Details>,
    t: &Locale,
) -> Vec<NewSheet> {
    let examples = details.and_then(|d| d.examples.as_ref());
    let pairs = details.map_or(&[][..], |d| &d.pairs);
    let all = [
        sentences(document, examples, t),
        goals(verdict, t),
        scores(content, t),
        comparisons(content, pairs, t),
        slices(content, t),
        trials::looks(content, t),
        trials::outcomes(content, t),
        trials::segments(content, t),
        trials::funnels(content, t),
        runs(content, t),
        examples.map_or_else(NewSheet::default, |examples| example_rows(examples, t)),
    ];
    let filled = all.into_iter().filter(|sheet| !sheet.rows.is_empty());
    filled.collect()
}

/// Every sentence of the report beside the headings that it stands under.
fn sentences(document: &Document, examples: Option<&Examples>, t: &Locale) -> NewSheet {
    let mut rows = Vec::new();
    let mut part = String::new();
    let mut under = |part: &str, sentence: &str| rows.push(vec![text(part), text(sentence)]);
    for block in &document.blocks {
        match block {
            Block::Heading { level: 1, text } => under("", text),
            Block::Heading { text, .. } => part.clone_from(text),
            Block::Paragraph { text } => under(&part, text),
            Block::List { items } => items.iter().for_each(|item| under(&part, item)),
            // Tables are sheets, and what charts show is in them.
            Block::Table { .. } | Block::Chart { .. } => {}
        }
    }
    if let Some(examples) = examples {
        under(&t.text("examples"), &chosen(examples, t));
    }
    sheet(
        t.text("verdict"),
        &[t.text("workbook-part"), t.text("workbook-sentence")],
        rows,
    )
}

/// Which examples there are, and why these.
fn chosen(examples: &Examples, t: &Locale) -> String {
    let (measure, system) = examples.by.clone().unwrap_or_default();
    let key = match examples.order {
        Order::Drop => "workbook-examples-drop",
        Order::Lowest | Order::Highest => "workbook-examples-lowest",
        // Rows that rise most are no order of a workbook.
        Order::File | Order::Rise => "workbook-examples-file",
    };
    let words = [
        ("shown", t.count(examples.rows.len())),
        ("total", t.count(examples.total)),
        ("measure", measure),
        ("system", system),
    ];
    t.with(key, &words)
}

fn goals(verdict: &Verdict, t: &Locale) -> NewSheet {
    let head = [
        t.text("measure"),
        t.text("system"),
        t.text("goal-least"),
        t.text("difference"),
        t.text("workbook-low"),
        t.text("workbook-high"),
        t.text("p-corrected"),
        t.text("goal-state"),
        t.text("workbook-note"),
    ];
    let rows = verdict.goals.iter().map(|judged| {
        let known = judged.statement.as_ref();
        let unit = known.map_or(Unit::Plain, |s| s.unit);
        let [low, high] = ends(known.and_then(|s| s.interval));
        vec![
            text(measure(&judged.goal.measure)),
            text(&judged.goal.system),
            number(judged.goal.least_in(unit)),
            number(known.map(|s| s.difference)),
            low,
            high,
            number(known.and_then(|s| s.p_value)),
            text(t.text(met_key(judged.met))),
            match judged.goal.after_results {
                true => text(t.text("goal-after")),
                false => NewCell::Empty,
            },
        ]
    });
    sheet(t.text("goals"), &head, rows.collect())
}

fn scores(content: &Content, t: &Locale) -> NewSheet {
    let head = [
        t.text("measure"),
        t.text("system"),
        t.text("score"),
        t.text("workbook-low"),
        t.text("workbook-high"),
        t.text("count-column"),
        t.text("workbook-direction"),
        t.text("signature"),
    ];
    let mut rows = Vec::new();
    for part in &content.metrics {
        let result = &part.result;
        for (system, segments) in result.systems.iter().zip(&part.segments) {
            let [low, high] = ends(system.interval.map(|i| [i.low, i.high]));
            rows.push(vec![
                text(&result.name),
                text(&system.name),
                number(system.score.value),
                low,
                high,
                number(*segments as f64),
                text(direction(part, t)),
                text(&result.signature),
            ]);
        }
    }
    sheet(t.text("report-metrics"), &head, rows)
}

fn direction(part: &MetricPart, t: &Locale) -> String {
    t.text(match part.result.lower_is_better {
        true => "lower",
        false => "higher",
    })
}

fn comparisons(content: &Content, pairs: &[(String, PairsView)], t: &Locale) -> NewSheet {
    let head = [
        t.text("measure"),
        t.text("system"),
        t.text("baseline"),
        t.text("workbook-base-value"),
        t.text("workbook-own-value"),
        t.text("difference"),
        t.text("workbook-low"),
        t.text("workbook-high"),
        t.text("workbook-p"),
        t.text("p-corrected"),
        t.text("workbook-decision"),
        t.text("count-column"),
        t.text("cohens-d"),
        t.text("cliffs-delta"),
        t.text("workbook-wins"),
        t.text("workbook-ties"),
        t.text("workbook-losses"),
    ];
    let all = statements(content)
        .into_iter()
        .filter(|s| s.slice.is_none());
    let rows = all.map(|s| {
        let compared = compared(content, &s);
        let pair = pair(pairs, &s);
        let [low, high] = ends(s.interval);
        let p_value = compared.and_then(|c| c.difference.p_value);
        let count = |of: fn(&Comparison) -> usize| number(compared.map(|c| of(c) as f64));
        vec![
            text(measure(&s.measure)),
            text(&s.system),
            text(&s.baseline),
            number(s.values[0]),
            number(s.values[1]),
            number(s.difference),
            low,
            high,
            number(p_value),
            number(s.p_value),
            text(decision(s.decision, t)),
            number(s.count),
            number(pair.and_then(|p| p.effect)),
            number(pair.and_then(|p| p.delta)),
            count(|c| c.wins),
            count(|c| c.ties),
            count(|c| c.losses),
        ]
    });
    sheet(t.text("workbook-comparisons"), &head, rows.collect())
}

/// The comparison that a statement is made of, where it is of a measure of outputs.
fn compared<'a>(content: &'a Content, statement: &Statement) -> Option<&'a Comparison> {
    if statement.area == Area::Trials {
        return None;
    }
    let name = statement.measure.name();
    let mut results = content.metrics.iter().map(|part| &part.result);
    let result = results.find(|result| result.name == name)?;
    let mut systems = result.systems.iter();
    let system = systems.find(|system| system.name == statement.system)?;
    system.comparison.as_ref()
}

/// How the segments of a statement's system compare with the baseline's.
fn pair<'a>(pairs: &'a [(String, PairsView)], statement: &Statement) -> Option<&'a PairView> {
    if statement.area == Area::Trials {
        return None;
    }
    let name = statement.measure.name();
    let (_, view) = pairs.iter().find(|(measure, _)| measure == name)?;
    view.systems
        .iter()
        .find(|pair| pair.name == statement.system)
}

fn slices(content: &Content, t: &Locale) -> NewSheet {
    let head = [
        t.text("measure"),
        t.text("system"),
        t.text("column"),
        t.text("slice"),
        t.text("count-column"),
        t.text("score"),
        t.text("workbook-low"),
        t.text("workbook-high"),
        t.text("difference"),
        t.text("workbook-difference-low"),
        t.text("workbook-difference-high"),
        t.text("workbook-p"),
        t.text("p-corrected"),
        t.text("workbook-decision"),
    ];
    let mut rows = Vec::new();
    for result in content.metrics.iter().map(|part| &part.result) {
        for system in &result.systems {
            for slice in system.slices.iter().filter(|slice| slice.segments > 0) {
                let difference = slice.difference.as_ref();
                let [low, high] = ends(slice.interval.map(|i| [i.low, i.high]));
                let [from, to] = ends(difference.and_then(|d| d.interval));
                let decided = difference.and_then(|d| result.decision(d));
                rows.push(vec![
                    text(&result.name),
                    text(&system.name),
                    text(&slice.column),
                    text(slice_name(slice, t)),
                    number(slice.segments as f64),
                    number(slice.score),
                    low,
                    high,
                    number(difference.map(|d| d.value)),
                    from,
                    to,
                    number(difference.and_then(|d| d.p_value)),
                    number(difference.and_then(|d| d.p_corrected)),
                    decided.map_or(NewCell::Empty, |d| text(decision(d, t))),
                ]);
            }
        }
    }
    sheet(t.text("slices"), &head, rows)
}

fn slice_name(slice: &SliceResult, t: &Locale) -> String {
    let count = slice.segments;
    match slice.kind {
        SliceKind::Value => slice.value.clone(),
        SliceKind::InDomain => t.with("in-domain", &[("count", t.count(count))]),
        SliceKind::OutOfDomain => t.with("out-of-domain", &[("count", t.count(count))]),
        SliceKind::Tagged => t.with("tagged", &[("tag", slice.value.clone())]),
        SliceKind::Untagged => t.with("untagged", &[("tag", slice.value.clone())]),
    }
}

fn runs(content: &Content, t: &Locale) -> NewSheet {
    let head = [
        t.text("run"),
        t.text("run-steps"),
        t.text("run-epochs"),
        t.text("run-train-loss"),
        t.text("run-best-loss"),
        t.text("run-perplexity"),
        t.text("run-evaluated"),
    ];
    let row = |run: &RunView| {
        vec![
            text(&run.name),
            number(run.steps),
            number(run.epochs),
            number(run.train_loss),
            number(run.best_loss().map(|best| best.value)),
            number(run.perplexity()),
            number(run.evaluated),
        ]
    };
    sheet(
        t.text("training"),
        &head,
        content.runs.iter().map(row).collect(),
    )
}

pub(crate) fn example_rows(examples: &Examples, t: &Locale) -> NewSheet {
    let head = example_head(examples, t);
    let rows = examples.rows.iter().map(|(row, cells)| {
        let place = NewCell::Number((row + 1) as f64);
        std::iter::once(place)
            .chain(cells.iter().cloned())
            .collect()
    });
    sheet(t.text("examples"), &head, rows.collect())
}

/// The names of the columns of examples.
fn example_head(examples: &Examples, t: &Locale) -> Vec<String> {
    let mut head = vec![t.text("row-number")];
    head.extend(examples.columns.iter().map(|column| match column {
        ExampleName::Column(name) => name.clone(),
        ExampleName::Raw(system) => format!("{system} · {}", t.text("raw-output")),
    }));
    head.extend(examples.scores.iter().cloned());
    if examples.has_annotations {
        head.extend(["star", "tags", "note"].map(|key| t.text(key)));
    }
    head
}
