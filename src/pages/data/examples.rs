//! The examples that can be opened before there is a file.

use crate::components::controls::card_button;
use crate::shell::ask::Ask;
use crate::shell::context::use_page;
use assay_protocol::data::ExampleName;
use yew::prelude::*;

/// A card for each example.
#[function_component]
pub fn Examples() -> Html {
    let page = use_page();
    let t = &*page.locale;
    let card = |example: ExampleName| {
        let onclick = page.ask.reform(move |_: MouseEvent| Ask::LoadDemo(example));
        let key = format!("example-{}", example.name());
        let hint = t.text(&format!("{key}-hint"));
        let title = t.text(&key);
        card_button(key, title, hint, onclick)
    };
    html! {
        <section id="examples">
            <h2>{ t.text("examples-title") }</h2>
            <div class="card-buttons">{ for ExampleName::ALL.into_iter().map(card) }</div>
        </section>
    }
}
