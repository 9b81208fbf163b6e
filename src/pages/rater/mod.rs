//! What a rater sees who opened a link: no rail and no measures, only the task. A passphrase where one is
//! needed, what it is about, one item at a time, a pause, and at the end the answers to be sent back.

mod sheets;

use crate::browser::files as browser;
use crate::browser::files::chosen_files;
use crate::components::item_card::{Act, ItemCard};
use crate::components::markdown::markdown;
use crate::pages::rater::sheets::{Begin, Summary};
use crate::shell::ask::Ask;
use crate::state::rater::{RaterState, Stage};
use assay_locale::Locale;
use assay_protocol::links::{Intro, ItemView, RaterCommand};
use assay_protocol::messages::Request;
use assay_rating::envelope::EnvelopeError;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// How far it is.
    pub rater: Rc<RaterState>,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// The rater's page.
#[function_component]
pub fn RaterPage(props: &Props) -> Html {
    let t = &*props.locale;
    let inner = match &props.rater.stage {
        Stage::Empty => choose(props, None),
        Stage::Opening => html! { <p class="hint" role="status">{ t.text("rate-opening") }</p> },
        Stage::Failed(error) => choose(props, Some(error.clone())),
        Stage::Locked { wrong, trying } => {
            html! { <Unlock locale={props.locale.clone()} ask={props.ask.clone()} wrong={*wrong} trying={*trying} /> }
        }
        Stage::Intro => match &props.rater.intro {
            Some(intro) => {
                html! { <Begin locale={props.locale.clone()} ask={props.ask.clone()} intro={intro.clone()} /> }
            }
            None => Html::default(),
        },
        Stage::Elsewhere => elsewhere(props),
        Stage::Item(item) => {
            html! { <Work locale={props.locale.clone()} ask={props.ask.clone()} rater={props.rater.clone()}
            item={item.clone()} /> }
        }
        Stage::Summary {
            progress,
            name,
            can_undo,
        } => {
            html! { <Summary locale={props.locale.clone()} ask={props.ask.clone()} rater={props.rater.clone()}
            progress={*progress} name={name.clone()} can_undo={*can_undo} /> }
        }
    };
    html! {
        <div class="rate">
            if !props.rater.kept { <p class="notice" role="alert">{ t.text("rate-not-kept") }</p> }
            { inner }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ChooseProps {
    locale: Rc<Locale>,
    ask: Callback<Ask>,
    error: Option<EnvelopeError>,
}

fn choose(props: &Props, error: Option<EnvelopeError>) -> Html {
    html! { <Choose locale={props.locale.clone()} ask={props.ask.clone()} {error} /> }
}

/// A file or a pasted link is asked for, after the reason why the last one was none.
#[function_component]
fn Choose(props: &ChooseProps) -> Html {
    let t = &*props.locale;
    let pasted = use_node_ref();
    let ask = props.ask.clone();
    let onchange = Callback::from(move |e: Event| {
        let input: HtmlInputElement = e.target_unchecked_into();
        let chosen = chosen_files(input.files());
        if !chosen.is_empty() {
            let command = RaterCommand::Open {
                text: String::new(),
            };
            ask.emit(Ask::Worker(Request::Rater { command }, chosen));
        }
        input.set_value("");
    });
    let open = {
        let (ask, pasted) = (props.ask.clone(), pasted.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = pasted.cast::<HtmlTextAreaElement>() {
                let text = area.value();
                ask.emit(Ask::rater(RaterCommand::Open { text }));
            }
        })
    };
    html! {
        <section class="sheet">
            <h1>{ t.text("rate-choose") }</h1>
            if let Some(error) = &props.error { <p class="notice" role="alert">{ t.envelope(error) }</p> }
            <p>{ t.text("rate-choose-hint") }</p>
            <p><label class="button primary">{ t.text("rate-choose-file") }
                <input id="task-file" class="unseen" type="file" {onchange} /></label></p>
            <label>{ t.text("rate-paste") }<textarea id="task-pasted" ref={pasted} rows="4" /></label>
            <p><button id="task-open" onclick={open}>{ t.text("rate-open") }</button></p>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct UnlockProps {
    locale: Rc<Locale>,
    ask: Callback<Ask>,
    wrong: bool,
    trying: bool,
}

#[function_component]
fn Unlock(props: &UnlockProps) -> Html {
    let t = &*props.locale;
    let field = use_node_ref();
    let unlock = {
        let (ask, field) = (props.ask.clone(), field.clone());
        move || {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                let passphrase = input.value();
                ask.emit(Ask::rater(RaterCommand::Unlock { passphrase }));
            }
        }
    };
    let onclick = {
        let unlock = unlock.clone();
        Callback::from(move |_: MouseEvent| unlock())
    };
    let onkeydown = Callback::from(move |e: KeyboardEvent| {
        if e.key() == "Enter" && !e.is_composing() {
            unlock();
        }
    });
    html! {
        <section class="sheet">
            <h1>{ t.text("rate-locked") }</h1>
            <p>{ t.text("rate-locked-hint") }</p>
            <label>{ t.text("passphrase") }{ " " }
                <input id="passphrase" type="password" autocomplete="off" ref={field} {onkeydown} /></label>
            if props.wrong { <p class="notice" role="alert">{ t.text("envelope-wrong_passphrase") }</p> }
            <p><button id="unlock" class="primary" disabled={props.trying} {onclick}>
                { t.text(if props.trying { "rate-opening" } else { "rate-open" }) }</button></p>
        </section>
    }
}

fn elsewhere(props: &Props) -> Html {
    let t = &*props.locale;
    let text = browser::hash();
    let again = props.ask.reform(move |_: MouseEvent| {
        let text = format!("#{text}");
        Ask::rater(RaterCommand::Open { text })
    });
    html! {
        <section class="sheet">
            <h1>{ t.text("rate-elsewhere") }</h1>
            <p>{ t.text("rate-elsewhere-hint") }</p>
            <p><button class="primary" onclick={again}>{ t.text("rate-again") }</button></p>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct WorkProps {
    locale: Rc<Locale>,
    ask: Callback<Ask>,
    rater: Rc<RaterState>,
    item: Rc<ItemView>,
}

/// An item, with how far the rater is.
#[function_component]
fn Work(props: &WorkProps) -> Html {
    let t = &*props.locale;
    let reads = use_state(|| false);
    let paused = use_state(|| false);
    let p = props.item.progress;
    let done = p.answered + p.skipped;
    let intro = props.rater.intro.clone();
    let language = intro.as_ref().map_or(String::new(), |i| i.language.clone());
    let act = {
        let (ask, paused, item) = (props.ask.clone(), paused.clone(), props.item.clone());
        Callback::from(move |act: Act| {
            let place = item.place;
            browser::to_top();
            let on = match place + 1 < item.progress.total {
                true => RaterCommand::Show {
                    place: Some(place + 1),
                },
                false => RaterCommand::Summary,
            };
            let next = match act {
                Act::Answer(answer) => RaterCommand::Answer { place, answer },
                // What is answered stays so.
                Act::Skip if !item.is_answered() => {
                    let answer = assay_rating::Answer {
                        skipped: true,
                        ..item.answer.clone()
                    };
                    RaterCommand::Answer { place, answer }
                }
                Act::Skip | Act::On => on,
                Act::Back => RaterCommand::Show {
                    place: place.checked_sub(1),
                },
                Act::Undo => RaterCommand::Undo,
                Act::Pause => return paused.set(true),
            };
            ask.emit(Ask::rater(next));
        })
    };
    let pause = |to: bool| {
        let paused = paused.clone();
        Callback::from(move |_: MouseEvent| paused.set(to))
    };
    let read = {
        let reads = reads.clone();
        Callback::from(move |_: MouseEvent| reads.set(!*reads))
    };
    let finish = {
        let ask = props.ask.clone();
        Callback::from(move |_: MouseEvent| ask.emit(Ask::rater(RaterCommand::Summary)))
    };
    let words = [
        ("done", t.count(done)),
        ("total", t.count(p.total)),
        ("minutes", t.minutes(p.seconds_left)),
    ];
    html! {
        <>
            <div class="rate-progress">
                <progress max={p.total.to_string()} value={done.to_string()} aria-label={t.with("rate-progress", &words)} />
                <span id="rate-progress">{ t.with("rate-progress", &words) }</span>
                <button id="rate-help" class="quiet" aria-pressed={reads.to_string()} onclick={read}>{ t.text("rate-instructions") }</button>
                <button id="rate-pause" class="quiet" onclick={pause(true)}>{ t.text("pause") }</button>
            </div>
            if *reads { { instructions(t, intro.as_deref()) } }
            if let Some(error) = &props.rater.refused {
                <p class="notice" role="alert">{ t.tagged("answer-error", error) }</p>
            }
            if *paused {
                <section class="sheet">
                    <h1>{ t.text("rate-paused") }</h1>
                    <p>{ t.text("rate-paused-hint") }</p>
                    <p class="row"><button id="rate-resume" class="primary" onclick={pause(false)}>{ t.text("resume") }</button>
                        <button id="rate-finish" onclick={finish}>{ t.text("rate-finish") }</button></p>
                </section>
            }
            <div class="rate-work" hidden={*paused}>
                <ItemCard locale={props.locale.clone()} {language} item={props.item.clone()} idle={*paused} act={Some(act)} />
            </div>
        </>
    }
}

/// What the task is about, and the keys.
fn instructions(t: &Locale, intro: Option<&Intro>) -> Html {
    let keys = [
        ("1 … 9, 0", "keys-digits"),
        ("A B =  −", "keys-pair"),
        ("Y N", "keys-yes"),
        ("← →", "keys-sideways"),
        ("↑ ↓", "keys-updown"),
        ("Enter", "keys-enter"),
        ("U", "rate-undo"),
        ("S", "rate-skip"),
        ("C", "keys-comment"),
        ("P", "pause"),
    ];
    html! {
        <section class="sheet">
            if let Some(intro) = intro { <div lang={intro.language.clone()}>{ markdown(&intro.instructions) }</div> }
            <dl class="keys">{ for keys.iter().map(|(key, name)| html! {
                <div><dt><kbd>{ *key }</kbd></dt><dd>{ t.text(name) }</dd></div>
            }) }</dl>
            <p class="hint">{ t.text("keys-spans") }</p>
        </section>
    }
}
