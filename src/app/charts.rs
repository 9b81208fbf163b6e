//! Dots with error bars, drawn as SVG elements so that they take the page's colours and handlers.
//! The table beside each holds the same numbers.

use crate::stats::Interval;
use yew::prelude::*;

/// Width of the drawing in its own units.
const WIDTH: f64 = 200.0;

/// One system's mark.
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
}

/// The scale that holds all `dots`, a little wider than they need.
pub fn scale<'a>(dots: impl Iterator<Item = &'a Dot>) -> (f64, f64) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for dot in dots {
        low = low.min(dot.interval.map_or(dot.value, |i| i.low.min(dot.value)));
        high = high.max(dot.interval.map_or(dot.value, |i| i.high.max(dot.value)));
    }
    let margin = ((high - low) * 0.08).max(1e-6);
    (low - margin, high + margin)
}

/// One line of dots for each system on a common scale.
pub fn dots(dots: &[Dot], (low, high): (f64, f64), decimals: usize) -> Html {
    let x = |v: f64| ((v - low) / (high - low) * WIDTH).clamp(0.0, WIDTH);
    let height = 12.0 * dots.len() as f64 + 4.0;
    let label: Vec<String> = dots
        .iter()
        .map(|d| format!("{} {:.*}", d.name, decimals, d.value))
        .collect();
    html! {
        <svg class="dots" viewBox={format!("-4 0 {} {height}", WIDTH + 8.0)} role="img" aria-label={label.join(", ")}>
            { for dots.iter().enumerate().map(|(i, dot)| {
                let y = 8.0 + 12.0 * i as f64;
                html! {
                    <g class={format!("system s{}", dot.system % 7)}>
                        <title>{ &label[i] }</title>
                        if let Some(interval) = dot.interval {
                            <line x1={x(interval.low).to_string()} x2={x(interval.high).to_string()}
                                y1={y.to_string()} y2={y.to_string()} />
                        }
                        { marker(dot.system, x(dot.value), y) }
                    </g>
                }
            }) }
        </svg>
    }
}

/// A shape that tells systems apart without colour.
pub fn marker(system: usize, x: f64, y: f64) -> Html {
    let points = match system % 4 {
        0 => return html! { <circle cx={x.to_string()} cy={y.to_string()} r="4" /> },
        1 => format!(
            "{},{} {},{} {},{} {},{}",
            x - 3.5,
            y - 3.5,
            x + 3.5,
            y - 3.5,
            x + 3.5,
            y + 3.5,
            x - 3.5,
            y + 3.5
        ),
        2 => format!(
            "{},{} {},{} {},{}",
            x,
            y - 4.5,
            x + 4.2,
            y + 3.5,
            x - 4.2,
            y + 3.5
        ),
        _ => format!(
            "{},{} {},{} {},{} {},{}",
            x,
            y - 5.0,
            x + 5.0,
            y,
            x,
            y + 5.0,
            x - 5.0,
            y
        ),
    };
    html! { <polygon {points} /> }
}

/// A system's mark before its name.
pub fn key(system: usize) -> Html {
    html! {
        <svg class="key" viewBox="-6 -6 12 12" aria-hidden="true">
            <g class={format!("system s{}", system % 7)}>{ marker(system, 0.0, 0.0) }</g>
        </svg>
    }
}
