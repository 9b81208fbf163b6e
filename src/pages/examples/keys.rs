//! The keys of the Examples page.

use super::marking::Marking;
use super::reading::Way;
use super::view::{View, step};
use crate::browser::files as browser;
use crate::calls::{Calls, use_calls};
use crate::shell::context::PageContext;
use assay_locale::Locale;
use assay_protocol::annotations::ToggleStar;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What a key does.
#[derive(Clone, Copy)]
enum Action {
    Step(i64),
    Focus(&'static str),
    Mark(Marking),
    Surprise,
    Star,
    Rendered,
    Wide,
    Help,
}

/// What a key does where the focus is: arrows move between rows but where they scroll sideways, and in the list also up
/// and down.
fn action_at(key: &str, is_within: impl Fn(&str) -> bool) -> Option<Action> {
    match key {
        "ArrowLeft" | "ArrowRight" if is_within("pre, .scroll, [role='dialog']") => None,
        "ArrowDown" if is_within(".list") => Some(Action::Step(1)),
        "ArrowUp" if is_within(".list") => Some(Action::Step(-1)),
        _ => action(key),
    }
}

fn action(key: &str) -> Option<Action> {
    Some(match key {
        "j" | "ArrowRight" => Action::Step(1),
        "k" | "ArrowLeft" => Action::Step(-1),
        "/" => Action::Focus("#search"),
        "f" => Action::Focus("#least"),
        "d" => Action::Mark(Marking::Differences),
        "a" => Action::Mark(Marking::Alignment),
        "n" => Action::Mark(Marking::Ngrams),
        "s" => Action::Surprise,
        "S" => Action::Star,
        "T" => Action::Focus("#tag"),
        "N" => Action::Focus("#note"),
        "r" => Action::Rendered,
        "w" => Action::Wide,
        "?" => Action::Help,
        _ => return None,
    })
}

/// Gives the row that is looked at a star, or takes it away.
fn toggle_star(calls: &Calls, page: &PageContext) {
    if let Some(row) = page.route.row {
        calls.order(ToggleStar { row }, |()| {});
    }
}

/// Keys work wherever the focus is, but for fields that take text.
#[hook]
pub(super) fn use_keys(
    view: &View,
    marking: Marking,
    mark: &Callback<Marking>,
    read: &Callback<Way>,
    wide: &UseStateHandle<bool>,
    help: &UseStateHandle<bool>,
) {
    let calls = use_calls();
    let page = view.page.clone();
    let (mark, read) = (mark.clone(), read.clone());
    let (wide, help) = (wide.clone(), help.clone());
    let detail = view.detail().cloned();
    let reading = view.reading.clone();
    let dependencies = (
        page.route.clone(),
        marking,
        *wide,
        *help,
        detail.clone(),
        reading.clone(),
    );
    use_effect_with(dependencies, move |_| {
        let listener = EventListener::new_with_options(
            &browser::window(),
            "keydown",
            gloo::events::EventListenerOptions::enable_prevent_default(),
            move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                let typing = event.target_dyn_into::<HtmlElement>().is_some_and(|e| {
                    matches!(e.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
                });
                if typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
                    return;
                }
                let target = event.target_dyn_into::<HtmlElement>();
                let is_within = |selector: &str| {
                    let target = target.as_ref();
                    target.is_some_and(|e| matches!(e.closest(selector), Ok(Some(_))))
                };
                let Some(action) = action_at(&event.key(), is_within) else {
                    return;
                };
                event.prevent_default();
                match action {
                    Action::Step(by) => step(&calls, &page, by),
                    Action::Focus(selector) => browser::focus(selector),
                    Action::Mark(kind) if marking == kind => mark.emit(Marking::Plain),
                    Action::Mark(kind) => mark.emit(kind),
                    Action::Surprise => mark.emit(marking.next_surprise(detail.as_deref())),
                    Action::Star => toggle_star(&calls, &page),
                    Action::Rendered => read.emit(reading.other()),
                    Action::Wide => wide.set(!*wide),
                    Action::Help => help.set(!*help),
                }
            },
        );
        move || drop(listener)
    });
}

/// The list of keys.
pub(super) fn key_list(t: &Locale) -> Html {
    const KEYS: [(&str, &str); 14] = [
        ("j →", "key-next"),
        ("k ←", "key-previous"),
        ("/", "key-search"),
        ("f", "key-filter"),
        ("d", "key-differences"),
        ("a", "key-alignment"),
        ("n", "key-ngrams"),
        ("s", "key-surprise"),
        ("Shift S", "key-star"),
        ("Shift T", "key-tag"),
        ("Shift N", "key-note"),
        ("r", "key-rendered"),
        ("w", "key-wide"),
        ("?", "key-help"),
    ];
    html! {
        <dl class="keys">{ for KEYS.iter().map(|(key, words)| html! {
            <div><dt><kbd>{ *key }</kbd></dt><dd>{ t.text(words) }</dd></div>
        }) }</dl>
    }
}
