//! How samples are laid out, and what they have in common.

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
