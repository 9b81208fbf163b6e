//! The Overview: the answer in a sentence, then the table, then the slices.

use super::charts::{self, Dot};
use super::locale::Locale;
use super::route::{Page, Route};
use super::shell::Ask;
use super::verdict::{Verdict, decimals, p_text, tally};
use crate::evaluation::{Comparison, MetricResult};
use crate::text::script::Script;
use crate::worker::protocol::{ExportKind, Query, Request, Summary};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// What is loaded.
    pub summary: Option<Rc<Summary>>,
    /// Results so far.
    pub metrics: Rc<Vec<MetricResult>>,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// What a page shows while it lacks what it needs.
pub fn empty(t: &Locale, summary: Option<&Summary>, ask: &Callback<Ask>) -> Option<Html> {
    let missing = match summary {
        None => None,
        Some(s) if s.systems.is_empty() => Some("role-hypothesis"),
        Some(s) if !s.has_reference => Some("role-reference"),
        Some(_) => return None,
    };
    Some(match missing {
        None => {
            let demo = ask.reform(|_| Ask::Worker(Request::Demo, Vec::new()));
            html! {
                <div class="page empty">
                    <p>{ t.text("need-data") }</p>
                    <p class="row">
                        <a class="button primary" href="#/data">{ t.text("go-data") }</a>
                        <button onclick={demo}>{ t.text("try") }</button>
                    </p>
                </div>
            }
        }
        Some(role) => html! {
            <div class="page empty">
                <p>{ t.with("need-roles", &[("missing", t.text(role))]) }</p>
                <p><a class="button primary" href="#/data">{ t.text("go-data") }</a></p>
            </div>
        },
    })
}

/// The Overview page.
#[function_component]
pub fn OverviewPage(props: &Props) -> Html {
    let t = &*props.locale;
    if let Some(html) = empty(t, props.summary.as_deref(), &props.ask) {
        return html;
    }
    let Some(summary) = &props.summary else {
        return Html::default();
    };
    let script = match summary.script {
        Script::Chinese => Some("tok-zh"),
        Script::Japanese => Some("tok-ja"),
        Script::Korean => Some("tok-ko"),
        Script::Spaced => None,
    };
    html! {
        <div class="page">
            { for (0..summary.systems.len()).filter_map(|i| sentence(props, summary, i)) }
            <p class="row">{ baseline_choice(props, summary) }</p>
            if let Some(key) = script { <p class="hint">{ t.text(key) }</p> }
            { for props.metrics.iter().enumerate().map(|(i, m)| table(props, i, m)) }
            <p class="hint">
                { t.text("test-note") }
                if summary.systems.len() > 2 { { " " }{ t.text("holm-note") } }
            </p>
            { slices(props) }
            <p class="row">
                { export(props, "export-json", ExportKind::Json) }
                { export(props, "export-csv", ExportKind::Csv) }
                { export(props, "export-segments", ExportKind::SegmentsCsv) }
            </p>
        </div>
    }
}

fn export(props: &Props, key: &'static str, kind: ExportKind) -> Html {
    let onclick = props
        .ask
        .reform(move |_| Ask::Worker(Request::Export { kind }, Vec::new()));
    html! { <button id={key} {onclick} disabled={props.metrics.is_empty()}>{ props.locale.text(key) }</button> }
}

fn sentence(props: &Props, summary: &Summary, system: usize) -> Option<Html> {
    let (better, worse, total) = tally(&props.metrics, system);
    if total == 0 {
        return None;
    }
    let baseline = summary
        .systems
        .get(props.route.baseline)
        .or(summary.systems.last())?;
    let words = [
        ("system", summary.systems[system].clone()),
        ("baseline", baseline.clone()),
        ("better", better.to_string()),
        ("worse", worse.to_string()),
        ("total", total.to_string()),
    ];
    let key = if better + worse == 0 {
        "verdict-same"
    } else {
        "verdict-better"
    };
    Some(html! { <p class="verdict">{ props.locale.with(key, &words) }</p> })
}

fn baseline_choice(props: &Props, summary: &Summary) -> Html {
    let route = props.route.clone();
    let onchange = props.ask.reform(move |e: Event| {
        let chosen = e.target_unchecked_into::<HtmlSelectElement>().value();
        Ask::Go(Route {
            baseline: chosen.parse().unwrap_or(0),
            ..route.clone()
        })
    });
    html! {
        <label>{ props.locale.text("baseline") }{ " " }
            <select id="baseline" {onchange}>
                { for summary.systems.iter().enumerate().map(|(i, name)| html! {
                    <option value={i.to_string()} selected={i == props.route.baseline}>{ name }</option>
                }) }
            </select>
        </label>
    }
}

fn metric_dots(metric: &MetricResult) -> Vec<Dot> {
    let dot = |(system, s): (usize, &crate::evaluation::SystemResult)| Dot {
        system,
        name: s.name.clone(),
        value: s.score.value,
        interval: s.interval,
    };
    metric.systems.iter().enumerate().map(dot).collect()
}

fn table(props: &Props, index: usize, metric: &MetricResult) -> Html {
    let t = &*props.locale;
    let all = metric_dots(metric);
    let scale = charts::scale(all.iter());
    html! {
        <section class="metric">
            <h2>{ &metric.name }<small>{ t.text("higher") }</small></h2>
            <div class="scroll" tabindex="0"><table>
                <thead><tr>
                    <th>{ t.text("system") }</th><th class="number">{ t.text("score") }</th>
                    <th class="number">{ t.text("interval") }</th><th class="wide"></th>
                    <th class="number">{ t.text("change") }</th><th>{ t.text("chance") }</th>
                    <th class="number">{ t.text("wins") }</th>
                </tr></thead>
                <tbody>{ for metric.systems.iter().enumerate().map(|(i, s)| {
                    let d = decimals(s.interval, metric.max);
                    let query = Query { metric: index, system: i, order: crate::worker::protocol::Order::Lowest, ..Query::default() };
                    let rows = Route { page: Page::Examples, query, ..props.route.clone() };
                    html! {
                        <tr>
                            <th scope="row">{ charts::key(i) }<a href={format!("#{}", rows.to_hash())}>{ &s.name }</a></th>
                            <td class="number score">{ format!("{:.*}", d, s.score.value) }</td>
                            <td class="number">{ s.interval.map(|v| format!("{:.*} – {:.*}", d, v.low, d, v.high)).unwrap_or_default() }</td>
                            <td class="wide">{ charts::dots(&all[i..=i], scale, d) }</td>
                            { comparison(t, s.comparison.as_ref(), d) }
                        </tr>
                    }
                }) }</tbody>
            </table></div>
            <p class="signature"><span>{ t.text("signature") }</span>{ " " }<code>{ &metric.signature }</code></p>
            { options(props, index, metric) }
        </section>
    }
}

/// The metric's options under the reference tool's own names.
fn options(props: &Props, metric: usize, result: &MetricResult) -> Html {
    let options = result.spec.options();
    if options.is_empty() {
        return Html::default();
    }
    let ask = |name: &'static str| {
        props.ask.reform(move |value: String| {
            let option = name.to_owned();
            let request = Request::SetOption {
                metric,
                option,
                value,
            };
            Ask::Worker(request, Vec::new())
        })
    };
    html! {
        <details class="options">
            <summary>{ props.locale.text("options") }</summary>
            <p class="row">{ for options.into_iter().map(|option| {
                let set = ask(option.name);
                let control = if option.choices.is_empty() {
                    let onchange = set.reform(|e: Event| e.target_unchecked_into::<HtmlInputElement>().value());
                    html! { <input type="number" min="0" max="16" step="any" value={option.value} {onchange} /> }
                } else {
                    let onchange = set.reform(|e: Event| e.target_unchecked_into::<HtmlSelectElement>().value());
                    html! {
                        <select data-option={option.name} {onchange}>{ for option.choices.iter().map(|choice| html! {
                            <option value={*choice} selected={*choice == option.value}>{ *choice }</option>
                        }) }</select>
                    }
                };
                html! { <label><code>{ option.name }</code>{ " " }{ control }</label> }
            }) }</p>
        </details>
    }
}

fn comparison(t: &Locale, comparison: Option<&Comparison>, d: usize) -> Html {
    let Some(c) = comparison else {
        return html! { <><td></td><td class="same">{ t.text("is-baseline") }</td><td></td></> };
    };
    let verdict = Verdict::of(c);
    html! {
        <>
            <td class="number">{ format!("{:+.*}", d, c.difference) }</td>
            <td class={verdict.key()}>
                { verdict.sign() }{ " " }{ t.text(verdict.key()) }{ " (" }{ p_text(c.p_corrected) }{ ")" }
            </td>
            <td class="number">{ format!("{} / {} / {}", c.wins, c.ties, c.losses) }</td>
        </>
    }
}

/// The slices of the metric that the view names, as small multiples on one scale.
fn slices(props: &Props) -> Html {
    let t = &*props.locale;
    let Some(metric) = props
        .metrics
        .get(props.route.query.metric)
        .or(props.metrics.first())
    else {
        return Html::default();
    };
    let Some(first) = metric.systems.first().filter(|s| !s.slices.is_empty()) else {
        return Html::default();
    };
    let group = |at: usize| -> Vec<Dot> {
        let systems = metric.systems.iter().enumerate();
        systems
            .filter_map(|(system, s)| {
                let slice = s.slices.get(at)?;
                Some(Dot {
                    system,
                    name: s.name.clone(),
                    value: slice.score,
                    interval: slice.interval,
                })
            })
            .collect()
    };
    let groups: Vec<Vec<Dot>> = (0..first.slices.len()).map(group).collect();
    let scale = charts::scale(groups.iter().flatten());
    html! {
        <section id="slices">
            <h2>{ t.text("slices") }{ " · " }{ &metric.name }</h2>
            <p class="row">{ metric_choice(props) }<span class="hint">{ t.text("slice-hint") }</span></p>
            <div class="multiples">{ for first.slices.iter().zip(&groups).map(|(slice, dots)| {
                let pair = (slice.column.clone(), slice.value.clone());
                let words = [("name", pair.0.clone()), ("value", pair.1.clone())];
                let query = Query { slice: Some(pair), ..props.route.query.clone() };
                let route = Route { page: Page::Examples, query, ..props.route.clone() };
                html! {
                    <a class="multiple" href={format!("#{}", route.to_hash())}>
                        <strong>{ t.with("slice-is", &words) }</strong>
                        <small>{ t.with("segments-count", &[("count", slice.segments.to_string())]) }</small>
                        { charts::dots(dots, scale, 1) }
                        { for dots.iter().map(|d| {
                            let digits = decimals(d.interval, metric.max);
                            html! { <span class="legend">{ charts::key(d.system) }{ &d.name }{ " " }
                                <b>{ format!("{:.*}", digits, d.value) }</b></span> }
                        }) }
                    </a>
                }
            }) }</div>
        </section>
    }
}

fn metric_choice(props: &Props) -> Html {
    let route = props.route.clone();
    let onchange = props.ask.reform(move |e: Event| {
        let mut route = route.clone();
        route.query.metric = e
            .target_unchecked_into::<HtmlSelectElement>()
            .value()
            .parse()
            .unwrap_or(0);
        Ask::Go(route)
    });
    html! {
        <label>{ props.locale.text("measure") }{ " " }
            <select {onchange}>{ for props.metrics.iter().enumerate().map(|(i, m)| html! {
                <option value={i.to_string()} selected={i == props.route.query.metric}>{ &m.name }</option>
            }) }</select>
        </label>
    }
}
