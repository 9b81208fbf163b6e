//! The Examples page: every row in a virtual list, filtered and sorted in the worker, with a
//! detail pane. Only the rows in sight are asked for.

use super::detail::DetailPane;
use super::locale::Locale;
use super::overview_page::empty;
use super::route::Route;
use super::shell::{Ask, Window};
use crate::evaluation::MetricResult;
use crate::platform::browser;
use crate::worker::protocol::{Detail, Order, Query, Request, Summary};
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Height of a row in pixels.
const ROW: f64 = 32.0;
/// The tallest list a browser scrolls exactly; longer ones are scrolled in proportion.
const TALLEST: f64 = 8_000_000.0;
/// Rows asked for around the sight.
const PAGE: usize = 60;

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
    pub metrics: Rc<Vec<MetricResult>>,
    /// The rows in sight.
    pub window: Rc<Window>,
    /// The chosen row.
    pub detail: Option<Rc<Detail>>,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// The Examples page.
#[function_component]
pub fn ExamplesPage(props: &Props) -> Html {
    let t = &*props.locale;
    let differences = use_state(|| true);
    let help = use_state(|| false);
    // The window is asked for when the query or the results change.
    {
        let ask = props.ask.clone();
        let query = props.route.query.clone();
        let rows = props.summary.as_ref().map_or(0, |s| s.rows);
        use_effect_with(
            (query, rows, props.metrics.len()),
            move |(query, rows, _)| {
                if *rows > 0 {
                    ask.emit(Ask::Worker(
                        Request::Rows {
                            query: query.clone(),
                            start: 0,
                            count: PAGE,
                        },
                        Vec::new(),
                    ));
                }
            },
        );
    }
    if let Some(html) = empty(t, props.summary.as_deref(), &props.ask) {
        return html;
    }
    let onkeydown = keys(props, differences.clone(), help.clone());
    let toggle = {
        let differences = differences.clone();
        Callback::from(move |_: Event| differences.set(!*differences))
    };
    html! {
        <div class="examples" {onkeydown} tabindex="-1">
            { filters(props) }
            if *help { <p class="notice">{ t.text("keys") }</p> }
            <div class="split">
                { list(props) }
                <div class="pane">
                    <label class="row"><input type="checkbox" checked={*differences} onchange={toggle} />
                        { t.text("differences") }</label>
                    if let Some(detail) = &props.detail {
                        <DetailPane locale={props.locale.clone()} detail={detail.clone()} differences={*differences} />
                    } else {
                        <p class="hint">{ t.text("pick") }</p>
                    }
                </div>
            </div>
        </div>
    }
}

fn go(props: &Props, change: impl Fn(&mut Query, String) + 'static) -> Callback<String> {
    let route = props.route.clone();
    props.ask.reform(move |value: String| {
        let mut route = route.clone();
        change(&mut route.query, value);
        Ask::Go(route)
    })
}

fn choice(
    id: &'static str,
    label: String,
    options: Vec<(String, String)>,
    current: String,
    set: Callback<String>,
) -> Html {
    let onchange = set.reform(|e: Event| e.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <label>{ label }{ " " }<select {id} {onchange}>{ for options.into_iter().map(|(value, text)| {
            let selected = value == current;
            html! { <option {value} {selected}>{ text }</option> }
        }) }</select></label>
    }
}

fn field(id: &'static str, label: String, value: String, set: Callback<String>) -> Html {
    let onchange = set.reform(|e: Event| e.target_unchecked_into::<HtmlInputElement>().value());
    html! { <label>{ label }{ " " }<input {id} {value} {onchange} /></label> }
}

fn filters(props: &Props) -> Html {
    let t = &*props.locale;
    let q = &props.route.query;
    let metrics = props
        .metrics
        .iter()
        .enumerate()
        .map(|(i, m)| (i.to_string(), m.name.clone()))
        .collect();
    let systems: Vec<(String, String)> = props
        .summary
        .iter()
        .flat_map(|s| {
            s.systems
                .iter()
                .enumerate()
                .map(|(i, n)| (i.to_string(), n.clone()))
        })
        .collect();
    let orders = Order::ALL
        .iter()
        .map(|(_, n)| ((*n).to_owned(), t.text(&format!("order-{n}"))))
        .collect();
    let order = Order::ALL
        .iter()
        .find(|(o, _)| *o == q.order)
        .map_or("file", |(_, n)| n);
    let number = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
    let parse = |v: String| v.trim().parse::<f64>().ok().filter(|x| x.is_finite());
    let clear = go(props, |q, _| {
        *q = Query {
            metric: q.metric,
            system: q.system,
            ..Query::default()
        }
    });
    html! {
        <div class="filters row">
            { field("search", t.text("search"), q.text.clone(), go(props, |q, v| q.text = v)) }
            { choice("system", t.text("system"), systems, q.system.to_string(), go(props, |q, v| q.system = v.parse().unwrap_or(0))) }
            { choice("metric", t.text("measure"), metrics, q.metric.to_string(), go(props, |q, v| q.metric = v.parse().unwrap_or(0))) }
            { choice("order", t.text("order"), orders, order.to_owned(), go(props, |q, v| {
                q.order = Order::ALL.iter().find(|(_, n)| *n == v).map_or(Order::File, |(o, _)| *o);
            })) }
            { field("least", t.text("from"), number(q.least), go(props, move |q, v| q.least = parse(v))) }
            { field("most", t.text("to"), number(q.most), go(props, move |q, v| q.most = parse(v))) }
            if let Some((name, value)) = &q.slice {
                <span class="chip">{ t.with("slice-is", &[("name", name.clone()), ("value", value.clone())]) }</span>
            }
            <button id="clear" onclick={clear.reform(|_| String::new())}>{ t.text("clear") }</button>
            <span id="found" class="hint">{ t.with("rows-found", &[("count", props.window.total.to_string())]) }</span>
        </div>
    }
}

fn list(props: &Props) -> Html {
    let t = &*props.locale;
    let total = props.window.total;
    if total == 0 {
        return html! { <div class="list"><p class="hint">{ t.text("no-rows") }</p></div> };
    }
    let height = (total as f64 * ROW).min(TALLEST);
    // A row's place: its own height times its number, squeezed when the list is too tall.
    let place = move |row: usize| row as f64 * ROW * (height / (total as f64 * ROW));
    let query = props.route.query.clone();
    let onscroll = props.ask.reform(move |e: Event| {
        let top = f64::from(e.target_unchecked_into::<HtmlElement>().scroll_top());
        let first = (top / height * total as f64) as usize;
        let request = Request::Rows {
            query: query.clone(),
            start: first.saturating_sub(15),
            count: PAGE,
        };
        Ask::Worker(request, Vec::new())
    });
    let offset = place(props.window.start);
    let current = props.detail.as_ref().map(|d| d.row);
    html! {
        <div class="list" {onscroll} tabindex="0">
            <div class="tall" style={format!("height:{height}px")}>
                <ol style={format!("transform:translateY({offset}px)")}>
                    { for props.window.rows.iter().map(|row| {
                        let at = row.row;
                        let pick = props.ask.reform(move |_| Ask::Worker(Request::Detail { row: at }, Vec::new()));
                        let chosen = (current == Some(at)).then_some("true");
                        html! {
                            <li key={at}><button class="item" aria-current={chosen} onclick={pick}>
                                <span class="number">{ at + 1 }</span>
                                <span class="text">{ &row.text }</span>
                                <span class="number">{ row.score.map(|s| format!("{s:.2}")).unwrap_or_default() }</span>
                                <span class="number">{ row.change.map(|c| format!("{c:+.2}")).unwrap_or_default() }</span>
                            </button></li>
                        }
                    }) }
                </ol>
            </div>
        </div>
    }
}

/// The keys: j, k, /, f, d, ?.
fn keys(
    props: &Props,
    differences: UseStateHandle<bool>,
    help: UseStateHandle<bool>,
) -> Callback<KeyboardEvent> {
    let (ask, window) = (props.ask.clone(), props.window.clone());
    let current = props.detail.as_ref().map(|d| d.row);
    Callback::from(move |e: KeyboardEvent| {
        let typing = e
            .target_dyn_into::<HtmlElement>()
            .is_some_and(|el| matches!(el.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"));
        if typing || e.ctrl_key() || e.meta_key() || e.alt_key() {
            return;
        }
        let at = window.rows.iter().position(|r| Some(r.row) == current);
        let next = match e.key().as_str() {
            "j" => Some(at.map_or(0, |i| i + 1)),
            "k" => at.and_then(|i| i.checked_sub(1)),
            "/" => {
                e.prevent_default();
                browser::focus("#search");
                None
            }
            "f" => {
                e.prevent_default();
                browser::focus("#least");
                None
            }
            "d" => {
                differences.set(!*differences);
                None
            }
            "?" => {
                help.set(!*help);
                None
            }
            _ => None,
        };
        if let Some(row) = next.and_then(|i| window.rows.get(i)) {
            ask.emit(Ask::Worker(Request::Detail { row: row.row }, Vec::new()));
        }
    })
}
