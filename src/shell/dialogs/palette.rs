//! The command palette: what is typed finds a page, a measure or an action, and Enter takes it.

use crate::browser::files as browser;
use crate::state::commands::{Action, Command, found};
use assay_locale::Locale;
use gloo::events::{EventListener, EventListenerOptions};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, Window};
use yew::prelude::*;

/// Commands that are shown at a time; more words find the others.
const MOST_SHOWN: usize = 12;

/// What the palette needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// All commands.
    pub commands: Rc<Vec<Command>>,
    /// Told what was chosen; nothing where the palette is left.
    pub done: Callback<Option<Action>>,
}

/// Opens the palette by Ctrl+K or ⌘K, unless another dialog is open.
pub fn shortcut(window: &Window, open: impl Fn() + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
            return;
        };
        let is_k = event.key().eq_ignore_ascii_case("k") && !event.shift_key() && !event.alt_key();
        if is_k && (event.ctrl_key() || event.meta_key()) && !browser::has(".veil") {
            event.prevent_default();
            open();
        }
    })
}

/// The palette.
#[function_component]
pub fn Palette(props: &Props) -> Html {
    let t = &*props.locale;
    let field = use_node_ref();
    let words = use_state(String::new);
    let chosen = use_state(|| 0_usize);
    use_focus(field.clone());
    let mut shown = found(&props.commands, &words);
    shown.truncate(MOST_SHOWN);
    let at = (*chosen).min(shown.len().saturating_sub(1));
    let oninput = {
        let (words, chosen) = (words.clone(), chosen.clone());
        Callback::from(move |event: InputEvent| {
            words.set(event.target_unchecked_into::<HtmlInputElement>().value());
            chosen.set(0);
        })
    };
    let onkeydown = {
        let (done, chosen, count) = (props.done.clone(), chosen.clone(), shown.len());
        let action = shown.get(at).map(|command| command.action.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            match event.key().as_str() {
                "Escape" => done.emit(None),
                "Enter" if action.is_some() => done.emit(action.clone()),
                "ArrowDown" if count > 0 => chosen.set((at + 1) % count),
                "ArrowUp" if count > 0 => chosen.set((at + count - 1) % count),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let leave = props.done.reform(|_: MouseEvent| None);
    let options = shown.iter().enumerate().map(|(place, command)| {
        let take = {
            let action = command.action.clone();
            props.done.reform(move |_: MouseEvent| Some(action.clone()))
        };
        html! {
            <li id={format!("command-{place}")} role="option" aria-selected={(place == at).to_string()} onclick={take}>
                <span>{ &command.title }</span><small>{ &command.kind }</small>
            </li>
        }
    });
    let active = (!shown.is_empty()).then(|| format!("command-{at}"));
    html! {
        <div class="veil palette-veil" onclick={leave}>
            <div id="palette" class="dialog palette" role="dialog" aria-modal="true" aria-label={t.text("commands")}
                onclick={Callback::from(|event: MouseEvent| event.stop_propagation())}>
                <input ref={field} type="search" role="combobox" aria-expanded="true" aria-controls="commands" aria-autocomplete="list"
                    aria-activedescendant={active} aria-label={t.text("commands")} placeholder={t.text("commands-hint")}
                    autocomplete="off" spellcheck="false" {oninput} {onkeydown} />
                <ul id="commands" class="plain" role="listbox" aria-label={t.text("commands")}>{ for options }</ul>
                if shown.is_empty() { <p class="hint" role="status">{ t.text("commands-none") }</p> }
            </div>
        </div>
    }
}

/// Holds the focus in the palette while it is open, and gives it back to what had it.
#[hook]
fn use_focus(field: NodeRef) {
    use_effect_with((), move |()| {
        let document = browser::window().document();
        let before = document.and_then(|d| d.active_element());
        browser::set_inert(".frame", true);
        if let Some(field) = field.cast::<HtmlInputElement>() {
            // Not focused, it can still be used by pointer and by Tab.
            let _ = field.focus();
        }
        move || {
            browser::set_inert(".frame", false);
            if let Some(element) = before.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
                // What had the focus may be gone, with the page that it was on.
                let _ = element.focus();
            }
        }
    });
}
