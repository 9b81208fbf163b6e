//! A long text that shows its beginning, and the rest with a button.

use assay_locale::Locale;
use std::rc::Rc;
use yew::prelude::*;

/// Characters from which a text is long.
const LONG: usize = 700;
/// Lines from which a text is long.
const LINES: usize = 10;

/// A text.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// Whether it is long.
    pub is_long: bool,
    /// The text.
    pub children: Html,
}

/// The text, folded where it is long.
#[function_component]
pub fn Folded(props: &Props) -> Html {
    let is_open = use_state(|| false);
    if !props.is_long {
        return props.children.clone();
    }
    let key = if *is_open { "show-less" } else { "show-all" };
    let expanded = is_open.to_string();
    let class = (!*is_open).then_some("folded");
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    html! {
        <>
            <div {class}>{ props.children.clone() }</div>
            <button class="quiet" aria-expanded={expanded} {onclick}>{ props.locale.text(key) }</button>
        </>
    }
}

/// Whether a text is too long to be shown whole beside others.
pub fn is_long(text: &str) -> bool {
    text.chars().nth(LONG).is_some() || text.lines().nth(LINES).is_some()
}
