//! The part of the Compare page on standard errors: how sure the systems' means are, what their variance is made of, and what
//! more rows or samples would change.

use crate::components::table::{Measures, Table, column, head, system_column};
use crate::verdict::{decimal, interval_of};
use assay_locale::Locale;
use assay_results::questions::{ErrorBars, ErrorBarsView, SplitView};
use yew::prelude::*;

/// Significant digits of errors and variances.
const DIGITS: i32 = 3;

/// A row for each figure, a column for each system.
pub fn error_bars(t: &Locale, systems: &[String], view: &ErrorBarsView) -> Html {
    if view.systems.is_empty() {
        return html! { <p class="hint">{ t.text("errors-none") }</p> };
    }
    let place = |name: &str| systems.iter().position(|s| s == name);
    let names = view.systems.iter();
    let names = names.map(|s| system_column(place(&s.name).unwrap_or_default(), &s.name));
    let measures = Measures {
        columns: &view.systems,
    };
    let row =
        |name: &str, of: &dyn Fn(&ErrorBars) -> Option<String>| measures.row(t.text(name), of);
    let number = |name: &str, of: fn(&ErrorBars) -> f64| row(name, &|s| Some(written(of(s))));
    let has_clusters = view.clusters.is_some();
    let twice = match has_clusters {
        true => "errors-twice-whole-clusters",
        false => "errors-twice-clusters",
    };
    let rows = html! { <tbody>
        { row("errors-rows", &|s| Some(t.count(s.rows))) }
        { row("errors-mean", &|s| {
            let ends = interval_of(s.interval.map(|end| in_digits_of(end, s.error)));
            Some(format!("{} {ends}", in_digits_of(s.mean, s.error)))
        }) }
        { number("errors-error", |s| s.error) }
        if has_clusters {
            { row("errors-clusters", &|s| Some(t.count(s.clusters))) }
            { number("errors-naive", |s| s.naive_error) }
            { row("errors-design", &|s| s.design_effect.map(|d| format!("{d:.2}"))) }
        }
        { number(twice, |s| s.twice_the_clusters) }
        if view.systems.iter().any(|s| s.split.is_some()) { { split_rows(t, &measures) } }
    </tbody> };
    let items = view.items.as_ref().or(view.clusters.as_ref());
    let has_split = view.systems.iter().any(|s| s.split.is_some());
    html! { <>
        <Table label={t.text("errors-error")} class="ratings" id="errors">
            { head([column(t.text("measure"))].into_iter().chain(names)) }{ rows }
        </Table>
        <p class="hint">{ t.text("errors-note") }
            if let Some(clusters) = &view.clusters {
                { " " }{ t.with("errors-note-clusters", &[("column", clusters.clone())]) }
            }
            if let Some(items) = items.filter(|_| has_split) {
                { " " }{ t.with("errors-note-split", &[("column", items.clone())]) }
            }
        </p>
    </> }
}

/// The variance between and within items, and what follows for more of either.
fn split_rows(t: &Locale, measures: &Measures<'_, ErrorBars>) -> Html {
    let row = |name: &str, of: &dyn Fn(&SplitView) -> Option<String>| {
        measures.row(t.text(name), |s| of(s.split.as_ref()?))
    };
    let number = |name: &str, of: fn(&SplitView) -> f64| row(name, &|s| Some(written(of(s))));
    html! { <>
        { row("errors-items", &|s| Some(t.count(s.items))) }
        { row("errors-samples", &|s| Some(format!("{:.1}", s.samples))) }
        { number("errors-between", |s| s.between) }
        { number("errors-within", |s| s.within) }
        { row("errors-share", &|s| s.share_within.map(|x| format!("{:.0} %", 100.0 * x))) }
        { number("errors-of-means", |s| s.error) }
        { number("errors-twice-samples", |s| s.twice_the_samples) }
        { number("errors-floor", |s| s.floor) }
        { number("errors-twice-items", |s| s.twice_the_items) }
    </> }
}

/// Digits behind the point at which a number shows this number of significant digits.
fn digits(x: f64) -> usize {
    let first = x.abs().log10().floor();
    match first.is_finite() {
        true => (f64::from(DIGITS - 1) - first).clamp(0.0, 8.0) as usize,
        false => 0,
    }
}

fn written(x: f64) -> String {
    format!("{x:.*}", digits(x))
}

/// A mean with the digits that its standard error has.
fn in_digits_of(x: f64, error: f64) -> String {
    decimal(x, digits(error))
}
