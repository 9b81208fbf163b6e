//! The Report page: the verdict on one screen, what was stated beforehand, the ways to send it on, and the
//! report as it will read.

mod blocks;
mod card;
mod goals;

use crate::browser::files as browser;
use crate::browser::single_file::base;
use crate::calls::{Calls, use_answer, use_calls, use_jobs, use_last_reply};
use crate::components::send_link::{LINK_MOST, SendLink, file_part};
use crate::pages::data::aim::AimPanel;
use crate::pages::data::question::QuestionPanel;
use crate::pages::report::blocks::blocks;
use crate::pages::report::card::card;
use crate::pages::report::goals::GoalsPanel;
use crate::route::Route;
use crate::shell::ask::Ask;
use assay_locale::Locale;
use assay_protocol::data::{ExampleName, Summarize};
use assay_protocol::report::{CloseLink, Format, Link, ReportView, View, Write};
use assay_protocol::topics::SCORE;
use assay_report::goals::Met;
use assay_report::link::REPORT_MARK;
use assay_report::rules::{Statement, Verdict};
use assay_report::write::{answer_sentences, headline, next_steps};
use assay_report::written::{met_key, note, statement};
use assay_stats::Decision;
use std::rc::Rc;
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// Pixels for charts.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// Sentences of a list that are shown before the rest is asked for.
const FIRST: usize = 5;

/// The Report page.
#[function_component]
pub fn ReportPage(props: &Props) -> Html {
    let t = &*props.locale;
    let calls = use_calls();
    let loaded = use_answer(Summarize {});
    let is_scoring = use_jobs().of_kind(&SCORE).is_some();
    let link = use_state(|| None::<Rc<ReportLink>>);
    // In another language the report from before stays until the new one comes.
    let answered = use_answer(View {
        language: t.language.tag().to_owned(),
        day: browser::today(),
    });
    let answered = use_last_reply(answered);
    let view = match answered.shown(t) {
        Ok(view) => view,
        Err(instead) => return html! { <div class="page">{ instead }</div> },
    };
    let asked = loaded
        .reply()
        .and_then(|loaded| loaded.as_ref().as_ref()?.summary.question.clone());
    if let Some(question) = asked.filter(|_| !view.foreign) {
        return html! { <div class="page"><h1>{ t.text("report") }</h1><QuestionPanel {question} /></div> };
    }
    if view.empty {
        let demo = props
            .ask
            .reform(|_: MouseEvent| Ask::LoadDemo(ExampleName::Support));
        return html! {
            <div class="page empty">
                <h1>{ t.text("report") }</h1>
                <p>{ t.text("report-empty") }</p>
                <p class="row"><a class="button primary" href={Route::default().href()}>{ t.text("go-data") }</a><button onclick={demo}>{ t.text("try") }</button></p>
                <GoalsPanel locale={props.locale.clone()} view={view.clone()} />
            </div>
        };
    }
    let close = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(CloseLink {}, |()| {}))
    };
    // A link holds the report that it was made of.
    let shown = (*link).clone().filter(|link| Rc::ptr_eq(&link.of, view));
    let made = {
        let view = view.clone();
        Callback::from(move |letters: String| {
            let of = view.clone();
            link.set(Some(Rc::new(ReportLink { letters, of })));
        })
    };
    html! {
        <div class="page report">
            if view.foreign {
                <p class="notice screen" role="status">{ t.text("report-foreign") }{ " " }<button id="close-report" onclick={close}>{ t.text("close") }</button></p>
            }
            if is_scoring { <p class="hint screen" role="status">{ t.text("report-scoring") }</p> }
            <section id="verdict" class="answer screen" aria-live="polite">{ verdict(t, view) }</section>
            if !view.foreign { <div class="screen"><AimPanel /></div> <GoalsPanel locale={props.locale.clone()} view={view.clone()} /> }
            { send(&props.locale, &calls, view, shown.as_deref(), &made) }
            <article id="report" lang={t.language.tag()}>{ blocks(&props.locale, &view.document.blocks, props.width) }</article>
        </div>
    }
}

/// The verdict on one screen: each sentence leads to its evidence.
fn verdict(t: &Locale, view: &ReportView) -> Html {
    let v: &Verdict = &view.verdict;
    let class = match v.overall {
        Some(Met::Pass) => "better",
        Some(Met::Fail) => "worse",
        Some(Met::Undecided) => "",
        None => match headline(v).map(|headline| headline.standing.decision()) {
            Some(Decision::Better) => "better",
            Some(Decision::Worse) => "worse",
            Some(Decision::NoEvidence) | None => "",
        },
    };
    let list = |key: &str, all: &[Statement]| {
        if all.is_empty() {
            return Html::default();
        }
        let item = |s: &Statement| {
            let sign = match s.decision {
                Decision::Better => "▲ ",
                Decision::Worse => "▼ ",
                Decision::NoEvidence => "",
            };
            // Evidence of a report that was sent is not here.
            let text = format!("{sign}{}", statement(t, s));
            if view.foreign {
                html! { <li>{ text }</li> }
            } else {
                html! { <li><a href={format!("#{}", s.link)}>{ text }</a></li> }
            }
        };
        html! {
            <div>
                <h2>{ t.text(key) }</h2>
                <ul class="statements">{ for all.iter().take(FIRST).map(item) }</ul>
                if all.len() > FIRST {
                    <details><summary>{ t.with("more-statements", &[("count", t.count(all.len() - FIRST))]) }</summary><ul class="statements">{ for all.iter().skip(FIRST).map(item) }</ul></details>
                }
            </div>
        }
    };
    let words = |key: &str, all: Vec<String>| {
        if all.is_empty() {
            return Html::default();
        }
        html! { <><h2>{ t.text(key) }</h2><ul class="statements">{ for all.into_iter().map(|s| html! { <li>{ s }</li> }) }</ul></> }
    };
    html! {
        <>
            <h1>{ view.document.title() }</h1>
            { for answer_sentences(v, t).into_iter().enumerate().map(|(i, s)| html! { <p class={if i == 0 { classes!("verdict", class) } else { classes!("size") }}>{ s }</p> }) }
            if !v.goals.is_empty() {
                <ul class="statements" id="judged">{ for v.goals.iter().map(|g| {
                    let mark = match g.met { Met::Pass => "✓", Met::Fail => "✗", Met::Undecided => "?" };
                    let known = g.statement.as_ref().map_or_else(|| t.text("goal-unknown"), |s| statement(t, s));
                    html! { <li><strong>{ format!("{mark} {}", t.text(met_key(g.met))) }</strong>{ format!(" · {known}") }</li> }
                }) }</ul>
                <p class="hint">{ t.text("rest-exploratory") }
                    if v.goals.iter().any(|g| g.goal.after_results) { { " " }{ t.text("goals-after") } }</p>
            }
            { card(t, view) }
            <div class="findings">
                { list("report-worsened", &v.worse) }
                { list("report-improved", &v.better) }
                { list("report-unknown", &v.undecided) }
            </div>
            { words("report-notes", v.notes.iter().map(|n| note(t, n)).collect()) }
            { words("report-next", next_steps(v, t)) }
        </>
    }
}

/// The letters of a link, and the report that they hold.
struct ReportLink {
    letters: String,
    of: Rc<ReportView>,
}

/// The ways to send it on.
fn send(
    t: &Rc<Locale>,
    calls: &Calls,
    view: &ReportView,
    link: Option<&ReportLink>,
    made: &Callback<String>,
) -> Html {
    let language = t.language.tag();
    let formats = Format::ALL
        .iter()
        .filter(|(f, _)| *f != Format::Json || !view.foreign);
    let button = |(format, name): &(Format, &'static str)| {
        let format = *format;
        let calls = calls.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let call = Write {
                format,
                language: language.to_owned(),
                day: browser::today(),
            };
            calls.order(call, |file| {
                browser::save(&file.name, &file.mime, &file.bytes.0);
            });
        });
        html! { <button id={format!("write-{name}")} {onclick}>{ t.text(&format!("format-{name}")) }</button> }
    };
    let make = {
        let (calls, made) = (calls.clone(), made.clone());
        Callback::from(move |_: MouseEvent| {
            let (day, made) = (browser::today(), made.clone());
            calls.order(Link { day }, move |letters| made.emit(letters));
        })
    };
    let print = Callback::from(|_: MouseEvent| browser::print());
    let title = view.document.title().to_owned();
    let link = link.map(|link| format!("{}{REPORT_MARK}{}", base(), link.letters));
    html! {
        <section class="screen" id="send">
            <h2>{ t.text("report-send") }</h2>
            <p class="row">{ for formats.map(button) }<button id="print" onclick={print}>{ t.text("print") }</button><button id="make-link" onclick={make}>{ t.text("make-report-link") }</button></p>
            if let Some(link) = link {
                <p class="hint">{ t.text("report-link-note") }
                    if link.len() > LINK_MOST { { " " }{ t.text("report-link-long") } }</p>
                <SendLink locale={t.clone()} id="report-link" label={t.text("report-link")} {link} title={title.clone()}
                    file={format!("assay-report-{}.txt", file_part(&title))} words={title} />
            }
            <p class="hint">{ t.text("report-json-note") }</p>
        </section>
    }
}
