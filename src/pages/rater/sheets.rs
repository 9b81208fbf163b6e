//! What a rater reads before the first item and after the last: what the task is about, and what was done
//! with the way to send it back.

use crate::browser::files as browser;
use crate::browser::single_file::{base, is_single_file};
use crate::components::copy_button::CopyButton;
use crate::components::keep_hint::KeepHint;
use crate::components::markdown::markdown;
use crate::components::send_link::{SendLink, file_part};
use crate::pages::rater::action::Action;
use assay_locale::Locale;
use assay_protocol::rater::{Intro, Start, SummaryView};
use assay_rating::envelope::ANSWERS_MARK;
use assay_rating::marks::ErrorScheme;
use assay_rating::task::Kind;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What a rater reads first.
#[derive(Properties, PartialEq)]
pub struct BeginProps {
    /// Words.
    pub locale: Rc<Locale>,
    /// Told what the rater does.
    pub act: Callback<Action>,
    /// The task.
    pub intro: Rc<Intro>,
}

/// What the task is about, and the way in.
#[function_component]
pub fn Begin(props: &BeginProps) -> Html {
    let t = &*props.locale;
    let intro = &props.intro;
    let (name, number) = (use_node_ref(), use_node_ref());
    let asks_number = intro.slots > 0 && intro.slot.is_none();
    let onclick = {
        let (act, name, number) = (props.act.clone(), name.clone(), number.clone());
        let slot = intro.slot;
        Callback::from(move |_: MouseEvent| {
            browser::persist();
            browser::to_top();
            let name = name.cast::<HtmlInputElement>().map(|i| i.value());
            let chosen = number.cast::<HtmlSelectElement>().map(|s| s.value());
            let chosen = chosen.and_then(|n| n.parse::<u16>().ok()?.checked_sub(1));
            act.emit(Action::Start(Start {
                name: name.unwrap_or_default(),
                slot: slot.or(chosen),
            }));
        })
    };
    let p = &intro.progress;
    let begun = p.answered + p.skipped > 0;
    let words = [
        ("items", t.count(p.total)),
        ("minutes", t.minutes(p.seconds_left)),
    ];
    html! {
        <section class="sheet">
            <div lang={intro.language.clone()}>
                <h1>{ t.titled(&intro.title) }</h1>
                { markdown(&intro.instructions) }
            </div>
            <h2>{ t.text("task-questions") }</h2>
            <ul lang={intro.language.clone()}>{ for intro.questions.iter().map(|q| html! { <li><strong>{ &q.name }</strong>
                if !q.help.is_empty() { { " " }{ &q.help } }
                if let Kind::Scale(points) = &q.kind { { anchors(points) } }
                if let Kind::Marks(scheme) = &q.kind { { categories(scheme) } }
            </li> }) }</ul>
            <p>{ t.with("rate-extent", &words) }</p>
            <p class="hint">{ t.text("rate-private") }</p>
            if intro.timed { <p class="hint" id="rate-timed">{ t.text("rate-timed") }</p> }
            if asks_number {
                <p><label>{ t.text("rate-number") }{ " " }<select id="rate-number" ref={number}>
                    { for (1..=intro.slots).map(|n| html! { <option value={n.to_string()}>{ n }</option> }) }
                </select></label></p>
            }
            <p><label>{ t.text("rate-name") }{ " " }<input id="rate-name" ref={name} maxlength="200" value={intro.name.clone()} /></label></p>
            if begun {
                <p id="rate-resumed">{ t.with("rate-resumed", &[("done", t.count(p.answered)), ("total", t.count(p.total))]) }</p>
            }
            <KeepHint words={t.text("rate-keep-hint")} />
            <p><button id="rate-begin" class="primary" {onclick}>{ t.text(if begun { "rate-go-on" } else { "rate-begin" }) }</button></p>
        </section>
    }
}

/// What the points of a scale mean.
fn anchors(points: &[String]) -> Html {
    if points.iter().all(String::is_empty) {
        return Html::default();
    }
    html! { <ol class="hint">{ for points.iter().map(|w| html! { <li>{ w }</li> }) }</ol> }
}

/// The categories of errors.
fn categories(scheme: &ErrorScheme) -> Html {
    if scheme.categories.is_empty() {
        return Html::default();
    }
    html! { <ul class="hint">{ for scheme.categories.iter().map(|c| html! { <li>{ &c.name }</li> }) }</ul> }
}

/// What a rater reads last.
#[derive(Properties, PartialEq)]
pub struct SummaryProps {
    /// Words.
    pub locale: Rc<Locale>,
    /// Told what the rater does.
    pub act: Callback<Action>,
    /// What the task is called.
    pub title: String,
    /// How far the rater is.
    pub summary: SummaryView,
    /// The answers' envelope, once it is made.
    pub envelope: Option<Rc<str>>,
}

/// What a file of answers says before them: where it begins with no address, there is no link to open.
fn answers_words() -> &'static str {
    match is_single_file() {
        true => "rate-answers-file-alone",
        false => "rate-answers-file",
    }
}

/// What was done, and the answers to be sent back.
#[function_component]
pub fn Summary(props: &SummaryProps) -> Html {
    let t = &*props.locale;
    let summary = &props.summary;
    let p = &summary.progress;
    let open = p.total - p.answered - p.skipped;
    let on = |what: Action| props.act.reform(move |_: MouseEvent| what.clone());
    let rename = props
        .act
        .reform(|e: Event| Action::Rename(e.target_unchecked_into::<HtmlInputElement>().value()));
    let words = [("done", t.count(p.answered)), ("total", t.count(p.total))];
    let title = &props.title;
    let back = open > 0 || p.skipped > 0;
    html! {
        <section class="sheet" id="rate-summary">
            <h1>{ t.text(if back { "rate-so-far" } else { "rate-done" }) }</h1>
            <p id="rate-rated">{ t.with("rate-rated", &words) }</p>
            if p.skipped > 0 { <p>{ t.with("rate-skipped", &[("count", t.count(p.skipped))]) }</p> }
            <p class="row">
                if back { <button id="rate-rest" onclick={on(Action::Show(None))}>{ t.text(if open > 0 { "rate-go-on" } else { "rate-go-skipped" }) }</button> }
                if summary.can_undo { <button class="quiet" onclick={on(Action::Undo)}>{ t.text("undo-step") }</button> }
            </p>
            <p><label>{ t.text("rate-name") }{ " " }<input id="rate-name" maxlength="200" value={summary.name.clone()} onchange={rename} /></label></p>
            if p.answered + p.skipped > 0 {
                if let Some(envelope) = &props.envelope {
                    <h2>{ t.text("rate-send") }</h2>
                    <p>{ t.text("rate-send-hint") }</p>
                    <SendLink locale={props.locale.clone()} id="answers-link" label={t.text("rate-answers-link")}
                        link={format!("{}{ANSWERS_MARK}{envelope}", base())} title={t.with("rate-answers-title", &[("title", title.clone())])}
                        file={format!("assay-answers-{}-{}.txt", file_part(title), file_part(&summary.name))}
                        words={t.with(answers_words(), &[("title", title.clone())])} without_page="rate-answers-text" />
                    if let Some(code) = &summary.completion { { completion(&props.locale, code) } }
                } else {
                    <p><button id="rate-send" class="primary" onclick={on(Action::Finish)}>{ t.text("rate-make-link") }</button></p>
                    <p class="hint">{ t.text("rate-nothing-sent") }</p>
                    if summary.completion.is_some() {
                        <p class="hint" id="rate-completion-later">{ t.text("rate-completion-later") }</p>
                    }
                }
            }
        </section>
    }
}

/// What tells a platform that the rater is done.
fn completion(locale: &Rc<Locale>, code: &str) -> Html {
    let t = &**locale;
    html! {
        <>
            <h2>{ t.text("rate-completion") }</h2>
            <p class="row">
                <input id="rate-completion" readonly=true aria-label={t.text("rate-completion")} size="40" value={code.to_owned()} />
                <CopyButton locale={locale.clone()} text={code.to_owned()} label={t.text("rate-completion-copy")} />
            </p>
            <p class="hint">{ t.text("rate-completion-hint") }</p>
        </>
    }
}
