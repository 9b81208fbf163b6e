//! The style page: every component with its states, so that a change of look is seen at once. It is for people who work
//! on the page: no step leads to it, and the optimised page is built without it (the feature `style-page`).

mod charts;
mod controls;
mod texts;

use crate::shell::context::use_page;
use yew::prelude::*;

/// A text that is longer than the room there is for it, in words and without a blank.
pub(super) const LONG: &str =
    "finetuned-qwen2.5-7b-instruct-lora-r16-alpha32-checkpoint-10000-merged-and-evaluated";

/// A component, under the name of its file.
pub(super) fn sample(name: &'static str, shown: Html) -> Html {
    html! { <section id={format!("sample-{name}")}><h2><code>{ name }</code></h2>{ shown }</section> }
}

/// A state of a component, under its name.
pub(super) fn state(name: &'static str, shown: Html) -> Html {
    html! { <div class="state-sample"><p class="hint"><code>{ name }</code></p>{ shown }</div> }
}

/// The page.
#[function_component]
pub fn StylePage() -> Html {
    let page = use_page();
    let t = &*page.locale;
    html! {
        <div class="page" id="style">
            <section><h1>{ t.text("style") }</h1><p>{ t.text("style-hint") }</p></section>
            <controls::Controls />
            <texts::Texts />
            <charts::Charts />
        </div>
    }
}
