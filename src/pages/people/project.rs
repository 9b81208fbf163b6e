//! The part of the Ratings page about gathering by link: making tasks, the tasks on this device, what is
//! sent to raters, what came back and what of it needs a decision.

use crate::browser::files as browser;
use crate::calls::{Answered, use_answer};
use crate::components::file_button::{Choice, FileButton};
use crate::pages::people::progress::Progress;
use crate::pages::people::send;
use crate::pages::people::view::Props;
use crate::route::Page;
use assay_calls::{Call, Explanation};
use assay_locale::Locale;
use assay_protocol::projects::{
    BringBack, Collect, Collected, ConflictView, Decide, Decision, Export, List, NotSaved, Open,
    ProjectCard, ProjectView, ProjectsError, Received, Remove,
};
use assay_rating::analysis::habits::Habits;
use assay_rating::envelope::TASK_MARK;
use assay_rating::project::{Aside, Outcome};
use assay_web_calls::Attachments;
use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

/// Asks the worker when something is pressed; failures are told as notices.
fn order<C: Call<Reply = ()> + Clone>(props: &Props, call: C) -> Callback<MouseEvent> {
    let calls = props.calls.clone();
    Callback::from(move |_| calls.order(call.clone(), |()| {}))
}

/// Making tasks, taking answers, and the tasks on this device.
#[function_component]
pub fn Gather(props: &Props) -> Html {
    let t = &*props.locale;
    let pasted = use_node_ref();
    let list = use_answer(List {});
    let received = use_answer(Received {});
    let not_saved = use_answer(NotSaved {});
    let collect = {
        let (calls, pasted) = (props.calls.clone(), pasted.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = pasted.cast::<HtmlTextAreaElement>() {
                calls.order(Collect { text: area.value() }, |()| {});
                area.set_value("");
            }
        })
    };
    let calls = props.calls.clone();
    let open = Callback::from(move |files: Vec<File>| {
        let text = String::new();
        calls.order_with(Collect { text }, Attachments::files(files), |()| {});
    });
    let new = props.route.on_page(Page::Task);
    let cards = list.reply().filter(|cards| !cards.is_empty());
    let has_task = cards.is_some() || props.sending.is_some();
    let received = received.reply().and_then(|r| (**r).as_ref());
    html! {
        <section id="gather">
            <h2>{ t.text("gather") }</h2>
            <p class="hint">{ t.text("gather-hint") }</p>
            <p class="row">
                <a id="new-task" class="button primary" href={new.href()}>{ t.text("task-new") }</a>
                if !has_task { <FileButton id="answers-files" label={t.text("project-load")} choice={Choice::Files} open={open.clone()} /> }
            </p>
            { unsaved(t, &list, &not_saved) }
            if let Some(collected) = received {
                { received_words(t, collected) }
                if collected.failures.iter().any(|why| matches!(why, ProjectsError::Removed { .. })) {
                    <p><button id="bring-back" onclick={order(props, BringBack {})}>{ t.text("bring-back") }</button></p>
                }
            }
            if has_task {
                <label>{ t.text("answers-paste") }<textarea id="answers" ref={pasted} rows="3" /></label>
                <p class="row">
                    <button id="answers-take" onclick={collect}>{ t.text("answers-take") }</button>
                    <FileButton id="answers-files" label={t.text("answers-files")} choice={Choice::Files} {open} />
                </p>
            }
            if let Some(cards) = cards {
                <h3>{ t.text("projects") }</h3>
                <ul class="plain projects">{ for cards.iter().map(|card| project(props, card)) }</ul>
            }
        </section>
    }
}

/// Why projects are not saved on this device, with what to do.
fn unsaved(t: &Locale, list: &Answered<List>, not_saved: &Answered<NotSaved>) -> Html {
    let why = match (not_saved.reply().and_then(|r| (**r).as_ref()), list) {
        (Some(error), _) => Explanation::of(error),
        (None, Answered::Failed(why)) => why.clone(),
        _ => return Html::default(),
    };
    html! { <p class="notice" role="alert" id="not-saved">{ t.with("owner-not-kept", &[("detail", t.explained(&why))]) }</p> }
}

fn project(props: &Props, card: &ProjectCard) -> Html {
    let t = &*props.locale;
    let open = props.sending.as_ref().is_some_and(|s| s.id == card.id);
    let words = [
        ("items", t.count(card.items)),
        ("systems", card.systems.join(", ")),
        ("date", browser::date(card.made, t.language.tag())),
    ];
    let id = card.id.clone();
    let title = t.titled(&card.title);
    let remove = {
        let (calls, id) = (props.calls.clone(), card.id.clone());
        let question = t.with("project-remove-sure", &[("title", title.clone())]);
        Callback::from(move |_: MouseEvent| {
            if browser::confirm(&question) {
                calls.order(Remove { id: id.clone() }, |()| {});
            }
        })
    };
    html! {
        <li class="row" aria-current={open.then_some("true")}>
            <button class="quiet open-project" onclick={order(props, Open { id })}>{ title.clone() }</button>
            <span class="hint">{ t.with("project-facts", &words) }</span>
            <button class="quiet" aria-label={t.with("remove-name", &[("name", title)])} onclick={remove}>{ t.text("remove") }</button>
        </li>
    }
}

fn alert(words: String) -> Html {
    html! { <p class="notice" role="alert">{ words }</p> }
}

fn received_words(t: &Locale, collected: &Collected) -> Html {
    let Collected {
        projects,
        outcomes,
        unmatched_answers,
        tasks,
        failures,
        restored: _,
    } = collected;
    let titles: Vec<String> = projects.iter().map(|p| t.titled(p)).collect();
    html! {
        <>
            if *collected == Collected::default() { { alert(t.text("answers-none")) } }
            if !titles.is_empty() {
                <div id="received" role="status">
                    <p>{ t.with("answers-came", &[("projects", titles.join(", "))]) }</p>
                    { outcome_list(t, outcomes) }
                </div>
            }
            if *unmatched_answers > 0 {
                { alert(t.with("answers-homeless", &[("count", t.count(*unmatched_answers))])) }
            }
            if *tasks > 0 {
                <p class="notice" role="alert">{ t.text("answers-is-task") }{ " " }
                    <a href={TASK_MARK}>{ t.text("answers-rate-it") }</a></p>
            }
            { for failures.iter().map(|failure| alert(failure_words(t, failure))) }
        </>
    }
}

/// What could not be taken: where a file or the disk says why, that alone.
fn failure_words(t: &Locale, failure: &ProjectsError) -> String {
    match failure {
        ProjectsError::Removed { title } => {
            let title = t.titled(title);
            t.explained(&Explanation::of(&ProjectsError::Removed { title }))
        }
        failure => t.explained(&Explanation::of(failure)),
    }
}

fn outcome_list(t: &Locale, outcomes: &[Outcome]) -> Html {
    html! { <ul class="outcomes">{ for outcomes.iter().map(|o| html! { <li>{ outcome(t, o) }</li> }) }</ul> }
}

fn outcome(t: &Locale, outcome: &Outcome) -> Html {
    match outcome {
        Outcome::Merged {
            rater,
            brought,
            invited,
        } => {
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
            let unproved = *invited == Some(false);
            html! { <>{ t.with("outcome-merged", &words) }if unproved { { " " }{ t.text("outcome-not-invited") } }</> }
        }
        Outcome::Aside { beginning, reason } => {
            let why = match reason {
                Aside::Unreadable { error } => t.explained(&Explanation::of(error)),
                reason => t.explained(&Explanation::of(reason)),
            };
            html! { <span class="worse">{ "▼ " }{ t.with("outcome-aside", &[("beginning", beginning.clone())]) }{ " " }{ why }</span> }
        }
    }
}

/// The open project: its link, what came of it, what needs a decision.
pub fn opened(props: &Props, project: &ProjectView, raters: &[Habits]) -> Html {
    let t = &*props.locale;
    let Some(sending) = props.sending.as_ref().filter(|s| s.id == project.id) else {
        return Html::default();
    };
    let export = {
        let calls = props.calls.clone();
        Callback::from(move |_: MouseEvent| {
            calls.order(Export {}, |text| {
                browser::save(
                    "assay-rating-project.json",
                    "application/json",
                    text.as_bytes(),
                );
            });
        })
    };
    let undo = Decide {
        decision: Decision::Undo,
    };
    html! {
        <section id="project">
            <h2>{ t.titled(&sending.title) }</h2>
            <Progress page={props.clone()} project={project.clone()} raters={raters.to_vec()} />
            if raters.is_empty() {
                { send::links(props, sending) }
            } else {
                // Once there are answers, what they say comes before how to get more.
                <details id="task-links"><summary>{ t.text("task-link") }</summary>{ send::links(props, sending) }</details>
            }
            <p class="row">
                <button id="project-save" onclick={export}>{ t.text("project-save") }</button>
                if project.can_undo {
                    <button id="project-undo" onclick={order(props, undo)}>{ t.text("project-undo") }</button>
                }
            </p>
            <p class="hint">{ t.text("project-save-hint") }</p>
            if !project.conflicts.is_empty() {
                <div id="conflicts" tabindex="-1"><h3>{ t.text("conflicts") }</h3><p class="hint">{ t.text("conflicts-hint") }</p>
                    <ul class="plain">{ for project.conflicts.iter().map(|c| conflict(props, c)) }</ul></div>
            }
            if !project.outcomes.is_empty() {
                <details id="outcomes"><summary>{ t.with("outcomes", &[("count", t.count(project.outcomes.len()))]) }</summary>
                    { outcome_list(t, &project.outcomes) }</details>
            }
        </section>
    }
}

fn conflict(props: &Props, conflict: &ConflictView) -> Html {
    let t = &*props.locale;
    let words = [
        ("rater", conflict.name.clone()),
        ("row", t.count(conflict.row)),
    ];
    let prefer = |device: u64| {
        let decision = Decision::Prefer {
            rater: conflict.rater.clone(),
            place: conflict.place,
            device,
        };
        order(props, Decide { decision })
    };
    let apart = |device: u64| {
        let decision = Decision::Separate { device };
        order(props, Decide { decision })
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
