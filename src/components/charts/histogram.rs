//! How the segments' scores are distributed: a panel for each system on common axes. A bar leads to
//! its rows.

use super::figure::{axis, colour, marker};
use crate::components::table::{Table, column, head, number, number_column, row_heading};
use crate::route::Route;
use assay_locale::Locale;
use assay_protocol::views::{Histogram, Order, Query};
use assay_report::scale::Scale;
use assay_report::written::decimal;
use yew::prelude::*;

const PANEL: f64 = 72.0;
const LABEL: f64 = 20.0;
const AXIS: f64 = 22.0;

/// The rows of a system's bin under a metric.
pub fn bin_route(
    route: &Route,
    metric: usize,
    system: usize,
    edges: (Option<f64>, Option<f64>),
) -> Route {
    route.to_rows(Query {
        metric,
        system,
        order: Order::Lowest,
        least: edges.0,
        most: None,
        below: edges.1,
        ..route.query.clone()
    })
}

/// What a bin says, in words.
fn words(
    t: &Locale,
    histogram: &Histogram,
    name: &str,
    bin: usize,
    count: usize,
    digits: usize,
) -> String {
    let edges = histogram.edges(bin);
    let low = edges.0.unwrap_or(histogram.low);
    let high = edges.1.unwrap_or(histogram.high);
    t.with(
        "bin",
        &[
            ("system", name.to_owned()),
            ("count", t.count(count)),
            ("low", decimal(low, digits)),
            ("high", decimal(high, digits)),
        ],
    )
}

/// Digits that tell the bins' edges apart.
fn digits(histogram: &Histogram) -> usize {
    if histogram.high - histogram.low > 10.0 {
        0
    } else {
        2
    }
}

/// Whose scores the panels show.
pub struct Panels<'a> {
    /// The systems' names.
    pub names: &'a [String],
    /// Their places in the palette.
    pub colours: &'a [usize],
}

/// The chart, `width` pixels wide. Where the bars lead to rows, `leads` has the view and the metric.
pub fn histogram(
    t: &Locale,
    leads: Option<(&Route, usize)>,
    histogram: &Histogram,
    panels: &Panels<'_>,
    width: f64,
) -> Html {
    let bins = histogram.counts.first().map_or(0, Vec::len);
    let most = histogram
        .counts
        .iter()
        .flatten()
        .copied()
        .max()
        .unwrap_or(0)
        .max(1);
    let scale = Scale {
        low: histogram.low,
        high: histogram.high,
        from: 14.0,
        to: width - 14.0,
    };
    let bar_width = (scale.to - scale.from) / bins.max(1) as f64;
    let digits = digits(histogram);
    let bottom = (PANEL + LABEL) * histogram.counts.len() as f64;
    let n = |v: f64| format!("{v:.1}");
    html! {
        <svg class="chart" role="group" aria-label={t.text("distribution")} width={width.to_string()} height={n(bottom + AXIS)}
            viewBox={format!("0 0 {width} {:.1}", bottom + AXIS)}>
            { axis(scale, 0.0, bottom) }
            { for histogram.counts.iter().zip(panels.names).enumerate().map(|(system, (counts, name))| {
                let look = panels.colours.get(system).copied().unwrap_or(system);
                let top = (PANEL + LABEL) * system as f64 + LABEL;
                html! {
                    <g class={colour(look)}>
                        <g>{ marker(look, scale.from + 5.0, top - 9.0) }</g>
                        <text class="name" x={n(scale.from + 16.0)} y={n(top - 5.0)}>{ name }</text>
                        <line class="floor" x1={n(scale.from)} x2={n(scale.to)} y1={n(top + PANEL)} y2={n(top + PANEL)} />
                        { for counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(bin, &count)| {
                            let height = (PANEL - 4.0) * count as f64 / most as f64;
                            let x = scale.from + bar_width * bin as f64;
                            let label = words(t, histogram, name, bin, count, digits);
                            let bar = html! {
                                <>
                                    <rect class="hit" x={n(x)} y={n(top)} width={n(bar_width)} height={n(PANEL)} />
                                    <rect class="bar" x={n(x + 1.0)} y={n(top + PANEL - height.max(1.5))}
                                        width={n((bar_width - 2.0).max(1.0))} height={n(height.max(1.5))} />
                                </>
                            };
                            let Some((route, metric)) = leads else {
                                return html! { <g class="bin" role="img" tabindex="0" aria-label={label.clone()} data-tip={label}>{ bar }</g> };
                            };
                            let to = bin_route(route, metric, system, histogram.edges(bin));
                            html! {
                                <a class="bin" href={to.href()} aria-label={label.clone()} data-tip={label}>{ bar }</a>
                            }
                        }) }
                    </g>
                }
            }) }
        </svg>
    }
}

/// The same numbers as a table.
pub fn histogram_table(t: &Locale, histogram: &Histogram, names: &[String]) -> Html {
    let bins = histogram.counts.first().map_or(0, Vec::len);
    let digits = digits(histogram);
    let columns = names.iter().map(number_column);
    html! {
        <Table label={t.text("distribution")}>
            { head([column(t.text("score"))].into_iter().chain(columns)) }
            <tbody>{ for (0..bins).map(|bin| {
                let edges = histogram.edges(bin);
                let low = edges.0.unwrap_or(histogram.low);
                let high = edges.1.unwrap_or(histogram.high);
                html! {
                    <tr>{ row_heading(format!("{} – {}", decimal(low, digits), decimal(high, digits))) }
                        { for histogram.counts.iter().map(|c| number(t.count(c[bin]))) }
                    </tr>
                }
            }) }</tbody>
        </Table>
    }
}
