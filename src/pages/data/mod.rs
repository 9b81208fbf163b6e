//! The Data page: load, see what was found, correct the roles, read what was set aside.

pub mod aim;
pub mod answers;
mod code;
mod examples;
mod formats;
mod measure;
pub mod notices;
mod overlap;
mod projects;
pub mod question;
mod roles;
mod run_programs;
mod same_names;
mod systems;
pub mod taken;

use crate::browser::single_file::is_single_file;
use crate::calls::{use_answer, use_calls};
use crate::components::file_button::{Choice, FileButton};
use crate::pages::data::aim::AimPanel;
use crate::pages::data::answers::AnswersPanel;
use crate::pages::data::code::CodePanel;
use crate::pages::data::examples::Examples;
use crate::pages::data::formats::Formats;
use crate::pages::data::overlap::OverlapPanel;
use crate::pages::data::projects::Projects;
use crate::pages::data::question::QuestionPanel;
use crate::pages::data::roles::RolesPanel;
use crate::pages::data::same_names::SameNames;
use crate::pages::data::systems::SystemsPanel;
use crate::pages::data::taken::TakenFiles;
use crate::route::Page;
use crate::shell::ask::Ask;
use crate::shell::context::use_page;
use assay_calls::Explanation;
use assay_locale::Locale;
use assay_protocol::data::{ExampleName, Loaded, Summarize, Undo};
use assay_protocol::views::Summary;
use assay_protocol::workspace::List;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The Data page.
#[function_component]
pub fn DataPage() -> Html {
    let page = use_page();
    let data = use_answer(Summarize {});
    let loaded = data.reply().and_then(|loaded| (**loaded).clone());
    let failure = data.failure(&page.locale).unwrap_or_default();
    match loaded {
        Some(loaded) => html! { <div class="page">{ failure }<LoadedData {loaded} /></div> },
        None => html! { <div class="page">{ failure }<Home /></div> },
    }
}

/// What is there before anything is loaded: what the page is for, and the ways to begin.
#[function_component]
fn Home() -> Html {
    let page = use_page();
    let projects = use_answer(List {});
    let has_projects = projects.reply().is_some_and(|cards| !cards.is_empty());
    html! {
        <>
            <header class="hero">
                <h1>{ page.locale.text("home-question") }</h1>
                <p>{ page.locale.text("home-promise") }</p>
            </header>
            <Load />
            <TakenFiles />
            <CodePanel />
            // Who has been here before resumes a project; who has not begins with an example.
            if has_projects { <Projects /> }
            <Examples />
            <Formats />
            if !has_projects { <Projects /> }
        </>
    }
}

#[function_component]
fn Load() -> Html {
    let page = use_page();
    let t = &page.locale;
    let pasted = use_node_ref();
    let open = page.ask.reform(Ask::Import);
    let open_folder = page.ask.reform(Ask::ImportFolder);
    let load_pasted = {
        let (ask, pasted) = (page.ask.clone(), pasted.clone());
        Callback::from(move |_| {
            if let Some(area) = pasted.cast::<HtmlTextAreaElement>() {
                ask.emit(Ask::Paste(area.value()));
            }
        })
    };
    let demo = page.ask.reform(|_| Ask::LoadDemo(ExampleName::Support));
    html! {
        <section class="drop">
            <h2>{ t.text("drop") }</h2>
            <p class="hint">{ t.text("drop-hint") }</p>
            if is_single_file() { <p class="hint" id="single-file">{ t.text("single-file") }</p> }
            <p class="row">
                <FileButton id="files" label={t.text("choose")} class="primary" choice={Choice::Files} {open} />
                <FileButton id="folder" label={t.text("choose-folder")} choice={Choice::Folder} open={open_folder} />
                <button id="demo" onclick={demo}>{ t.text("try") }</button>
            </p>
            <details>
                <summary>{ t.text("paste") }</summary>
                <textarea id="pasted" ref={pasted} rows="5" aria-label={t.text("paste-label")} />
                <button id="paste-load" onclick={load_pasted}>{ t.text("paste-load") }</button>
            </details>
        </section>
    }
}

/// Pixels from which two panels stand side by side.
const WIDE: f64 = 900.0;

#[derive(Properties, PartialEq)]
struct LoadedProps {
    loaded: Loaded,
}

#[function_component]
fn LoadedData(props: &LoadedProps) -> Html {
    let page = use_page();
    let (t, summary) = (&*page.locale, &props.loaded.summary);
    let memory_bytes = props.loaded.memory_bytes;
    let found = [
        ("rows", t.count(summary.rows)),
        ("files", summary.files.join(", ")),
    ];
    let go = page.route.on_page(Page::Overview);
    let blanks = summary
        .systems
        .iter()
        .zip(&summary.blanks)
        .filter(|(_, n)| **n > 0);
    let columns = (page.width >= WIDE).then_some("columns");
    html! {
        <>
            <header class="page-head"><h1>{ t.text("data") }</h1></header>
            <section>
                <p class="row">
                    <span id="loaded">{ t.with("loaded", &found) }</span>
                    <a class="button primary" href={go.href()}>{ t.text("see-scores") }</a>
                    <GoBack files={summary.earlier.clone()} />
                    <span id="memory" class="hint" data-bytes={memory_bytes.to_string()}>
                        { t.with("memory", &[("mb", t.count((memory_bytes / 1e6) as usize))]) }</span>
                </p>
                { for blanks.map(|(system, n)| {
                    let words = [("system", system.clone()), ("count", t.count(*n))];
                    html! { <p class="hint">{ t.with("blanks", &words) }</p> }
                }) }
                { notices::all(t, summary) }
            </section>
            <SameNames summary={summary.clone()} />
            if let Some(question) = summary.question.clone() { <QuestionPanel {question} /> } else { <AimPanel /> }
            { problems(t, summary) }
            <TakenFiles />
            <CodePanel />
            <div class={classes!("parts", columns)}>
                <Load />
                <Projects />
            </div>
            <SystemsPanel summary={summary.clone()} />
            <AnswersPanel summary={summary.clone()} />
            <OverlapPanel />
            <RolesPanel summary={summary.clone()} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct GoBackProps {
    files: Option<Vec<String>>,
}

/// The way back to what was loaded before.
#[function_component]
fn GoBack(props: &GoBackProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let Some(files) = &props.files else {
        return Html::default();
    };
    let words = [("files", files.join(", "))];
    let onclick = Callback::from(move |_: MouseEvent| calls.order(Undo {}, |()| {}));
    html! { <button id="undo" {onclick}>{ page.locale.with("undo", &words) }</button> }
}

fn problems(t: &Locale, summary: &Summary) -> Html {
    if summary.problem_count == 0 {
        return Html::default();
    }
    html! {
        <section id="problems">
            <h2>{ t.with("problems", &[("count", t.count(summary.problem_count))]) }</h2>
            <p class="hint">{ t.text("problems-hint") }</p>
            <ul class="plain scroll tall-list" tabindex="0">{ for summary.problems.iter().map(|p| {
                let place = [("file", p.file.clone()), ("line", p.line.to_string())];
                html! { <li>{ t.with("line", &place) }{ " · " }{ t.explained(&Explanation::of(&p.reason)) }</li> }
            }) }</ul>
        </section>
    }
}
