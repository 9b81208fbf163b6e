//! The button that copies a text. It says that the text was copied only once the browser has done so, and what to
//! do where the browser refuses.

use crate::browser::files as browser;
use assay_locale::Locale;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How long the button says that the text was copied, in milliseconds.
const SAID_MS: u32 = 2000;

/// What the button shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The text to copy.
    pub text: AttrValue,
    /// The button's words.
    pub label: AttrValue,
    /// The button's name for those who can't see what stands beside it.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// Classes of the button.
    #[prop_or_default]
    pub class: Classes,
}

/// What became of the last click.
enum Outcome {
    /// The text was copied; when the timer ends, this is no longer said.
    Copied { _until: Timeout },
    /// The browser refused.
    Refused,
}

/// The button.
#[function_component]
pub fn CopyButton(props: &Props) -> Html {
    let t = &*props.locale;
    let outcome = use_state(|| None::<Rc<Outcome>>);
    let onclick = {
        let (text, outcome) = (props.text.clone(), outcome.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, outcome) = (text.clone(), outcome.clone());
            spawn_local(async move {
                let copied = browser::copy(&text).await.is_ok();
                let after = outcome.clone();
                outcome.set(Some(Rc::new(if copied {
                    Outcome::Copied {
                        _until: Timeout::new(SAID_MS, move || after.set(None)),
                    }
                } else {
                    Outcome::Refused
                })));
            });
        })
    };
    let is_copied = matches!(outcome.as_deref(), Some(Outcome::Copied { .. }));
    let said = match outcome.as_deref() {
        Some(Outcome::Copied { .. }) => t.text("copied"),
        Some(Outcome::Refused) => t.text("copy-refused"),
        None => String::new(),
    };
    let said_class = if is_copied { "unseen-status" } else { "hint" };
    html! {
        <>
            <button type="button" class={props.class.clone()} aria-label={props.name.clone()} {onclick}>
                { if is_copied { t.text("copied") } else { props.label.to_string() } }</button>
            <span class={said_class} role="status">{ said }</span>
        </>
    }
}
