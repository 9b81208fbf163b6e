//! The chosen outcome of a trial in full: each arm against the baseline with every test that fits, how the
//! difference looked while units came in, and the segments.

use crate::components::charts::dot_plot::{Dot, Group, dot_plot};
use crate::components::charts::figure::Figure;
use crate::components::charts::line_plot::{LinePlot, PlotLine};
use crate::components::facts::{Fact, facts};
use crate::components::table::{
    Measures, Table, cell, column, decided, head, number, number_column, row_heading, system,
    system_column,
};
use crate::pages::experiment::view::{Props, unit};
use crate::verdict::{interval_of, signed};
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
            <h2>{ conclusion(t, trial, outcome) }</h2>
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

/// What decides, as cards for each arm but the baseline; the tests besides are a click away.
fn tests(t: &Locale, trial: &TrialView, outcome: &OutcomeView) -> Html {
    let columns: Vec<(usize, &Compared)> = outcome
        .compared
        .iter()
        .enumerate()
        .filter_map(|(i, c)| Some((i, c.as_ref()?)))
        .collect();
    if columns.is_empty() {
        return Html::default();
    }
    html! {
        <div id="tests">
            { for columns.iter().map(|(i, compared)| html! { <>
                if columns.len() > 1 { <h3>{ system(*i, &trial.arms[*i].name) }</h3> }
                { facts(deciding(t, outcome, compared)) }
            </> }) }
            <details>
                <summary>{ t.text("more-tests") }</summary>
                { more_tests(t, trial, outcome, &columns) }
            </details>
        </div>
    }
}

fn percent(x: f64) -> String {
    format!("{} %", signed(100.0 * x, 1))
}

/// The difference, how sure it is, and what it means for those who decide.
fn deciding(t: &Locale, outcome: &OutcomeView, compared: &Compared) -> Vec<Fact> {
    let unit = unit(outcome);
    let decision = compared.decision(outcome.lower_is_better);
    let change = change_within(compared.difference, unit, compared.interval);
    let interval = compared.interval.map(|ends| {
        let ends = between(Some(ends), unit);
        format!("{} {ends}", t.text("interval"))
    });
    let mut all = vec![
        Fact::new(t.text("difference"), decided(decision, change))
            .note(interval.unwrap_or_default()),
    ];
    if let Some(p) = compared.p_corrected {
        all.push(Fact::new(t.text("p-corrected"), p_value(p)).note(method(t, compared.method)));
    }
    let needed = compared.needed.filter(|_| decision == Decision::NoEvidence);
    if let Some(needed) = needed {
        let now = [("count", t.count(compared.units as usize))];
        let needed = t.count(needed as usize);
        all.push(Fact::new(t.text("needed-units"), needed).note(t.with("needed-now", &now)));
    }
    if let Some(lift) = compared.posterior {
        let ends = interval_of(lift.interval.map(percent));
        all.push(Fact::new(t.text("lift"), percent(lift.median)).note(ends));
        let above = format!("{:.1} %", 100.0 * lift.prob_superior);
        let risk = [("risk", value(lift.risk, Unit::Share))];
        all.push(Fact::new(t.text("lift-above"), above).note(t.with("lift-risk-is", &risk)));
    }
    all
}

/// Every other test that fits, a column for each arm but the baseline.
fn more_tests(
    t: &Locale,
    trial: &TrialView,
    outcome: &OutcomeView,
    columns: &[(usize, &Compared)],
) -> Html {
    let unit = unit(outcome);
    let measures = Measures { columns };
    let row =
        |name: String, of: &dyn Fn(&Compared) -> Option<String>| measures.row(name, |(_, c)| of(c));
    let arms = columns.iter();
    let arms = arms.map(|(i, _)| system_column(*i, &trial.arms[*i].name));
    html! {
        <Table label={t.text("against-baseline")} class="ratings compact">
            { head([column(t.text("against-baseline"))].into_iter().chain(arms)) }
            <tbody>
                { row("p".to_owned(), &|c| c.p_value.map(p_value)) }
                { row(t.text("score-interval"), &|c| c.score_interval.map(|i| between(Some(i), unit))) }
                { row(t.text("fisher"), &|c| c.fisher.map(p_value)) }
                { row(t.text("mann-whitney"), &|c| c.mann_whitney.map(p_value)) }
                { row(t.text("cuped"), &|c| c.adjusted.as_ref().map(|a| format!("{} {}", change_within(a.difference, unit, Some(a.interval)), between(Some(a.interval), unit)))) }
                { row(t.text("cuped-p"), &|c| c.adjusted.as_ref().map(|a| p_value(a.p_value))) }
                { row(t.text("cuped-removed"), &|c| c.adjusted.as_ref().map(|a| format!("{} ({:.0} %)", a.covariate, 100.0 * a.removed))) }
                { row(t.text("anytime"), &|c| c.sequential.and_then(|s| s.p_corrected).map(p_value)) }
                { row(t.text("anytime-interval"), &|c| c.sequential.map(|s| between(Some(s.interval), unit))) }
            </tbody>
        </Table>
    }
}

/// What the chart of an outcome shows: with one arm beside the baseline, whether it is better and from where to where.
fn conclusion(t: &Locale, trial: &TrialView, outcome: &OutcomeView) -> String {
    let compared = outcome.compared.iter().enumerate();
    let mut compared = compared.filter_map(|(i, c)| Some((i, c.as_ref()?)));
    let (Some((arm, found)), None) = (compared.next(), compared.next()) else {
        return outcome.name.clone();
    };
    let written = |arm: usize| {
        let measured = outcome.arms[arm].as_ref();
        measured.map_or_else(String::new, |m| {
            value_within(m.value, unit(outcome), m.interval)
        })
    };
    let words = [
        ("outcome", outcome.name.clone()),
        ("arm", trial.arms[arm].name.clone()),
        ("baseline", trial.arms[trial.baseline].name.clone()),
        ("from", written(trial.baseline)),
        ("to", written(arm)),
    ];
    let decision = found.decision(outcome.lower_is_better);
    t.with(&format!("outcome-is-{}", decision.key()), &words)
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
