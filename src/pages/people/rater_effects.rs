//! The Ratings page's part about what raters differ in who compare outputs, and strengths with that held equal.

use crate::components::table::{
    Table, column, head, number, number_column, row_heading, score, system,
};
use crate::verdict::{interval_of, signed};
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::preference::Ranked;
use assay_rating::analysis::rater_effects::{EqualStrength, Factor, RaterDifference, RaterEffects};
use assay_sorting::sort_by;
use yew::prelude::*;

fn name(t: &Locale, rater: &RaterDifference) -> String {
    let together = || t.with("raters-differ-others", &[("count", t.count(rater.raters))]);
    rater.name.clone().unwrap_or_else(together)
}

fn factor(found: Option<&Factor>) -> String {
    found.map_or_else(|| "–".to_owned(), |factor| format!("{:.2}", factor.value))
}

fn ends(found: Option<&Factor>) -> String {
    let written = |factor: &Factor| interval_of(factor.interval.map(|end| format!("{end:.2}")));
    found.map_or_else(String::new, written)
}

/// What an interval without 1 says of a rater.
fn said(t: &Locale, rater: &RaterDifference) -> Vec<String> {
    let order = rater.order.and_then(|order| match order.interval {
        [low, _] if low > 1.0 => Some("raters-differ-first"),
        [_, high] if high < 1.0 => Some("raters-differ-second"),
        _ => None,
    });
    let below = |factor: &Factor| factor.interval[1] < 1.0;
    let is_unclear = rater.discrimination.as_ref().is_some_and(below);
    let keys = order
        .into_iter()
        .chain(is_unclear.then_some("raters-differ-chance"));
    let words = [("rater", name(t, rater))];
    keys.map(|key| t.with(key, &words)).collect()
}

/// What raters differ in, beside the strengths without it.
pub fn rater_effects(
    t: &Locale,
    view: &RatingsView,
    found: &RaterEffects,
    raw: Option<&Ranked>,
) -> Html {
    let headings = [
        "raters-differ-count",
        "items-count",
        "raters-differ-order",
        "interval",
        "raters-differ-clarity",
        "interval",
    ];
    let headings = headings.map(|key| number_column(t.text(key)));
    let row = |rater: &RaterDifference| {
        html! {
            <tr>
                { row_heading(name(t, rater)) }
                { number(t.count(rater.count)) }
                { number(t.count(rater.units)) }
                { score(factor(rater.order.as_ref())) }
                { number(ends(rater.order.as_ref())) }
                { score(factor(rater.discrimination.as_ref())) }
                { number(ends(rater.discrimination.as_ref())) }
            </tr>
        }
    };
    let sentences = found.raters.iter().flat_map(|rater| said(t, rater));
    html! {
        <>
            <h3>{ t.text("raters-differ") }</h3>
            { for sentences.map(|sentence| html! { <p>{ sentence }</p> }) }
            <Table label={t.text("raters-differ")} class="ratings raters-differ">
                { head([column(t.text("rater"))].into_iter().chain(headings)) }
                <tbody>{ for found.raters.iter().map(row) }</tbody>
            </Table>
            <p class="hint">{ t.text("raters-differ-hint") }</p>
            { equal(t, view, found, raw) }
        </>
    }
}

/// Strengths with the effects held equal, beside the raw ones.
fn equal(t: &Locale, view: &RatingsView, found: &RaterEffects, raw: Option<&Ranked>) -> Html {
    let mut systems = found.systems.clone();
    sort_by(&mut systems, |a, b| b.value.total_cmp(&a.value));
    let written = |ends: [f64; 2]| interval_of(ends.map(|end| signed(end, 2)));
    let headings = ["strength", "interval", "raters-equal", "interval"];
    let headings = headings.map(|key| number_column(t.text(key)));
    let row = |equal: &EqualStrength| {
        let own = raw.and_then(|r| r.systems.iter().find(|s| s.system == equal.system));
        let value = own.map_or_else(|| "–".to_owned(), |s| signed(s.value, 2));
        html! {
            <tr>
                { row_heading(system(equal.system, &view.analysis.systems[equal.system])) }
                { number(value) }
                { number(own.map_or_else(String::new, |s| written(s.interval))) }
                { score(signed(equal.value, 2)) }
                { number(written(equal.interval)) }
            </tr>
        }
    };
    html! {
        <Table label={t.text("raters-equal")} class="ratings strengths">
            { head([column(t.text("system"))].into_iter().chain(headings)) }
            <tbody>{ for systems.iter().map(row) }</tbody>
        </Table>
    }
}
