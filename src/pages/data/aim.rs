//! What is to be decided: the question that comes before the results, and which evidence is still missing for an answer.

use crate::calls::{use_answer, use_calls};
use crate::components::controls::card_button;
use crate::route::{Page, Part, Route};
use crate::shell::context::use_page;
use assay_locale::Locale;
use assay_protocol::report::{AimView, SetAim, ShowAim, TakeGoals};
use assay_protocol::scores::{Metrics, ScoresView};
use assay_report::aim::Aim;
use assay_report::evidence::{Evidence, Need};
use assay_report::written::measure;
use yew::prelude::*;

/// The panel: the choices until one is made, then what it takes.
#[function_component]
pub fn AimPanel() -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let answer = use_answer(ShowAim {});
    let scores = use_answer(Metrics {});
    let Some(view) = answer.reply() else {
        return answer.failure(t).unwrap_or_default();
    };
    let set = {
        let calls = calls.clone();
        Callback::from(move |aim: Option<Aim>| calls.order(SetAim { aim }, |()| {}))
    };
    let Some(aim) = view.aim else {
        return choices(t, &set);
    };
    let again = set.reform(|_: MouseEvent| None);
    let take = Callback::from(move |_: MouseEvent| calls.order(TakeGoals {}, |()| {}));
    let title = t.text(&format!("aim-{}", aim.name()));
    let results = scores
        .reply()
        .and_then(|scores| results(&page.route, aim, view, scores));
    let change = html! { <button class="quiet" id="aim-change" onclick={again}>{ t.text("aim-change") }</button> };
    if aim == Aim::Open {
        return html! { <section id="aim"><p class="row hint">{ title }{ change }</p></section> };
    }
    html! {
        <section id="aim">
            <h2>{ title }</h2>
            <p class="hint">{ state(t, view) }</p>
            <ul class="plain needs">{ for view.needs.iter().map(|need| row(t, need)) }</ul>
            if !view.goals.is_empty() {
                <p>{ t.text("aim-goals") }{ " " }{ view.goals.iter().map(|g| measure(&g.measure)).collect::<Vec<_>>().join(&t.text("list-comma")) }</p>
            }
            <p class="row">
                if let Some(results) = results { <a class="button" id="aim-results" href={results.href()}>{ t.text("aim-results") }</a> }
                if !view.goals.is_empty() { <button id="aim-goals" onclick={take}>{ t.text("aim-take-goals") }</button> }
                { change }
            </p>
        </section>
    }
}

/// The part of Compare, with the measure, that answers first; nothing before there is a result.
fn results(route: &Route, aim: Aim, view: &AimView, scores: &ScoresView) -> Option<Route> {
    let first = view.measures.first()?;
    let place = scores
        .results
        .iter()
        .position(|found| found.result.name == *first)?;
    let has_domains = view
        .needs
        .iter()
        .any(|need| need.evidence == Evidence::Domains && need.is_there);
    let mut route = route.to_part(match (aim, has_domains) {
        (Aim::Domain, true) => Part::Domains,
        _ => Part::Measures,
    });
    route.query.metric = place;
    Some(route)
}

/// The question, with its answers as buttons.
fn choices(t: &Locale, set: &Callback<Option<Aim>>) -> Html {
    let choice = |aim: Aim| {
        let onclick = set.reform(move |_: MouseEvent| Some(aim));
        let key = format!("aim-{}", aim.name());
        let hint = t.text(&format!("{key}-hint"));
        let title = t.text(&key);
        card_button(key, title, hint, onclick)
    };
    html! {
        <section id="aim">
            <h2>{ t.text("aim") }</h2>
            <p class="hint">{ t.text("aim-hint") }</p>
            <div class="card-buttons">{ for Aim::ALL.into_iter().map(choice) }</div>
        </section>
    }
}

/// How much of the evidence is there.
fn state(t: &Locale, view: &AimView) -> String {
    let missing = view.needs.iter().filter(|n| !n.is_there && !n.is_optional);
    match missing.count() {
        0 => t.text("aim-complete"),
        count => t.with("aim-missing", &[("count", t.count(count))]),
    }
}

/// Evidence: whether it is there, and where it is missing, the way to it.
fn row(t: &Locale, need: &Need) -> Html {
    let name = need.evidence.name();
    let (mark, class, key) = match (need.is_there, need.is_optional) {
        (true, _) => ("✓", "there", "need-there"),
        (false, true) => ("○", "optional", "need-optional"),
        (false, false) => ("!", "missing", "need-missing"),
    };
    let way = (!need.is_there).then(|| {
        let (page, words) = (place(need.evidence), t.text(&format!("need-{name}-do")));
        html! { <a class="button" href={format!("#/{}", page.name())}>{ words }</a> }
    });
    html! {
        <li key={name} id={format!("need-{name}")} class={classes!("row", class)}>
            <span class="mark" role="img" aria-label={t.text(key)} title={t.text(key)}>{ mark }</span>
            <span>{ t.text(&format!("need-{name}")) }</span>
            { way.unwrap_or_default() }
        </li>
    }
}

/// The page on which evidence is given.
fn place(evidence: Evidence) -> Page {
    match evidence {
        Evidence::Systems
        | Evidence::Measure
        | Evidence::Rows
        | Evidence::Slices
        | Evidence::Domains
        | Evidence::Latency
        | Evidence::Memory
        | Evidence::Overlap => Page::Data,
        Evidence::Perplexity => Page::Perplexity,
        Evidence::Run | Evidence::Validation => Page::Training,
        Evidence::People => Page::Task,
        Evidence::Trial => Page::Experiment,
    }
}
