//! The chosen outcome of a trial in full: each arm against the baseline with every test that fits, how the
//! difference looked while units came in, and the segments.

use crate::components::charts::dot_plot::{Dot, Group, dot_plot};
use crate::components::charts::figure::{Figure, key};
use crate::components::charts::line_plot::{LinePlot, PlotLine};
use crate::pages::experiment::view::{Props, unit};
use assay_experiment::compare::Compared;
use assay_experiment::view::{OutcomeView, TrialView};
use assay_locale::Locale;
use assay_report::rules::Unit;
use assay_report::write::method;
use assay_report::written::{between, bounds, change_within, p_value, value, value_within};
use assay_stats::Decision;
use assay_stats::Interval;
use yew::prelude::*;

/// The card.
pub fn outcome_card(props: &Props, trial: &TrialView, outcome: &OutcomeView) -> Html {
    let t = &*props.locale;
    html! {
        <section id="outcome">
            <h2>{ &outcome.name }</h2>
            <Figure locale={props.locale.clone()} name="assay-outcome" chart={dots(props, trial, outcome)} table={values(t, trial, outcome)} />
            <div class="scroll" tabindex="0">{ tests(t, trial, outcome) }</div>
            { looks(props, trial, outcome) }
            { segments(t, trial, outcome) }
        </section>
    }
}

fn dots(props: &Props, trial: &TrialView, outcome: &OutcomeView) -> Html {
    let unit = unit(outcome);
    let scale = if unit == Unit::Share { 100.0 } else { 1.0 };
    let dots =
        trial
            .arms
            .iter()
            .zip(&outcome.arms)
            .enumerate()
            .filter_map(|(i, (arm, measured))| {
                let m = measured.as_ref()?;
                Some(Dot {
                    system: i,
                    name: arm.name.clone(),
                    value: scale * m.value,
                    interval: m.interval.map(|[low, high]| Interval {
                        mean: scale * m.value,
                        low: scale * low,
                        high: scale * high,
                    }),
                    written: value_within(m.value, unit, m.interval),
                })
            });
    let group = Group {
        title: String::new(),
        href: "#/business".to_owned() + &format!("?trial={}", props.route.trial),
        dots: dots.collect(),
        baseline: outcome
            .arms
            .get(trial.baseline)
            .and_then(|m| m.map(|m| scale * m.value)),
    };
    dot_plot(&[group], props.width, outcome.name.clone())
}

fn values(t: &Locale, trial: &TrialView, outcome: &OutcomeView) -> Html {
    let unit = unit(outcome);
    html! {
        <table class="ratings">
            <thead><tr><th>{ t.text("arm") }</th><th class="number">{ t.text("value") }</th><th class="number">{ t.text("interval") }</th><th class="number">{ t.text("count-column") }</th></tr></thead>
            <tbody>{ for trial.arms.iter().zip(&outcome.arms).filter_map(|(arm, m)| Some((arm, m.as_ref()?))).map(|(arm, m)| html! {
                <tr><th scope="row">{ &arm.name }</th><td class="number">{ value_within(m.value, unit, m.interval) }</td>
                    <td class="number">{ bounds(m.interval, unit).map_or(String::new(), |[a, b]| format!("{a} … {b}")) }</td>
                    <td class="number">{ t.count(m.units as usize) }</td></tr>
            }) }</tbody>
        </table>
    }
}

/// Every test that fits, a column for each arm but the baseline.
fn tests(t: &Locale, trial: &TrialView, outcome: &OutcomeView) -> Html {
    let unit = unit(outcome);
    let columns: Vec<(usize, &Compared)> = outcome
        .compared
        .iter()
        .enumerate()
        .filter_map(|(i, c)| Some((i, c.as_ref()?)))
        .collect();
    let row = |name: String, of: &dyn Fn(&Compared) -> Option<String>| {
        let cells: Vec<Option<String>> = columns.iter().map(|(_, c)| of(c)).collect();
        if cells.iter().all(Option::is_none) {
            return Html::default();
        }
        html! { <tr><th scope="row">{ name }</th>{ for cells.into_iter().map(|c| html! { <td class="number">{ c.unwrap_or("–".to_owned()) }</td> }) }</tr> }
    };
    let percent = |x: f64| format!("{:+.1} %", 100.0 * x);
    let lower = outcome.lower_is_better;
    html! {
        <table id="tests" class="ratings">
            <thead><tr><th>{ t.text("against-baseline") }</th>{ for columns.iter().map(|(i, _)| html! { <th class="number">{ key(*i) }{ &trial.arms[*i].name }</th> }) }</tr></thead>
            <tbody>
                { row(t.text("difference"), &|c| Some(change_within(c.difference, unit, c.interval))) }
                { row(t.text("interval"), &|c| c.interval.map(|i| between(Some(i), unit))) }
                { row(t.text("method"), &|c| Some(method(t, c.method))) }
                { row("p".to_owned(), &|c| c.p_value.map(p_value)) }
                { row(t.text("p-corrected"), &|c| c.p_corrected.map(p_value)) }
                { row(t.text("verdict"), &|c| Some(t.text(match c.decision(lower) { Decision::Better => "better", Decision::Worse => "worse", Decision::NoEvidence => "not-enough" }))) }
                { row(t.text("needed-units"), &|c| c.needed.filter(|_| c.decision(lower) == Decision::NoEvidence).map(|n| t.with("needed-of", &[("needed", t.count(n as usize)), ("count", t.count(c.units as usize))]))) }
                { row(t.text("score-interval"), &|c| c.score_interval.map(|i| between(Some(i), unit))) }
                { row(t.text("fisher"), &|c| c.fisher.map(p_value)) }
                { row(t.text("mann-whitney"), &|c| c.mann_whitney.map(p_value)) }
                { row(t.text("cuped"), &|c| c.adjusted.as_ref().map(|a| format!("{} {}", change_within(a.difference, unit, Some(a.interval)), between(Some(a.interval), unit)))) }
                { row(t.text("cuped-p"), &|c| c.adjusted.as_ref().map(|a| p_value(a.p_value))) }
                { row(t.text("cuped-removed"), &|c| c.adjusted.as_ref().map(|a| format!("{} ({:.0} %)", a.covariate, 100.0 * a.removed))) }
                { row(t.text("lift"), &|c| c.posterior.map(|b| format!("{} [{}, {}]", percent(b.median), percent(b.interval[0]), percent(b.interval[1])))) }
                { row(t.text("lift-above"), &|c| c.posterior.map(|b| format!("{:.1} %", 100.0 * b.prob_superior))) }
                { row(t.text("lift-risk"), &|c| c.posterior.map(|b| value(b.risk, Unit::Share))) }
                { row(t.text("anytime"), &|c| c.looks.last().map(|l| p_value(l.p_value))) }
            </tbody>
        </table>
    }
}

/// The difference while units came in, with the confidence sequence.
fn looks(props: &Props, trial: &TrialView, outcome: &OutcomeView) -> Html {
    let t = &*props.locale;
    let scale = if unit(outcome) == Unit::Share {
        100.0
    } else {
        1.0
    };
    let mut lines = Vec::new();
    for (i, compared) in outcome.compared.iter().enumerate() {
        let looks = compared.as_ref().map_or(&[][..], |c| &c.looks);
        if looks.is_empty() {
            continue;
        }
        let of = |y: fn(&assay_experiment::compare::Look) -> f64| {
            looks
                .iter()
                .map(|l| [(l.units[0] + l.units[1]) as f64, scale * y(l)])
                .collect::<Vec<_>>()
        };
        let line = |name: String, faint: bool, points| PlotLine {
            name,
            place: i,
            dashed: false,
            faint,
            points,
        };
        let name = &trial.arms[i].name;
        lines.push(line(name.clone(), false, of(|l| l.difference)));
        lines.push(line(String::new(), true, of(|l| l.interval[0])));
        lines.push(line(String::new(), true, of(|l| l.interval[1])));
    }
    if lines.is_empty() {
        return Html::default();
    }
    let rows = outcome.compared.iter().enumerate().flat_map(|(i, c)| {
        c.iter()
            .flat_map(move |c| c.looks.iter().map(move |l| (i, l)))
    });
    let unit = unit(outcome);
    let table = html! {
        <table class="ratings">
            <thead><tr><th>{ t.text("arm") }</th><th class="number">{ t.text("units-so-far") }</th><th class="number">{ t.text("difference") }</th><th class="number">{ t.text("interval") }</th><th class="number">{ "p" }</th></tr></thead>
            <tbody>{ for rows.map(|(i, l)| html! {
                <tr><td>{ &trial.arms[i].name }</td><td class="number">{ t.count(l.units[0] + l.units[1]) }</td><td class="number">{ change_within(l.difference, unit, Some(l.interval)) }</td>
                    <td class="number">{ between(Some(l.interval), unit) }</td><td class="number">{ p_value(l.p_value) }</td></tr>
            }) }</tbody>
        </table>
    };
    let chart = html! { <LinePlot locale={props.locale.clone()} {lines} axes={[t.text("units-so-far"), t.text("difference")]} width={props.width} /> };
    html! {
        <details id="looks">
            <summary>{ t.text("looks") }</summary>
            <p class="hint">{ t.text("looks-note") }</p>
            <Figure locale={props.locale.clone()} name="assay-looks" {chart} {table} />
        </details>
    }
}

fn segments(t: &Locale, trial: &TrialView, outcome: &OutcomeView) -> Html {
    let unit = unit(outcome);
    let rows: Vec<_> = trial
        .segments
        .iter()
        .filter_map(|s| Some((s, s.outcomes.iter().find(|o| o.name == outcome.name)?)))
        .flat_map(|(s, o)| {
            o.compared
                .iter()
                .enumerate()
                .filter_map(move |(i, c)| Some((s, o, i, c.as_ref()?)))
        })
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ t.text("trial-segments") }</h3>
            <div class="scroll" tabindex="0"><table id="segments" class="ratings">
                <thead><tr><th>{ t.text("slice") }</th><th>{ t.text("arm") }</th><th class="number">{ t.text("count-column") }</th><th class="number">{ t.text("is-baseline") }</th><th class="number">{ t.text("value") }</th><th class="number">{ t.text("difference") }</th><th class="number">{ t.text("interval") }</th><th class="number">{ t.text("p-corrected") }</th></tr></thead>
                <tbody>{ for rows.into_iter().map(|(s, o, i, c)| {
                    let decision = c.decision(o.lower_is_better);
                    let (sign, class) = (decision.sign(), decision.key());
                    let of = |arm: usize| o.arms[arm].map_or("–".to_owned(), |m| value_within(m.value, unit, m.interval));
                    html! {
                        <tr><th scope="row">{ format!("{} = {}", s.column, s.value) }</th><td>{ key(i) }{ &trial.arms[i].name }</td><td class="number">{ t.count(c.units as usize) }</td>
                            <td class="number">{ of(trial.baseline) }</td><td class="number">{ of(i) }</td>
                            <td class={classes!("number", "change", class)}>{ format!("{sign} {}", change_within(c.difference, unit, c.interval)) }</td>
                            <td class="number">{ between(c.interval, unit) }</td><td class="number">{ c.p_corrected.map_or(String::new(), p_value) }</td></tr>
                    }
                }) }</tbody>
            </table></div>
            <p class="hint">{ t.text("segments-note") }</p>
        </>
    }
}
