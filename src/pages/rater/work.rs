//! One item at a time, how far the rater is, a pause and the instructions.

use crate::browser::files as browser;
use crate::components::item_card::{Act, ItemCard};
use crate::components::markdown::markdown;
use crate::pages::rater::action::Action;
use assay_locale::Locale;
use assay_protocol::rater::{Answer, Intro, ItemView};
use std::rc::Rc;
use yew::prelude::*;

/// What the component shows.
#[derive(Properties, PartialEq)]
pub struct WorkProps {
    /// Words.
    pub locale: Rc<Locale>,
    /// Told what the rater does.
    pub act: Callback<Action>,
    /// What the task is about.
    pub intro: Option<Rc<Intro>>,
    /// The item.
    pub item: Rc<ItemView>,
}

/// An item, with how far the rater is.
#[function_component]
pub fn Work(props: &WorkProps) -> Html {
    let t = &*props.locale;
    let reads = use_state(|| false);
    let paused = use_state(|| false);
    let p = props.item.progress;
    let done = p.answered + p.skipped;
    let intro = props.intro.clone();
    let language = intro.as_ref().map_or(String::new(), |i| i.language.clone());
    let act = {
        let (act, paused, item) = (props.act.clone(), paused.clone(), props.item.clone());
        Callback::from(move |done: Act| {
            let place = item.place;
            browser::to_top();
            let on = match place + 1 < item.progress.total {
                true => Action::Show(Some(place + 1)),
                false => Action::Summary,
            };
            let next = match done {
                Act::Answer(answer) => Action::Answer(Answer { place, answer }),
                // What is answered stays so.
                Act::Skip if !item.is_answered => {
                    let answer = assay_rating::Answer {
                        skipped: true,
                        ..item.answer.clone()
                    };
                    Action::Answer(Answer { place, answer })
                }
                Act::Skip | Act::On => on,
                Act::Back => Action::Show(place.checked_sub(1)),
                Act::Undo => Action::Undo,
                Act::Pause => return paused.set(true),
            };
            act.emit(next);
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
    let finish = props.act.reform(|_: MouseEvent| Action::Summary);
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
        ("U", "undo-step"),
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
