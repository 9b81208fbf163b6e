//! The Examples page: filters, the list of rows and the detail pane. Rows are filtered and sorted
//! in the worker; only those in sight are asked for.

mod detail;
mod list;

use crate::browser::files as browser;
use crate::calls::{Answered, Calls, use_answer, use_answer_if, use_calls, use_last_reply};
use crate::components::controls::choice;
use crate::components::number_field::NumberField;
use crate::components::text_field::{FieldKind, TextField};
use crate::pages::examples::detail::{DetailPane, Marking};
use crate::pages::examples::list::{ExamplesList, PAGE};
use crate::pages::overview::empty;
use crate::route::Route;
use crate::shell::ask::Ask;
use crate::shell::context::{PageContext, use_page};
use assay_locale::Locale;
use assay_protocol::data::Summarize;
use assay_protocol::rows::{RowDetail, RowWindow, Step, Window};
use assay_protocol::scores::{Metrics, ScoresView};
use assay_protocol::views::{Detail, Order, Query, Summary};
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
                        Some(Ok(detail)) => html! {
                            <DetailPane locale={view.page.locale.clone()} detail={detail.clone()} marking={*marking}
                                mark={let marking = marking.clone(); Callback::from(move |m| marking.set(m))}
                                wide={*wide} widen={let wide = wide.clone(); Callback::from(move |()| wide.set(!*wide))} />
                        },
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
                    Action::Wide => wide.set(!*wide),
                    Action::Help => help.set(!*help),
                }
            },
        );
        move || drop(listener)
    });
}

fn key_list(t: &Locale) -> Html {
    const KEYS: [(&str, &str); 10] = [
        ("j", "key-next"),
        ("k", "key-previous"),
        ("/", "key-search"),
        ("f", "key-filter"),
        ("d", "key-differences"),
        ("a", "key-alignment"),
        ("n", "key-ngrams"),
        ("s", "key-surprise"),
        ("w", "key-wide"),
        ("?", "key-help"),
    ];
    html! {
        <dl class="keys">{ for KEYS.iter().map(|(key, words)| html! {
            <div><dt><kbd>{ *key }</kbd></dt><dd>{ t.text(words) }</dd></div>
        }) }</dl>
    }
}

/// Changes the query in the address.
fn go<T: 'static>(view: &View, change: impl Fn(&mut Query, T) + 'static) -> Callback<T> {
    let route = view.page.route.clone();
    view.page.ask.reform(move |value: T| {
        let mut route = (*route).clone();
        change(&mut route.query, value);
        Ask::Go(route)
    })
}

fn filters(view: &View) -> Html {
    let t = &*view.page.locale;
    let q = &view.page.route.query;
    let named = |names: Vec<String>| -> Vec<(String, String)> {
        let numbered = names.into_iter().enumerate();
        numbered.map(|(i, name)| (i.to_string(), name)).collect()
    };
    let metrics = named(
        view.scores
            .results
            .iter()
            .map(|m| m.result.name.clone())
            .collect(),
    );
    let systems = named(
        view.summary
            .as_ref()
            .map_or(Vec::new(), |s| s.systems.clone()),
    );
    let orders = Order::ALL
        .iter()
        .map(|(_, n)| ((*n).to_owned(), t.text(&format!("order-{n}"))))
        .collect();
    let order = Order::ALL.iter().find(|(o, _)| *o == q.order);
    let chip = |text: String, clear: fn(&mut Query)| {
        let onclick = go(view, move |q, _: MouseEvent| clear(q));
        html! { <button class="chip" {onclick}>{ text }{ " ×" }</button> }
    };
    let filtered = !q.text.is_empty()
        || q.slice.is_some()
        || q.pair.is_some()
        || q.least.is_some()
        || q.most.is_some()
        || q.below.is_some();
    let clear = go(view, |q, _: MouseEvent| {
        *q = Query {
            metric: q.metric,
            system: q.system,
            order: q.order,
            ..Query::default()
        }
    });
    html! {
        <div class="filters row">
            <TextField id="search" label={t.text("search")} kind={FieldKind::Search} value={q.text.clone()} set={go(view, |q, v| q.text = v)} />
            if !systems.is_empty() {
            { choice("system", t.text("system"), systems, &q.system.to_string(), &go(view, |q, v: String| q.system = v.parse().unwrap_or(0))) }
            { choice("metric", t.text("measure"), metrics, &q.metric.to_string(), &go(view, |q, v: String| q.metric = v.parse().unwrap_or(0))) }
            { choice("order", t.text("order"), orders, order.map_or("file", |(_, n)| n), &go(view, |q, v: String| {
                q.order = Order::ALL.iter().find(|(_, n)| *n == v).map_or(Order::File, |(o, _)| *o);
            })) }
            <NumberField<Option<f64>> id="least" label={t.text("from")} value={q.least} set={go(view, |q, bound| q.least = bound)} />
            <NumberField<Option<f64>> id="most" label={t.text("to")} value={q.most} set={go(view, |q, bound| q.most = bound)} />
            }
            if let Some(pair) = &q.pair {
                { chip(t.with("pair-is", &[("truth", pair.truth.clone()), ("predicted", pair.predicted.clone())]), |q| q.pair = None) }
            }
            if let Some((name, value)) = &q.slice {
                { chip(t.with("slice-is", &[("name", name.clone()), ("value", value.clone())]), |q| q.slice = None) }
            }
            if let Some(below) = q.below {
                { chip(t.with("below", &[("value", below.to_string())]), |q| q.below = None) }
            }
            if filtered { <button id="clear" onclick={clear}>{ t.text("clear") }</button> }
            <span id="found" class="hint" aria-live="polite">{ view.window.as_ref().map_or(String::new(), |w| t.with("rows-found", &[("count", t.count(w.total))])) }</span>
        </div>
    }
}
