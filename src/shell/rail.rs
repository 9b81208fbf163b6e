//! The rail: the pages in the order of the work, each with what it has.

use crate::calls::{use_answer, use_jobs};
use crate::route::Page;
use crate::shell::context::use_page;
use assay_locale::Locale;
use assay_protocol::data::Summarize;
use assay_protocol::scores::Metrics;
use assay_protocol::topics::{IMPORT, RUN_PERPLEXITY, SCORE};
use yew::prelude::*;

/// The rail.
#[function_component]
pub fn Rail() -> Html {
    let page = use_page();
    let t = &*page.locale;
    let (data, scores, jobs) = (use_answer(Summarize {}), use_answer(Metrics {}), use_jobs());
    let loaded = data.reply().and_then(|loaded| (**loaded).clone());
    let rows = loaded.as_ref().map(|loaded| loaded.summary.rows);
    let systems = loaded.as_ref().map_or(0, |l| l.summary.systems.len());
    let measures = scores.reply().map_or(0, |view| view.results.len());
    let state = |page: Page| -> Option<String> {
        let count = |key: &str, n: usize| Some(t.with(key, &[("count", t.count(n))]));
        match page {
            Page::Data => count("state-rows", rows?),
            Page::Overview if systems > 0 && measures > 0 => count("state-measures", measures),
            _ => None,
        }
    };
    let runs = |page: Page| {
        let kinds: &[_] = match page {
            Page::Data => &[IMPORT],
            Page::Overview => &[SCORE],
            Page::Perplexity => &[RUN_PERPLEXITY],
            _ => &[],
        };
        kinds.iter().any(|kind| jobs.of_kind(kind).is_some())
    };
    let steps = Page::ALL.iter().filter(|(step, _)| step.step() == *step);
    html! {
        <nav class="rail" aria-label={t.text("pages")}>{ for steps.map(|(step, name)| {
            let current = (*step == page.route.page.step()).then_some("page");
            html! {
                <a href={page.route.on_page(*step).href()} aria-current={current}>
                    <span>{ t.text(name) }</span>
                    { note(t, runs(*step), state(*step)) }
                </a>
            }
        }) }</nav>
    }
}

/// What a step has, or that it runs.
fn note(t: &Locale, runs: bool, state: Option<String>) -> Html {
    match (runs, state) {
        (true, _) => {
            html! { <span class="state running"><span class="visually-hidden">{ t.text("state-running") }</span></span> }
        }
        (false, Some(words)) => html! { <span class="state">{ words }</span> },
        (false, None) => Html::default(),
    }
}
