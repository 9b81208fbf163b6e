//! The decision card: what measures, people and live tests say, each with its most important number, the interval of
//! that as a picture, and how much is better, worse or open.

use crate::route::Page;
use crate::verdict::Decision;
use assay_locale::Locale;
use assay_protocol::report::ReportView;
use assay_report::aim::Aim;
use assay_report::scale::Scale;
use assay_report::statements::{Area, Statement};
use assay_report::written::{change_within, evidence, measure};
use yew::prelude::*;

/// The kinds of evidence, with their names in the locale files and the page on which more can be had.
const AREAS: [(Area, &str, Page); 3] = [
    (Area::Outputs, "outputs", Page::Data),
    (Area::Trials, "trials", Page::Experiment),
    (Area::People, "people", Page::Ratings),
];

/// Pixels of a picture, in its own coordinates.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 20.0;

/// The three columns.
pub fn card(t: &Locale, view: &ReportView) -> Html {
    let order = view.goals.aim.unwrap_or(Aim::Open).areas();
    let of = |area: &Area| AREAS.iter().find(|(known, ..)| known == area);
    html! { <div class="facets">{ for order.iter().filter_map(of).map(|area| facet(t, view, area)) }</div> }
}

fn facet(t: &Locale, view: &ReportView, (area, key, page): &(Area, &str, Page)) -> Html {
    let v = &view.verdict;
    let of = |all: &'_ [Statement]| -> Vec<Statement> {
        let whole = all.iter().filter(|s| s.area == *area && s.slice.is_none());
        whole.cloned().collect()
    };
    let [worse, better, undecided] = [&v.worse, &v.better, &v.undecided].map(|all| of(all));
    let stated = v.goals.iter().filter_map(|goal| goal.statement.as_ref());
    let stated = stated.filter(|s| s.area == *area);
    let mut leading = stated.chain(&worse).chain(&better).chain(&undecided);
    let title = html! { <h2>{ t.text(&format!("facet-{key}")) }</h2> };
    let Some(leading) = leading.next() else {
        return html! {
            <section class="facet" id={format!("facet-{key}")}>{ title }
                <p class="hint">{ t.text(&format!("facet-none-{key}")) }</p>
                if !view.foreign { <p><a href={format!("#/{}", page.name())}>{ t.text(page.name()) }{ " →" }</a></p> }
            </section>
        };
    };
    let counts = [
        ("better", t.count(better.len())),
        ("worse", t.count(worse.len())),
        ("undecided", t.count(undecided.len())),
    ];
    html! {
        <section class="facet" id={format!("facet-{key}")}>
            { title }
            <p class={classes!("change", leading.decision.key())}>{ leading.decision.sign() }{ " " }{ change_within(leading.difference, leading.unit, leading.interval) }</p>
            <p>{ measure(&leading.measure) }{ " · " }{ &leading.system }</p>
            { picture(leading).unwrap_or_default() }
            <p class="hint">{ evidence(t, leading) }</p>
            <p class="hint">{ t.with("facet-counts", &counts) }</p>
        </section>
    }
}

/// The difference and its interval around no difference.
fn picture(s: &Statement) -> Option<Html> {
    let [low, high] = s
        .interval
        .filter(|ends| ends.iter().all(|e| e.is_finite()))?;
    let scale = Scale::around([low, high, 0.0].into_iter(), 4.0, WIDTH - 4.0);
    let n = |value: f64| format!("{:.1}", scale.at(value));
    let middle = format!("{:.1}", HEIGHT / 2.0);
    let class = match s.decision {
        Decision::NoEvidence => "same",
        decision => decision.key(),
    };
    Some(html! {
        <svg class="chart facet-picture" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} aria-hidden="true">
            <line class="floor" x1={n(0.0)} x2={n(0.0)} y1="0" y2={HEIGHT.to_string()} />
            <g class={classes!("ruled", class)}>
                <line x1={n(low)} x2={n(high)} y1={middle.clone()} y2={middle.clone()} />
                <circle cx={n(s.difference)} cy={middle} r="4" />
            </g>
        </svg>
    })
}
