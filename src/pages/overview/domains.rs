//! Across domains: which values of a column systems were trained on, what they gain there, what they lose
//! elsewhere, and every domain under every system.

use crate::components::charts::figure::key;
use crate::components::controls::choice;
use crate::components::table::{
    Table, column, column_group, head, number, number_column, row_heading, significance, system,
    system_column,
};
use crate::pages::overview::view::View;
use crate::route::Route;
use crate::shell::ask::Ask;
use crate::verdict::{Decision, decimal, decimals, signed};
use assay_locale::Locale;
use assay_protocol::views::Query;
use assay_results::scores::{Domains, MetricResult, SliceKind, SliceResult, SystemResult};
use yew::prelude::*;

/// The values of a slice column, in the order of the slices.
fn values<'a>(metric: &'a MetricResult, column: &str) -> Vec<&'a str> {
    let slices = metric.systems.first().map_or(&[][..], |s| &s.slices);
    let own = slices
        .iter()
        .filter(|s| s.kind == SliceKind::Value && s.column == column);
    own.map(|s| s.value.as_str()).collect()
}

/// The columns that can be domains: of two values and more.
fn columns(metric: &MetricResult) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for slice in metric.systems.first().iter().flat_map(|s| &s.slices) {
        if slice.kind == SliceKind::Value && !columns.contains(&slice.column) {
            columns.push(slice.column.clone());
        }
    }
    columns.retain(|c| values(metric, c).len() > 1);
    columns
}

/// The section; nothing where there is one system or no column of domains.
pub fn domains(page: &View, metric: &MetricResult) -> Html {
    let t = &*page.locale;
    let columns = columns(metric);
    if columns.is_empty() || metric.systems.len() < 2 {
        return Html::default();
    }
    let chosen = page.route.domains.clone();
    let chosen = chosen.filter(|d| columns.contains(&d.column));
    let domains = chosen.unwrap_or_else(|| Domains {
        column: columns[0].clone(),
        inside: Vec::new(),
    });
    html! {
        <section id="domains">
            <h2>{ t.text("domains") }</h2>
            <p class="hint">{ t.text("domains-hint") }</p>
            { chooser(page, metric, columns, &domains) }
            { if domains.inside.is_empty() { html! { <p class="hint">{ t.text("domains-none") }</p> } } else { halves(page, metric) } }
            { matrix(page, metric, &domains) }
            <p class="hint">{ t.text("domains-note") }</p>
        </section>
    }
}

fn chooser(page: &View, metric: &MetricResult, columns: Vec<String>, domains: &Domains) -> Html {
    let t = &*page.locale;
    let go = |domains: Domains| Route {
        domains: (!domains.inside.is_empty()).then_some(domains),
        ..page.route.clone()
    };
    let options = columns.into_iter().map(|c| (c.clone(), c)).collect();
    let set = {
        let route = page.route.clone();
        page.ask.reform(move |column: String| {
            let inside = Vec::new();
            let domains = Some(Domains { column, inside });
            Ask::Replace(Route {
                domains,
                ..route.clone()
            })
        })
    };
    let toggle = |value: &str| {
        let mut next = domains.clone();
        match next.inside.iter().position(|v| v == value) {
            Some(place) => drop(next.inside.remove(place)),
            None => next.inside.push(value.to_owned()),
        }
        let to = go(next);
        page.ask
            .reform(move |_: MouseEvent| Ask::Replace(to.clone()))
    };
    html! {
        <>
            <p class="row">{ choice("domain-column", t.text("domain-column"), options, &domains.column, &set) }</p>
            <p class="row" role="group" aria-label={t.text("domains-inside")}><span>{ t.text("domains-inside") }</span>
                { for values(metric, &domains.column).into_iter().map(|value| {
                    let pressed = domains.inside.iter().any(|v| v == value);
                    html! { <button class="domain" aria-pressed={pressed.to_string()} onclick={toggle(value)}>{ value }</button> }
                }) }
            </p>
        </>
    }
}

fn half(system: &SystemResult, kind: SliceKind) -> Option<&SliceResult> {
    system.slices.iter().find(|s| s.kind == kind)
}

/// What a system's halves say together.
fn sentence_key(inside: Decision, outside: Decision) -> &'static str {
    match (inside, outside) {
        (_, Decision::Worse) if inside == Decision::Better => "domain-forgets",
        (_, Decision::Worse) => "domain-only-loses",
        (Decision::Better, Decision::NoEvidence) => "domain-gains",
        (Decision::Better, Decision::Better) => "domain-gains-both",
        (Decision::Worse, _) => "domain-loses-inside",
        (Decision::NoEvidence, Decision::Better) => "domain-gains-outside",
        (Decision::NoEvidence, Decision::NoEvidence) => "domain-same",
    }
}

/// A sentence and a row for each system against the baseline.
fn halves(page: &View, metric: &MetricResult) -> Html {
    let t = &*page.locale;
    let others = || {
        metric
            .systems
            .iter()
            .enumerate()
            .filter(|(_, s)| s.comparison.is_some())
    };
    let sentence = |(i, system): (usize, &SystemResult)| {
        let verdict = |kind| metric.decision(half(system, kind)?.difference.as_ref()?);
        let words = [
            ("system", system.name.clone()),
            ("metric", metric.name.clone()),
        ];
        let both = verdict(SliceKind::InDomain).zip(verdict(SliceKind::OutOfDomain));
        let text = both.map_or_else(
            || t.text("calculating"),
            |(inside, outside)| t.with(sentence_key(inside, outside), &words),
        );
        html! { <p class={classes!("verdict", both.is_none().then_some("waiting"))}>{ key(page.colour(i)) }{ text }</p> }
    };
    let cells = |slice: Option<&SliceResult>| {
        let Some(slice) = slice else {
            return html! { <>{ number("…") }<td></td><td></td></> };
        };
        let d = decimals(slice.interval, metric.max);
        let change = slice
            .difference
            .map_or(String::new(), |c| signed(c.value, d));
        let chance = slice
            .difference
            .and_then(|c| Some((metric.decision(&c)?, c.p_corrected?)));
        html! { <>
            { number(decimal(slice.score, d)) }{ number(change) }{ significance(chance) }
        </> }
    };
    let counts = metric.systems.first().map(|s| {
        [SliceKind::InDomain, SliceKind::OutOfDomain].map(|k| half(s, k).map_or(0, |h| h.segments))
    });
    let [inside, outside] = counts.unwrap_or_default();
    html! {
        <>
            <div id="domain-verdicts" aria-live="polite">{ for others().map(sentence) }</div>
            <Table label={t.text("domains")} class="ratings" id="domain-halves">
                <thead>
                    <tr><td></td>{ column_group(3, t.with("in-domain", &[("count", t.count(inside))])) }
                        { column_group(3, t.with("out-of-domain", &[("count", t.count(outside))])) }</tr>
                    <tr>{ column(t.text("system")) }{ for [0, 1].map(|_| html! { <>
                        { number_column(t.text("score")) }{ number_column(t.text("change")) }{ column(t.text("chance")) }</> }) }</tr>
                </thead>
                <tbody>{ for metric.systems.iter().enumerate().map(|(i, s)| html! {
                    <tr>{ row_heading(system(page.colour(i), &s.name)) }{ cells(half(s, SliceKind::InDomain)) }{ cells(half(s, SliceKind::OutOfDomain)) }</tr>
                }) }</tbody>
            </Table>
        </>
    }
}

/// Every domain under every system; a loss outside of the domain that is beyond chance is forgetting.
fn matrix(page: &View, metric: &MetricResult, domains: &Domains) -> Html {
    let t = &*page.locale;
    let Some(first) = metric.systems.first() else {
        return Html::default();
    };
    let own = |s: &SliceResult| s.kind == SliceKind::Value && s.column == domains.column;
    let places: Vec<usize> = (0..first.slices.len())
        .filter(|j| own(&first.slices[*j]))
        .collect();
    let row = |j: usize| {
        let value = &first.slices[j].value;
        let inside = domains.inside.contains(value);
        let to = page.route.to_rows(Query {
            slice: Some((domains.column.clone(), value.clone())),
            ..page.route.query.clone()
        });
        html! {
            <tr>
                <th scope="row"><a href={to.href()}>{ value }</a>
                    if inside { <small>{ " · " }{ t.text("domain-inside") }</small> }</th>
                { number(t.count(first.slices[j].segments)) }
                { for metric.systems.iter().map(|s| cell(t, metric, &s.slices[j], !inside && !domains.inside.is_empty())) }
            </tr>
        }
    };
    let systems = metric.systems.iter().enumerate();
    let systems = systems.map(|(i, s)| system_column(page.colour(i), &s.name));
    let columns = [
        column(&domains.column),
        number_column(t.text("count-column")),
    ];
    html! {
        <Table label={t.text("domains")} class="matrix" id="domain-matrix">
            { head(columns.into_iter().chain(systems)) }
            <tbody>{ for places.into_iter().map(row) }</tbody>
        </Table>
    }
}

fn cell(t: &Locale, metric: &MetricResult, slice: &SliceResult, is_outside: bool) -> Html {
    if slice.segments == 0 {
        return number("–");
    }
    let d = decimals(slice.interval, metric.max);
    let change = slice.difference.map(|c| {
        let verdict = metric.decision(&c);
        let forgets = is_outside && verdict == Some(Decision::Worse);
        let sign = verdict.map_or("", Decision::sign);
        html! { <span class={classes!("change", verdict.map(Decision::key))}>{ sign }{ " " }{ signed(c.value, d) }
            if forgets { { t.text("comma") }{ t.text("forgetting") } }</span> }
    });
    html! { <td class="number"><span class="score">{ decimal(slice.score, d) }</span>{ change.unwrap_or_default() }</td> }
}
