//! The Ratings page's part about win rates with lengths held equal by AlpacaEval's model.

use crate::components::table::{
    Table, cell, column, head, number, number_column, row_heading, score,
};
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::length::LengthControlledPair;
use yew::prelude::*;

/// The win rates of a dimension beside the raw ones; nothing where no file gave lengths.
pub fn length_controlled(t: &Locale, view: &RatingsView, dimension: usize) -> Html {
    let all = view.analysis.length_controlled.iter();
    let own: Vec<&LengthControlledPair> = all.filter(|p| p.dimension == dimension).collect();
    if own.is_empty() {
        return Html::default();
    }
    let percent = |part: f64| format!("{:.1} %", 100.0 * part);
    let row = |pair: &&LengthControlledPair| {
        let [baseline, system] = pair.systems.map(|s| view.analysis.systems[s].clone());
        html! {
            <tr>
                { row_heading(t.with("against", &[("system", system), ("baseline", baseline)])) }
                { cell(pair.rater.clone()) }
                { number(t.count(pair.count)) }
                { number(percent(pair.raw)) }
                { score(percent(pair.rate)) }
                { number(t.text(match pair.length_effect {
                    effect if effect > 0.0 => "length-longer",
                    effect if effect < 0.0 => "length-shorter",
                    _ => "length-neither",
                })) }
            </tr>
        }
    };
    let numbers = [
        "raters-differ-count",
        "win-rate",
        "length-controlled-rate",
        "length-preferred",
    ];
    let numbers = numbers.map(|key| number_column(t.text(key)));
    let heads = [column(t.text("pair")), column(t.text("rater"))];
    html! {
        <>
            <h3>{ t.text("length-controlled") }</h3>
            <p class="hint">{ t.text("length-controlled-hint") }</p>
            if own.iter().any(|pair| pair.has_difficulty) {
                <p class="hint">{ t.text("length-controlled-difficulty") }</p>
            }
            <Table label={t.text("length-controlled")} class="ratings length-controlled">
                { head(heads.into_iter().chain(numbers)) }
                <tbody>{ for own.iter().map(row) }</tbody>
            </Table>
        </>
    }
}
