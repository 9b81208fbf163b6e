//! The Ratings page's tables of preferences and rankings: who won how often, and how strong that makes
//! each system.

use crate::components::charts::figure::key;
use crate::pages::people::{decided, range};
use crate::verdict::{Decision, p_text};
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::preference::{Pair, Ranked};
use yew::prelude::*;

/// Which of two people prefer.
pub fn pair_sentence(t: &Locale, view: &RatingsView, pair: &Pair) -> Html {
    let said = decided(pair.rate - 0.5, pair.p_corrected, false);
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
    ];
    let name = if said == Decision::NoEvidence {
        "pair-same"
    } else {
        "pair-better"
    };
    html! { <p class="verdict">{ t.with(name, &words) }</p> }
}

/// Every two systems, side by side.
pub fn pairs(t: &Locale, view: &RatingsView, pairs: &[Pair]) -> Html {
    let heads = [
        "pair",
        "won",
        "lost",
        "rate-tie",
        "rate-both-bad",
        "win-rate",
        "interval",
        "chance",
    ];
    html! {
        <div class="scroll" tabindex="0"><table class="ratings pairs">
            <thead><tr>{ for heads.iter().enumerate().map(|(i, h)| html! {
                <th class={(i > 0).then_some("number")}>{ t.text(h) }</th>
            }) }</tr></thead>
            <tbody>{ for pairs.iter().map(|p| {
                let [first, second] = p.systems.map(|s| view.analysis.systems[s].clone());
                let percent = |x: f64| format!("{:.0} %", 100.0 * x);
                html! {
                    <tr>
                        <th scope="row">{ t.with("against", &[("system", second), ("baseline", first)]) }</th>
                        { for [p.wins, p.losses, p.ties, p.both_bad].map(|n| html! { <td class="number">{ t.count(n) }</td> }) }
                        <td class="number score">{ percent(p.rate) }</td>
                        <td class="number">{ p.interval.map(|i| format!("{} – {}", percent(i.low), percent(i.high))).unwrap_or_default() }</td>
                        <td class="number">{ p.p_corrected.map_or_else(String::new, p_text) }</td>
                    </tr>
                }
            }) }</tbody>
        </table></div>
    }
}

/// The systems on one scale.
pub fn strengths(t: &Locale, view: &RatingsView, ranked: &Ranked) -> Html {
    let mut systems = ranked.systems.clone();
    systems.sort_by(|a, b| b.value.total_cmp(&a.value));
    html! {
        <>
            <h3>{ t.text("strengths") }<small>{ t.text("strengths-hint") }</small></h3>
            if ranked.penalised { <p class="hint">{ t.text("strengths-penalised") }</p> }
            <div class="scroll" tabindex="0"><table class="ratings strengths">
                <thead><tr>
                    <th>{ t.text("system") }</th><th class="number">{ t.text("strength") }</th><th class="number">{ t.text("interval") }</th>
                    <th class="number">{ "Elo" }</th>
                </tr></thead>
                <tbody>{ for systems.iter().map(|s| html! {
                    <tr>
                        <th scope="row">{ key(s.system) }{ &view.analysis.systems[s.system] }</th>
                        <td class="number score">{ format!("{:+.2}", s.value) }</td>
                        <td class="number">{ range(s.interval[0], s.interval[1], 2) }</td>
                        <td class="number">{ format!("{:.0}", s.elo) }</td>
                    </tr>
                }) }</tbody>
            </table></div>
        </>
    }
}
