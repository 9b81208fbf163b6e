//! Scores as dots with their intervals, one row a system, in groups that share one axis: small
//! multiples one above the other.

use super::figure::{axis, colour, marker};
use assay_report::scale::Scale;
use assay_stats::Interval;
use yew::prelude::*;

/// One system's score.
#[derive(Clone, PartialEq)]
pub struct Dot {
    /// The system's place, which gives colour and shape.
    pub system: usize,
    /// Its name.
    pub name: String,
    /// The score.
    pub value: f64,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The score as it is written.
    pub written: String,
}

/// Dots under one title.
#[derive(Clone, PartialEq)]
pub struct Group {
    /// The title; empty for none.
    pub title: String,
    /// Where a click leads.
    pub href: String,
    /// The dots.
    pub dots: Vec<Dot>,
    /// The baseline's score, drawn as a line.
    pub baseline: Option<f64>,
}

const ROW: f64 = 22.0;
const TITLE: f64 = 22.0;
const GAP: f64 = 8.0;
const AXIS: f64 = 22.0;
/// Below this width names stand above the dots and not beside them.
const NARROW: f64 = 480.0;

/// The chart, `width` pixels wide.
pub fn dot_plot(groups: &[Group], width: f64, label: String) -> Html {
    let narrow = width < NARROW;
    let (left, right) = if narrow { (8.0, 8.0) } else { (150.0, 70.0) };
    let values = groups.iter().flat_map(|g| g.dots.iter()).flat_map(|d| {
        [d.value]
            .into_iter()
            .chain(d.interval.into_iter().flat_map(|i| [i.low, i.high]))
    });
    let scale = Scale::around(values, left, width - right);
    let row = if narrow { ROW + 12.0 } else { ROW };
    let mut y = 0.0;
    let mut drawn = Vec::new();
    for group in groups {
        let top = y;
        y += if group.title.is_empty() {
            GAP / 2.0
        } else {
            TITLE
        };
        let first = y;
        y += row * group.dots.len() as f64;
        drawn.push(draw(group, scale, [top, first, y], row, narrow, width));
        y += GAP;
    }
    let bottom = y - GAP / 2.0;
    html! {
        <svg class="chart" role="group" aria-label={label} width={width.to_string()} height={(bottom + AXIS).to_string()}
            viewBox={format!("0 0 {width} {:.1}", bottom + AXIS)}>
            { axis(scale, 0.0, bottom) }
            { for drawn }
        </svg>
    }
}

fn draw(
    group: &Group,
    scale: Scale,
    [top, first, end]: [f64; 3],
    row: f64,
    narrow: bool,
    width: f64,
) -> Html {
    let line = group.baseline.map(|b| format!("{:.1}", scale.at(b)));
    let marks = group.dots.iter().enumerate().map(|(i, dot)| {
        let y = first + row * (i as f64 + 0.5) + if narrow { 6.0 } else { 0.0 };
        mark(dot, scale, y, narrow, width)
    });
    html! {
        <a href={group.href.clone()} class="group">
            <rect class="hit" x="0" y={format!("{top:.1}")} width={width.to_string()} height={format!("{:.1}", end - top)} />
            if !group.title.is_empty() {
                <text class="title" x="0" y={format!("{:.1}", top + 15.0)}>{ &group.title }</text>
            }
            if let Some(x) = line {
                <line class="baseline" x1={x.clone()} x2={x} y1={format!("{first:.1}")} y2={format!("{end:.1}")} />
            }
            { for marks }
        </a>
    }
}

fn mark(dot: &Dot, scale: Scale, y: f64, narrow: bool, width: f64) -> Html {
    let n = |v: f64| format!("{v:.1}");
    let x = scale.at(dot.value);
    let tip = format!("{} {}", dot.name, dot.written);
    html! {
        <g class={colour(dot.system)} data-tip={tip.clone()}>
            <rect class="hit" x={n(scale.from)} width={n(scale.to - scale.from)} y={n(y - 10.0)} height="20" />
            if let Some(interval) = dot.interval {
                <line x1={n(scale.at(interval.low))} x2={n(scale.at(interval.high))} y1={n(y)} y2={n(y)} />
            }
            { marker(dot.system, x, y) }
            if narrow {
                <text class="name" x={n(scale.from)} y={n(y - 9.0)}>{ tip }</text>
            } else {
                <text class="name" x="4" y={n(y + 4.0)}>{ shortened(&dot.name, 20) }</text>
                <text class="value" x={n(width - 4.0)} y={n(y + 4.0)} text-anchor="end">{ &dot.written }</text>
            }
        </g>
    }
}

/// The name as far as there is room; wide characters take two places.
pub fn shortened(name: &str, places: usize) -> String {
    let mut used = 0;
    for (at, c) in name.char_indices() {
        used += if assay_text::script::is_cjk(c) { 2 } else { 1 };
        if used > places {
            return format!("{}…", &name[..at]);
        }
    }
    name.to_owned()
}
