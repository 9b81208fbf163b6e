//! The detail pane: prompt, references and outputs of one row side by side, differences marked by
//! underline and strike-through as well as by colour.

use super::charts;
use super::locale::Locale;
use crate::worker::protocol::{Detail, Mark, OutputView};
use std::rc::Rc;
use yew::prelude::*;

/// What the pane shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The row.
    pub detail: Rc<Detail>,
    /// Whether differences are marked.
    pub differences: bool,
}

/// The detail pane.
#[function_component]
pub fn DetailPane(props: &Props) -> Html {
    let t = &*props.locale;
    html! {
        <article id="detail">
            <h2>{ format!("#{}", props.detail.row + 1) }</h2>
            <dl>
                { for props.detail.fields.iter().map(|(name, text)| html! {
                    <><dt>{ name }</dt><dd class="prose">{ text }</dd></>
                }) }
                { for props.detail.references.iter().map(|text| html! {
                    <><dt>{ t.text("reference") }</dt><dd class="prose reference">{ text }</dd></>
                }) }
            </dl>
            if props.differences {
                <p class="hint">
                    <del>{ t.text("missing-mark") }</del>{ " · " }<ins>{ t.text("added-mark") }</ins>
                </p>
            }
            <div class="outputs">
                { for props.detail.outputs.iter().enumerate().map(|(i, o)| output(i, o, props.differences)) }
            </div>
        </article>
    }
}

fn output(system: usize, output: &OutputView, differences: bool) -> Html {
    html! {
        <section class="output">
            <h3>{ charts::key(system) }{ &output.system }</h3>
            <p class="prose">
                if differences && !output.marks.is_empty() {
                    { for output.marks.iter().map(|(mark, text)| match mark {
                        Mark::Same => html! { <>{ text }</> },
                        Mark::Missing => html! { <del>{ text }</del> },
                        Mark::Added => html! { <ins>{ text }</ins> },
                    }) }
                } else {
                    { &output.text }
                }
            </p>
            <ul class="scores">{ for output.scores.iter().map(|(name, value)| html! {
                <li><span>{ name }</span>{ " " }<b>{ format!("{value:.3}") }</b></li>
            }) }</ul>
        </section>
    }
}
