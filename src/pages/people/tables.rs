//! The Ratings page's tables about the people: how far they agree, what divides them, which metric
//! follows them.

use crate::components::table::{
    Table, cell, column, head, number, number_column, row_heading, score,
};
use crate::pages::people::view::Props;
use crate::verdict::{decimal, interval_of, signed};
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::Divided;
use assay_rating::analysis::concord::Reading;
use assay_rating::analysis::follow::Follow;
use assay_rating::judgements::Scale;
use assay_sorting::sort_by;
use assay_stats::correlation::Correlation;
use yew::prelude::*;

/// Digits of a coefficient.
fn coefficient(value: f64) -> String {
    decimal(value, 3)
}

/// How far raters agree.
pub fn agreement(t: &Locale, view: &RatingsView) -> Html {
    let numbers = [
        "alpha",
        "interval",
        "reading",
        "raters",
        "outputs-count",
        "other-coefficients",
    ];
    let numbers = numbers.iter().map(|name| number_column(t.text(name)));
    html! {
        <section id="agreement">
            <h2>{ t.text("agreement") }</h2>
            <p class="hint">{ t.text("agreement-hint") }</p>
            <Table label={t.text("agreement")}>
                { head([column(t.text("dimension"))].into_iter().chain(numbers)) }
                <tbody>{ for view.analysis.dimensions.iter().map(|d| {
                    let c = &d.concord;
                    let reading = match c.reading {
                        Reading::Unknown => "reading-unknown",
                        Reading::Low => "reading-low",
                        Reading::Tentative => "reading-tentative",
                        Reading::Good => "reading-good",
                    };
                    let others = c.others.iter().map(|(name, value)| {
                        format!("{}{}{}", t.text(&format!("coefficient-{name}")), t.text("colon"), coefficient(*value))
                    });
                    html! {
                        <tr>
                            { row_heading(&d.dimension.name) }
                            { score(html! { <>{ c.alpha.map(coefficient).unwrap_or_default() }<small>{ " " }{ t.text(&format!("level-{}", c.level)) }</small></> }) }
                            { number(c.alpha_interval.map_or(String::new(), |i| interval_of([i.low, i.high].map(coefficient)))) }
                            { number(t.text(reading)) }
                            { number(t.count(c.raters)) }
                            { number(t.count(c.units)) }
                            <td><details><summary>{ t.text("show") }</summary>
                                <ul class="plain">{ for others.map(|o| html! { <li>{ o }</li> }) }</ul></details></td>
                        </tr>
                    }
                }) }</tbody>
            </Table>
        </section>
    }
}

/// What divides the raters most; an item whose row is known leads there.
pub fn hardest(props: &Props, view: &RatingsView) -> Html {
    let t = &*props.locale;
    let analysis = &view.analysis;
    if analysis.hardest.is_empty() {
        return Html::default();
    }
    let said = |d: &Divided| {
        let compares = analysis.dimensions[d.dimension].dimension.scale == Scale::Preference;
        let one = |(rater, value): &(usize, f64)| {
            let words = match (compares, *value as i64) {
                (false, _) => value.to_string(),
                (true, 0) => t.text("said-first"),
                (true, 1) => t.text("said-second"),
                (true, 2) => t.text("said-tie"),
                (true, _) => t.text("said-both-bad"),
            };
            format!(
                "{}{}{words}",
                analysis.raters[*rater].info.name,
                t.text("colon")
            )
        };
        d.said.iter().map(one).collect::<Vec<_>>().join(" · ")
    };
    let item = |d: &Divided| {
        let unit = &analysis.units[d.unit];
        let Some(row) = unit.row else {
            return html! { { &unit.name } };
        };
        html! { <a href={props.route.to_row(row).href()}>{ &unit.name }</a> }
    };
    html! {
        <section id="hardest">
            <h2>{ t.text("hardest") }</h2>
            <p class="hint">{ t.text("hardest-hint") }</p>
            <Table label={t.text("hardest")} frame="tall-list">
                { head(["item", "dimension", "system", "said"].map(|name| column(t.text(name)))) }
                <tbody>{ for analysis.hardest.iter().map(|d| html! {
                    <tr>
                        { cell(item(d)) }
                        { cell(&analysis.dimensions[d.dimension].dimension.name) }
                        { cell(d.system.map(|s| analysis.systems[s].clone()).unwrap_or_default()) }
                        { cell(said(d)) }
                    </tr>
                }) }</tbody>
            </Table>
        </section>
    }
}

/// Which metric follows the people.
pub fn follows(t: &Locale, view: &RatingsView) -> Html {
    let analysis = &view.analysis;
    if analysis.follows.is_empty() {
        return html! { <section id="follows"><h2>{ t.text("follows") }</h2><p>{ t.text("follows-none") }</p></section> };
    }
    let written = |c: Option<Correlation>| {
        html! {
            if let Some(c) = c {
                <span class="score">{ signed(c.value, 2) }</span>
                if let Some(ends) = c.interval { <small class="interval">{ " " }{ interval_of(ends.map(|end| signed(end, 2))) }</small> }
            }
        }
    };
    let percent = |part: f64| format!("{:.0} %", 100.0 * part);
    let systems = analysis.follows.iter().any(|f| f.systems.is_some());
    let pairs = analysis.follows.iter().any(|f| f.accuracy.is_some());
    let row = |f: &Follow| {
        html! {
            <tr>
                { cell(&analysis.dimensions[f.dimension].dimension.name) }
                { row_heading(&f.metric) }
                { number(t.count(f.segments)) }
                { number(written(f.pearson)) }
                { number(written(f.spearman)) }
                { number(written(f.kendall)) }
                if systems { { number(written(f.systems)) } }
                if pairs { { number(f.accuracy.map_or(String::new(), |(part, ends)| {
                    format!("{} {}", percent(part), interval_of(ends.map(percent)))
                })) } }
            </tr>
        }
    };
    // The best first, dimension by dimension.
    let mut sorted: Vec<&Follow> = analysis.follows.iter().collect();
    let by = |f: &Follow| f.spearman.map(|c| c.value).or(f.accuracy.map(|a| a.0));
    sort_by(&mut sorted, |a, b| {
        let value = by(b).unwrap_or(-2.0).total_cmp(&by(a).unwrap_or(-2.0));
        a.dimension.cmp(&b.dimension).then(value)
    });
    html! {
        <section id="follows">
            <h2>{ t.text("follows") }</h2>
            <p class="hint">{ t.text("follows-hint") }</p>
            <Table label={t.text("follows")}>
                <thead><tr>
                    { column(t.text("dimension")) }{ column(t.text("measure")) }{ number_column(t.text("outputs-count")) }
                    { number_column("Pearson r") }{ number_column("Spearman ρ") }{ number_column("Kendall τ") }
                    if systems { { number_column(t.text("by-system")) } }
                    if pairs { { number_column(t.text("pairs-right")) } }
                </tr></thead>
                <tbody>{ for sorted.into_iter().map(row) }</tbody>
            </Table>
        </section>
    }
}
