//! The projects on this device: what is in each, opening, names, copies, removal, and the room that they take.

use crate::browser::files as browser;
use crate::calls::{use_answer, use_calls};
use crate::components::backup_button::BackupButton;
use crate::components::file_button::{Choice, FileButton};
use crate::components::text::{megabytes, storage_used};
use crate::route::Page;
use crate::shell::ask::Ask;
use crate::shell::context::{PageContext, use_page};
use crate::state::search::fits;
use assay_calls::Explanation;
use assay_locale::Locale;
use assay_protocol::workspace::{
    Duplicate, List, New, Open, OpenedProject, Remove, Rename, Restore, SaveState, State,
    WorkspaceCard, WorkspaceState,
};
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// Projects beyond which the list can be searched.
const LONG_LIST: usize = 6;

/// The panel on the Data page.
#[function_component]
pub fn Projects() -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let list = use_answer(List {});
    let state = use_answer(State {});
    let state = state.reply().map(|state| (**state).clone());
    let state = state.unwrap_or_default();
    let cards = list.reply().map(|cards| (**cards).clone());
    let cards = cards.unwrap_or_default();
    let begin = {
        let (ask, may_leave) = (page.ask.clone(), may_leave(&page, &state));
        Callback::from(move |_: MouseEvent| {
            let ask = ask.clone();
            if may_leave() {
                calls.order(New {}, move |()| {
                    ask.emit(Ask::Opened(OpenedProject::default()))
                });
            }
        })
    };
    let words = use_state(String::new);
    let search = {
        let words = words.clone();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            words.set(field.value());
        })
    };
    let is_long = cards.len() > LONG_LIST;
    let is_found =
        |card: &&WorkspaceCard| !is_long || fits(&words, &name_of(t, card), &card.titles);
    let found: Vec<&WorkspaceCard> = cards.iter().filter(is_found).collect();
    let restore = {
        let ask = page.ask.clone();
        Callback::from(move |files: Vec<File>| {
            files
                .into_iter()
                .for_each(|file| ask.emit(Ask::Restore(file)));
        })
    };
    html! {
        <section id="device-projects">
            <h2>{ t.text("device-projects") }</h2>
            { list.failure(t).unwrap_or_default() }
            if is_long {
                <p><label>{ t.text("device-project-search") }{ " " }
                    <input id="device-project-search" type="search" value={(*words).clone()} oninput={search} />
                </label></p>
            }
            if cards.is_empty() {
                <p class="hint">{ t.text("device-projects-hint") }{ " " }
                    <a href={page.route.on_page(Page::Privacy).href()}>{ t.text("privacy") }</a></p>
            } else if found.is_empty() {
                <p role="status">{ t.with("device-project-none-found", &[("words", (*words).clone())]) }</p>
            } else {
                <ul class="plain projects">{ for found.into_iter().map(|card| html! {
                    <Row key={card.id.clone()} card={card.clone()} state={state.clone()} />
                }) }</ul>
            }
            <p class="row">
                <button id="device-project-new" disabled={state.id.is_none()} onclick={begin}>
                    { t.text("device-project-new") }</button>
                <FileButton id="restore-backup" label={t.text("backup-restore")} choice={Choice::File}
                    accept=".zip" open={restore} />
            </p>
            <p class="hint">{ t.text("backup-restore-hint") }</p>
            <Storage has_projects={!cards.is_empty()} />
        </section>
    }
}

/// Whether the open project may be left: where it is not saved, the person is asked.
fn may_leave(page: &PageContext, state: &WorkspaceState) -> impl Fn() -> bool + use<> {
    let is_saved = !matches!(
        state.saving,
        SaveState::NotSaved { .. } | SaveState::LookOnly | SaveState::Removed
    );
    let question = page.locale.text("device-project-unsaved-sure");
    move || is_saved || browser::confirm(&question)
}

#[derive(Properties, PartialEq)]
struct RowProps {
    card: WorkspaceCard,
    state: WorkspaceState,
}

fn name_of(t: &Locale, card: &WorkspaceCard) -> String {
    match &card.name {
        Some(name) => name.clone(),
        None if card.titles.is_empty() => t.text("device-project-untitled"),
        None => card.titles.join(", "),
    }
}

fn facts(t: &Locale, card: &WorkspaceCard) -> String {
    let words = [
        ("date", browser::date(card.changed_ms, t.language.tag())),
        ("size", megabytes(card.bytes)),
    ];
    let facts = t.with("device-project-facts", &words);
    match card.rows {
        0 => facts,
        rows => {
            let rows = t.with("device-project-rows", &[("rows", t.count(rows))]);
            format!("{rows} · {facts}")
        }
    }
}

/// A project.
#[function_component]
fn Row(props: &RowProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let is_renaming = use_state(|| false);
    let (t, card) = (&*page.locale, &props.card);
    let name = name_of(t, card);
    if card.is_removed {
        let id = card.id.clone();
        let undo = Callback::from(move |_: MouseEvent| {
            calls.order(Restore { id: id.clone() }, |()| {});
        });
        return html! {
            <li class="row">
                <span role="status">{ t.with("device-project-removed", &[("name", name)]) }</span>
                <button class="undo-remove" onclick={undo}>{ t.text("device-project-undo") }</button>
            </li>
        };
    }
    let is_open = props.state.id.as_ref() == Some(&card.id);
    let toggle = {
        let is_renaming = is_renaming.clone();
        Callback::from(move |()| is_renaming.set(!*is_renaming))
    };
    let sentence = card
        .sentences
        .iter()
        .find(|(tag, _)| tag == t.language.tag())
        .map(|(_, sentence)| sentence.clone());
    html! {
        <li class="row" aria-current={is_open.then_some("true")}>
            <strong class="device-project-name">{ name }</strong>
            if is_open { <span class="hint">{ t.text("device-project-current") }</span> }
            <span class="hint">{ facts(t, card) }</span>
            if let Some(error) = &card.error {
                <span class="notice">{ t.explained(&Explanation::of(error)) }</span>
            }
            if let Some(sentence) = sentence { <span>{ sentence }</span> }
            if *is_renaming {
                <NameField card={card.clone()} done={toggle.clone()} />
            } else {
                <Actions card={card.clone()} state={props.state.clone()} rename={toggle} />
            }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ActionProps {
    card: WorkspaceCard,
    state: WorkspaceState,
    rename: Callback<()>,
}

/// What can be done with a project.
#[function_component]
fn Actions(props: &ActionProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let (t, card) = (&*page.locale, &props.card);
    let is_open = props.state.id.as_ref() == Some(&card.id);
    let named = [("name", name_of(t, card))];
    let open = {
        let (calls, ask, id) = (calls.clone(), page.ask.clone(), card.id.clone());
        let may_leave = may_leave(&page, &props.state);
        Callback::from(move |_: MouseEvent| {
            let (ask, id) = (ask.clone(), id.clone());
            if may_leave() {
                calls.order(Open { id }, move |opened| ask.emit(Ask::Opened(opened)));
            }
        })
    };
    let duplicate = {
        let (calls, id) = (calls.clone(), card.id.clone());
        Callback::from(move |_: MouseEvent| {
            calls.order(Duplicate { id: id.clone() }, |()| {});
        })
    };
    let remove = {
        let (ask, id) = (page.ask.clone(), card.id.clone());
        Callback::from(move |_: MouseEvent| {
            let ask = ask.clone();
            calls.order(Remove { id: id.clone() }, move |()| {
                if is_open {
                    ask.emit(Ask::Opened(OpenedProject::default()));
                }
            });
        })
    };
    let rename = props.rename.reform(|_: MouseEvent| ());
    let is_whole = card.error.is_none();
    let action = |class: &'static str, key: &str, name: &str, onclick: Callback<MouseEvent>| {
        html! {
            <button class={classes!("quiet", class)} aria-label={t.with(name, &named)} {onclick}>
                { t.text(key) }</button>
        }
    };
    html! {
        <span class="row">
            if is_whole && !is_open {
                { action("open-device-project", "device-project-open", "device-project-open-name", open) }
            }
            if is_whole {
                { action("rename", "device-project-rename", "device-project-rename-name", rename) }
                { action("duplicate", "device-project-duplicate", "device-project-duplicate-name", duplicate) }
                <BackupButton class="quiet" id={card.id.clone()} name={t.with("backup-download-name", &named)} />
                { action("remove", "remove", "remove-name", remove) }
            }
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    card: WorkspaceCard,
    done: Callback<()>,
}

/// The field for a project's name.
#[function_component]
fn NameField(props: &NameProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let field = use_node_ref();
    let t = &*page.locale;
    let onsubmit = {
        let (field, id, done) = (field.clone(), props.card.id.clone(), props.done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (id, done) = (id.clone(), done.clone());
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let name = field.value();
                calls.order(Rename { id, name }, move |()| done.emit(()));
            }
        })
    };
    html! {
        <form class="row" {onsubmit}>
            <label>{ t.text("device-project-name") }{ " " }
                <input ref={field} value={name_of(t, &props.card)} /></label>
            <button>{ t.text("device-project-rename-done") }</button>
        </form>
    }
}

/// What is known of the browser's storage.
#[derive(Clone, Default, PartialEq)]
struct Room {
    /// Bytes taken and allowed.
    bytes: Option<(f64, f64)>,
    is_kept: bool,
}

#[derive(Properties, PartialEq)]
struct StorageProps {
    /// Whether there is anything that the browser should keep.
    has_projects: bool,
}

/// The room that the page takes, and asking the browser to keep it.
#[function_component]
fn Storage(props: &StorageProps) -> Html {
    let page = use_page();
    let state = use_answer(State {});
    let room = use_state(Room::default);
    let was_refused = use_state(|| browser::setting("persist").is_some());
    let t = &*page.locale;
    let saving = state.reply().map(|state| state.saving.clone());
    let calls = use_calls();
    {
        let room = room.clone();
        use_effect_with(saving, move |_| {
            calls.spawn(async move {
                let bytes = browser::storage_bytes().await;
                let is_kept = browser::is_persistent().await;
                room.set(Room { bytes, is_kept });
            });
        });
    }
    let ask = {
        let (room, was_refused) = (room.clone(), was_refused.clone());
        Callback::from(move |_: MouseEvent| {
            let (room, was_refused) = (room.clone(), was_refused.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let is_kept = browser::ask_to_persist().await;
                let bytes = room.bytes;
                room.set(Room { bytes, is_kept });
                if !is_kept {
                    browser::keep_setting("persist", "refused");
                    was_refused.set(true);
                }
            });
        })
    };
    let bytes = room.bytes.map(|(used, quota)| storage_used(t, used, quota));
    let kept = match (props.has_projects, room.is_kept, *was_refused) {
        (false, ..) => Html::default(),
        (_, true, _) => html! { <p class="hint">{ t.text("storage-kept") }</p> },
        (_, _, true) => html! { <p class="hint">{ t.text("storage-refused") }</p> },
        _ => html! {
            <p class="hint row"><span>{ t.text("storage-keep-hint") }</span>
                <button id="storage-keep" class="quiet" onclick={ask}>{ t.text("storage-keep") }</button></p>
        },
    };
    html! {
        <>
            if let Some(words) = bytes { <p id="storage" class="hint">{ words }</p> }
            { kept }
        </>
    }
}
