//! Classifiers that give each row a set of labels, on the Compare page: their scores side by side, and each
//! label of each.

use crate::components::charts::figure::key;
use crate::components::table::{
    Measures, Table, column, head, number, number_column, row_heading, system_column,
};
use assay_locale::Locale;
use assay_results::classification::SetsView;
use yew::prelude::*;

/// The tables.
pub fn sets_panel(t: &Locale, sets: &[SetsView]) -> Html {
    html! {
        <>
            <section id="classification">
                <h2>{ t.text("classification") }</h2>
                { scores(t, sets) }
                <p class="hint">{ t.text("sets-note") }</p>
            </section>
            { for sets.iter().enumerate().map(|(i, s)| html! {
                <section class="classifier" key={s.name.clone()}>
                    <h2>{ key(i) }{ &s.name }</h2>
                    <h3>{ t.text("each-class") }</h3>
                    { each(t, s) }
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
    let names = sets.iter().enumerate();
    let names = names.map(|(i, s)| system_column(i, &s.name));
    let measures = Measures { columns: sets };
    html! {
        <Table label={t.text("classification")} class="ratings" id="classifiers">
            { head([column(t.text("measure"))].into_iter().chain(names)) }
            <tbody>
                { measures.row(t.text("support"), |s| Some(t.count(s.items))) }
                { for ROWS.iter().map(|(name, of)| measures.row(t.text(name), |s| Some(format!("{:.4}", of(s))))) }
            </tbody>
        </Table>
    }
}

fn each(t: &Locale, sets: &SetsView) -> Html {
    let named = |key: &str| number_column(t.text(key));
    html! {
        <Table label={t.text("each-class")} class="ratings">
            { head([
                column(t.text("class")), named("precision"), named("recall"), number_column("F1"),
                named("found-right"), named("false-alarms"), named("misses"),
            ]) }
            <tbody>{ for sets.each.iter().map(|(label, hits, scores)| html! {
                <tr>{ row_heading(label) }
                    { for [scores.precision, scores.recall, scores.f1].map(|x| number(format!("{x:.4}"))) }
                    { for [hits.right, hits.wrong, hits.missed].map(|n| number(t.count(n))) }
                </tr>
            }) }</tbody>
        </Table>
    }
}
