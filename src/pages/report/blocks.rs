//! The blocks of a report as elements.

use crate::components::charts::figure::Figure;
use crate::components::charts::line_plot::{LinePlot, PlotLine};
use assay_locale::Locale;
use assay_report::document::{Block, Cell, Chart, ChartDot};
use assay_report::scale::Scale;
use assay_report::written::plain;
use std::rc::Rc;
use yew::prelude::*;

/// All of them.
pub fn blocks(locale: &Rc<Locale>, all: &[Block], width: f64) -> Html {
    html! { <>{ for all.iter().map(|b| block(locale, b, width)) }</> }
}

fn cell(cell: &Cell) -> Option<&'static str> {
    cell.number.then_some("number")
}

fn block(locale: &Rc<Locale>, block: &Block, width: f64) -> Html {
    match block {
        Block::Heading { level, text } => {
            let tag = format!("h{}", (level + 1).clamp(2, 6));
            html! { <@{tag}>{ text }</@> }
        }
        Block::Paragraph { text } => html! { <p>{ text }</p> },
        Block::List { items } => {
            html! { <ul>{ for items.iter().map(|i| html! { <li>{ i }</li> }) }</ul> }
        }
        Block::Table {
            caption,
            head,
            rows,
        } => html! {
            <div class="scroll" tabindex="0"><table class="ratings">
                <caption>{ caption }</caption>
                <thead><tr>{ for head.iter().map(|c| html! { <th class={cell(c)}>{ &c.text }</th> }) }</tr></thead>
                <tbody>{ for rows.iter().map(|row| html! { <tr>{ for row.iter().map(|c| html! { <td class={cell(c)}>{ &c.text }</td> }) }</tr> }) }</tbody>
            </table></div>
        },
        Block::Chart { caption, chart } => {
            let (chart, table) = match chart {
                Chart::Lines { axes, lines } => {
                    let lines: Vec<PlotLine> = lines
                        .iter()
                        .map(|l| PlotLine {
                            name: l.name.clone(),
                            place: l.place,
                            dashed: l.dashed,
                            faint: false,
                            points: l.points.clone(),
                        })
                        .collect();
                    let table = html! {
                        <table class="ratings"><tbody>{ for lines.iter().flat_map(|l| l.points.iter().map(move |p| (l, p))).map(|(l, p)| html! {
                            <tr><td>{ &l.name }</td><td class="number">{ plain(p[0]) }</td><td class="number">{ plain(p[1]) }</td></tr>
                        }) }</tbody></table>
                    };
                    (
                        html! { <LinePlot locale={locale.clone()} {lines} axes={axes.clone()} {width} /> },
                        table,
                    )
                }
                Chart::Dots { axis, dots } => (differences(axis, dots, width), table(dots)),
            };
            html! { <><p class="hint">{ caption }</p><Figure locale={locale.clone()} name="assay-report" {chart} {table} /></> }
        }
    }
}

fn table(dots: &[ChartDot]) -> Html {
    html! {
        <table class="ratings"><tbody>{ for dots.iter().map(|d| html! {
            <tr><td>{ &d.name }</td><td class="number">{ &d.written }</td><td class="number">{ format!("{} … {}", plain(d.interval[0]), plain(d.interval[1])) }</td></tr>
        }) }</tbody></table>
    }
}

const ROW: f64 = 24.0;
/// Below this width names stand above the dots.
const NARROW: f64 = 560.0;

/// Differences with their intervals about zero.
fn differences(axis: &str, dots: &[ChartDot], width: f64) -> Html {
    let narrow = width < NARROW;
    let row = if narrow { ROW + 14.0 } else { ROW };
    let left = if narrow { 8.0 } else { 250.0 };
    let values = dots
        .iter()
        .flat_map(|d| [d.value, d.interval[0], d.interval[1]])
        .chain([0.0]);
    let x = Scale::around(values, left, width - 90.0);
    let foot = row * dots.len() as f64 + 4.0;
    let zero = format!("{:.1}", x.at(0.0));
    html! {
        <svg class="chart" role="img" aria-label={axis.to_owned()} width={width.to_string()} height={(foot + 40.0).to_string()} viewBox={format!("0 0 {width} {:.1}", foot + 40.0)}>
            { crate::components::charts::figure::axis(x, 0.0, foot) }
            <line class="floor" x1={zero.clone()} x2={zero} y1="0" y2={foot.to_string()} />
            <g class="axis"><text x={((x.from + x.to) / 2.0).to_string()} y={(foot + 34.0).to_string()} text-anchor="middle">{ axis }</text></g>
            { for dots.iter().enumerate().map(|(i, d)| {
                let y = row * (i as f64 + 0.5) + if narrow { 8.0 } else { 2.0 };
                let (class, sign) = match d.ruling { 1 => ("better", "▲"), -1 => ("worse", "▼"), _ => ("same", "○") };
                let n = |v: f64| format!("{v:.1}");
                html! {
                    <g data-tip={format!("{} {}", d.name, d.written)}>
                        <text x={if narrow { n(8.0) } else { n(0.0) }} y={if narrow { n(y - 10.0) } else { n(y + 4.0) }}>{ &d.name }</text>
                        <g class={classes!("ruled", class)}>
                            <line x1={n(x.at(d.interval[0]))} x2={n(x.at(d.interval[1]))} y1={n(y)} y2={n(y)} />
                            <circle cx={n(x.at(d.value))} cy={n(y)} r="4" />
                        </g>
                        <text x={n(width - 2.0)} y={n(y + 4.0)} text-anchor="end">{ format!("{sign} {}", d.written) }</text>
                    </g>
                }
            }) }
        </svg>
    }
}
