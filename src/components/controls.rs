//! Labelled controls: a choice, a text.

use super::text_field::{FieldKind, TextField};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A way to change what stands behind a form's controls.
pub type Change<State> = Callback<Box<dyn FnOnce(&mut State)>>;

/// A choice among `options` (value, text).
pub fn choice(
    id: impl Into<AttrValue>,
    label: String,
    options: Vec<(String, String)>,
    current: &str,
    set: &Callback<String>,
) -> Html {
    html! { <label>{ label }{ " " }{ select(id.into(), None, options, current, set) }</label> }
}

/// A choice whose label is not shown: what stands around it says it to those who see that.
pub fn named_choice(
    id: impl Into<AttrValue>,
    name: String,
    options: Vec<(String, String)>,
    current: &str,
    set: &Callback<String>,
) -> Html {
    select(id.into(), Some(name), options, current, set)
}

fn select(
    id: AttrValue,
    name: Option<String>,
    options: Vec<(String, String)>,
    current: &str,
    set: &Callback<String>,
) -> Html {
    let onchange = set.reform(|e: Event| e.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <select {id} aria-label={name} {onchange}>{ for options.into_iter().map(|(value, text)| {
            let selected = value == current;
            html! { <option {value} {selected}>{ text }</option> }
        }) }</select>
    }
}

/// A text of one line or several, taken when the field is left.
pub fn words(
    id: impl Into<AttrValue>,
    label: String,
    value: String,
    set: &Callback<String>,
) -> Html {
    html! {
        <TextField id={id.into()} {label} kind={FieldKind::Area(2)} spellcheck=false waits_until_left=true {value} set={set.clone()} />
    }
}
