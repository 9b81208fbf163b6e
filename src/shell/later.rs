//! The dialog about files that come when data is loaded: what each is to it by the evidence, and what becomes of
//! them. It is shown on every page, above it.

use crate::browser::files as browser;
use crate::calls::{use_answer, use_calls};
use assay_data::later::{LaterFile, LaterFiles, Placement, RowMatch};
use assay_locale::Locale;
use assay_protocol::later::{DropFiles, PlaceFiles, WaitingFiles};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
}

/// The dialog, while files wait.
#[function_component]
pub fn LaterFilesDialog(props: &Props) -> Html {
    let waiting = use_answer(WaitingFiles {});
    let waiting = waiting.reply().and_then(|files| (**files).clone());
    match waiting {
        Some(files) => html! { <Dialog locale={props.locale.clone()} {files} /> },
        None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct DialogProps {
    locale: Rc<Locale>,
    files: LaterFiles,
}

#[function_component]
fn Dialog(props: &DialogProps) -> Html {
    let calls = use_calls();
    let (t, files) = (&*props.locale, &props.files);
    let chosen = use_state(|| files.likely);
    let form = use_node_ref();
    {
        // What is behind the dialog can't be reached by keyboard while it is open.
        let form = form.clone();
        use_effect_with((), move |_| {
            browser::set_inert(".frame", true);
            if let Some(form) = form.cast::<HtmlElement>() {
                // Not focused, it can still be used by pointer and by Tab.
                let _ = form.focus();
            }
            || browser::set_inert(".frame", false)
        });
    }
    let take = {
        let (calls, placement) = (calls.clone(), *chosen);
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            calls.order(PlaceFiles { placement }, |_| {});
        })
    };
    let cancel = {
        let calls = calls.clone();
        Callback::from(move |_: ()| calls.order(DropFiles {}, |()| {}))
    };
    let onkeydown = {
        let cancel = cancel.clone();
        Callback::from(move |e: KeyboardEvent| {
            if e.key() == "Escape" && !e.is_composing() {
                e.prevent_default();
                cancel.emit(());
            }
        })
    };
    let count = t.count(files.files.len());
    html! {
        <div class="veil">
            <form id="later-files" class="dialog" role="dialog" aria-modal="true" aria-labelledby="later-title"
                tabindex="-1" ref={form} onsubmit={take} {onkeydown}>
                <h2 id="later-title">{ t.with("later-title", &[("count", count)]) }</h2>
                <ul class="plain">{ for files.files.iter().map(|file| html! {
                    <li>{ evidence(t, files, file) }</li>
                }) }</ul>
                <fieldset>
                    <legend class="hint">{ t.text("later-choice") }</legend>
                    { for files.possible.iter().map(|placement| option(t, files, *placement, &chosen)) }
                </fieldset>
                <p class="row">
                    <button id="later-take" type="submit" class="primary">{ t.text("later-take") }</button>
                    <button id="later-cancel" type="button" onclick={cancel.reform(|_: MouseEvent| ())}>{ t.text("later-cancel") }</button>
                </p>
            </form>
        </div>
    }
}

fn option(
    t: &Locale,
    files: &LaterFiles,
    placement: Placement,
    chosen: &UseStateHandle<Placement>,
) -> Html {
    let set = {
        let chosen = chosen.clone();
        Callback::from(move |_: Event| chosen.set(placement))
    };
    let rows: usize = files.files.iter().map(|file| file.rows).sum();
    let words = [
        ("loaded", t.count(files.loaded_rows)),
        ("more", t.count(rows)),
        ("total", t.count(files.loaded_rows + rows)),
        ("files", files.loaded.join(", ")),
    ];
    let id = format!("later-{}", placement.name());
    html! {
        <label class="placement" key={placement.name()}>
            <input {id} type="radio" name="placement" checked={**chosen == placement} onchange={set} />
            <span>{ t.with(&format!("later-{}", placement.name()), &words) }
                if files.likely == placement { {" "}<small class="hint">{ t.text("later-likely") }</small> }</span>
        </label>
    }
}

/// What is known of a file, in a sentence.
fn evidence(t: &Locale, files: &LaterFiles, file: &LaterFile) -> String {
    let words = |matched: usize, column: &str| {
        [
            ("file", file.file.clone()),
            ("rows", t.count(file.rows)),
            ("loaded", t.count(files.loaded_rows)),
            ("matched", t.count(matched)),
            ("column", column.to_owned()),
        ]
    };
    match &file.row_match {
        RowMatch::Ids { columns, matched } => t.with("later-by-ids", &words(*matched, &columns[1])),
        RowMatch::Texts { column, matched } => t.with("later-by-texts", &words(*matched, column)),
        RowMatch::Lines {} => t.with("later-by-lines", &words(0, "")),
        RowMatch::Nothing {} => t.with("later-by-nothing", &words(0, "")),
    }
}
