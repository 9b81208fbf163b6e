//! What runs cost: percentiles, cost per success, quality against cost, and the funnel.

use crate::components::charts::figure::{Figure, colour, key, marker};
use crate::pages::experiment::view::Props;
use assay_experiment::efficiency::{Front, PARTS};
use assay_experiment::view::TrialView;
use assay_locale::Locale;
use assay_report::rules::Unit;
use assay_report::scale::Scale;
use assay_report::written::{between, p_value, plain};
use yew::prelude::*;

/// The sections that a trial has something for.
pub fn efficiency(props: &Props, trial: &TrialView) -> Html {
    html! {
        <>
            { funnel(&props.locale, trial) }
            if !trial.spreads.is_empty() {
                <section id="efficiency">
                    <h2>{ props.locale.text("efficiency") }</h2>
                    <div class="scroll" tabindex="0">{ percentiles(&props.locale, trial) }</div>
                    <p class="hint">{ props.locale.text("percentiles-note") }</p>
                    { per_success(&props.locale, trial) }
                    { for trial.fronts.iter().map(|f| front(props, trial, f)) }
                </section>
            }
        </>
    }
}

fn funnel(t: &Locale, trial: &TrialView) -> Html {
    let Some(funnel) = &trial.funnel else {
        return Html::default();
    };
    html! {
        <section id="funnel">
            <h2>{ t.text("funnel") }</h2>
            <div class="scroll" tabindex="0"><table class="ratings">
                <thead><tr><th>{ t.text("arm") }</th><th class="number">{ t.text("funnel-start") }</th>{ for funnel.steps.iter().map(|s| html! { <th class="number">{ s }</th> }) }</tr></thead>
                <tbody>{ for trial.arms.iter().zip(&funnel.arms).enumerate().map(|(i, (arm, counts))| html! {
                    <tr><th scope="row">{ key(i) }{ &arm.name }</th>{ for counts.iter().enumerate().map(|(step, n)| {
                        let before = step.checked_sub(1).map(|s| counts[s]);
                        let share = before.filter(|b| *b > 0.0).map(|b| format!("{:.1} %", 100.0 * n / b));
                        html! { <td class="number">{ t.count(*n as usize) }if let Some(share) = share { <br /><small>{ t.with("of-before", &[("share", share)]) }</small> }</td> }
                    }) }</tr>
                }) }</tbody>
            </table></div>
            <p class="hint">{ t.text("funnel-note") }</p>
        </section>
    }
}

fn percentiles(t: &Locale, trial: &TrialView) -> Html {
    html! {
        <table id="percentiles" class="ratings">
            <thead><tr><th>{ t.text("measure") }</th><th>{ t.text("arm") }</th>{ for PARTS.iter().map(|p| html! { <th class="number">{ format!("p{}", (100.0 * p).round()) }</th> }) }</tr></thead>
            <tbody>{ for trial.spreads.iter().flat_map(|s| s.arms.iter().enumerate().map(move |(i, told)| (s, i, told))).filter(|(.., told)| !told.is_empty()).map(|(s, i, told)| html! {
                <tr><th scope="row">{ &s.name }</th><td>{ key(i) }{ &trial.arms[i].name }</td>{ for told.iter().map(|p| html! {
                    <td class="number">{ plain(p.value) }<br /><small>{ p.interval.map_or(t.text("few"), |[a, b]| format!("{} … {}", plain(a), plain(b))) }</small></td>
                }) }</tr>
            }) }</tbody>
        </table>
    }
}

fn per_success(t: &Locale, trial: &TrialView) -> Html {
    if trial.per_success.is_empty() {
        return Html::default();
    }
    html! {
        <div class="scroll" tabindex="0"><table id="per-success" class="ratings">
            <thead><tr><th>{ t.text("measure") }</th>{ for trial.arms.iter().enumerate().map(|(i, a)| html! { <th class="number">{ key(i) }{ &a.name }</th> }) }</tr></thead>
            <tbody>{ for trial.per_success.iter().map(|per| {
                let words = [("cost", per.cost.clone()), ("success", per.success.clone())];
                html! {
                    <tr><th scope="row">{ t.with("per-success", &words) }</th>{ for per.arms.iter().zip(&per.compared).map(|(told, compared)| html! {
                        <td class="number">{ told.map_or("–".to_owned(), |p| plain(p.value)) }
                            if let Some([a, b]) = told.and_then(|p| p.interval) { <br /><small>{ format!("{} … {}", plain(a), plain(b)) }</small> }
                            if let Some(c) = compared { <br /><small>{ format!("{} {}", between(c.interval, Unit::Plain), c.p_value.map_or(String::new(), p_value)) }</small> }
                        </td>
                    }) }</tr>
                }
            }) }</tbody>
        </table></div>
    }
}

const HEIGHT: f64 = 280.0;
const LEFT: f64 = 58.0;
const FOOT: f64 = 40.0;

/// Arms by quality and cost; those that none beats are joined by a line.
fn front(props: &Props, trial: &TrialView, front: &Front) -> Html {
    let t = &*props.locale;
    let points: Vec<(usize, assay_experiment::efficiency::FrontPoint)> = front
        .arms
        .iter()
        .enumerate()
        .filter_map(|(i, p)| Some((i, (*p)?)))
        .collect();
    if points.len() < 2 {
        return Html::default();
    }
    let width = props.width.min(640.0);
    let x = Scale::around(points.iter().map(|(_, p)| p.cost), LEFT, width - 110.0);
    let y = Scale::around(points.iter().map(|(_, p)| p.quality), HEIGHT - FOOT, 14.0);
    let mut best: Vec<[f64; 2]> = points
        .iter()
        .filter(|(_, p)| p.unbeaten)
        .map(|(_, p)| [p.cost, p.quality])
        .collect();
    best.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let path: Vec<String> = best
        .iter()
        .map(|[c, q]| format!("{:.1},{:.1}", x.at(*c), y.at(*q)))
        .collect();
    let label = t.with(
        "front-label",
        &[
            ("quality", front.quality.clone()),
            ("cost", front.cost.clone()),
        ],
    );
    let decimals = y.decimals(5);
    let chart = html! {
        <svg class="chart" role="img" aria-label={label.clone()} viewBox={format!("0 0 {width} {HEIGHT}")} width={width.to_string()} height={HEIGHT.to_string()}>
            { crate::components::charts::figure::axis(x, 14.0, HEIGHT - FOOT) }
            <g class="axis">{ for y.ticks(5).into_iter().map(|v| html! { <>
                <line class="grid" x1={LEFT.to_string()} x2={(width - 110.0).to_string()} y1={y.at(v).to_string()} y2={y.at(v).to_string()} />
                <text x={(LEFT - 6.0).to_string()} y={(y.at(v) + 4.0).to_string()} text-anchor="end">{ format!("{v:.decimals$}") }</text>
            </> }) }
                <text x={((x.from + x.to) / 2.0).to_string()} y={(HEIGHT - 6.0).to_string()} text-anchor="middle">{ format!("{} ↓", front.cost) }</text>
                <text x="2" y="10">{ format!("{} ↑", front.quality) }</text>
            </g>
            <polyline class="baseline" points={path.join(" ")} fill="none" />
            { for points.iter().map(|(i, p)| {
                let name = &trial.arms[*i].name;
                let tip = format!("{name}: {} / {}", plain(p.quality), plain(p.cost));
                html! { <g class={colour(*i)} data-tip={tip}>{ marker(*i, x.at(p.cost), y.at(p.quality)) }<text x={(x.at(p.cost) + 9.0).to_string()} y={(y.at(p.quality) + 4.0).to_string()}>{ name }</text></g> }
            }) }
        </svg>
    };
    let table = html! {
        <table class="ratings">
            <thead><tr><th>{ t.text("arm") }</th><th class="number">{ &front.quality }</th><th class="number">{ &front.cost }</th><th>{ t.text("unbeaten") }</th></tr></thead>
            <tbody>{ for points.iter().map(|(i, p)| html! {
                <tr><th scope="row">{ &trial.arms[*i].name }</th><td class="number">{ plain(p.quality) }</td><td class="number">{ plain(p.cost) }</td><td>{ t.text(if p.unbeaten { "yes" } else { "no" }) }</td></tr>
            }) }</tbody>
        </table>
    };
    html! { <><h3>{ label }</h3><Figure locale={props.locale.clone()} name="assay-front" {chart} {table} /></> }
}
