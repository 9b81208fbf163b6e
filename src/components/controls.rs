//! Labelled controls: a choice, a field, a field that follows the typing.

use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// A way to change what stands behind a form's controls.
pub type Change<State> = Callback<Box<dyn FnOnce(&mut State)>>;

/// How long typing may pause before it counts, in milliseconds.
const PAUSE: u32 = 250;

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
    let id = id.into();
    let onchange = set.reform(|e: Event| e.target_unchecked_into::<HtmlTextAreaElement>().value());
    html! { <label>{ label }{ " " }<textarea {id} rows="2" spellcheck="false" {value} {onchange} /></label> }
}

/// A field that follows the typing.
#[derive(Properties, PartialEq)]
pub struct SearchProps {
    /// The element's id.
    pub id: &'static str,
    /// Its label.
    pub label: String,
    /// The text that counts.
    pub value: String,
    /// Told of a new text after a pause in the typing.
    pub set: Callback<String>,
}

/// A field that follows the typing.
#[function_component]
pub fn Search(props: &SearchProps) -> Html {
    let timer: Rc<RefCell<Option<Timeout>>> = use_mut_ref(|| None);
    let now = {
        let (timer, set) = (timer.clone(), props.set.clone());
        move |e: Event| {
            timer.borrow_mut().take();
            set.emit(e.target_unchecked_into::<HtmlInputElement>().value());
        }
    };
    let soon = {
        let set = props.set.clone();
        move |e: InputEvent| {
            let (set, text) = (
                set.clone(),
                e.target_unchecked_into::<HtmlInputElement>().value(),
            );
            *timer.borrow_mut() = Some(Timeout::new(PAUSE, move || set.emit(text)));
        }
    };
    html! {
        <label>{ &props.label }{ " " }
            <input id={props.id} type="search" value={props.value.clone()} onchange={now} oninput={soon} />
        </label>
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
