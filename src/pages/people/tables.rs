//! The Ratings page's tables about the people: how far they agree, what divides them, which metric
//! follows them.

use crate::pages::people::Props;
use crate::route::{Page, Route};
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::Divided;
use assay_rating::analysis::concord::Reading;
use assay_rating::analysis::follow::Follow;
use assay_rating::judgements::Scale;
use assay_stats::correlation::Correlation;
use yew::prelude::*;

/// Digits of a coefficient.
fn coefficient(value: f64) -> String {
    format!("{value:.3}")
}

fn head(t: &Locale, names: &[&str]) -> Html {
    html! {
        <thead><tr>{ for names.iter().enumerate().map(|(i, name)| html! {
            <th class={(i > 0).then_some("number")}>{ t.text(name) }</th>
        }) }</tr></thead>
    }
}

/// How far raters agree.
pub fn agreement(t: &Locale, view: &RatingsView) -> Html {
    html! {
        <section id="agreement">
            <h2>{ t.text("agreement") }</h2>
            <p class="hint">{ t.text("agreement-hint") }</p>
            <div class="scroll" tabindex="0"><table>
                { head(t, &["dimension", "alpha", "interval", "reading", "raters", "outputs-count", "other-coefficients"]) }
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
                            <th scope="row">{ &d.dimension.name }</th>
                            <td class="number score">{ c.alpha.map(coefficient).unwrap_or_default() }<small>{ " " }{ t.text(&format!("level-{}", c.level)) }</small></td>
                            <td class="number">{ c.alpha_interval.map(|i| format!("{} – {}", coefficient(i.low), coefficient(i.high))).unwrap_or_default() }</td>
                            <td class="number">{ t.text(reading) }</td>
                            <td class="number">{ t.count(c.raters) }</td>
                            <td class="number">{ t.count(c.units) }</td>
                            <td><details><summary>{ t.text("show") }</summary>
                                <ul class="plain">{ for others.map(|o| html! { <li>{ o }</li> }) }</ul></details></td>
                        </tr>
                    }
                }) }</tbody>
            </table></div>
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
        let to = Route {
            page: Page::Examples,
            row: Some(row),
            ..props.route.clone()
        };
        html! { <a href={format!("#{}", to.to_hash())}>{ &unit.name }</a> }
    };
    html! {
        <section id="hardest">
            <h2>{ t.text("hardest") }</h2>
            <p class="hint">{ t.text("hardest-hint") }</p>
            <div class="scroll tall-list" tabindex="0"><table>
                <thead><tr><th>{ t.text("item") }</th><th>{ t.text("dimension") }</th><th>{ t.text("system") }</th><th>{ t.text("said") }</th></tr></thead>
                <tbody>{ for analysis.hardest.iter().map(|d| html! {
                    <tr>
                        <td>{ item(d) }</td>
                        <td>{ &analysis.dimensions[d.dimension].dimension.name }</td>
                        <td>{ d.system.map(|s| analysis.systems[s].clone()).unwrap_or_default() }</td>
                        <td>{ said(d) }</td>
                    </tr>
                }) }</tbody>
            </table></div>
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
                <span class="score">{ format!("{:+.2}", c.value) }</span>
                if let Some([low, high]) = c.interval { <small class="interval">{ format!(" {low:+.2} – {high:+.2}") }</small> }
            }
        }
    };
    let systems = analysis.follows.iter().any(|f| f.systems.is_some());
    let pairs = analysis.follows.iter().any(|f| f.accuracy.is_some());
    let row = |f: &Follow| {
        html! {
            <tr>
                <td>{ &analysis.dimensions[f.dimension].dimension.name }</td>
                <th scope="row">{ &f.metric }</th>
                <td class="number">{ t.count(f.segments) }</td>
                <td class="number">{ written(f.pearson) }</td>
                <td class="number">{ written(f.spearman) }</td>
                <td class="number">{ written(f.kendall) }</td>
                if systems { <td class="number">{ written(f.systems) }</td> }
                if pairs { <td class="number">{ f.accuracy.map(|(part, [low, high])| {
                    format!("{:.0} % ({:.0} – {:.0})", 100.0 * part, 100.0 * low, 100.0 * high)
                }).unwrap_or_default() }</td> }
            </tr>
        }
    };
    // The best first, dimension by dimension.
    let mut sorted: Vec<&Follow> = analysis.follows.iter().collect();
    let by = |f: &Follow| f.spearman.map(|c| c.value).or(f.accuracy.map(|a| a.0));
    sorted.sort_by(|a, b| {
        let value = by(b).unwrap_or(-2.0).total_cmp(&by(a).unwrap_or(-2.0));
        a.dimension.cmp(&b.dimension).then(value)
    });
    html! {
        <section id="follows">
            <h2>{ t.text("follows") }</h2>
            <p class="hint">{ t.text("follows-hint") }</p>
            <div class="scroll" tabindex="0"><table>
                <thead><tr>
                    <th>{ t.text("dimension") }</th><th>{ t.text("measure") }</th><th class="number">{ t.text("outputs-count") }</th>
                    <th class="number">{ "Pearson r" }</th><th class="number">{ "Spearman ρ" }</th><th class="number">{ "Kendall τ" }</th>
                    if systems { <th class="number">{ t.text("by-system") }</th> }
                    if pairs { <th class="number">{ t.text("pairs-right") }</th> }
                </tr></thead>
                <tbody>{ for sorted.into_iter().map(row) }</tbody>
            </table></div>
        </section>
    }
}
