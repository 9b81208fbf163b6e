//! The blocks of a report as elements.

use crate::components::charts::figure::Figure;
use crate::components::charts::line_plot::{LinePlot, PlotLine};
use crate::components::table::{self, Table, column, number, number_column, row_heading};
use crate::verdict::interval_of;
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

fn heading(cell: &Cell) -> Html {
    if cell.number {
        number_column(&cell.text)
    } else {
        column(&cell.text)
    }
}

/// A row, headed by what its first cell names.
fn row(cells: &[Cell]) -> Html {
    let cells = cells.iter().enumerate().map(|(i, cell)| match cell.number {
        true => number(&cell.text),
        false if i == 0 => row_heading(&cell.text),
        false => table::cell(&cell.text),
    });
    html! { <tr>{ for cells }</tr> }
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
            <Table label={caption.clone()} class="ratings">
                <caption>{ caption }</caption>
                { table::head(head.iter().map(heading)) }
                <tbody>{ for rows.iter().map(|cells| row(cells)) }</tbody>
            </Table>
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
                            band: Vec::new(),
                        })
                        .collect();
                    let points = lines
                        .iter()
                        .flat_map(|l| l.points.iter().map(move |p| (l, p)));
                    let table = html! {
                        <Table label={caption.clone()} class="ratings">
                            { table::head([column(locale.text("curve")), number_column(&axes[0]), number_column(&axes[1])]) }
                            <tbody>{ for points.map(|(l, p)| html! {
                                <tr>{ row_heading(&l.name) }{ number(plain(p[0])) }{ number(plain(p[1])) }</tr>
                            }) }</tbody>
                        </Table>
                    };
                    (
                        html! { <LinePlot locale={locale.clone()} {lines} axes={axes.clone()} {width} /> },
                        table,
                    )
                }
                Chart::Dots { axis, dots } => (
                    differences(axis, dots, width),
                    dots_table(locale, caption, axis, dots),
                ),
            };
            html! { <><p class="hint">{ caption }</p><Figure locale={locale.clone()} name="assay-report" {chart} {table} /></> }
        }
    }
}

fn dots_table(t: &Locale, caption: &str, axis: &str, dots: &[ChartDot]) -> Html {
    html! {
        <Table label={caption.to_owned()} class="ratings">
            { table::head([column(t.text("measure")), number_column(axis), number_column(t.text("interval"))]) }
            <tbody>{ for dots.iter().map(|d| html! {
                <tr>{ row_heading(&d.name) }{ number(&d.written) }{ number(interval_of(d.interval.map(plain))) }</tr>
            }) }</tbody>
        </Table>
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
