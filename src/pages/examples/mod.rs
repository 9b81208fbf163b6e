//! The Examples page: filters, the list of rows and the detail pane. Rows are filtered and sorted
//! in the worker; only those in sight are asked for.

mod annotations;
mod detail;
mod filters;
mod list;
mod note;
mod selected;

use crate::browser::files as browser;
use crate::calls::{Answered, Calls, use_answer, use_answer_if, use_calls, use_last_reply};
use crate::pages::examples::annotations::AnnotationPane;
use crate::pages::examples::detail::{DetailPane, Marking};
use crate::pages::examples::filters::filters;
use crate::pages::examples::list::{ExamplesList, PAGE};
use crate::pages::examples::selected::SelectedRows;
use crate::pages::overview::empty;
use crate::route::Route;
use crate::shell::ask::Ask;
use crate::shell::context::{PageContext, use_page};
use assay_locale::Locale;
use assay_protocol::annotations::{AnnotationCounts, CountAnnotations, ToggleStar};
use assay_protocol::data::Summarize;
use assay_protocol::rows::{RowDetail, RowWindow, Step, Window};
use assay_protocol::scores::{Metrics, ScoresView};
use assay_protocol::views::{Detail, Summary};
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// All that the parts of the page show.
struct View {
    page: PageContext,
    summary: Option<Rc<Summary>>,
    scores: Rc<ScoresView>,
    /// What is noted on rows, counted.
    noted: Rc<AnnotationCounts>,
    /// The rows in sight, or what stands in their place.
    window: Result<Rc<RowWindow>, Html>,
    /// Whether rows are still to come.
    searching: bool,
    /// The row that is looked at, or what stands in its place; the one before it stays in sight until it comes.
    /// Nothing where no row is looked at.
    detail: Option<Result<Rc<Detail>, Html>>,
    /// Its place in the list.
    place: Option<usize>,
}

/// What a key does.
#[derive(Clone, Copy)]
enum Action {
    Step(i64),
    Focus(&'static str),
    Mark(Marking),
    Surprise,
    Star,
    Wide,
    Help,
}

fn action(key: &str) -> Option<Action> {
    Some(match key {
        "j" => Action::Step(1),
        "k" => Action::Step(-1),
        "/" => Action::Focus("#search"),
        "f" => Action::Focus("#least"),
        "d" => Action::Mark(Marking::Differences),
        "a" => Action::Mark(Marking::Alignment),
        "n" => Action::Mark(Marking::Ngrams),
        "s" => Action::Surprise,
        "S" => Action::Star,
        "T" => Action::Focus("#tag"),
        "N" => Action::Focus("#note"),
        "w" => Action::Wide,
        "?" => Action::Help,
        _ => return None,
    })
}

/// What the page shows of the view's query and row; `start` is the first row of the window.
#[hook]
fn use_view(start: usize) -> View {
    let page = use_page();
    let data = use_answer(Summarize {});
    let scores = use_answer(Metrics {});
    let noted = use_answer(CountAnnotations {});
    let query = page.route.query.clone();
    let rows = use_answer(Window {
        query: query.clone(),
        start,
        count: PAGE,
    });
    let searching = !matches!(rows, Answered::Current(_) | Answered::Failed(_));
    let window = use_last_reply(rows);
    let window = window.shown(&page.locale).cloned();
    let loaded = data.reply().and_then(|loaded| (**loaded).clone());
    let summary = loaded.map(|loaded| Rc::new(loaded.summary));
    let count = summary.as_ref().map_or(0, |s| s.rows);
    let chosen = page.route.row.filter(|row| *row < count);
    let detail = use_answer_if(chosen.map(|row| RowDetail { row }));
    let detail = use_last_reply(detail);
    let detail = chosen.map(|_| detail.shown(&page.locale).cloned());
    let step = |row| Step {
        query,
        row: Some(row),
        by: 0,
    };
    let place = use_answer_if(chosen.map(step));
    let place = place.reply().and_then(|place| **place);
    View {
        summary,
        scores: scores.reply().cloned().unwrap_or_default(),
        noted: noted.reply().cloned().unwrap_or_default(),
        window,
        searching,
        detail,
        place: place.map(|place| place.place),
        page,
    }
}

/// The Examples page.
#[function_component]
pub fn ExamplesPage() -> Html {
    let start = use_state(|| 0);
    let view = use_view(*start);
    let t = &*view.page.locale;
    let marking = use_state(|| Marking::Differences);
    let wide = use_state(|| false);
    let help = use_state(|| false);
    use_keys(&view, &marking, &wide, &help);
    let has_classes = view.summary.as_ref().is_some_and(|s| s.has_classes);
    let lacks = empty(t, view.summary.as_deref(), &view.page.ask);
    if let Some(html) = lacks.filter(|_| !has_classes) {
        return html;
    }
    let version = view.scores.results.len();
    let ordering = view.scores.results.get(view.page.route.query.metric);
    let max = ordering.map_or(1.0, |m| m.result.max);
    let chosen = view.page.route.row;
    let awaited = view.detail().is_some_and(|d| Some(d.row) != chosen);
    let from = Callback::from(move |first: usize| start.set(first));
    html! {
        <div class="examples">
            <h1 class="visually-hidden">{ t.text("examples") }</h1>
            { filters(&view) }
            <SelectedRows counts={view.noted.clone()} total={view.window.as_ref().map_or(0, |w| w.total)} />
            if *help { { key_list(t) } }
            <div class={classes!("split", wide.then_some("wide-detail"))}>
                <div class={classes!("list-side", view.searching.then_some("busy"))} aria-busy={view.searching.to_string()}>
                    <div class="item head" aria-hidden="true">
                        <span class="number">{ "#" }</span><span class="text">{ system_name(&view) }</span>
                        <span class="number">{ t.text("score") }</span><span class="number">{ t.text("change") }</span>
                    </div>
                    { match &view.window {
                        Ok(window) => html! { <ExamplesList {version} {max} window={window.clone()} place={view.place} {from} /> },
                        Err(instead) => html! { <div class="list">{ instead.clone() }</div> },
                    } }
                </div>
                <div class="pane" aria-busy={awaited.to_string()}>
                    { match &view.detail {
                        Some(Ok(detail)) => html! { <>
                            <AnnotationPane key={detail.row} row={detail.row} counts={view.noted.clone()} />
                            <DetailPane locale={view.page.locale.clone()} detail={detail.clone()} marking={*marking}
                                mark={let marking = marking.clone(); Callback::from(move |m| marking.set(m))}
                                wide={*wide} widen={let wide = wide.clone(); Callback::from(move |()| wide.set(!*wide))} />
                        </> },
                        Some(Err(instead)) => instead.clone(),
                        None => html! { <p class="hint">{ t.text("pick") }</p> },
                    } }
                </div>
            </div>
        </div>
    }
}

impl View {
    fn detail(&self) -> Option<&Rc<Detail>> {
        self.detail.as_ref()?.as_ref().ok()
    }
}

fn system_name(view: &View) -> String {
    let systems = view.summary.iter().flat_map(|s| &s.systems);
    systems
        .skip(view.page.route.query.system)
        .take(1)
        .cloned()
        .collect()
}

/// Looks at the row some places further.
fn step(calls: &Calls, page: &PageContext, by: i64) {
    let call = Step {
        query: page.route.query.clone(),
        row: page.route.row,
        by,
    };
    let page = page.clone();
    calls.order(call, move |found| {
        let row = found.map(|found| found.row);
        if row.is_some() && row != page.route.row {
            let route = (*page.route).clone();
            page.ask.emit(Ask::Replace(Route { row, ..route }));
        }
    });
}

/// Gives the row that is looked at a star, or takes it away.
fn toggle_star(calls: &Calls, page: &PageContext) {
    if let Some(row) = page.route.row {
        calls.order(ToggleStar { row }, |()| {});
    }
}

/// Keys work wherever the focus is, but for fields that take text.
#[hook]
fn use_keys(
    view: &View,
    marking: &UseStateHandle<Marking>,
    wide: &UseStateHandle<bool>,
    help: &UseStateHandle<bool>,
) {
    let calls = use_calls();
    let page = view.page.clone();
    let (marking, wide, help) = (marking.clone(), wide.clone(), help.clone());
    let detail = view.detail().cloned();
    let dependencies = (page.route.clone(), *marking, *wide, *help, detail.clone());
    use_effect_with(dependencies, move |_| {
        let listener = EventListener::new_with_options(
            &browser::window(),
            "keydown",
            gloo::events::EventListenerOptions::enable_prevent_default(),
            move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                let typing = event.target_dyn_into::<HtmlElement>().is_some_and(|e| {
                    matches!(e.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
                });
                if typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
                    return;
                }
                let Some(action) = action(&event.key()) else {
                    return;
                };
                event.prevent_default();
                match action {
                    Action::Step(by) => step(&calls, &page, by),
                    Action::Focus(selector) => browser::focus(selector),
                    Action::Mark(kind) if *marking == kind => marking.set(Marking::Plain),
                    Action::Mark(kind) => marking.set(kind),
                    Action::Surprise => marking.set(marking.next_surprise(detail.as_deref())),
                    Action::Star => toggle_star(&calls, &page),
                    Action::Wide => wide.set(!*wide),
                    Action::Help => help.set(!*help),
                }
            },
        );
        move || drop(listener)
    });
}

fn key_list(t: &Locale) -> Html {
    const KEYS: [(&str, &str); 13] = [
        ("j", "key-next"),
        ("k", "key-previous"),
        ("/", "key-search"),
        ("f", "key-filter"),
        ("d", "key-differences"),
        ("a", "key-alignment"),
        ("n", "key-ngrams"),
        ("s", "key-surprise"),
        ("Shift S", "key-star"),
        ("Shift T", "key-tag"),
        ("Shift N", "key-note"),
        ("w", "key-wide"),
        ("?", "key-help"),
    ];
    html! {
        <dl class="keys">{ for KEYS.iter().map(|(key, words)| html! {
            <div><dt><kbd>{ *key }</kbd></dt><dd>{ t.text(words) }</dd></div>
        }) }</dl>
    }
}
