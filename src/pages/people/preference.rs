//! The Ratings page's tables of preferences and rankings: who won how often, and how strong that makes
//! each system.

use crate::components::table::{
    Table, column, head, number, number_column, row_heading, score, system,
};
use crate::pages::people::view::decided;
use crate::verdict::{Decision, interval_of, p_text, signed};
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::preference::{Pair, Preferences, Ranked};
use assay_rating::analysis::style::StyleEffect;
use assay_report::stopping::{Counted, stopping};
use assay_sorting::sort_by;
use assay_stats::decision::FEWEST_UNITS;
use assay_stats::{Direction, Interval};
use yew::prelude::*;

/// Whether answers may stop coming in, as far as two systems go.
pub fn pair_stopping(t: &Locale, pair: &Pair) -> Option<Html> {
    let found = pair.sequential.as_ref()?;
    let percent = |part: f64| format!("{:.0} %", 100.0 * (0.5 + part));
    let interval = interval_of(found.interval.map(percent));
    let (value, items) = (pair.rate - 0.5, pair.units as f64);
    let evidence = found.evidence(value, items, Direction::HigherIsBetter);
    let said = stopping(t, found, evidence, Counted::Items, items, interval);
    Some(html! { <p class="hint stopping">{ said }</p> })
}

/// Which of two people prefer.
pub fn pair_sentence(t: &Locale, view: &RatingsView, pair: &Pair) -> Html {
    let around = |i: Interval| Interval {
        mean: i.mean - 0.5,
        low: i.low - 0.5,
        high: i.high - 0.5,
    };
    let interval = pair.interval.map(around);
    let said = decided(
        pair.rate - 0.5,
        pair.p_corrected,
        interval,
        pair.units,
        false,
    );
    let [first, second] = pair.systems.map(|s| view.analysis.systems[s].clone());
    // The one that won more stands first.
    let (winner, loser, rate) = if pair.rate >= 0.5 {
        (second, first, pair.rate)
    } else {
        (first, second, 1.0 - pair.rate)
    };
    let words = [
        ("winner", winner),
        ("loser", loser),
        ("rate", format!("{:.0}", 100.0 * rate)),
        ("p", pair.p_corrected.map_or_else(String::new, p_text)),
        ("items", t.count(pair.units)),
    ];
    let name = match (said.decision(), said.obstacle()) {
        (Decision::NoEvidence, Some(_)) => "pair-few",
        (Decision::NoEvidence, None) => "pair-same",
        _ => "pair-better",
    };
    html! { <p class="verdict">{ t.with(name, &words) }</p> }
}

/// Every two systems, side by side.
pub fn pairs(t: &Locale, view: &RatingsView, pairs: &[Pair]) -> Html {
    let numbers = [
        "won",
        "lost",
        "rate-tie",
        "rate-both-bad",
        "win-rate",
        "interval",
        "chance",
    ];
    let numbers = numbers.iter().map(|name| number_column(t.text(name)));
    html! {
        <Table label={t.text("win-rate")} class="ratings pairs">
            { head([column(t.text("pair"))].into_iter().chain(numbers)) }
            <tbody>{ for pairs.iter().map(|p| {
                let [first, second] = p.systems.map(|s| view.analysis.systems[s].clone());
                let percent = |x: f64| format!("{:.0} %", 100.0 * x);
                html! {
                    <tr>
                        { row_heading(t.with("against", &[("system", second), ("baseline", first)])) }
                        { for [p.wins, p.losses, p.ties, p.both_bad].map(|n| number(t.count(n))) }
                        { score(percent(p.rate)) }
                        { number(p.interval.map_or(String::new(), |i| interval_of([i.low, i.high].map(percent)))) }
                        { number(p.p_corrected.map_or_else(String::new, p_text)) }
                    </tr>
                }
            }) }</tbody>
        </Table>
    }
}

/// The win rates with length and style held equal, beside the raw ones, and what sways the choice.
pub fn with_equal_style(t: &Locale, view: &RatingsView, preferences: &Preferences) -> Html {
    let Some(found) = &preferences.style else {
        return Html::default();
    };
    let percent = |x: f64| format!("{:.0} %", 100.0 * x);
    let ends = |ends: [f64; 2]| interval_of(ends.map(percent));
    let effect = |effect: &StyleEffect| {
        let words = [
            ("odds", format!("{:.2}", effect.odds)),
            (
                "interval",
                interval_of(effect.interval.map(|end| format!("{end:.2}"))),
            ),
        ];
        html! { <li>{ t.with(&format!("style-{}", effect.feature.name()), &words) }</li> }
    };
    let numbers = ["win-rate", "interval", "style-equal", "interval"];
    let numbers = numbers.iter().map(|name| number_column(t.text(name)));
    let rows = found.pairs.iter().map(|equal| {
        let raw = preferences
            .pairs
            .iter()
            .find(|p| p.systems == equal.systems);
        let interval = raw.and_then(|p| p.interval);
        let [first, second] = equal.systems.map(|s| view.analysis.systems[s].clone());
        html! {
            <tr>
                { row_heading(t.with("against", &[("system", second), ("baseline", first)])) }
                { number(raw.map_or_else(|| "–".to_owned(), |p| percent(p.rate))) }
                { number(interval.map_or_else(String::new, |i| ends([i.low, i.high]))) }
                { score(percent(equal.rate)) }
                { number(ends(equal.interval)) }
            </tr>
        }
    });
    let words = [
        ("count", t.count(found.count)),
        ("items", t.count(found.units)),
    ];
    html! {
        <>
            <h3>{ t.text("style-held") }</h3>
            <p class="hint">{ t.with("style-held-hint", &words) }</p>
            <Table label={t.text("style-held")} class="ratings style">
                { head([column(t.text("pair"))].into_iter().chain(numbers)) }
                <tbody>{ for rows }</tbody>
            </Table>
            <ul class="style-effects">{ for found.effects.iter().map(effect) }</ul>
        </>
    }
}

/// The ranks that a system may have.
fn ranks([best, worst]: [usize; 2]) -> String {
    match best == worst {
        true => best.to_string(),
        false => format!("{best}–{worst}"),
    }
}

/// Which systems may be the best; words where too few items say so.
fn first_place(t: &Locale, view: &RatingsView, ranked: &Ranked) -> Html {
    let names = ranked
        .first()
        .into_iter()
        .map(|s| view.analysis.systems[s].clone());
    let names: Vec<String> = names.collect();
    let words = [
        ("systems", names.join(&t.text("list-comma"))),
        ("items", t.count(ranked.units)),
    ];
    let key = match (ranked.units < FEWEST_UNITS || ranked.penalised, names.len()) {
        (true, _) => "rank-few",
        (false, 1) => "rank-first",
        (false, _) => "rank-tied",
    };
    html! { <p class="verdict">{ t.with(key, &words) }</p> }
}

/// The systems on one scale.
pub fn strengths(t: &Locale, view: &RatingsView, ranked: &Ranked) -> Html {
    let mut systems = ranked.systems.clone();
    sort_by(&mut systems, |a, b| b.value.total_cmp(&a.value));
    let ends = |ends: [f64; 2]| interval_of(ends.map(|end| signed(end, 2)));
    html! {
        <>
            <h3>{ t.text("strengths") }<small>{ t.text("strengths-hint") }</small></h3>
            { first_place(t, view, ranked) }
            if ranked.penalised { <p class="hint">{ t.text("strengths-penalised") }</p> }
            <Table label={t.text("strengths")} class="ratings strengths">
                { head([column(t.text("system")), number_column(t.text("strength")), number_column(t.text("interval")), number_column(t.text("strength-bootstrap")), number_column(t.text("rank")), number_column("Elo")]) }
                <tbody>{ for systems.iter().map(|s| html! {
                    <tr>
                        { row_heading(system(s.system, &view.analysis.systems[s.system])) }
                        { score(signed(s.value, 2)) }
                        { number(ends(s.interval)) }
                        { number(s.bootstrap.map_or_else(|| "–".to_owned(), ends)) }
                        { number(ranks(s.ranks)) }
                        { number(format!("{:.0}", s.elo)) }
                    </tr>
                }) }</tbody>
            </Table>
        </>
    }
}
