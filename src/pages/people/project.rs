//! The part of the Ratings page about gathering by link: making tasks, the tasks on this device, what is
//! sent to raters, what came back and what of it needs a decision.

use crate::browser::files as browser;
use crate::browser::files::chosen_files;
use crate::components::send_link::{LINK_MOST, SendLink, file_part};
use crate::pages::people::Props;
use crate::route::{Page, Route};
use crate::shell::ask::Ask;
use crate::state::owner::{OwnerState, Received};
use assay_locale::Locale;
use assay_protocol::links::{OwnerCommand, ProjectCard, Sending};
use assay_protocol::messages::Request;
use assay_protocol::projects::{ConflictView, ProjectView};
use assay_rating::envelope::TASK_MARK;
use assay_rating::project::{Aside, Event as Done, Outcome, ProjectError};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

fn ask(props: &Props, command: OwnerCommand) -> Callback<MouseEvent> {
    props.ask.reform(move |_| {
        let command = command.clone();
        Ask::owner(command)
    })
}

/// Making tasks, taking answers, and the tasks on this device.
#[function_component]
pub fn Gather(props: &Props) -> Html {
    let t = &*props.locale;
    let pasted = use_node_ref();
    {
        let ask = props.ask.clone();
        use_effect_with((), move |()| {
            let command = OwnerCommand::List;
            ask.emit(Ask::owner(command));
        });
    }
    let collect = {
        let (ask, pasted) = (props.ask.clone(), pasted.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = pasted.cast::<HtmlTextAreaElement>() {
                let command = OwnerCommand::Collect { text: area.value() };
                ask.emit(Ask::owner(command));
                area.set_value("");
            }
        })
    };
    let ask_files = props.ask.clone();
    let onchange = Callback::from(move |e: Event| {
        let input: HtmlInputElement = e.target_unchecked_into();
        let chosen = chosen_files(input.files());
        if !chosen.is_empty() {
            let text = String::new();
            let command = OwnerCommand::Collect { text };
            ask_files.emit(Ask::Worker(Request::Owner { command }, chosen));
        }
        input.set_value("");
    });
    let new = Route {
        page: Page::Task,
        ..props.route.clone()
    };
    let owner = &*props.owner;
    let some = owner.projects.as_ref().is_some_and(|p| !p.is_empty());
    html! {
        <section id="gather">
            <h1>{ t.text("gather") }</h1>
            <p class="hint">{ t.text("gather-hint") }</p>
            <p><a id="new-task" class="button primary" href={format!("#{}", new.to_hash())}>{ t.text("task-new") }</a></p>
            { not_kept(t, owner) }
            if let Some(received) = &owner.received { { received_words(t, received) } }
            if some || owner.sending.is_some() {
                <label>{ t.text("answers-paste") }<textarea id="answers" ref={pasted} rows="3" /></label>
                <p class="row">
                    <button id="answers-take" onclick={collect}>{ t.text("answers-take") }</button>
                    <label class="button">{ t.text("answers-files") }
                        <input id="answers-files" class="unseen" type="file" multiple=true {onchange} /></label>
                </p>
            } else {
                <p class="row"><label class="button">{ t.text("project-load") }
                    <input id="answers-files" class="unseen" type="file" multiple=true {onchange} /></label></p>
            }
            if let Some(list) = owner.projects.as_ref().filter(|_| some) {
                <h2>{ t.text("projects") }</h2>
                <ul class="plain projects">{ for list.iter().map(|card| project(props, card)) }</ul>
            }
        </section>
    }
}

fn not_kept(t: &Locale, owner: &OwnerState) -> Html {
    let words = |detail: &String| t.with("owner-not-kept", &[("detail", detail.clone())]);
    match &owner.not_kept {
        Some(detail) => html! { <p class="notice" role="alert">{ words(detail) }</p> },
        None => Html::default(),
    }
}

fn project(props: &Props, card: &ProjectCard) -> Html {
    let t = &*props.locale;
    let open = props
        .owner
        .sending
        .as_ref()
        .is_some_and(|s| s.id == card.id);
    let words = [
        ("items", t.count(card.items)),
        ("systems", card.systems.join(", ")),
        ("date", browser::date(card.made, t.language.tag())),
    ];
    let id = card.id.clone();
    let title = t.titled(&card.title);
    let remove = {
        let (ask, id) = (props.ask.clone(), card.id.clone());
        let question = t.with("project-remove-sure", &[("title", title.clone())]);
        Callback::from(move |_: MouseEvent| {
            if browser::confirm(&question) {
                let command = OwnerCommand::Remove { id: id.clone() };
                ask.emit(Ask::owner(command));
            }
        })
    };
    html! {
        <li class="row" aria-current={open.then_some("true")}>
            <button class="quiet open-project" onclick={ask(props, OwnerCommand::Open { id })}>{ title.clone() }</button>
            <span class="hint">{ t.with("project-facts", &words) }</span>
            <button class="quiet" aria-label={t.with("remove-name", &[("name", title)])} onclick={remove}>{ t.text("remove") }</button>
        </li>
    }
}

fn received_words(t: &Locale, received: &Received) -> Html {
    match received {
        Received::Homeless {
            answers: 0,
            tasks: 0,
        } => {
            html! { <p class="notice" role="alert">{ t.text("answers-none") }</p> }
        }
        Received::Homeless { answers: 0, .. } => html! {
            <p class="notice" role="alert">{ t.text("answers-is-task") }{ " " }
                <a href={TASK_MARK}>{ t.text("answers-rate-it") }</a></p>
        },
        Received::Homeless { answers, .. } => {
            html! { <p class="notice" role="alert">{ t.with("answers-homeless", &[("count", t.count(*answers))]) }</p> }
        }
        Received::BadProject(error) => {
            let words = match error {
                ProjectError::Task { error } => t.with(
                    "project-error-task",
                    &[("detail", t.tagged("task-error", error))],
                ),
                error => t.tagged("project-error", error),
            };
            html! { <p class="notice" role="alert">{ words }</p> }
        }
        Received::Sorted { projects, outcomes } => {
            let titles: Vec<String> = projects.iter().map(|p| t.titled(p)).collect();
            html! {
                <div id="received" role="status">
                    <p>{ t.with("answers-came", &[("projects", titles.join(", "))]) }</p>
                    { outcome_list(t, outcomes) }
                </div>
            }
        }
    }
}

fn outcome_list(t: &Locale, outcomes: &[Outcome]) -> Html {
    html! { <ul class="outcomes">{ for outcomes.iter().map(|o| html! { <li>{ outcome(t, o) }</li> }) }</ul> }
}

fn outcome(t: &Locale, outcome: &Outcome) -> Html {
    match outcome {
        Outcome::Merged { rater, brought } => {
            let name = if rater.is_empty() {
                t.text("rater-unnamed")
            } else {
                rater.clone()
            };
            let words = [
                ("rater", name),
                ("added", t.count(brought.added)),
                ("updated", t.count(brought.updated)),
                ("known", t.count(brought.known)),
            ];
            html! { { t.with("outcome-merged", &words) } }
        }
        Outcome::Aside { beginning, reason } => {
            let why = match reason {
                Aside::Unreadable { error } => t.envelope(error),
                reason => t.tagged("aside", reason),
            };
            html! { <span class="worse">{ "▼ " }{ t.with("outcome-aside", &[("beginning", beginning.clone())]) }{ " " }{ why }</span> }
        }
    }
}

/// The open project: its link, what came of it, what needs a decision.
pub fn opened(props: &Props, project: &ProjectView) -> Html {
    let t = &*props.locale;
    let Some(sending) = props.owner.sending.as_ref().filter(|s| s.id == project.id) else {
        return Html::default();
    };
    html! {
        <section id="project">
            <h2>{ t.titled(&sending.title) }</h2>
            { links(props, sending) }
            <p class="row">
                <button id="project-save" onclick={ask(props, OwnerCommand::Save)}>{ t.text("project-save") }</button>
                if project.can_undo {
                    <button id="project-undo" onclick={ask(props, OwnerCommand::Decide { event: Done::Undone })}>{ t.text("project-undo") }</button>
                }
            </p>
            <p class="hint">{ t.text("project-save-hint") }</p>
            if !project.silent.is_empty() {
                <p>{ t.with("project-silent", &[("numbers", project.silent.iter().map(u16::to_string).collect::<Vec<_>>().join(", "))]) }</p>
            }
            if !project.conflicts.is_empty() {
                <div id="conflicts"><h3>{ t.text("conflicts") }</h3><p class="hint">{ t.text("conflicts-hint") }</p>
                    <ul class="plain">{ for project.conflicts.iter().map(|c| conflict(props, c)) }</ul></div>
            }
            if !project.outcomes.is_empty() {
                <details id="outcomes"><summary>{ t.with("outcomes", &[("count", t.count(project.outcomes.len()))]) }</summary>
                    { outcome_list(t, &project.outcomes) }</details>
            }
        </section>
    }
}

fn link(sending: &Sending, slot: Option<u16>) -> String {
    let number = slot.map_or(String::new(), |n| format!("~{n}"));
    format!("{}{TASK_MARK}{}{number}", browser::base(), sending.envelope)
}

fn links(props: &Props, sending: &Sending) -> Html {
    let t = &*props.locale;
    let link_text = link(sending, None);
    let title = t.titled(&sending.title);
    let qr = ask(
        props,
        OwnerCommand::Qr {
            text: link_text.clone(),
        },
    );
    let words = [
        ("title", title.clone()),
        ("page", format!("{}#/rate", browser::base())),
    ];
    let fits = link_text.len() <= LINK_MOST;
    html! {
        <>
            <p>{ t.text(if sending.locked { "project-locked" } else { "project-open" }) }</p>
            <SendLink locale={props.locale.clone()} id="task-link" label={t.text("task-link")} link={link_text}
                title={title.clone()} file={format!("assay-task-{}.txt", file_part(&title))} words={t.with("task-file", &words)} />
            if sending.slots > 0 && fits {
                <details id="numbered"><summary>{ t.with("numbered", &[("count", t.count(sending.slots.into()))]) }</summary>
                    <p class="hint">{ t.text("numbered-hint") }</p>
                    <ol class="plain">{ for (1..=sending.slots).map(|n| {
                        let text = link(sending, Some(n));
                        let copy = { let text = text.clone(); Callback::from(move |_: MouseEvent| browser::copy(&text)) };
                        html! { <li class="row"><span>{ n }</span><input class="grow" readonly=true value={text} aria-label={t.count(n.into())} />
                            <button class="quiet" onclick={copy}>{ t.text("copy-link") }</button></li> }
                    }) }</ol>
                </details>
            }
            if fits { { picture(props, &qr) } }
        </>
    }
}

/// The link's picture, or the way to it.
fn picture(props: &Props, draw: &Callback<MouseEvent>) -> Html {
    let t = &*props.locale;
    match props.owner.qr.as_deref() {
        None => html! { <button id="qr" onclick={draw}>{ t.text("qr") }</button> },
        Some((0, _)) => html! { <p class="hint">{ t.text("qr-too-long") }</p> },
        Some((size, path)) => {
            // Four modules of quiet all round, as the standard asks.
            let side = size + 8;
            html! {
                <svg class="qr" viewBox={format!("-4 -4 {side} {side}")} role="img" aria-label={t.text("qr")} shape-rendering="crispEdges">
                    <rect x="-4" y="-4" width={side.to_string()} height={side.to_string()} fill="#fff" />
                    <path d={path.clone()} fill="#000" />
                </svg>
            }
        }
    }
}

fn conflict(props: &Props, conflict: &ConflictView) -> Html {
    let t = &*props.locale;
    let words = [
        ("rater", conflict.name.clone()),
        ("row", t.count(conflict.row)),
    ];
    let prefer = |device: u64| {
        let event = Done::Preferred {
            rater: conflict.rater.clone(),
            place: conflict.place,
            device,
        };
        ask(props, OwnerCommand::Decide { event })
    };
    let apart = |device: u64| {
        let event = Done::Apart {
            device,
            apart: true,
        };
        ask(props, OwnerCommand::Decide { event })
    };
    let other = conflict.answers.iter().map(|(device, _)| *device).max();
    html! {
        <li class="conflict">
            <p>{ t.with("conflict", &words) }</p>
            <ul>{ for conflict.answers.iter().map(|(device, said)| html! {
                <li class="row"><span>{ said }</span><button class="quiet prefer" onclick={prefer(*device)}>{ t.text("conflict-take") }</button></li>
            }) }</ul>
            if let Some(device) = other { <button class="quiet apart" onclick={apart(device)}>{ t.text("conflict-apart") }</button> }
        </li>
    }
}
