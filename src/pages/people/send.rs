//! What is sent to raters: the task's link, its picture, and the page of raters as one file with the task inside.

use crate::browser::files as browser;
use crate::browser::single_file::{base, is_single_file, rater_file};
use crate::calls::use_answer;
use crate::components::copy_button::CopyButton;
use crate::components::send_link::{LINK_MOST, SendLink, file_part};
use crate::pages::people::view::Props;
use assay_locale::Locale;
use assay_protocol::projects::{DrawQrCode, Sending};
use assay_rating::envelope::TASK_MARK;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The link to the task; for a rater's number, from 1, with the secret of the invitation.
fn link(sending: &Sending, slot: Option<u16>) -> String {
    format!("{}{}", base(), task(sending, slot))
}

/// The link from `#` on.
fn task(sending: &Sending, slot: Option<u16>) -> String {
    let number = slot.map_or(String::new(), |n| {
        let invitation = sending.invitations.get(usize::from(n) - 1);
        let secret = invitation.map_or(String::new(), |secret| format!("~{secret}"));
        format!("~{n}{secret}")
    });
    format!("{TASK_MARK}{}{number}", sending.envelope)
}

/// The task's link and files, for all raters and for each.
pub fn links(props: &Props, sending: &Sending) -> Html {
    let t = &*props.locale;
    let link_text = link(sending, None);
    let title = t.titled(&sending.title);
    let qr_text = link_text.clone();
    let words = [
        ("title", title.clone()),
        ("page", format!("{}#/rate", base())),
    ];
    let words = match is_single_file() {
        true => t.with("task-file-alone", &words),
        false => t.with("task-file", &words),
    };
    let fits = link_text.len() <= LINK_MOST;
    let file_name = format!("assay-task-{}", file_part(&title));
    html! {
        <>
            <p>{ t.text(if sending.locked { "project-locked" } else { "project-open" }) }</p>
            <SendLink locale={props.locale.clone()} id="task-link" label={t.text("task-link")} link={link_text}
                title={title.clone()} file={format!("{file_name}.txt")} {words} />
            <div class="row">
                <RaterFile locale={props.locale.clone()} id="rater-file" task={task(sending, None)} name={file_name.clone()} label={t.text("rater-file")} />
                if fits && !is_single_file() { <Picture text={qr_text} locale={props.locale.clone()} /> }
            </div>
            <p class="hint">{ t.text("rater-file-hint") }</p>
            if sending.slots > 0 {
                <details id="numbered"><summary>{ t.with("numbered", &[("count", t.count(sending.slots.into()))]) }</summary>
                    <p class="hint">{ t.text("numbered-hint") }</p>
                    if !sending.invitations.is_empty() { <p class="hint">{ t.text("numbered-invitations") }</p> }
                    <ol class="plain">{ for (1..=sending.slots).map(|n| {
                        let text = link(sending, Some(n));
                        let name = format!("{} {n}", t.text("copy-link"));
                        let file_name = format!("{file_name}-{n}");
                        html! { <li class="row"><span>{ n }</span>
                            if fits && !is_single_file() {
                                <input class="grow" readonly=true value={text.clone()} aria-label={format!("{} {n}", t.text("task-link"))} />
                                <CopyButton locale={props.locale.clone()} {text} label={t.text("copy-link")} {name} class="quiet" />
                            }
                            <RaterFile locale={props.locale.clone()} task={task(sending, Some(n))} name={file_name}
                                label={format!("{} {n}", t.text("rater-file"))} class="quiet" /></li> }
                    }) }</ol>
                </details>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RaterFileProps {
    locale: Rc<Locale>,
    #[prop_or_default]
    id: Option<&'static str>,
    /// The part of the link from `#` on.
    task: String,
    /// The file's name without its ending.
    name: String,
    label: String,
    #[prop_or_default]
    class: Classes,
}

/// A button that saves the page of raters as one file with the task inside.
#[function_component]
fn RaterFile(props: &RaterFileProps) -> Html {
    let has_failed = use_state_eq(|| false);
    let onclick = {
        let (task, name) = (props.task.clone(), props.name.clone());
        let has_failed = has_failed.clone();
        Callback::from(move |_: MouseEvent| {
            let (task, name, has_failed) = (task.clone(), name.clone(), has_failed.clone());
            spawn_local(async move {
                let file = rater_file(&task).await;
                has_failed.set(file.is_err());
                if let Ok(file) = file {
                    browser::save(&format!("{name}.html"), "text/html", file.as_bytes());
                }
            });
        })
    };
    html! {
        <>
            <button id={props.id} class={props.class.clone()} {onclick}>{ &props.label }</button>
            if *has_failed { <span class="notice" role="alert">{ props.locale.text("rater-file-failed") }</span> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PictureProps {
    text: String,
    locale: Rc<Locale>,
}

/// The link's picture, or the way to it.
#[function_component]
fn Picture(props: &PictureProps) -> Html {
    let t = &*props.locale;
    let shown = use_state(|| None::<String>);
    if shown.as_ref() != Some(&props.text) {
        let (shown, text) = (shown.clone(), props.text.clone());
        let draw = Callback::from(move |_: MouseEvent| shown.set(Some(text.clone())));
        return html! { <button id="qr" onclick={draw}>{ t.text("qr") }</button> };
    }
    html! { <Drawn text={props.text.clone()} locale={props.locale.clone()} /> }
}

#[function_component]
fn Drawn(props: &PictureProps) -> Html {
    let t = &*props.locale;
    let answer = use_answer(DrawQrCode {
        text: props.text.clone(),
    });
    match answer.shown(t).map(|reply| (**reply).as_ref()) {
        Err(instead) => instead,
        Ok(None) => html! { <p class="hint">{ t.text("qr-too-long") }</p> },
        Ok(Some(code)) => {
            // Four modules of quiet all round, as the standard asks.
            let side = code.size + 8;
            html! {
                <svg class="qr" viewBox={format!("-4 -4 {side} {side}")} role="img" aria-label={t.text("qr")} shape-rendering="crispEdges">
                    <rect x="-4" y="-4" width={side.to_string()} height={side.to_string()} fill="#fff" />
                    <path d={code.path.clone()} fill="#000" />
                </svg>
            }
        }
    }
}
