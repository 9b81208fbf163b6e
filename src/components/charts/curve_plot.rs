//! Curves in the unit square: ROC, precision over recall, reliability. A diagonal stands for chance, or
//! for probabilities that keep their word.

use super::figure::{colour, marker};
use assay_report::scale::Scale;
use yew::prelude::*;

/// A curve with its name and its place among the colours.
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its place.
    pub place: usize,
    /// Its points.
    pub points: Vec<(f64, f64)>,
    /// Whether each point has a mark that tells it.
    pub marked: bool,
    /// How sure it is: a place on the horizontal axis and the bounds there.
    pub band: Vec<[f64; 3]>,
}

/// Pixels around the square.
const MARGIN: f64 = 44.0;

/// Curves with the names of both axes.
pub fn curve_plot(
    lines: &[Line],
    side: f64,
    [x_name, y_name]: [String; 2],
    diagonal: bool,
) -> Html {
    let x = Scale {
        low: 0.0,
        high: 1.0,
        from: MARGIN,
        to: side - 12.0,
    };
    let y = Scale {
        low: 0.0,
        high: 1.0,
        from: side - MARGIN,
        to: 12.0,
    };
    let (left, right, top, foot) = (x.from, x.to, y.to, y.from);
    let label = format!("{y_name} / {x_name}");
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0];
    html! {
        <svg class="chart" viewBox={format!("0 0 {side} {side}")} width={side.to_string()} height={side.to_string()} role="img" aria-label={label}>
            <g class="axis">
                { for ticks.iter().map(|v| html! {
                    <>
                        <line class="grid" x1={x.at(*v).to_string()} x2={x.at(*v).to_string()} y1={top.to_string()} y2={foot.to_string()} />
                        <line class="grid" x1={left.to_string()} x2={right.to_string()} y1={y.at(*v).to_string()} y2={y.at(*v).to_string()} />
                        <text x={x.at(*v).to_string()} y={(foot + 16.0).to_string()} text-anchor="middle">{ *v }</text>
                        <text x={(left - 6.0).to_string()} y={(y.at(*v) + 4.0).to_string()} text-anchor="end">{ *v }</text>
                    </>
                }) }
                <text x={((left + right) / 2.0).to_string()} y={(side - 8.0).to_string()} text-anchor="middle">{ x_name }</text>
                <text transform={format!("translate(12 {}) rotate(-90)", (top + foot) / 2.0)} text-anchor="middle">{ y_name }</text>
            </g>
            if diagonal { <line class="baseline" x1={left.to_string()} y1={foot.to_string()} x2={right.to_string()} y2={top.to_string()} /> }
            { for lines.iter().map(|line| curve(line, &x, &y)) }
        </svg>
    }
}

fn curve(line: &Line, x: &Scale, y: &Scale) -> Html {
    let place = |(a, b): &(f64, f64)| format!("{:.1},{:.1}", x.at(*a), y.at(*b));
    let points: Vec<String> = line.points.iter().map(place).collect();
    let class = format!("system {}", colour(line.place));
    let low = line.band.iter().map(|[a, low, _]| (*a, *low));
    let high = line.band.iter().rev().map(|[a, _, high]| (*a, *high));
    let around: Vec<String> = low.chain(high).map(|p| place(&p)).collect();
    html! {
        <g {class} data-tip={line.name.clone()}>
            if !around.is_empty() { <polygon class="band" points={around.join(" ")} /> }
            <polyline points={points.join(" ")} fill="none" />
            if line.marked {
                { for line.points.iter().map(|(a, b)| html! {
                    <g data-tip={format!("{}: {a:.2} / {b:.2}", line.name)}>{ marker(line.place, x.at(*a), y.at(*b)) }</g>
                }) }
            }
        </g>
    }
}
