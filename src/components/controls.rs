//! Labelled controls: a choice, a text.

use super::text_field::{FieldKind, TextField};
use web_sys::{HtmlInputElement, HtmlSelectElement};
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

/// A choice with what it means, as a card that is clicked.
pub fn card_button(id: String, title: String, hint: String, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button key={id.clone()} {id} class="card-button" {onclick}>
            <strong>{ title }</strong>
            <span class="hint">{ hint }</span>
        </button>
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

/// A field for tags.
#[derive(Properties, PartialEq)]
pub struct TagProps {
    /// The element's id.
    pub id: &'static str,
    /// Its label.
    pub label: String,
    /// Tags to suggest.
    pub known: Vec<String>,
    /// Told of each tag that was typed.
    pub add: Callback<String>,
}

/// A field for tags, which are taken with Enter or the button; several at once where commas separate them.
#[function_component]
pub fn TagInput(props: &TagProps) -> Html {
    let field = use_node_ref();
    let list = format!("{}-list", props.id);
    let onsubmit = {
        let (field, add) = (field.clone(), props.add.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<HtmlInputElement>() else {
                return;
            };
            let typed = field.value();
            let tags = typed.split([',', ';', '，', '；', '、']);
            tags.map(str::trim)
                .filter(|tag| !tag.is_empty())
                .for_each(|tag| add.emit(tag.to_owned()));
            field.set_value("");
        })
    };
    html! {
        <form class="row tag-input" {onsubmit}>
            <input id={props.id} ref={field} list={list.clone()} maxlength="200" autocomplete="off" dir="auto"
                placeholder={props.label.clone()} aria-label={props.label.clone()} />
            <datalist id={list}>{ for props.known.iter().map(|tag| html! { <option value={tag.clone()} /> }) }</datalist>
            <button type="submit" aria-label={props.label.clone()}>{ "+" }</button>
        </form>
    }
}
