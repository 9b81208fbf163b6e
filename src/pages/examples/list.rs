//! The virtual list: as tall as all rows, holding only those in sight.

use crate::route::Route;
use crate::shell::ask::Ask;
use crate::shell::context::{PageContext, use_page};
use crate::verdict::{change_text, score_text};
use assay_protocol::annotations::RowAnnotation;
use assay_protocol::rows::RowWindow;
use assay_protocol::views::AgainstBaseline;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Height of a row in pixels; the style sheet has the same.
const ROW: f64 = 32.0;
/// The tallest element that every browser lays out exactly; longer lists scroll in proportion.
const TALLEST: f64 = 16_000_000.0;
/// Rows asked for at once.
pub const PAGE: usize = 60;
/// Of these, rows above the sight.
const LEAD: usize = 15;

/// What the list shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Changes when the rows' scores do.
    pub version: usize,
    /// The rows in sight.
    pub window: Rc<RowWindow>,
    /// The greatest score of the measure that orders the rows.
    pub max: f64,
    /// Whether the lower of its scores is the better one.
    pub lower_is_better: bool,
    /// The place of the row that is looked at, to scroll to.
    pub place: Option<usize>,
    /// Asks for the rows from this one on.
    pub from: Callback<usize>,
}

/// Where rows lie, given how many there are and how many pixels of them are in sight.
#[derive(Clone, Copy)]
struct Layout {
    total: f64,
    sight: f64,
}

impl Layout {
    fn height(self) -> f64 {
        (self.total * ROW).min(TALLEST)
    }

    /// The row at the top of the sight when it is scrolled to `top`.
    fn row_at(self, top: f64) -> f64 {
        let scrolled = (self.height() - self.sight).max(1.0);
        let rows = (self.total - self.sight / ROW).max(0.0);
        (top / scrolled * rows).clamp(0.0, self.total)
    }

    /// The scroll position that has `row` at the top.
    fn top_of(self, row: f64) -> f64 {
        let scrolled = (self.height() - self.sight).max(0.0);
        let rows = (self.total - self.sight / ROW).max(1.0);
        (row / rows * scrolled).clamp(0.0, scrolled)
    }
}

/// The list.
#[function_component]
pub fn ExamplesList(props: &Props) -> Html {
    let page = use_page();
    let t = &*page.locale;
    let element = use_node_ref();
    // Where the sight was when its rows were asked for.
    let top = use_state(|| 0.0f64);
    let sight = use_state(|| 600.0f64);
    let layout = Layout {
        total: props.window.total as f64,
        sight: *sight,
    };
    use_start_over(props, &page, &element, &top, &sight);
    use_follow(props, &page, &element, layout);
    let onscroll = {
        let (from, window) = (props.from.clone(), props.window.clone());
        let (top, sight) = (top.clone(), sight.clone());
        Callback::from(move |e: Event| {
            let list = e.target_unchecked_into::<HtmlElement>();
            let layout = Layout {
                total: window.total as f64,
                sight: f64::from(list.client_height()),
            };
            let now = f64::from(list.scroll_top());
            sight.set(layout.sight);
            top.set(now);
            let first = layout.row_at(now) as usize;
            let last = (first + (layout.sight / ROW) as usize + 2).min(window.total);
            let covered = window.start <= first && last <= window.start + window.rows.len();
            if !covered {
                from.emit(first.saturating_sub(LEAD));
            }
        })
    };
    if props.window.total == 0 {
        return html! { <div class="list" ref={element}><p class="hint">{ t.text("no-rows") }</p></div> };
    }
    // Rows lie by their own height around the one at the top of the sight.
    let first = layout.row_at(*top);
    let offset = *top + (props.window.start as f64 - first) * ROW;
    let offset = offset.clamp(
        0.0,
        (layout.height() - ROW * props.window.rows.len() as f64).max(0.0),
    );
    html! {
        <div class="list" ref={element} {onscroll} tabindex="0" role="group" aria-label={t.text("examples")}>
            <div class="tall" style={format!("height:{}px", layout.height())}>
                <ol style={format!("transform:translateY({offset}px)")}>
                    { for props.window.rows.iter().enumerate().map(|(i, _)| item(props, &page, i)) }
                </ol>
            </div>
        </div>
    }
}

fn item(props: &Props, page: &PageContext, index: usize) -> Html {
    let row = &props.window.rows[index];
    let place = props.window.start + index;
    let to = Route {
        row: Some(row.row),
        ..(*page.route).clone()
    };
    let pick = page
        .ask
        .reform(move |_: MouseEvent| Ask::Replace(to.clone()));
    let chosen = (page.route.row == Some(row.row)).then_some("true");
    html! {
        <li key={row.row} aria-setsize={props.window.total.to_string()} aria-posinset={(place + 1).to_string()}>
            <button class="item" aria-current={chosen} onclick={pick}>
                <span class="number">{ page.locale.count(row.row + 1) }</span>
                <span class="text" dir="auto">{ marks(page, &row.annotation) }{ &row.text }</span>
                <span class="number">{ row.score.map(|s| score_text(s, props.max)).unwrap_or_default() }</span>
                { change(props, row.change) }
            </button>
        </li>
    }
}

/// The change, with the sign and the colour of what it means.
fn change(props: &Props, change: Option<f64>) -> Html {
    let Some(change) = change else {
        return html! { <span class="number"></span> };
    };
    let (class, sign) = match AgainstBaseline::of(change, props.lower_is_better) {
        AgainstBaseline::Better => ("better", "▲ "),
        AgainstBaseline::Worse => ("worse", "▼ "),
        AgainstBaseline::Tied => ("same", ""),
    };
    html! { <span class={classes!("number", class)}>{ sign }{ change_text(change, props.max) }</span> }
}

/// What is noted on a row, before its text.
fn marks(page: &PageContext, noted: &RowAnnotation) -> Html {
    let t = &*page.locale;
    let mark = |sign: &'static str, key: &str| {
        html! {
            <span class="mark"><span aria-hidden="true">{ sign }</span><span class="visually-hidden">{ t.text(key) }</span></span>
        }
    };
    html! {
        <>
            if noted.is_starred { { mark("★", "star") } }
            if !noted.note.is_empty() { <span title={noted.note.clone()}>{ mark("✎", "note") }</span> }
            { for noted.tags.iter().map(|tag| html! { <span class="tag">{ tag }</span> }) }
        </>
    }
}

/// A new query, or new scores, begins at the top.
#[hook]
fn use_start_over(
    props: &Props,
    page: &PageContext,
    element: &NodeRef,
    top: &UseStateHandle<f64>,
    sight: &UseStateHandle<f64>,
) {
    let from = props.from.clone();
    let (element, top, sight) = (element.clone(), top.clone(), sight.clone());
    use_effect_with((page.route.query.clone(), props.version), move |_| {
        if let Some(list) = element.cast::<HtmlElement>() {
            list.set_scroll_top(0);
            sight.set(f64::from(list.client_height()));
        }
        top.set(0.0);
        from.emit(0);
    });
}

/// The row that is looked at is kept in sight.
#[hook]
fn use_follow(props: &Props, page: &PageContext, element: &NodeRef, layout: Layout) {
    let element = element.clone();
    use_effect_with((props.place, page.route.row), move |(place, _)| {
        let (Some(place), Some(list)) = (*place, element.cast::<HtmlElement>()) else {
            return;
        };
        let layout = Layout {
            sight: f64::from(list.client_height()),
            ..layout
        };
        let (place, rows) = (place as f64, layout.sight / ROW);
        let first = layout.row_at(f64::from(list.scroll_top()));
        if place < first {
            list.set_scroll_top(layout.top_of(place) as i32);
        } else if place + 1.0 > first + rows {
            list.set_scroll_top(layout.top_of(place + 1.0 - rows).ceil() as i32);
        }
    });
}
