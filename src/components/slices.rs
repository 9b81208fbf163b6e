//! The slices under one metric: small multiples on one scale, and the table behind them.

use crate::components::charts::dot_plot::{Dot, Group, dot_plot};
use crate::components::charts::figure::Figure;
use crate::components::table::{
    Table, column, head, number, number_column, row_heading, score, significance, system,
};
use crate::components::text::file_name;
use crate::pages::overview::view::View;
use crate::verdict::{Decision, decimal, decimals, interval_text, signed};
use assay_locale::Locale;
use assay_results::scores::{MetricResult, SliceKind, SliceResult, SystemResult};
use yew::prelude::*;

/// The section of slices; nothing when no column is one.
pub fn slices(page: &View, metric: &MetricResult) -> Html {
    let t = &*page.locale;
    let Some(first) = metric.systems.first().filter(|s| shown(s) > 0) else {
        return Html::default();
    };
    let groups: Vec<Group> = (0..shown(first))
        .filter_map(|at| group(page, metric, at))
        .collect();
    let width = page.width.min(1086.0);
    let chart = dot_plot(&groups, width, t.text("slices"));
    html! {
        <section id="slices">
            <h2>{ t.text("slices") }{ " · " }{ &metric.name }<small>{ t.text("slice-hint") }</small></h2>
            <Figure locale={page.locale.clone()} name={file_name(&metric.name, "slices")} {chart} table={table(t, metric)} />
            <p class="hint">{ t.text("slice-note") }
                if first.slices.iter().any(|s| s.kind == SliceKind::Tagged) { { " " }{ t.text("slice-tags") } }
            </p>
        </section>
    }
}

/// How many of a system's slices are values of a column or rows of tags; the halves of a domain stand behind them.
fn shown(system: &SystemResult) -> usize {
    let slices = system.slices.iter();
    slices.filter(|s| !s.kind.is_of_domain()).count()
}

fn slice_name(t: &Locale, slice: &SliceResult) -> String {
    let tag = [("tag", slice.value.clone())];
    match slice.kind {
        SliceKind::Tagged => return t.with("tagged", &tag),
        SliceKind::Untagged => return t.with("untagged", &tag),
        SliceKind::Value | SliceKind::InDomain | SliceKind::OutOfDomain => {}
    }
    let words = [
        ("name", slice.column.clone()),
        ("value", slice.value.clone()),
    ];
    t.with("slice-is", &words)
}

fn group(page: &View, metric: &MetricResult, at: usize) -> Option<Group> {
    let t = &*page.locale;
    let slice = metric.systems.first()?.slices.get(at)?;
    let mut query = page.route.query.clone();
    let value = slice.value.clone();
    match slice.kind {
        SliceKind::Tagged => query.annotations.tag = Some(value),
        SliceKind::Untagged => query.annotations.without = Some(value),
        _ => query.slice = Some((slice.column.clone(), value)),
    }
    let to = page.route.to_rows(query);
    let dots = metric.systems.iter().enumerate().filter_map(|(system, s)| {
        let slice = s.slices.get(at).filter(|s| s.segments > 0)?;
        let d = decimals(slice.interval, metric.max);
        let sign = slice.difference.as_ref();
        let sign = sign.and_then(|d| metric.decision(d));
        let sign = sign.map_or("", |v| match v {
            Decision::NoEvidence => "",
            other => other.sign(),
        });
        Some(Dot {
            system: page.colour(system),
            name: s.name.clone(),
            value: slice.score,
            interval: slice.interval,
            written: format!("{sign} {:.d$}", slice.score).trim().to_owned(),
        })
    });
    let count = t.with("sample-size", &[("count", t.count(slice.segments))]);
    let baseline = metric.systems.iter().find(|s| s.comparison.is_none());
    Some(Group {
        title: format!("{} · {count}", slice_name(t, slice)),
        href: to.href(),
        dots: dots.collect(),
        baseline: baseline.and_then(|s| Some(s.slices.get(at)?.score)),
    })
}

/// Every slice under every system, with its test.
pub fn table(t: &Locale, metric: &MetricResult) -> Html {
    let slices = metric.systems.first().map_or(0, shown);
    html! {
        <Table label={t.text("slices")}>
            { head([
                column(t.text("slice")), column(t.text("system")), number_column(t.text("count-column")), number_column(t.text("score")),
                number_column(t.text("interval")), number_column(t.text("change")), column(t.text("chance")),
            ]) }
            <tbody>{ for (0..slices).flat_map(|at| metric.systems.iter().enumerate().filter_map(move |(i, of)| {
                let slice = of.slices.get(at).filter(|s| s.segments > 0)?;
                let d = decimals(slice.interval, metric.max);
                let change = slice.difference.map(|c| signed(c.value, d));
                let chance = slice.difference.and_then(|c| Some((metric.decision(&c)?, c.p_corrected?)));
                Some(html! {
                    <tr>
                        { row_heading(slice_name(t, slice)) }
                        <td>{ system(i, &of.name) }</td>
                        { number(t.count(slice.segments)) }
                        { score(decimal(slice.score, d)) }
                        { number(slice.interval.map_or(String::new(), |v| interval_text(v, d))) }
                        { number(change.unwrap_or_default()) }
                        { significance(chance) }
                    </tr>
                })
            })) }</tbody>
        </Table>
    }
}
