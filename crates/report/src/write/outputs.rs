//! A report's part on outputs: scores, their changes as charts, and slices.

use super::super::content::Content;
use super::super::document::{Block, Chart, ChartDot, Document, number, words};
use super::super::rules::{Area, Statement, Unit, Verdict};
use super::super::written::{change_within, decimal, evidence, measure, p_value, signed};
use super::slices::{SLICE_ROWS, more_slices};
use assay_locale::Locale;
use assay_stats::Decision;

/// Writes it; nothing where there are no scores.
pub(super) fn metrics(doc: &mut Document, content: &Content, verdict: &Verdict, t: &Locale) {
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
                format!(" ({}{p})", signed(d.value, digits))
            });
            let value = decimal(system.score.value, digits);
            number(format!("{value}{around}{tested}"))
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
            words(t.text("system")),
            number(t.text("difference")),
            number(t.text("report-test")),
            number(t.text("count-column")),
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

/// A chart of differences; of what has an interval.
pub(super) fn dots<'a>(
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
                ruling: match s.decision {
                    Decision::Better => 1,
                    Decision::Worse => -1,
                    Decision::NoEvidence => 0,
                },
            })
        })
        .collect();
    if !dots.is_empty() {
        let chart = Chart::Dots {
            axis: t.text("chart-difference"),
            dots,
        };
        doc.blocks.push(Block::Chart { caption, chart });
    }
}
