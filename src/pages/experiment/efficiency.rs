//! What runs cost: percentiles, cost per success, quality against cost, and the funnel.

use crate::components::charts::figure::{Figure, colour, marker};
use crate::components::table::{
    Table, cell, column, head, number, number_column, row_heading, system, system_column,
};
use crate::pages::experiment::view::Props;
use crate::verdict::{decimal, interval_of};
use assay_experiment::efficiency::{Front, PARTS};
use assay_experiment::view::TrialView;
use assay_locale::Locale;
use assay_report::rules::Unit;
use assay_report::scale::Scale;
use assay_report::written::{between, p_value, plain};
use assay_sorting::sort_by;
use yew::prelude::*;

/// The sections that a trial has something for.
pub fn efficiency(props: &Props, trial: &TrialView) -> Html {
    html! {
        <>
            { funnel(&props.locale, trial) }
            if !trial.spreads.is_empty() {
                <section id="efficiency">
                    <h2>{ props.locale.text("efficiency") }</h2>
                    { percentiles(&props.locale, trial) }
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
    let steps = funnel.steps.iter().map(number_column);
    let columns = [column(t.text("arm")), number_column(t.text("funnel-start"))];
    html! {
        <section id="funnel">
            <h2>{ t.text("funnel") }</h2>
            <Table label={t.text("funnel")} class="ratings">
                { head(columns.into_iter().chain(steps)) }
                <tbody>{ for trial.arms.iter().zip(&funnel.arms).enumerate().map(|(i, (arm, counts))| html! {
                    <tr>{ row_heading(system(i, &arm.name)) }{ for counts.iter().enumerate().map(|(step, n)| {
                        let before = step.checked_sub(1).map(|s| counts[s]);
                        let share = before.filter(|b| *b > 0.0).map(|b| format!("{:.1} %", 100.0 * n / b));
                        number(html! { <>{ t.count(*n as usize) }if let Some(share) = share { <br /><small>{ t.with("of-before", &[("share", share)]) }</small> }</> })
                    }) }</tr>
                }) }</tbody>
            </Table>
            <p class="hint">{ t.text("funnel-note") }</p>
        </section>
    }
}

fn percentiles(t: &Locale, trial: &TrialView) -> Html {
    let parts = PARTS
        .iter()
        .map(|p| number_column(format!("p{}", (100.0 * p).round())));
    html! {
        <Table label={t.text("efficiency")} id="percentiles" class="ratings">
            { head([column(t.text("measure")), column(t.text("arm"))].into_iter().chain(parts)) }
            <tbody>{ for trial.spreads.iter().flat_map(|s| s.arms.iter().enumerate().map(move |(i, estimates)| (s, i, estimates))).filter(|(.., estimates)| !estimates.is_empty()).map(|(s, i, estimates)| html! {
                <tr>{ row_heading(&s.name) }{ cell(system(i, &trial.arms[i].name)) }{ for estimates.iter().map(|p| {
                    number(html! { <>{ plain(p.value) }<br /><small>{ p.interval.map_or(t.text("few"), |ends| interval_of(ends.map(plain))) }</small></> })
                }) }</tr>
            }) }</tbody>
        </Table>
    }
}

fn per_success(t: &Locale, trial: &TrialView) -> Html {
    if trial.per_success.is_empty() {
        return Html::default();
    }
    let arms = trial.arms.iter().enumerate();
    let arms = arms.map(|(i, arm)| system_column(i, &arm.name));
    html! {
        <Table label={t.text("efficiency")} id="per-success" class="ratings">
            { head([column(t.text("measure"))].into_iter().chain(arms)) }
            <tbody>{ for trial.per_success.iter().map(|per| {
                let words = [("cost", per.cost.clone()), ("success", per.success.clone())];
                html! {
                    <tr>{ row_heading(t.with("per-success", &words)) }{ for per.arms.iter().zip(&per.compared).map(|(estimates, compared)| number(html! { <>
                        { estimates.map_or("–".to_owned(), |p| plain(p.value)) }
                        if let Some(ends) = estimates.and_then(|p| p.interval) { <br /><small>{ interval_of(ends.map(plain)) }</small> }
                        if let Some(c) = compared { <br /><small>{ format!("{} {}", between(c.interval, Unit::Plain), c.p_value.map_or(String::new(), p_value)) }</small> }
                    </> })) }</tr>
                }
            }) }</tbody>
        </Table>
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
    sort_by(&mut best, |a, b| a[0].total_cmp(&b[0]));
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
                <text x={(LEFT - 6.0).to_string()} y={(y.at(v) + 4.0).to_string()} text-anchor="end">{ decimal(v, decimals) }</text>
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
        <Table label={label.clone()} class="ratings">
            { head([column(t.text("arm")), number_column(&front.quality), number_column(&front.cost), column(t.text("unbeaten"))]) }
            <tbody>{ for points.iter().map(|(i, p)| html! {
                <tr>{ row_heading(&trial.arms[*i].name) }{ number(plain(p.quality)) }{ number(plain(p.cost)) }{ cell(t.text(if p.unbeaten { "yes" } else { "no" })) }</tr>
            }) }</tbody>
        </Table>
    };
    html! { <><h3>{ label }</h3><Figure locale={props.locale.clone()} name="assay-front" {chart} {table} /></> }
}
