//! The Data page: load, see what was found, correct the roles, read what was set aside.

mod code;

use crate::browser::files::chosen_files;
use crate::pages::data::code::CodePanel;
use crate::route::{Page, Route};
use crate::shell::ask::Ask;
use assay_data::Role;
use assay_locale::Locale;
use assay_protocol::code::CodeView;
use assay_protocol::messages::{Request, Summary};
use std::rc::Rc;
use web_sys::{File, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// What is loaded.
    pub summary: Option<Rc<Summary>>,
    /// Programs that wait to be run, or were run.
    pub code: Option<Rc<CodeView>>,
    /// Whether they run now.
    pub running: bool,
    /// Bytes of memory that the worker has taken.
    pub memory: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// The Data page.
#[function_component]
pub fn DataPage(props: &Props) -> Html {
    html! {
        <div class="page">
            <Load locale={props.locale.clone()} ask={props.ask.clone()} />
            if let Some(code) = &props.code {
                <CodePanel locale={props.locale.clone()} code={code.clone()} running={props.running} ask={props.ask.clone()} />
            }
            { props.summary.as_ref().map(|s| loaded(props, s)).unwrap_or_default() }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LoadProps {
    locale: Rc<Locale>,
    ask: Callback<Ask>,
}

#[function_component]
fn Load(props: &LoadProps) -> Html {
    let t = &props.locale;
    let pasted = use_node_ref();
    let import = {
        let ask = props.ask.clone();
        move |files: Vec<File>| {
            if !files.is_empty() {
                ask.emit(Ask::Worker(Request::Import, files));
            }
        }
    };
    let onchange = Callback::from(move |e: Event| {
        let input: HtmlInputElement = e.target_unchecked_into();
        import(chosen_files(input.files()));
        input.set_value("");
    });
    let load_pasted = {
        let (ask, pasted) = (props.ask.clone(), pasted.clone());
        Callback::from(move |_| {
            if let Some(area) = pasted.cast::<HtmlTextAreaElement>() {
                ask.emit(Ask::worker(Request::Paste { text: area.value() }));
            }
        })
    };
    let demo = props.ask.reform(|_| Ask::worker(Request::Demo));
    html! {
        <section class="drop">
            <h1>{ t.text("drop") }</h1>
            <p class="hint">{ t.text("drop-hint") }</p>
            <p class="row">
                <label class="button primary">
                    { t.text("choose") }
                    <input id="files" class="unseen" type="file" multiple=true {onchange} />
                </label>
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

fn loaded(props: &Props, summary: &Summary) -> Html {
    let t = &props.locale;
    let found = [
        ("rows", t.count(summary.rows)),
        ("files", summary.files.join(", ")),
    ];
    let go = Route {
        page: Page::Overview,
        ..props.route.clone()
    };
    let blanks = summary
        .systems
        .iter()
        .zip(&summary.blanks)
        .filter(|(_, n)| **n > 0);
    html! {
        <>
            <section>
                <p class="row">
                    <span id="loaded">{ t.with("loaded", &found) }</span>
                    <a class="button primary" href={format!("#{}", go.to_hash())}>{ t.text("see-scores") }</a>
                    { undo(props, summary) }
                    <span id="memory" class="hint" data-bytes={props.memory.to_string()}>
                        { t.with("memory", &[("mb", t.count((props.memory / 1e6) as usize))]) }</span>
                </p>
                { for blanks.map(|(system, n)| {
                    let words = [("system", system.clone()), ("count", t.count(*n))];
                    html! { <p class="hint">{ t.with("blanks", &words) }</p> }
                }) }
                if summary.unmatched > 0 {
                    <p class="hint">{ t.with("unmatched", &[("count", t.count(summary.unmatched))]) }</p>
                }
            </section>
            { problems(t, summary) }
            <section>
                <h2>{ t.text("roles") }</h2>
                <p class="hint">{ t.text("role-hint") }</p>
                <div class="scroll" tabindex="0">
                    <table id="roles">
                        <thead><tr>
                            <th>{ t.text("column") }</th><th>{ t.text("role") }</th><th>{ t.text("first-rows") }</th>
                        </tr></thead>
                        <tbody>{ for summary.columns.iter().enumerate().map(|(i, column)| html! {
                            <tr key={i}>
                                <th scope="row">{ &column.name }</th>
                                <td>{ role_choice(props, i, column.role) }</td>
                                <td class="preview">{ for column.preview.iter().take(3).map(|cell| html! {
                                    <div>{ cell.clone().unwrap_or_else(|| "—".into()) }</div>
                                }) }</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            </section>
        </>
    }
}

/// The way back to what was loaded before.
fn undo(props: &Props, summary: &Summary) -> Html {
    let Some(earlier) = &summary.earlier else {
        return Html::default();
    };
    let words = [("files", earlier.join(", "))];
    let onclick = props.ask.reform(|_| Ask::worker(Request::Undo));
    html! { <button id="undo" {onclick}>{ props.locale.with("undo", &words) }</button> }
}

fn role_choice(props: &Props, column: usize, current: Role) -> Html {
    let t = &props.locale;
    let onchange = props.ask.reform(move |e: Event| {
        let chosen = e.target_unchecked_into::<HtmlSelectElement>().value();
        let role = Role::ALL
            .into_iter()
            .find(|r| r.name() == chosen)
            .unwrap_or(current);
        Ask::worker(Request::SetRole { column, role })
    });
    html! {
        <select aria-label={t.text("role")} {onchange}>
            { for Role::ALL.into_iter().map(|role| html! {
                <option value={role.name()} selected={role == current}>
                    { t.text(&format!("role-{}", role.name())) }
                </option>
            }) }
        </select>
    }
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
                html! { <li>{ t.with("line", &place) }{ " · " }{ t.tagged("reason", &p.reason) }</li> }
            }) }</ul>
        </section>
    }
}
