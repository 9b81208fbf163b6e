//! An output unit by unit below the text that it is compared with.

use crate::components::charts::figure::key;
use assay_locale::Locale;
use assay_protocol::views::{AlignmentView, OutputView};
use assay_results::alignment::Step;
use yew::prelude::*;

/// The reference's units over the output's, and how many of them differ in what way.
pub(super) fn aligned(t: &Locale, output: &OutputView, view: &AlignmentView) -> Html {
    let unit = |(step, above, below): &(Step, String, String)| {
        let class = match step {
            Step::Same => "same",
            Step::Substituted => "substituted",
            Step::Missing => "missing",
            Step::Added => "added",
        };
        let below = match step {
            Step::Same => html! { <span>{ below }</span> },
            Step::Missing => html! { <del>{ "∅" }</del> },
            _ => html! { <ins>{ below }</ins> },
        };
        html! { <span class={classes!("pair", class)}><span class="above">{ if above.is_empty() { "∅" } else { above } }</span>{ below }</span> }
    };
    let kinds = [
        ("substituted", Step::Substituted),
        ("missing", Step::Missing),
        ("added", Step::Added),
    ];
    let mut words: Vec<(&'static str, String)> = kinds
        .iter()
        .map(|(name, kind)| (*name, t.count(view.count(*kind))))
        .collect();
    let edits: usize = kinds.iter().map(|(_, kind)| view.count(*kind)).sum();
    let name = if view.by_character { "CER" } else { "WER" };
    words.push((
        "rate",
        format!("{name} {:.4}", edits as f64 / view.length.max(1) as f64),
    ));
    html! {
        <section class="output">
            <h3>{ key(output.colour) }{ &output.system }</h3>
            <p class="aligned" dir="auto">{ for view.steps.iter().map(unit) }</p>
            <p class="hint">{ t.with("alignment-counts", &words) }</p>
        </section>
    }
}
