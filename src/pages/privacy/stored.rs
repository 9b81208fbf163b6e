//! What is stored on this device, and its removal.

use crate::browser::files as browser;
use crate::browser::forget::forget_page;
use crate::calls::{use_answer, use_calls};
use crate::components::table::{Table, column, head, number, number_column, row_heading};
use crate::components::text::{megabytes, storage_used};
use crate::shell::context::use_page;
use assay_locale::Locale;
use assay_protocol::storage::{Contents, RemoveAll, Stored as OfKind, StoredKind};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

fn name(t: &Locale, kind: StoredKind) -> String {
    let named = StoredKind::ALL.iter().find(|(k, _)| *k == kind);
    named.map_or_else(String::new, |(_, name)| t.text(&format!("stored-{name}")))
}

/// The question before the removal: it names what goes.
fn question(t: &Locale, contents: &[OfKind]) -> String {
    let each = contents.iter().map(|stored| {
        let (name, count) = (name(t, stored.kind), t.count(stored.count));
        t.with("stored-item", &[("name", name), ("count", count)])
    });
    let lines: Vec<String> = each.chain([t.text("stored-page")]).collect();
    let list = lines.join("\n– ");
    t.with("stored-remove-sure", &[("list", format!("\n– {list}\n"))])
}

/// What is stored, and the button that removes all of it.
#[function_component]
pub fn Stored() -> Html {
    let page = use_page();
    let t = &*page.locale;
    let calls = use_calls();
    let contents = use_answer(Contents {});
    let room = use_state(|| None::<(f64, f64)>);
    let why_left = use_state(|| None::<String>);
    let known = contents.reply().map(|stored| (**stored).clone());
    {
        let (room, calls) = (room.clone(), calls.clone());
        use_effect_with(known.clone(), move |_| {
            calls.spawn(async move { room.set(browser::storage_bytes().await) });
        });
    }
    let known = known.unwrap_or_default();
    let remove = {
        let (question, why_left) = (question(t, &known), why_left.clone());
        Callback::from(move |_: MouseEvent| {
            if !browser::confirm(&question) {
                return;
            }
            let why_left = why_left.clone();
            calls.order(RemoveAll {}, move |()| {
                spawn_local(async move {
                    match forget_page().await {
                        Ok(()) => browser::reload(),
                        Err(error) => why_left.set(Some(format!("{error:?}"))),
                    }
                });
            });
        })
    };
    let used = room.map(|(used, quota)| storage_used(t, used, quota));
    html! {
        <section id="stored">
            <h2>{ t.text("stored") }</h2>
            if let Err(awaited) = contents.shown(t) {
                { awaited }
            } else if known.is_empty() {
                <p id="stored-nothing">{ t.text("stored-nothing") }</p>
            } else {
                <Table label={t.text("stored")} id="stored-kinds">
                    { head([column(t.text("stored-what")), number_column(t.text("stored-count")), number_column(t.text("stored-bytes"))]) }
                    <tbody>{ for known.iter().map(|stored| html! {
                        <tr>{ row_heading(name(t, stored.kind)) }{ number(t.count(stored.count)) }{ number(megabytes(stored.bytes)) }</tr>
                    }) }</tbody>
                </Table>
            }
            <p class="hint">{ t.text("stored-page-hint") }</p>
            if let Some(words) = used { <p class="hint">{ words }</p> }
            <p><button id="remove-all" onclick={remove}>{ t.text("stored-remove") }</button></p>
            <p class="hint">{ t.text("stored-remove-hint") }</p>
            if let Some(detail) = &*why_left {
                <p class="notice" role="alert">{ t.with("stored-page-left", &[("detail", detail.clone())]) }</p>
            }
        </section>
    }
}
