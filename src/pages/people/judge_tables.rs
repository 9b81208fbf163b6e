//! The Ratings page's tables about models that judge: which verdicts go with which of people's, and corrected results.

use crate::components::table::{
    Table, cell, column, head, number, number_column, row_heading, score,
};
use crate::verdict::interval_of;
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::judges::JudgeResult;
use assay_rating::analysis::judges::corrected::{Corrected, Estimate, Of};
use assay_rating::analysis::judges::people::Confusion;
use assay_rating::analysis::judges::slices::SliceAgreement;
use assay_rating::judgements::Scale;
use assay_stats::Interval;
use assay_stats::decision::FEWEST_UNITS;
use yew::prelude::*;

/// A value of a scale in words.
fn value(t: &Locale, value: f64, scale: &Scale) -> String {
    match (scale, value) {
        (Scale::Preference, 0.0) => t.text("said-first"),
        (Scale::Preference, 1.0) => t.text("said-second"),
        (Scale::Preference, _) => t.text("said-tie"),
        (Scale::YesNo, 0.0) => t.text("judge-no"),
        (Scale::YesNo, _) => t.text("judge-yes"),
        (_, number) => number.to_string(),
    }
}

/// How often people's values met the judge's.
pub fn confusion(t: &Locale, found: &Confusion, scale: &Scale) -> Html {
    if found.values.is_empty() {
        return Html::default();
    }
    let names = || found.values.iter().map(|v| value(t, *v, scale));
    let columns = names().map(|name| number_column(t.with("judge-says", &[("value", name)])));
    html! {
        <details>
            <summary>{ t.text("judge-confusion") }</summary>
            <Table label={t.text("judge-confusion")} class="ratings">
                { head([column(t.text("judge-people-say"))].into_iter().chain(columns)) }
                <tbody>{ for names().zip(&found.counts).map(|(name, counts)| html! {
                    <tr>{ row_heading(name) }{ for counts.iter().map(|n| number(t.count(*n))) }</tr>
                }) }</tbody>
            </Table>
        </details>
    }
}

/// How far it agrees with people in each slice.
pub fn slices(t: &Locale, found: &[SliceAgreement], scale: &Scale) -> Html {
    if found.is_empty() {
        return Html::default();
    }
    let ends = |interval: Option<Interval>, written: fn(f64) -> String| {
        let ends = interval.map(|i| interval_of([i.low, i.high].map(written)));
        number(ends.unwrap_or_else(|| "–".to_owned()))
    };
    let percent = |part: f64| format!("{:.0} %", 100.0 * part);
    let two = |value: f64| format!("{value:.2}");
    let kappa = match scale {
        Scale::Points { .. } => "kappa-quadratic",
        _ => "kappa-plain",
    };
    let has_kappa = found.iter().any(|s| s.kappa.is_some());
    let row = |s: &SliceAgreement| {
        let words = [("name", s.column.clone()), ("value", s.value.clone())];
        html! {
            <tr>
                { row_heading(t.with("slice-is", &words)) }
                { number(t.count(s.items)) }
                { score(percent(s.same)) }
                { ends(s.same_interval, percent) }
                if has_kappa {
                    { number(s.kappa.map_or_else(|| "–".to_owned(), two)) }
                    { ends(s.kappa_interval, two) }
                }
            </tr>
        }
    };
    html! {
        <details class="judge-slices">
            <summary>{ t.text("judge-slices") }</summary>
            <Table label={t.text("judge-slices")} class="ratings">
                <thead><tr>
                    { column(t.text("slices")) }{ number_column(t.text("judge-slice-items")) }
                    { number_column(t.text("judge-same")) }{ number_column(t.text("interval")) }
                    if has_kappa { { number_column(t.text(kappa)) }{ number_column(t.text("interval")) } }
                </tr></thead>
                <tbody>{ for found.iter().map(row) }</tbody>
            </Table>
            <p class="hint">{ t.text("judge-slices-hint") }</p>
        </details>
    }
}

/// The judge's results beside the corrected ones; words where too few items are labelled.
pub fn corrected(t: &Locale, view: &RatingsView, found: &JudgeResult) -> Html {
    let Some(most) = found.corrected.iter().map(|c| c.labelled).max() else {
        return Html::default();
    };
    if found.corrected.iter().all(|c| c.mean.is_none()) {
        let nothing_left = found.corrected.iter().all(|c| c.unlabelled == 0);
        let words = [("items", t.count(most)), ("needed", t.count(FEWEST_UNITS))];
        let said = match nothing_left {
            true => t.text("judge-corrected-all"),
            false => t.with("judge-corrected-few", &words),
        };
        return html! { <p>{ said }</p> };
    }
    let compares = found.corrected.iter().any(|c| matches!(c.of, Of::Pair(_)));
    let has_rates = found.corrected.iter().any(|c| c.rate.is_some());
    let written = |x: f64| match compares {
        true => format!("{:.0} %", 100.0 * x),
        false => format!("{x:.2}"),
    };
    let estimate = |e: Option<Estimate>| match e {
        Some(e) => format!(
            "{} {}",
            written(e.value),
            interval_of(e.interval.map(written))
        ),
        None => "–".to_owned(),
    };
    let of = |c: &Corrected| match c.of {
        Of::System(system) => view.analysis.systems[system].clone(),
        Of::Pair(pair) => {
            let [first, second] = pair.map(|s| view.analysis.systems[s].clone());
            t.with("against", &[("system", second), ("baseline", first)])
        }
    };
    let row = |c: &Corrected| {
        let raw = c.raw_interval.map(|i| Estimate {
            value: c.raw,
            interval: [i.low, i.high],
        });
        let twice = c.half_width_of_twice.map(|w| format!("± {}", written(w)));
        html! {
            <tr>
                { row_heading(of(c)) }
                { number(estimate(raw)) }
                { number(written(c.people)) }
                { score(estimate(c.mean)) }
                if has_rates { { number(estimate(c.rate)) } }
                { number(format!("{} / {}", t.count(c.labelled), t.count(c.unlabelled))) }
                { cell(twice.unwrap_or_default()) }
            </tr>
        }
    };
    html! {
        <>
            <h5>{ t.text("judge-corrected") }</h5>
            <p class="hint">{ t.text("judge-corrected-hint") }</p>
            <Table label={t.text("judge-corrected")} class="ratings corrected">
                <thead><tr>
                    { column(t.text(if compares { "pair" } else { "system" })) }{ number_column(t.text("judge-raw")) }
                    { number_column(t.text("judge-people-mean")) }{ number_column(t.text("judge-corrected-mean")) }
                    if has_rates { { number_column(t.text("judge-corrected-rate")) } }
                    { number_column(t.text("judge-labelled")) }{ column(t.text("judge-twice")) }
                </tr></thead>
                <tbody>{ for found.corrected.iter().map(row) }</tbody>
            </Table>
        </>
    }
}
