//! Why the browser may ask whether the page may keep what it stores, told before it does.

use crate::browser::files as browser;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What is told.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The words.
    pub words: AttrValue,
}

/// The reason; nothing where the browser keeps it already, or has refused before and is not asked again.
#[function_component]
pub fn KeepHint(props: &Props) -> Html {
    let is_at_risk = use_state(|| false);
    {
        let set_at_risk = is_at_risk.setter();
        use_effect_with((), move |_| {
            if browser::setting("persist").is_none() {
                spawn_local(async move { set_at_risk.set(!browser::is_persistent().await) });
            }
        });
    }
    match *is_at_risk {
        true => html! { <p class="hint keep-hint">{ &props.words }</p> },
        false => Html::default(),
    }
}
