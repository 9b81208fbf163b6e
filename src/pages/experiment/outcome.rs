//! The chosen outcome of a trial in full: each arm against the baseline with every test that fits, how the
//! difference looked while units came in, and the segments.

use crate::components::charts::dot_plot::{Dot, Group, dot_plot};
use crate::components::charts::figure::Figure;
use crate::components::charts::line_plot::{LinePlot, PlotLine};
use crate::components::table::{
    Measures, Table, cell, column, head, number, number_column, row_heading, system, system_column,
};
use crate::pages::experiment::view::{Props, unit};
use crate::verdict::interval_of;
use assay_experiment::compare::Compared;
use assay_experiment::view::{OutcomeView, TrialView};
use assay_locale::Locale;
use assay_report::rules::Unit;
use assay_report::stopping::{Counted, stopping};
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
            { tests(t, trial, outcome) }
            { may_stop(t, trial, outcome) }
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
        href: props.route.href(),
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
        <Table label={outcome.name.clone()} class="ratings">
            { head([column(t.text("arm")), number_column(t.text("value")), number_column(t.text("interval")), number_column(t.text("count-column"))]) }
            <tbody>{ for trial.arms.iter().zip(&outcome.arms).filter_map(|(arm, m)| Some((arm, m.as_ref()?))).map(|(arm, m)| html! {
                <tr>{ row_heading(&arm.name) }{ number(value_within(m.value, unit, m.interval)) }
                    { number(bounds(m.interval, unit).map_or(String::new(), interval_of)) }
                    { number(t.count(m.units as usize)) }</tr>
            }) }</tbody>
        </Table>
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
    let measures = Measures { columns: &columns };
    let row =
        |name: String, of: &dyn Fn(&Compared) -> Option<String>| measures.row(name, |(_, c)| of(c));
    let arms = columns.iter();
    let arms = arms.map(|(i, _)| system_column(*i, &trial.arms[*i].name));
    let percent = |x: f64| format!("{:+.1} %", 100.0 * x);
    let lower = outcome.lower_is_better;
    html! {
        <Table label={t.text("against-baseline")} id="tests" class="ratings">
            { head([column(t.text("against-baseline"))].into_iter().chain(arms)) }
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
                { row(t.text("lift"), &|c| c.posterior.map(|b| format!("{} {}", percent(b.median), interval_of(b.interval.map(percent))))) }
                { row(t.text("lift-above"), &|c| c.posterior.map(|b| format!("{:.1} %", 100.0 * b.prob_superior))) }
                { row(t.text("lift-risk"), &|c| c.posterior.map(|b| value(b.risk, Unit::Share))) }
                { row(t.text("anytime"), &|c| c.sequential.and_then(|s| s.p_corrected).map(p_value)) }
                { row(t.text("anytime-interval"), &|c| c.sequential.map(|s| between(Some(s.interval), unit))) }
            </tbody>
        </Table>
    }
}

/// Whether the trial may stop, as far as each arm goes under this outcome.
fn may_stop(t: &Locale, trial: &TrialView, outcome: &OutcomeView) -> Html {
    let base = trial.arms.get(trial.baseline);
    let base = base.map_or_else(String::new, |arm| arm.name.clone());
    let lines = trial.arms.iter().zip(&outcome.compared);
    let lines = lines.filter_map(|(arm, compared)| {
        let compared = compared.as_ref()?;
        let found = compared.sequential.as_ref()?;
        let evidence = compared.sequential_evidence(outcome.lower_is_better)?;
        let interval = between(Some(found.interval), unit(outcome));
        let said = stopping(t, found, evidence, Counted::Units, compared.units, interval);
        let words = [
            ("arm", arm.name.clone()),
            ("baseline", base.clone()),
            ("said", said),
        ];
        Some(html! { <p>{ t.with("trial-stopping", &words) }</p> })
    });
    let lines: Vec<Html> = lines.collect();
    if lines.is_empty() {
        return Html::default();
    }
    html! {
        <div class="stopping">
            <h3>{ t.text("stopping") }</h3>
            { for lines }
            <p class="hint">{ t.text("stopping-note") }</p>
        </div>
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
            band: Vec::new(),
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
        <Table label={t.text("looks")} class="ratings">
            { head([
                column(t.text("arm")), number_column(t.text("units-so-far")), number_column(t.text("difference")),
                number_column(t.text("interval")), number_column("p"),
            ]) }
            <tbody>{ for rows.map(|(i, l)| html! {
                <tr>{ cell(&trial.arms[i].name) }{ number(t.count(l.units[0] + l.units[1])) }{ number(change_within(l.difference, unit, Some(l.interval))) }
                    { number(between(Some(l.interval), unit)) }{ number(p_value(l.p_value)) }</tr>
            }) }</tbody>
        </Table>
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
            <Table label={t.text("trial-segments")} id="segments" class="ratings">
                { head([
                    column(t.text("slice")), column(t.text("arm")), number_column(t.text("count-column")),
                    number_column(t.text("is-baseline")), number_column(t.text("value")), number_column(t.text("difference")),
                    number_column(t.text("interval")), number_column(t.text("p-corrected")),
                ]) }
                <tbody>{ for rows.into_iter().map(|(s, o, i, c)| {
                    let decision = c.decision(o.lower_is_better);
                    let (sign, class) = (decision.sign(), decision.key());
                    let of = |arm: usize| o.arms[arm].map_or("–".to_owned(), |m| value_within(m.value, unit, m.interval));
                    html! {
                        <tr>{ row_heading(format!("{} = {}", s.column, s.value)) }{ cell(system(i, &trial.arms[i].name)) }{ number(t.count(c.units as usize)) }
                            { number(of(trial.baseline)) }{ number(of(i)) }
                            <td class={classes!("number", "change", class)}>{ format!("{sign} {}", change_within(c.difference, unit, c.interval)) }</td>
                            { number(between(c.interval, unit)) }{ number(c.p_corrected.map_or(String::new(), p_value)) }</tr>
                    }
                }) }</tbody>
            </Table>
            <p class="hint">{ t.text("segments-note") }</p>
        </>
    }
}
