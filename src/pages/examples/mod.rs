//! The Examples page: filters, the list of rows and the detail pane. Rows are filtered and sorted
//! in the worker; only those in sight are asked for.

mod detail;
mod list;

use crate::browser::files as browser;
use crate::calls::{use_answer, use_jobs};
use crate::components::controls::{Search, choice, number};
use crate::pages::examples::detail::{DetailPane, Marking};
use crate::pages::examples::list::ExamplesList;
use crate::pages::overview::empty;
use crate::route::Route;
use crate::shell::ask::Ask;
use crate::state::{MetricView, Window};
use assay_locale::Locale;
use assay_protocol::messages::{Detail, Order, Query, Request, Summary};
use assay_protocol::models::State;
use assay_protocol::topics::RUN_PERPLEXITY;
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
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
    /// Results so far.
    pub metrics: Rc<Vec<MetricView>>,
    /// The rows in sight.
    pub window: Rc<Window>,
    /// The row that is looked at.
    pub detail: Option<Rc<Detail>>,
    /// Its place in the list.
    pub place: Option<usize>,
    /// Whether rows are still to come.
    pub searching: bool,
    /// To the shell.
    pub ask: Callback<Ask>,
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

/// The Examples page.
#[function_component]
pub fn ExamplesPage(props: &Props) -> Html {
    let t = &*props.locale;
    let marking = use_state(|| Marking::Differences);
    let wide = use_state(|| false);
    let help = use_state(|| false);
    use_keys(props, &marking, &wide, &help);
    use_detail(props);
    let has_classes = props.summary.as_ref().is_some_and(|s| s.has_classes);
    if let Some(html) = empty(t, props.summary.as_deref(), &props.ask).filter(|_| !has_classes) {
        return html;
    }
    let version = props.metrics.len();
    // The row before stays in sight until the next one comes, so that stepping does not flicker.
    let rows = props.summary.as_ref().map_or(0, |s| s.rows);
    let chosen = props.route.row.filter(|row| *row < rows);
    let detail = props.detail.as_ref().filter(|_| chosen.is_some());
    let awaited = detail.is_some_and(|d| Some(d.row) != chosen).to_string();
    html! {
        <div class="examples">
            { filters(props) }
            if *help { { key_list(t) } }
            <div class={classes!("split", wide.then_some("wide-detail"))}>
                <div class={classes!("list-side", props.searching.then_some("busy"))} aria-busy={props.searching.to_string()}>
                    <div class="item head" aria-hidden="true">
                        <span class="number">{ "#" }</span><span class="text">{ system_name(props) }</span>
                        <span class="number">{ t.text("score") }</span><span class="number">{ t.text("change") }</span>
                    </div>
                    <ExamplesList locale={props.locale.clone()} route={props.route.clone()} {version}
                        window={props.window.clone()} place={props.place} ask={props.ask.clone()} />
                </div>
                <div class="pane" aria-busy={awaited}>
                    if let Some(detail) = detail {
                        <DetailPane locale={props.locale.clone()} detail={detail.clone()} marking={*marking}
                            mark={let marking = marking.clone(); Callback::from(move |m| marking.set(m))}
                            wide={*wide} widen={let wide = wide.clone(); Callback::from(move |()| wide.set(!*wide))} />
                    } else {
                        <p class="hint">{ t.text("pick") }</p>
                    }
                </div>
            </div>
        </div>
    }
}

fn system_name(props: &Props) -> String {
    let systems = props.summary.iter().flat_map(|s| &s.systems);
    systems
        .skip(props.route.query.system)
        .take(1)
        .cloned()
        .collect()
}

/// The chosen row's detail is asked for whenever it, the data or the scores change.
#[hook]
fn use_detail(props: &Props) {
    let ask = props.ask.clone();
    let rows = props.summary.as_ref().map_or(0, |s| s.rows);
    let query = props.route.query.clone();
    // Texts scored under models so far: the detail shows them.
    let models = use_answer(State {});
    let jobs = use_jobs();
    let running = jobs.of_kind(&RUN_PERPLEXITY).and_then(|job| job.progress);
    let stopped = models.reply().and_then(|models| models.run);
    let scored = running
        .map(|p| p.done as usize)
        .or(stopped.map(|run| run.done));
    use_effect_with(
        (props.route.row, rows, props.metrics.len(), scored),
        move |(row, rows, ..)| {
            if let Some(row) = row.filter(|r| r < rows) {
                ask.emit(Ask::worker(Request::Detail { row }));
                let step = Request::Step {
                    query,
                    row: Some(row),
                    by: 0,
                };
                ask.emit(Ask::worker(step));
            }
        },
    );
}

/// Keys work wherever the focus is, but for fields that take text.
#[hook]
fn use_keys(
    props: &Props,
    marking: &UseStateHandle<Marking>,
    wide: &UseStateHandle<bool>,
    help: &UseStateHandle<bool>,
) {
    let (ask, query, row) = (
        props.ask.clone(),
        props.route.query.clone(),
        props.route.row,
    );
    let (marking, wide, help) = (marking.clone(), wide.clone(), help.clone());
    let detail = props.detail.clone();
    let dependencies = (props.route.clone(), *marking, *wide, *help, detail.clone());
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
                    Action::Step(by) => ask.emit(Ask::worker(Request::Step {
                        query: query.clone(),
                        row,
                        by,
                    })),
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
fn go(props: &Props, change: impl Fn(&mut Query, String) + 'static) -> Callback<String> {
    let route = props.route.clone();
    props.ask.reform(move |value: String| {
        let mut route = route.clone();
        change(&mut route.query, value);
        Ask::Go(route)
    })
}

fn filters(props: &Props) -> Html {
    let t = &*props.locale;
    let q = &props.route.query;
    let named = |names: Vec<String>| -> Vec<(String, String)> {
        let numbered = names.into_iter().enumerate();
        numbered.map(|(i, name)| (i.to_string(), name)).collect()
    };
    let metrics = named(
        props
            .metrics
            .iter()
            .map(|m| m.result.name.clone())
            .collect(),
    );
    let systems = named(
        props
            .summary
            .as_ref()
            .map_or(Vec::new(), |s| s.systems.clone()),
    );
    let orders = Order::ALL
        .iter()
        .map(|(_, n)| ((*n).to_owned(), t.text(&format!("order-{n}"))))
        .collect();
    let order = Order::ALL.iter().find(|(o, _)| *o == q.order);
    let number_of = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
    let parse = |v: String| v.trim().parse::<f64>().ok().filter(|x| x.is_finite());
    let chip = |text: String, clear: fn(&mut Query)| {
        let onclick = go(props, move |q, _| clear(q)).reform(|_: MouseEvent| String::new());
        html! { <button class="chip" {onclick}>{ text }{ " ×" }</button> }
    };
    let filtered = !q.text.is_empty()
        || q.slice.is_some()
        || q.pair.is_some()
        || q.least.is_some()
        || q.most.is_some()
        || q.below.is_some();
    let clear = go(props, |q, _| {
        *q = Query {
            metric: q.metric,
            system: q.system,
            order: q.order,
            ..Query::default()
        }
    });
    html! {
        <div class="filters row">
            <Search id="search" label={t.text("search")} value={q.text.clone()} set={go(props, |q, v| q.text = v)} />
            if !systems.is_empty() {
            { choice("system", t.text("system"), systems, &q.system.to_string(), &go(props, |q, v| q.system = v.parse().unwrap_or(0))) }
            { choice("metric", t.text("measure"), metrics, &q.metric.to_string(), &go(props, |q, v| q.metric = v.parse().unwrap_or(0))) }
            { choice("order", t.text("order"), orders, order.map_or("file", |(_, n)| n), &go(props, |q, v| {
                q.order = Order::ALL.iter().find(|(_, n)| *n == v).map_or(Order::File, |(o, _)| *o);
            })) }
            { number("least", t.text("from"), number_of(q.least), &go(props, move |q, v| q.least = parse(v))) }
            { number("most", t.text("to"), number_of(q.most), &go(props, move |q, v| q.most = parse(v))) }
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
            if filtered { <button id="clear" onclick={clear.reform(|_: MouseEvent| String::new())}>{ t.text("clear") }</button> }
            <span id="found" class="hint" aria-live="polite">{ t.with("rows-found", &[("count", t.count(props.window.total))]) }</span>
        </div>
    }
}
