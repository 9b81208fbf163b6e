//! The picture of the answer: how large the differences are under each measure, and in each slice under the chosen
//! one, all in standard deviations of the rows' differences, so that measures can be seen side by side.

use crate::components::charts::figure::{Figure, key};
use crate::components::charts::forest_plot::{Effect, forest_plot};
use crate::components::table::{
    Table, column, head, number, number_column, row_heading, significance,
};
use crate::components::text::file_name;
use crate::pages::overview::view::View;
use crate::route::Part;
use crate::verdict::{decimals, interval_of, signed};
use assay_locale::Locale;
use assay_protocol::views::{Query, Summary};
use assay_results::scores::{Difference, MetricResult, SliceKind, SystemResult};
use assay_sorting::sort_by;
use yew::prelude::*;

/// Systems up to which each has pictures of its own; more are seen better in the table.
const MOST_PICTURES: usize = 3;
/// Slices of a picture; all are in the part on slices.
const MOST_SLICES: usize = 14;
/// Pixels from which two pictures stand side by side.
const TWO_COLUMNS: f64 = 900.0;
/// Pixels between two pictures.
const GAP: f64 = 32.0;

/// A row of a picture with the numbers of the table behind it.
struct Row {
    effect: Effect,
    difference: Difference,
    digits: usize,
}

/// The pictures of all systems but the baseline.
pub fn effects(page: &View, summary: &Summary, chosen: usize) -> Html {
    let baseline = page.route.baseline.min(summary.systems.len() - 1);
    let systems: Vec<usize> = (0..summary.systems.len())
        .filter(|i| *i != baseline)
        .collect();
    let is_empty = systems.iter().all(|i| by_measure(page, *i).is_empty());
    if systems.len() > MOST_PICTURES || is_empty {
        return Html::default();
    }
    let several = systems.len() > 1;
    let tag = if several { "h3" } else { "h2" };
    let pictures = systems.into_iter().map(|system| {
        let heading = several.then(|| {
            html! {
                <h2>{ key(summary.colour(system)) }{ &summary.systems[system] }</h2>
            }
        });
        html! { <>{ heading.unwrap_or_default() }{ of_system(page, system, chosen, tag) }</> }
    });
    let pictures: Vec<Html> = pictures.collect();
    html! {
        <div id="effects">
            { for pictures }
            <p class="hint">{ page.locale.text("effects-hint") }</p>
        </div>
    }
}

/// `tag` is the element of the pictures' headings.
fn of_system(page: &View, system: usize, chosen: usize, tag: &'static str) -> Html {
    let t = &*page.locale;
    let by_measure = by_measure(page, system);
    let slices = page.scores.results.get(chosen);
    let by_slice = slices.map_or_else(Vec::new, |view| by_slice(page, &view.result, system));
    let room = page.width;
    let both = !by_slice.is_empty() && !by_measure.is_empty();
    let is_two = both && room >= TWO_COLUMNS;
    let width = match is_two {
        true => ((room - GAP) / 2.0).floor(),
        false => room,
    };
    let measure = slices.map_or(String::new(), |view| view.result.name.clone());
    let title = t.with("effects-by-slice", &[("measure", measure)]);
    html! {
        <div class={classes!("pictures", is_two.then_some("two"))}>
            { picture(page, [t.text("effects-by-measure"), t.text("measure")], &by_measure, width, tag) }
            { picture(page, [title, t.text("slice")], &by_slice, width, tag) }
        </div>
    }
}

fn picture(
    page: &View,
    [title, what]: [String; 2],
    rows: &[Row],
    width: f64,
    tag: &'static str,
) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    let t = &*page.locale;
    let effects: Vec<Effect> = rows.iter().map(|row| row.effect.clone()).collect();
    let chart = forest_plot(&effects, width, title.clone());
    html! {
        <div class="picture">
            <@{tag}>{ &title }</@>
            <Figure locale={page.locale.clone()} name={file_name("differences", &what)} {chart} table={table(t, &title, what, rows)} />
        </div>
    }
}

fn table(t: &Locale, title: &str, what: String, rows: &[Row]) -> Html {
    html! {
        <Table label={title.to_owned()}>
            { head([
                column(what), number_column(t.text("change")), number_column(t.text("interval")),
                number_column(t.text("effect-column")), column(t.text("chance")),
            ]) }
            <tbody>{ for rows.iter().map(|row| {
                let d = row.digits;
                let interval = row.difference.interval.map(|ends| interval_of(ends.map(|end| signed(end, d))));
                html! {
                    <tr>
                        { row_heading(row.effect.name.clone()) }
                        { number(signed(row.difference.value, d)) }
                        { number(interval.unwrap_or_default()) }
                        { number(signed(row.effect.value, 2)) }
                        { significance(row.difference.p_corrected.map(|p| (row.effect.decision, p))) }
                    </tr>
                }
            }) }</tbody>
        </Table>
    }
}

/// The system's differences under all measures that can be seen on one scale.
fn by_measure(page: &View, system: usize) -> Vec<Row> {
    let places = page.groups.iter().flat_map(|group| &group.measures);
    let rows = places.filter_map(|&place| {
        let metric = &page.scores.results.get(place)?.result;
        let result = metric.systems.get(system)?;
        let mut route = page.route.to_part(Part::Measures);
        route.query.metric = place;
        let difference = result.comparison?.difference;
        row(
            metric,
            result,
            difference,
            metric.name.clone(),
            route.href(),
        )
    });
    rows.collect()
}

/// The system's differences in the slices under one measure, the largest slices first.
fn by_slice(page: &View, metric: &MetricResult, system: usize) -> Vec<Row> {
    let Some(result) = metric.systems.get(system) else {
        return Vec::new();
    };
    let slices = result.slices.iter().filter(|s| s.kind == SliceKind::Value);
    let mut rows: Vec<(usize, Row)> = slices
        .filter_map(|slice| {
            let words = [
                ("name", slice.column.clone()),
                ("value", slice.value.clone()),
            ];
            let query = Query {
                slice: Some((slice.column.clone(), slice.value.clone())),
                ..page.route.query.clone()
            };
            let name = page.locale.with("slice-is", &words);
            let href = page.route.to_rows(query).href();
            let row = row(metric, result, slice.difference?, name, href)?;
            Some((slice.segments, row))
        })
        .collect();
    if rows.len() > MOST_SLICES {
        sort_by(&mut rows, |(a, _), (b, _)| b.cmp(a));
        rows.truncate(MOST_SLICES);
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A difference on the common scale; nothing where its rows say nothing of its size.
fn row(
    metric: &MetricResult,
    result: &SystemResult,
    difference: Difference,
    name: String,
    href: String,
) -> Option<Row> {
    let decision = metric.decision(&difference)?;
    let digits = decimals(result.interval, metric.max);
    let [value, low, high] = on_common_scale(&difference, metric.lower_is_better)?;
    Some(Row {
        effect: Effect {
            name,
            href,
            value,
            interval: difference.interval.map(|_| [low, high]),
            decision,
            written: signed(difference.value, digits),
        },
        difference,
        digits,
    })
}

/// A difference and the ends of its interval in standard deviations of the rows' differences, above 0 where the
/// system is better. The size is that of the rows, the direction that of the scores.
fn on_common_scale(difference: &Difference, lower_is_better: bool) -> Option<[f64; 3]> {
    let effect = difference.effect.filter(|e| e.is_finite() && *e != 0.0)?;
    if difference.value == 0.0 || !difference.value.is_finite() {
        return None;
    }
    let size = (effect / difference.value).abs();
    let scale = if lower_is_better { -size } else { size };
    let [low, high] = difference.interval.unwrap_or([difference.value; 2]);
    let (low, high) = (low * scale, high * scale);
    Some([difference.value * scale, low.min(high), low.max(high)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_keep_their_direction_on_the_common_scale() {
        let difference = Difference {
            effect: Some(0.5),
            interval: Some([-12.0, -4.0]),
            ..Difference::untested(-8.0)
        };
        let better = on_common_scale(&difference, true).unwrap();
        assert_eq!(better, [0.5, 0.25, 0.75]);
        let worse = on_common_scale(&difference, false).unwrap();
        assert_eq!(worse, [-0.5, -0.75, -0.25]);
        let equal = Difference {
            value: 0.0,
            ..difference
        };
        assert_eq!(on_common_scale(&equal, false), None);
        let unknown = Difference {
            effect: Some(f64::NAN),
            ..difference
        };
        assert_eq!(on_common_scale(&unknown, false), None);
    }
}
