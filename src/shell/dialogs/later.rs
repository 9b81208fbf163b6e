//! The dialog about files that come when data is loaded: what each is to it by the evidence, and what becomes of
//! them. It is shown on every page, above it.

use crate::browser::files as browser;
use crate::calls::{use_answer, use_calls};
use assay_data::later::{LaterFile, LaterFiles, Placement, RowMatch};
use assay_locale::Locale;
use assay_protocol::later::{DropFiles, PlaceEach, PlaceFiles, WaitingFiles};
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
        Some(files) => {
            // Of other files nothing is chosen yet.
            let names = files.files.iter().map(|file| file.file.as_str());
            let key = names.collect::<Vec<_>>().join("\n");
            html! { <Dialog key={key} locale={props.locale.clone()} {files} /> }
        }
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
    // Files of different kinds are asked about one by one.
    let is_same = use_state(|| are_alike(files));
    let each = use_state(|| files.files.iter().map(likely_beside).collect::<Vec<_>>());
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
        let (is_same, placements) = (*is_same, (*each).clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            match is_same {
                true => calls.order(PlaceFiles { placement }, |_| {}),
                false => {
                    let placements = placements.clone();
                    calls.order(PlaceEach { placements }, |_| {});
                }
            }
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
                if files.files.len() > 1 {
                    <label><input id="later-same" type="checkbox" checked={*is_same} onchange={toggled(&is_same)} /> { t.text("later-same") }</label>
                }
                if *is_same {
                    <ul class="plain">{ for files.files.iter().map(|file| html! {
                        <li>{ evidence(t, files, file) }</li>
                    }) }</ul>
                    <fieldset>
                        <legend class="hint">{ t.text("later-choice") }</legend>
                        { for files.possible.iter().map(|placement| option(t, files, *placement, &chosen)) }
                    </fieldset>
                } else {
                    { for (0..files.files.len()).map(|place| of_file(t, files, place, &each)) }
                }
                <p class="row">
                    <button id="later-take" type="submit" class="primary">{ t.text("later-take") }</button>
                    <button id="later-cancel" type="button" onclick={cancel.reform(|_: MouseEvent| ())}>{ t.text("later-cancel") }</button>
                </p>
            </form>
        </div>
    }
}

/// Whether all files are most likely the same to the data.
fn are_alike(files: &LaterFiles) -> bool {
    let mut likely = files.files.iter().map(|file| file.likely);
    let first = likely.next();
    likely.all(|other| Some(other) == first)
}

/// What a file most likely is beside the data that is loaded; nothing where it would replace it.
fn likely_beside(file: &LaterFile) -> Option<Placement> {
    Some(file.likely).filter(|likely| *likely != Placement::Replace)
}

fn toggled(is_same: &UseStateHandle<bool>) -> Callback<Event> {
    let is_same = is_same.clone();
    Callback::from(move |_: Event| is_same.set(!*is_same))
}

/// The choices of one of several files.
fn of_file(
    t: &Locale,
    files: &LaterFiles,
    place: usize,
    each: &UseStateHandle<Vec<Option<Placement>>>,
) -> Html {
    let file = &files.files[place];
    let beside = file.possible.iter().filter(|p| **p != Placement::Replace);
    let choices = beside.map(|placement| Some(*placement)).chain([None]);
    let choice = |placement: Option<Placement>| {
        let set = {
            let each = each.clone();
            Callback::from(move |_: Event| {
                let mut all = (*each).clone();
                all[place] = placement;
                each.set(all);
            })
        };
        let name = placement.map_or("skip", Placement::name);
        let words = words(t, files, file.rows);
        html! {
            <label class="placement" key={name}>
                <input id={format!("later-{place}-{name}")} type="radio" name={format!("placement-{place}")}
                    checked={each[place] == placement} onchange={set} />
                <span>{ match placement {
                    Some(placement) => t.with(&format!("later-{}", placement.name()), &words),
                    None => t.text("later-skip"),
                } }
                    if likely_beside(file) == placement && placement.is_some() { {" "}<small class="hint">{ t.text("later-likely") }</small> }</span>
            </label>
        }
    };
    html! {
        <fieldset key={place}>
            <legend class="hint">{ evidence(t, files, file) }</legend>
            { for choices.map(choice) }
        </fieldset>
    }
}

/// What the choices are worded with, for this number of further rows.
fn words(t: &Locale, files: &LaterFiles, rows: usize) -> [(&'static str, String); 4] {
    [
        ("loaded", t.count(files.loaded_rows)),
        ("more", t.count(rows)),
        ("total", t.count(files.loaded_rows + rows)),
        ("files", files.loaded.join(", ")),
    ]
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
    let words = words(t, files, rows);
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
