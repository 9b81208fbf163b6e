//! A field of one line for a number, or for another value that is read from a text. What the field does not take
//! stays in it, shown as invalid, with words that say what it takes.

use crate::shell::context::use_page;
use crate::typed::{Range, Typed};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the field shows.
#[derive(Properties, PartialEq)]
pub struct Props<T: Typed> {
    /// The element's id.
    pub id: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// The value that counts.
    pub value: T,
    /// The values that the field takes.
    #[prop_or_default]
    pub range: Range<T>,
    /// Told of another value when the field is left or Enter is pressed.
    pub set: Callback<T>,
}

/// The field.
#[function_component]
pub fn NumberField<T: Typed>(props: &Props<T>) -> Html {
    let page = use_page();
    // What was typed last and is not taken; the value that counts while it was typed is there beside it.
    let refused = use_state(|| None::<(String, T)>);
    // A value that was set elsewhere replaces what was typed before.
    let invalid = (*refused).clone().filter(|(_, of)| *of == props.value);
    let onchange = {
        let (refused, range, set) = (refused.clone(), props.range.clone(), props.set.clone());
        let value = props.value.clone();
        Callback::from(move |e: Event| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            match range.read(&text) {
                Some(read) => {
                    refused.set(None);
                    set.emit(read);
                }
                None => refused.set(Some((text, value.clone()))),
            }
        })
    };
    let words = invalid.is_some().then(|| {
        let (key, bounds) = props.range.message();
        page.locale.with(&key, &bounds)
    });
    let text = invalid.map_or_else(|| props.value.written(), |(text, _)| text);
    let help = format!("{}-help", props.id);
    html! {
        <>
            <label>{ &props.label }{ " " }<input id={props.id.clone()} inputmode="decimal" size="7" value={text} {onchange}
                aria-invalid={words.is_some().then_some("true")} aria-describedby={words.is_some().then(|| help.clone())} /></label>
            if let Some(words) = words { <small id={help} class="invalid" role="alert">{ words }</small> }
        </>
    }
}
