//! Classifiers that give each row a set of labels, on the Overview: their scores side by side, and each
//! label of each.

use crate::components::charts::figure::key;
use assay_locale::Locale;
use assay_results::classification::SetsView;
use yew::prelude::*;

/// The tables.
pub fn sets_panel(t: &Locale, sets: &[SetsView]) -> Html {
    html! {
        <>
            <section id="classification">
                <h2>{ t.text("classification") }</h2>
                <div class="scroll" tabindex="0">{ scores(t, sets) }</div>
                <p class="hint">{ t.text("sets-note") }</p>
            </section>
            { for sets.iter().enumerate().map(|(i, s)| html! {
                <section class="classifier" key={s.name.clone()}>
                    <h2>{ key(i) }{ &s.name }</h2>
                    <h3>{ t.text("each-class") }</h3>
                    <div class="scroll" tabindex="0">{ each(t, s) }</div>
                </section>
            }) }
        </>
    }
}

fn scores(t: &Locale, sets: &[SetsView]) -> Html {
    type Of = fn(&SetsView) -> f64;
    const ROWS: [(&str, Of); 9] = [
        ("subset-accuracy", |s| s.exact),
        ("hamming-loss", |s| s.hamming),
        ("f1-micro", |s| s.averages[1].f1),
        ("f1-macro", |s| s.averages[0].f1),
        ("f1-weighted", |s| s.averages[2].f1),
        ("f1-samples", |s| s.averages[3].f1),
        ("precision-macro", |s| s.averages[0].precision),
        ("recall-macro", |s| s.averages[0].recall),
        ("jaccard-samples", |s| s.averages[3].jaccard),
    ];
    html! {
        <table class="ratings" id="classifiers">
            <thead><tr><th>{ t.text("measure") }</th>{ for sets.iter().enumerate().map(|(i, s)| html! { <th class="number">{ key(i) }{ &s.name }</th> }) }</tr></thead>
            <tbody>
                <tr><th scope="row">{ t.text("support") }</th>{ for sets.iter().map(|s| html! { <td class="number">{ t.count(s.items) }</td> }) }</tr>
                { for ROWS.iter().map(|(name, of)| html! {
                    <tr><th scope="row">{ t.text(name) }</th>{ for sets.iter().map(|s| html! { <td class="number">{ format!("{:.4}", of(s)) }</td> }) }</tr>
                }) }
            </tbody>
        </table>
    }
}

fn each(t: &Locale, sets: &SetsView) -> Html {
    let heads = ["precision", "recall"];
    let counts = ["found-right", "false-alarms", "misses"];
    html! {
        <table class="ratings">
            <thead><tr><th>{ t.text("class") }</th>{ for heads.iter().map(|h| html! { <th class="number">{ t.text(h) }</th> }) }<th class="number">{ "F1" }</th>
                { for counts.iter().map(|h| html! { <th class="number">{ t.text(h) }</th> }) }</tr></thead>
            <tbody>{ for sets.each.iter().map(|(label, hits, scores)| html! {
                <tr><th scope="row">{ label }</th>
                    { for [scores.precision, scores.recall, scores.f1].map(|x| html! { <td class="number">{ format!("{x:.4}") }</td> }) }
                    { for [hits.right, hits.wrong, hits.missed].map(|n| html! { <td class="number">{ t.count(n) }</td> }) }
                </tr>
            }) }</tbody>
        </table>
    }
}
