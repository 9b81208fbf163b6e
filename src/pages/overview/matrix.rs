//! The table of all systems under all measures: scores with their intervals as numbers and as bars on the measure's
//! own scale, and the changes from the baseline.

use crate::components::charts::figure::{colour, key};
use crate::components::table::{Table, column, head, number, number_column};
use crate::components::text_field::{FieldKind, TextField};
use crate::pages::overview::measure_groups::MANY;
use crate::pages::overview::view::View;
use crate::verdict::{Decision, decimal, decimals, p_text, signed, undecided_key};
use assay_locale::Locale;
use assay_protocol::views::Summary;
use assay_results::scores::{MetricResult, SystemResult};
use yew::prelude::*;

/// Systems from which cells are shaded by how good they are: with fewer the numbers say it sooner.
const FEWEST_SHADED: usize = 4;
/// Shades of a cell, from none to the best.
const SHADES: f64 = 4.0;
/// The width of a bar's coordinates; a bar is as wide as its cell has room.
const BAR: f64 = 100.0;

/// All systems under all measures, in groups; where there are many, with a search. Rows whose results are still to come
/// keep their places.
pub fn matrix(page: &View, summary: &Summary, chosen: usize) -> Html {
    let t = &*page.locale;
    let is_long = page.scores.metrics.len() >= MANY;
    let sought = page.sought.trim().to_lowercase();
    let is_found = |place: &usize| !is_long || name(page, *place).to_lowercase().contains(&sought);
    let groups = page.groups.iter().map(|group| {
        let found: Vec<usize> = group.measures.iter().copied().filter(is_found).collect();
        (group.heading, found)
    });
    let groups: Vec<_> = groups.filter(|(_, found)| !found.is_empty()).collect();
    let columns = summary.systems.len() + 1;
    html! {
        <>
            if is_long {
                <TextField id="find-measure" label={t.text("find-measure")} kind={FieldKind::Search} value={page.sought.clone()} set={page.seek.clone()} />
            }
            <Table label={t.text("overview")} id="scores" class="matrix">
                { heads(page, summary) }
                { for groups.iter().map(|(heading, found)| html! {
                    <tbody>
                        if let Some(heading) = heading {
                            <tr class="group"><th scope="rowgroup" colspan={columns.to_string()}>{ heading.text(t) }</th></tr>
                        }
                        { for found.iter().map(|&place| row(page, summary, place, chosen)) }
                    </tbody>
                }) }
            </Table>
            if groups.is_empty() { <p class="hint">{ t.text("find-measure-none") }</p> }
        </>
    }
}

/// The name of a measure, with what its result adds to it.
fn name(page: &View, place: usize) -> &str {
    let result = page.scores.results.get(place).map(|view| &view.result.name);
    result.unwrap_or(&page.scores.metrics[place].name)
}

/// A column for each system.
fn heads(page: &View, summary: &Summary) -> Html {
    let t = &*page.locale;
    let baseline = page.route.baseline.min(summary.systems.len() - 1);
    let systems = summary.systems.iter().enumerate().map(|(i, name)| {
        number_column(html! { <>
            { key(page.colour(i)) }{ name }
            if i == baseline { <small>{ " · " }{ t.text("is-baseline") }</small> }
        </> })
    });
    head([column(t.text("measure"))].into_iter().chain(systems))
}

/// All systems under one measure.
fn row(page: &View, summary: &Summary, place: usize, chosen: usize) -> Html {
    let t = &*page.locale;
    let mut route = page.route.clone();
    route.query.metric = place;
    let view = page.scores.results.get(place);
    let is_chosen = place == chosen;
    let lower = view.is_some_and(|v| v.result.lower_is_better);
    let scale = view.map(|v| RowScale::of(&v.result));
    let best = view.and_then(|v| best(&v.result));
    let (arrow, way) = if lower {
        (" ↓", "lower")
    } else {
        (" ↑", "higher")
    };
    html! {
        <tr class={classes!(is_chosen.then_some("chosen"))}>
            <th scope="row"><a href={route.href()} aria-current={is_chosen.then_some("true")}>{ name(page, place) }</a>
                <small title={t.text(way)}>{ arrow }</small></th>
            { for (0..summary.systems.len()).map(|s| {
                let found = view.and_then(|v| Some((v.result.systems.get(s)?, &v.result)));
                let Some((system, metric)) = found else {
                    return number(html! { <span class="waiting">{ "…" }</span> });
                };
                let heat = heat(page, metric, system, best);
                let bar = scale.and_then(|scale| scale.bar(page.colour(s), system));
                html! { <td class={classes!("number", heat)}>{ cell(t, system, metric) }{ bar.unwrap_or_default() }</td> }
            }) }
        </tr>
    }
}

fn cell(t: &Locale, system: &SystemResult, metric: &MetricResult) -> Html {
    let d = decimals(system.interval, metric.max);
    let interval = system
        .interval
        .map(|i| format!(" ± {:.d$}", i.half_width()));
    let change = system.comparison.as_ref().map(|c| {
        let verdict = metric.decision(&c.difference);
        let class = verdict.map_or("waiting", Decision::key);
        let words = match (verdict, c.difference.p_corrected) {
            // The bootstrap gives identical outputs a small p that means nothing.
            (Some(Decision::NoEvidence), _) if c.difference.value == 0.0 => t.text("same"),
            (Some(Decision::NoEvidence), Some(p)) => {
                let why = t.text(undecided_key(metric, &c.difference));
                format!("{why}{}{}", t.text("comma"), p_text(p))
            }
            (_, Some(p)) => p_text(p),
            _ => "…".into(),
        };
        let sign = verdict.map_or("", Decision::sign);
        html! { <span class={classes!("change", class)}>{ sign }{ " " }{ signed(c.difference.value, d) }{ t.text("comma") }{ words }</span> }
    });
    html! {
        <>
            <span class="score">{ decimal(system.score.value, d) }</span>
            <span class="interval">{ interval.unwrap_or_default() }</span>
            { change.unwrap_or_default() }
        </>
    }
}

/// The ends of what a measure's bars show.
#[derive(Debug, Clone, Copy)]
struct RowScale {
    low: f64,
    high: f64,
}

impl RowScale {
    /// From the lowest to the highest end of the systems' intervals.
    fn of(metric: &MetricResult) -> Self {
        let ends = metric.systems.iter().flat_map(|system| {
            let interval = system.interval.map(|i| [i.low, i.high]);
            interval.unwrap_or([system.score.value; 2])
        });
        let ends = ends.filter(|end| end.is_finite());
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), end| {
            (l.min(end), h.max(end))
        });
        Self { low, high }
    }

    fn at(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low) * BAR
    }

    /// A system's score and interval as a bar; nothing where all systems have one and the same score.
    fn bar(self, place: usize, system: &SystemResult) -> Option<Html> {
        let interval = system.interval?;
        if self.high.partial_cmp(&self.low) != Some(std::cmp::Ordering::Greater) {
            return None;
        }
        let n = |v: f64| format!("{v:.1}");
        let [low, high] = [interval.low, interval.high].map(|end| self.at(end));
        let score = self.at(system.score.value).clamp(1.0, BAR - 1.0);
        Some(html! {
            <svg class="inline-bar" viewBox={format!("0 0 {BAR} 6")} preserveAspectRatio="none" aria-hidden="true">
                <rect class="track" x="0" y="2.5" width={n(BAR)} height="1" />
                <g class={colour(place)}>
                    <rect class="range" x={n(low)} y="1.5" width={n((high - low).max(0.5))} height="3" />
                    <rect class="point" x={n(score - 1.0)} y="0" width="2" height="6" />
                </g>
            </svg>
        })
    }
}

/// The lowest and highest scores, from the worst to the best.
fn best(metric: &MetricResult) -> Option<[f64; 2]> {
    let scores = metric.systems.iter().map(|s| s.score.value);
    let scores: Vec<f64> = scores.filter(|score| score.is_finite()).collect();
    let lowest = scores.iter().copied().reduce(f64::min)?;
    let highest = scores.iter().copied().reduce(f64::max)?;
    Some(match metric.lower_is_better {
        true => [highest, lowest],
        false => [lowest, highest],
    })
}

/// How a cell is shaded among those of many systems, and whether its system is the best.
fn heat(
    page: &View,
    metric: &MetricResult,
    system: &SystemResult,
    ends: Option<[f64; 2]>,
) -> Classes {
    let many = page.summary.as_ref().map_or(0, |s| s.systems.len()) >= FEWEST_SHADED;
    let Some([worst, best]) = ends.filter(|_| many && !metric.info.describes) else {
        return Classes::new();
    };
    let share = (system.score.value - worst) / (best - worst);
    if !share.is_finite() {
        return Classes::new();
    }
    let shade = format!("heat{}", (share * SHADES).round() as usize);
    classes!(shade, (share == 1.0).then_some("best"))
}
