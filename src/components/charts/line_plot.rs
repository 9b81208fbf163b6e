//! Curves over steps, epochs or hours: linear or logarithmic, with a stretch that is chosen by dragging, by
//! buttons or by keys.

use super::figure::{axis, colour};
use assay_locale::Locale;
use assay_report::scale::Scale;
use assay_report::written::decimal;
use assay_sorting::sort_by;
use std::rc::Rc;
use web_sys::{Element, MouseEvent, PointerEvent};
use yew::prelude::*;

/// A curve.
#[derive(Clone, PartialEq)]
pub struct PlotLine {
    /// Its name.
    pub name: String,
    /// Its place among the colours.
    pub place: usize,
    /// Whether it is drawn with gaps: data that was not trained on.
    pub dashed: bool,
    /// Whether it is the unsmoothed ground of another.
    pub faint: bool,
    /// Its points.
    pub points: Vec<[f64; 2]>,
    /// The range around it: a place on the horizontal axis, the least value there and the greatest.
    pub band: Vec<[f64; 3]>,
}

/// A place on the horizontal axis that is marked.
#[derive(Clone, PartialEq)]
pub struct PlotMark {
    /// Where.
    pub at: f64,
    /// Its place among the colours.
    pub place: usize,
    /// What it says.
    pub name: String,
}

/// A plot.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The curves.
    pub lines: Vec<PlotLine>,
    /// Marked places.
    #[prop_or_default]
    pub marks: Vec<PlotMark>,
    /// What the axes are called.
    pub axes: [String; 2],
    /// Whether the vertical axis is logarithmic; values that are not above 0 are left out then.
    #[prop_or_default]
    pub log: bool,
    /// Pixels.
    pub width: f64,
    /// Told of the stretch that is chosen; nothing to see all. Without it nothing can be chosen.
    #[prop_or_default]
    pub choose: Option<Callback<Option<[f64; 2]>>>,
    /// The stretch in sight.
    #[prop_or_default]
    pub range: Option<[f64; 2]>,
}

const HEIGHT: f64 = 340.0;
const LEFT: f64 = 58.0;
const FOOT: f64 = 40.0;
const TOP: f64 = 14.0;
/// Pixels of a drag below which it is a click.
const CLICK: f64 = 6.0;
/// Points of a curve that have tips.
const TIPS: usize = 60;

/// Room for names at the curves' ends, where the window has it.
fn right(width: f64) -> f64 {
    if width < 560.0 { 12.0 } else { 150.0 }
}

/// The plot.
#[function_component]
pub fn LinePlot(props: &Props) -> Html {
    let svg = use_node_ref();
    let from = use_state(|| None::<f64>);
    let to = use_state(|| None::<f64>);
    let points = || {
        props
            .lines
            .iter()
            .flat_map(|l| &l.points)
            .filter(|p| !props.log || p[1] > 0.0)
    };
    let width = props.width;
    let x = match props.range {
        Some([low, high]) => Scale {
            low,
            high,
            from: LEFT,
            to: width - right(width),
        },
        None => Scale::around(points().map(|p| p[0]), LEFT, width - right(width)),
    };
    let seen = |p: &&[f64; 2]| (x.low..=x.high).contains(&p[0]);
    let height = |v: f64| if props.log { v.log10() } else { v };
    let bands = || props.lines.iter().flat_map(|l| &l.band);
    let bounds = bands().flat_map(|[at, low, high]| [[*at, *low], [*at, *high]]);
    let bounds: Vec<[f64; 2]> = bounds.filter(|p| !props.log || p[1] > 0.0).collect();
    let y = Scale::around(
        points().chain(&bounds).filter(seen).map(|p| height(p[1])),
        HEIGHT - FOOT,
        TOP,
    );
    let at = {
        let svg = svg.clone();
        move |e: &MouseEvent| {
            let shape = svg
                .cast::<Element>()
                .map(|s| s.get_bounding_client_rect())?;
            let part = (f64::from(e.client_x()) - shape.left()) / shape.width().max(1.0);
            Some((part * width).clamp(x.from, x.to))
        }
    };
    let value = move |pixel: f64| x.low + (pixel - x.from) / (x.to - x.from) * (x.high - x.low);
    let onpointerdown = {
        let (at, from, to, svg) = (at.clone(), from.clone(), to.clone(), svg.clone());
        let is_choosable = props.choose.is_some();
        Callback::from(move |e: PointerEvent| {
            if !is_choosable {
                return;
            }
            if let Some(svg) = svg.cast::<Element>() {
                // The drag goes on where the pointer leaves the plot; a pointer that is gone has nothing to drag.
                let _ = svg.set_pointer_capture(e.pointer_id());
            }
            from.set(at(&e));
            to.set(None);
        })
    };
    let onpointermove = {
        let (at, from, to) = (at.clone(), from.clone(), to.clone());
        Callback::from(move |e: PointerEvent| {
            if from.is_some() {
                to.set(at(&e));
            }
        })
    };
    // The browser took the pointer for something else, such as scrolling by touch.
    let onpointercancel = {
        let (from, to) = (from.clone(), to.clone());
        Callback::from(move |_: PointerEvent| {
            from.set(None);
            to.set(None);
        })
    };
    let onpointerup = {
        let (from, to, choose) = (from.clone(), to.clone(), props.choose.clone());
        Callback::from(move |e: PointerEvent| {
            let ends = (*from).zip(at(&e));
            if let (Some((a, b)), Some(choose)) = (ends, &choose)
                && (a - b).abs() > CLICK
            {
                choose.emit(Some([value(a.min(b)), value(a.max(b))]));
            }
            from.set(None);
            to.set(None);
        })
    };
    let chosen = (*from).zip(*to).filter(|_| props.choose.is_some());
    let label = format!("{} / {}", props.axes[1], props.axes[0]);
    html! {
        <>
            <svg ref={svg} class={classes!("chart", "lines", props.choose.is_some().then_some("choosable"))} role="img" aria-label={label}
                viewBox={format!("0 0 {width} {HEIGHT}")} width={width.to_string()} height={HEIGHT.to_string()}
                {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
                { vertical(y, width - right(width), props.log) }
                { axis(x, TOP, HEIGHT - FOOT) }
                <g class="axis">
                    <text x={((x.from + x.to) / 2.0).to_string()} y={(HEIGHT - 6.0).to_string()} text-anchor="middle">{ &props.axes[0] }</text>
                    <text x="2" y="10">{ &props.axes[1] }</text>
                </g>
                { for props.marks.iter().filter(|m| (x.low..=x.high).contains(&m.at)).map(|m| marked(m, x)) }
                { for props.lines.iter().map(|l| curve(l, x, y, props.log)) }
                { names(props, x, y) }
                if let Some((a, b)) = chosen {
                    <rect class="stretch" x={a.min(b).to_string()} width={(a - b).abs().to_string()} y={TOP.to_string()} height={(HEIGHT - FOOT - TOP).to_string()} />
                }
            </svg>
            { buttons(props, x) }
        </>
    }
}

/// The other way to choose a stretch.
fn buttons(props: &Props, x: Scale) -> Html {
    let Some(choose) = &props.choose else {
        return Html::default();
    };
    let t = &props.locale;
    let (middle, reach) = ((x.low + x.high) / 2.0, (x.high - x.low) / 2.0);
    let to = |by: f64, shift: f64| {
        let centre = middle + shift * reach;
        choose.reform(move |_: MouseEvent| Some([centre - reach * by, centre + reach * by]))
    };
    let all = choose.reform(|_: MouseEvent| None);
    html! {
        <p class="row zoom" role="group" aria-label={t.text("zoom")}>
            <button class="quiet" aria-label={t.text("zoom-in")} title={t.text("zoom-in")} onclick={to(0.5, 0.0)}>{ "+" }</button>
            <button class="quiet" aria-label={t.text("zoom-out")} title={t.text("zoom-out")} onclick={to(2.0, 0.0)}>{ "−" }</button>
            <button class="quiet" aria-label={t.text("zoom-left")} title={t.text("zoom-left")} onclick={to(1.0, -0.5)}>{ "←" }</button>
            <button class="quiet" aria-label={t.text("zoom-right")} title={t.text("zoom-right")} onclick={to(1.0, 0.5)}>{ "→" }</button>
            <button class="quiet" id="zoom-all" disabled={props.range.is_none()} onclick={all}>{ t.text("zoom-all") }</button>
            <span class="hint">{ t.text("zoom-hint") }</span>
        </p>
    }
}

fn vertical(y: Scale, right: f64, log: bool) -> Html {
    let ticks = if log { decades(y) } else { y.ticks(6) };
    let decimals = y.decimals(6);
    let text = |v: f64| {
        if log {
            assay_report::written::plain(10f64.powf(v))
        } else {
            decimal(v, decimals)
        }
    };
    html! {
        <g class="axis">{ for ticks.into_iter().map(|v| {
            let at = y.at(v);
            html! { <>
                <line class="grid" x1={LEFT.to_string()} x2={right.to_string()} y1={at.to_string()} y2={at.to_string()} />
                <text x={(LEFT - 6.0).to_string()} y={(at + 4.0).to_string()} text-anchor="end">{ text(v) }</text>
            </> }
        }) }</g>
    }
}

/// Powers of ten on a logarithmic axis, with 2 and 5 between them where there are few.
fn decades(y: Scale) -> Vec<f64> {
    let powers = (y.low.floor() as i32)..=(y.high.ceil() as i32);
    let steps: &[f64] = if y.high - y.low > 3.0 {
        &[1.0]
    } else {
        &[1.0, 2.0, 5.0]
    };
    let all = powers.flat_map(|p| steps.iter().map(move |s| f64::from(p) + s.log10()));
    all.filter(|v| (y.low..=y.high).contains(v)).collect()
}

fn curve(line: &PlotLine, x: Scale, y: Scale, log: bool) -> Html {
    let height = |v: f64| if log { v.log10() } else { v };
    // A point beyond the stretch stands beside it, where the clip below cuts the line.
    let across = |v: f64| x.from + (v - x.low) / (x.high - x.low) * (x.to - x.from);
    let points: Vec<[f64; 2]> = line
        .points
        .iter()
        .copied()
        .filter(|p| !log || p[1] > 0.0)
        .collect();
    let inside: Vec<[f64; 2]> = clipped(&points, [x.low, x.high]);
    let path: Vec<String> = inside
        .iter()
        .map(|p| format!("{:.1},{:.1}", across(p[0]), y.at(height(p[1]))))
        .collect();
    let class = classes!(
        colour(line.place),
        line.dashed.then_some("dashed"),
        line.faint.then_some("faint")
    );
    let every = points.len().div_ceil(TIPS).max(1);
    let seen = points.iter().filter(|p| (x.low..=x.high).contains(&p[0]));
    let edge = |bound: usize| {
        let edge = line.band.iter().map(|b| [b[0], b[bound]]);
        let edge: Vec<[f64; 2]> = edge.filter(|p| !log || p[1] > 0.0).collect();
        clipped(&edge, [x.low, x.high])
    };
    let around = edge(1).into_iter().chain(edge(2).into_iter().rev());
    let around = around.map(|p| format!("{:.1},{:.1}", across(p[0]), y.at(height(p[1]))));
    let around: Vec<String> = around.collect();
    html! {
        <g {class}>
            if !around.is_empty() { <polygon class="band" points={around.join(" ")} /> }
            <polyline points={path.join(" ")} fill="none" />
            if !line.faint {
                { for seen.step_by(every).map(|p| {
                    let tip = format!("{}: {} → {}", line.name, assay_report::written::plain(p[0]), assay_report::written::plain(p[1]));
                    html! { <circle class="dot" data-tip={tip} cx={format!("{:.1}", x.at(p[0]))} cy={format!("{:.1}", y.at(height(p[1])))} r="3" /> }
                }) }
            }
        </g>
    }
}

/// A line within a stretch: where it crosses the border it ends there.
fn clipped(points: &[[f64; 2]], [low, high]: [f64; 2]) -> Vec<[f64; 2]> {
    let between = |a: [f64; 2], b: [f64; 2], at: f64| {
        [at, a[1] + (b[1] - a[1]) * (at - a[0]) / (b[0] - a[0])]
    };
    let mut kept = Vec::new();
    for (i, p) in points.iter().enumerate() {
        let before = i.checked_sub(1).map(|j| points[j]);
        if let Some(before) = before {
            for border in [low, high] {
                if (before[0] < border) != (p[0] < border) && before[0] != border && p[0] != border
                {
                    kept.push(between(before, *p, border));
                }
            }
        }
        if (low..=high).contains(&p[0]) {
            kept.push(*p);
        }
    }
    kept
}

fn marked(mark: &PlotMark, x: Scale) -> Html {
    let at = format!("{:.1}", x.at(mark.at));
    html! {
        <g class={classes!(colour(mark.place), "mark")} data-tip={mark.name.clone()}>
            <line x1={at.clone()} x2={at.clone()} y1={TOP.to_string()} y2={(HEIGHT - FOOT).to_string()} />
            <text x={at} y={(TOP + 10.0).to_string()} dx="4">{ "◆" }</text>
        </g>
    }
}

/// Names at the curves' ends, pushed apart; under the plot where it is narrow.
fn names(props: &Props, x: Scale, y: Scale) -> Html {
    let height = |v: f64| if props.log { v.log10() } else { v };
    let named = props.lines.iter().filter(|l| !l.faint);
    let mut ends: Vec<(f64, &PlotLine)> = named
        .filter_map(|l| {
            let inside = l
                .points
                .iter()
                .rev()
                .find(|p| p[0] <= x.high && (!props.log || p[1] > 0.0))?;
            Some((y.at(height(inside[1])), l))
        })
        .collect();
    sort_by(&mut ends, |a, b| a.0.total_cmp(&b.0));
    let narrow = props.width < 560.0;
    let mut least = TOP;
    html! {
        <g class="names">{ for ends.into_iter().map(|(end, line)| {
            let at = if narrow { least + 12.0 } else { end.max(least) };
            least = at + if narrow { 0.0 } else { 14.0 };
            if narrow { least = at; }
            let (place, anchor) = if narrow { (x.to, "end") } else { (x.to + 6.0, "start") };
            html! { <text class={colour(line.place)} x={place.to_string()} y={(at + 4.0).to_string()} text-anchor={anchor}>{ format!("{}{}", if line.dashed { "┄ " } else { "" }, line.name) }</text> }
        }) }</g>
    }
}
