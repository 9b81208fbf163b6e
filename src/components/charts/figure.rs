//! The frame of every chart: what a mark says by hover, focus or touch, the table behind it, and
//! the chart as a file. Charts are SVG elements whose marks carry `data-tip`.

use crate::browser::picture::{self, PictureError};
use crate::calls::use_calls;
use assay_calls::Explanation;
use assay_locale::Locale;
use assay_report::written::decimal;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, MouseEvent, TouchEvent};
use yew::prelude::*;

/// A chart in its frame.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The name that a saved file gets, without ending.
    pub name: String,
    /// The SVG element.
    pub chart: Html,
    /// The same numbers as a table.
    pub table: Html,
}

#[derive(Clone, PartialEq)]
struct Tip {
    text: String,
    left: f64,
    top: f64,
}

/// The text of the mark under an event's target, and where it stands in the frame.
fn tip(target: Option<Element>, frame: &NodeRef) -> Option<Tip> {
    let mark = target?.closest("[data-tip]").ok()??;
    let (mark_box, frame_box) = (
        mark.get_bounding_client_rect(),
        frame.cast::<Element>()?.get_bounding_client_rect(),
    );
    let centre = mark_box.left() + mark_box.width() / 2.0 - frame_box.left();
    Some(Tip {
        text: mark.get_attribute("data-tip")?,
        left: centre.clamp(60.0, (frame_box.width() - 60.0).max(60.0)),
        top: mark_box.top() - frame_box.top(),
    })
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// A chart with tips, table and downloads.
#[function_component]
pub fn Figure(props: &Props) -> Html {
    let t = &props.locale;
    let frame = use_node_ref();
    let shown = use_state(|| None::<Tip>);
    let show = {
        let (frame, shown) = (frame.clone(), shown.clone());
        move |target: Option<Element>| {
            let tip = tip(target, &frame);
            if *shown != tip {
                shown.set(tip);
            }
        }
    };
    let onmouseover = {
        let show = show.clone();
        Callback::from(move |e: MouseEvent| show(target(&e)))
    };
    let onfocusin = {
        let show = show.clone();
        Callback::from(move |e: FocusEvent| show(target(&e)))
    };
    let ontouchstart = {
        let show = show.clone();
        Callback::from(move |e: TouchEvent| show(target(&e)))
    };
    let onmouseleave = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(None))
    };
    let onfocusout = {
        let shown = shown.clone();
        Callback::from(move |_: FocusEvent| shown.set(None))
    };
    let calls = use_calls();
    let failed = Callback::from(move |error: PictureError| calls.report(Explanation::of(&error)));
    let save = |save: fn(&Element, &str, Callback<PictureError>) -> Option<()>| {
        let (frame, name, failed) = (frame.clone(), props.name.clone(), failed.clone());
        Callback::from(move |_: MouseEvent| {
            let svg = frame
                .cast::<Element>()
                .and_then(|f| f.query_selector("svg.chart").ok().flatten());
            svg.and_then(|svg| save(&svg, &name, failed.clone()));
        })
    };
    html! {
        <figure class="figure" ref={frame.clone()} {onmouseover} {onfocusin} {ontouchstart} {onmouseleave} {onfocusout}>
            { props.chart.clone() }
            if let Some(tip) = &*shown {
                <div class="tip" aria-hidden="true" style={format!("left:{}px;top:{}px", tip.left, tip.top)}>{ &tip.text }</div>
            }
            <figcaption class="row">
                <details><summary>{ t.text("as-table") }</summary>{ props.table.clone() }</details>
                <span class="downloads">
                    <button class="quiet" onclick={save(|svg, name, _| picture::save_svg(svg, name))}>{ "SVG" }</button>
                    <button class="quiet" onclick={save(picture::save_png)}>{ "PNG" }</button>
                </span>
            </figcaption>
        </figure>
    }
}

/// A shape that tells systems apart without colour, around a point.
pub fn marker(system: usize, x: f64, y: f64) -> Html {
    let at = |dx: f64, dy: f64| format!("{:.1},{:.1}", x + dx, y + dy);
    let corners: &[(f64, f64)] = match system % 4 {
        0 => return html! { <circle cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="4" /> },
        1 => &[(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)],
        2 => &[(0.0, -4.5), (4.2, 3.5), (-4.2, 3.5)],
        _ => &[(0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)],
    };
    let points: Vec<String> = corners.iter().map(|(dx, dy)| at(*dx, *dy)).collect();
    html! { <polygon points={points.join(" ")} /> }
}

/// The class that gives a system its colour.
pub fn colour(system: usize) -> String {
    format!("system s{}", system % 7)
}

/// A system's mark before its name.
pub fn key(system: usize) -> Html {
    html! {
        <svg class="key" viewBox="-6 -6 12 12" aria-hidden="true">
            <g class={colour(system)}>{ marker(system, 0.0, 0.0) }</g>
        </svg>
    }
}

/// The ticks of a horizontal axis, with lines up to `top`.
pub fn axis(scale: assay_report::scale::Scale, top: f64, bottom: f64) -> Html {
    let count = ((scale.to - scale.from) / 90.0).clamp(2.0, 8.0) as usize;
    let decimals = scale.decimals(count);
    html! {
        <g class="axis">{ for scale.ticks(count).into_iter().map(|tick| {
            let x = format!("{:.1}", scale.at(tick));
            html! {
                <>
                    <line class="grid" x1={x.clone()} x2={x.clone()} y1={format!("{top:.1}")} y2={format!("{bottom:.1}")} />
                    <text {x} y={format!("{:.1}", bottom + 14.0)} text-anchor="middle">{ decimal(tick, decimals) }</text>
                </>
            }
        }) }</g>
    }
}
