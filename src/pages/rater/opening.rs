//! The ways into a task: a link or a file, and a passphrase.

use crate::components::file_button::{Choice, FileButton};
use crate::pages::rater::action::Action;
use assay_calls::Explanation;
use assay_locale::Locale;
use std::rc::Rc;
use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What the component shows.
#[derive(Properties, PartialEq)]
pub struct ChooseProps {
    /// Words.
    pub locale: Rc<Locale>,
    /// Told what the rater does.
    pub act: Callback<Action>,
    /// Why the last try failed.
    pub failure: Option<Explanation>,
}

/// A file or a pasted link is asked for, after the reason why the last one was none.
#[function_component]
pub fn Choose(props: &ChooseProps) -> Html {
    let t = &*props.locale;
    let pasted = use_node_ref();
    let act = props.act.clone();
    let open_file = Callback::from(move |files: Vec<File>| {
        for file in files {
            act.emit(Action::OpenFile(file));
        }
    });
    let open = {
        let (act, pasted) = (props.act.clone(), pasted.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = pasted.cast::<HtmlTextAreaElement>() {
                act.emit(Action::Open(area.value()));
            }
        })
    };
    html! {
        <section class="sheet">
            <h1>{ t.text("rate-choose") }</h1>
            if let Some(failure) = &props.failure { <p class="notice" role="alert">{ t.explained(failure) }</p> }
            <p>{ t.text("rate-choose-hint") }</p>
            <p><FileButton id="task-file" label={t.text("rate-choose-file")} class="primary" choice={Choice::File} open={open_file} /></p>
            <label>{ t.text("rate-paste") }<textarea id="task-pasted" ref={pasted} rows="4" /></label>
            <p><button id="task-open" onclick={open}>{ t.text("rate-open") }</button></p>
        </section>
    }
}

/// What the component shows.
#[derive(Properties, PartialEq)]
pub struct UnlockingProps {
    /// Words.
    pub locale: Rc<Locale>,
    /// Told what the rater does.
    pub act: Callback<Action>,
    /// Why the last try failed.
    pub failure: Option<Explanation>,
    /// Whether one is being tried.
    pub is_trying: bool,
}

/// A passphrase is asked for.
#[function_component]
pub fn Unlocking(props: &UnlockingProps) -> Html {
    let t = &*props.locale;
    let field = use_node_ref();
    let unlock = {
        let (act, field) = (props.act.clone(), field.clone());
        move || {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                act.emit(Action::Unlock(input.value()));
            }
        }
    };
    let onclick = {
        let unlock = unlock.clone();
        Callback::from(move |_: MouseEvent| unlock())
    };
    let onkeydown = Callback::from(move |e: KeyboardEvent| {
        if e.key() == "Enter" && !e.is_composing() {
            unlock();
        }
    });
    html! {
        <section class="sheet">
            <h1>{ t.text("rate-locked") }</h1>
            <p>{ t.text("rate-locked-hint") }</p>
            <label>{ t.text("passphrase") }{ " " }
                <input id="passphrase" type="password" autocomplete="off" ref={field} {onkeydown} /></label>
            if let Some(failure) = &props.failure { <p class="notice" role="alert">{ t.explained(failure) }</p> }
            <p><button id="unlock" class="primary" disabled={props.is_trying} {onclick}>
                { t.text(if props.is_trying { "rate-opening" } else { "rate-open" }) }</button></p>
        </section>
    }
}
