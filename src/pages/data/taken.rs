//! What each file of the last import was taken for and why, and the way to say otherwise.

use crate::calls::{use_answer, use_calls};
use crate::components::controls::named_choice;
use crate::shell::context::use_page;
use assay_calls::Explanation;
use assay_locale::Locale;
use assay_protocol::data::{FileKind, LastImport, TakenFile, TreatAs};
use yew::prelude::*;

/// The panel on the Data page.
#[function_component]
pub fn TakenFiles() -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let last = use_answer(LastImport {});
    let last = last
        .reply()
        .map(|last| (**last).clone())
        .unwrap_or_default();
    let files = &last.files;
    if files.is_empty() {
        return Html::default();
    }
    let set = |file: usize| {
        let calls = calls.clone();
        Callback::from(move |name: String| {
            let kind = FileKind::ALL.into_iter().find(|kind| kind.name() == name);
            if let Some(kind) = kind {
                calls.order(TreatAs { file, kind }, |_| {});
            }
        })
    };
    html! {
        <section id="taken-files">
            <h2>{ t.text("taken-files") }</h2>
            <ul class="plain">{ for files.iter().enumerate().map(|(i, taken)| html! {
                <li key={i} class="row">
                    <span>{ sentence(t, taken) }</span>
                    { named_choice(
                        format!("treat-as-{i}"),
                        t.with("treat-as-file", &[("file", taken.file.clone())]),
                        options(t, taken),
                        "",
                        &set(i),
                    ) }
                    if last.not_kept.contains(&i) {
                        <small class="hint not-kept">{ t.text("file-not-kept") }</small>
                    }
                </li>
            }) }</ul>
            if !last.left_out.is_empty() {
                <p>{ t.text("files-left-out") }</p>
                <ul class="hint">{ for last.left_out.iter().map(|error| html! {
                    <li>{ t.explained(&Explanation::of(error)) }</li>
                }) }</ul>
            }
        </section>
    }
}

fn kind_words(t: &Locale, kind: FileKind) -> String {
    t.text(&format!("file-kind-{}", kind.name()))
}

/// What a file was taken for and why; and what else it could be.
pub fn sentence(t: &Locale, taken: &TakenFile) -> String {
    let words = [
        ("file", taken.file.clone()),
        ("kind", kind_words(t, taken.kind)),
        (
            "reason",
            t.text(&format!("kind-reason-{}", taken.reason.name())),
        ),
    ];
    let sentence = t.with("taken-file", &words);
    if taken.also.is_empty() {
        return sentence;
    }
    let also: Vec<String> = taken.also.iter().map(|kind| kind_words(t, *kind)).collect();
    let also = t.with("taken-also", &[("kinds", also.join(", "))]);
    format!("{sentence} {also}")
}

/// The kinds that it can be treated as instead.
fn options(t: &Locale, taken: &TakenFile) -> Vec<(String, String)> {
    let others = FileKind::ALL.into_iter().filter(|kind| *kind != taken.kind);
    let others = others.map(|kind| {
        let words = t.with("treat-as", &[("kind", kind_words(t, kind))]);
        (kind.name().to_owned(), words)
    });
    std::iter::once((String::new(), t.text("treat-as-other")))
        .chain(others)
        .collect()
}
