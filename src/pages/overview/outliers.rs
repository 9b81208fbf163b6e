//! The segments that stand out, each with why, leading to its example.

use crate::components::table::{Table, column, head, number, number_column};
use crate::shell::ask::Ask;
use crate::shell::context::PageContext;
use crate::verdict::{score_text, signed};
use assay_locale::Locale;
use assay_results::outliers::{OutliersView, Reason};
use yew::prelude::*;

fn why(t: &Locale, reason: &Reason) -> String {
    let (name, value) = match reason {
        Reason::Score(z) => ("outlier-score", signed(*z, 1)),
        Reason::Long(ratio) => ("outlier-long", format!("{ratio:.1}")),
        Reason::Short(ratio) => ("outlier-short", format!("{ratio:.1}")),
        Reason::Blank => ("outlier-blank", String::new()),
        Reason::Repeats(part) => ("outlier-repeats", format!("{:.0}", 100.0 * part)),
    };
    t.with(name, &[("value", value)])
}

/// The table; `max` is the measure's greatest score.
pub fn outliers_part(page: &PageContext, max: f64, view: &OutliersView) -> Html {
    let t = &*page.locale;
    if view.rows.is_empty() {
        return html! { <p class="hint">{ t.text("outliers-none") }</p> };
    }
    let rows = view.rows.iter().map(|row| {
        let to = page.route.to_row(row.row);
        let go = page.ask.reform(move |_: MouseEvent| Ask::Go(to.clone()));
        let score = row.score.map_or("–".to_owned(), |s| score_text(s, max));
        html! {
            <tr><td><button class="quiet" onclick={go}>{ t.count(row.row + 1) }</button></td>{ number(score) }
                <td>{ for row.reasons.iter().map(|r| html! { <div>{ why(t, r) }</div> }) }</td><td>{ &row.text }</td></tr>
        }
    });
    let words = [
        ("shown", t.count(view.rows.len())),
        ("found", t.count(view.found)),
    ];
    html! {
        <>
            <p class="hint">{ t.with("outliers-note", &words) }</p>
            <Table label={t.text("question-outliers")} class="ratings" id="outliers">
                { head([column(t.text("row-number")), number_column(t.text("score")), column(t.text("outlier-why")), column(t.text("output"))]) }
                <tbody>{ for rows }</tbody>
            </Table>
        </>
    }
}
