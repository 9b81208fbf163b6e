//! The answer of the Compare page: what all measures together say of each system, in a sentence.

use crate::components::charts::figure::key;
use crate::pages::overview::view::View;
use crate::verdict::{Answer, answer, decimals, signed};
use assay_locale::Locale;
use assay_protocol::scores::Resume;
use assay_protocol::views::Summary;
use assay_results::scores::MetricResult;
use assay_sorting::sort_by;
use yew::prelude::*;

/// Sentences that stand one below the other. Of more systems, those that are better on most measures come first, and
/// the rest is a click away.
const MOST_SENTENCES: usize = 3;

/// A sentence for each system that is compared, once all its tests are done, and the way to resume scoring where it was
/// stopped.
pub fn answers(page: &View, summary: &Summary) -> Html {
    let t = &*page.locale;
    let results: Vec<_> = page.scores.results.iter().map(|m| &m.result).collect();
    let baseline = page.route.baseline.min(summary.systems.len() - 1);
    if summary.systems.len() == 1 {
        let words = [("system", summary.systems[0].clone())];
        return html! { <><p class="verdict">{ t.with("one-system", &words) }</p>{ stopped(page) }</> };
    }
    let others = (0..summary.systems.len()).filter(|&i| i != baseline);
    let found = others.map(|i| (i, answer(&results, i, page.scores.metrics.len())));
    let (done, open): (Vec<_>, Vec<_>) = found.partition(|(_, found)| found.is_some());
    let mut done: Vec<(usize, Answer)> = done
        .into_iter()
        .filter_map(|(i, found)| Some((i, found?)))
        .collect();
    let is_many = done.len() + open.len() > MOST_SENTENCES;
    if is_many {
        let balance = |found: &Answer| found.better as i64 - found.worse as i64;
        sort_by(&mut done, |a, b| balance(&b.1).cmp(&balance(&a.1)));
    }
    let line = |(i, found): &(usize, Answer)| {
        let size = || size(t, &results, *i);
        html! { <>{ sentence(t, summary, baseline, *i, found) }{ found.too_few.is_none().then(size).flatten() }</> }
    };
    let awaited = |(i, _): &(usize, Option<Answer>)| {
        let words = [("system", summary.systems[*i].clone())];
        html! { <p class="verdict waiting">{ t.with("verdict-waiting", &words) }</p> }
    };
    let (first, more) = done.split_at(MOST_SENTENCES.min(done.len()));
    let waiting = open.iter().filter(|_| !is_stopped(page));
    html! {
        <>
            { for first.iter().map(line) }
            if !more.is_empty() {
                <details class="more-answers">
                    <summary>{ t.with("more-statements", &[("count", t.count(more.len()))]) }</summary>
                    { for more.iter().map(line) }
                </details>
            }
            { for waiting.take(if is_many { 1 } else { open.len() }).map(awaited) }
            { stopped(page) }
        </>
    }
}

/// Whether scoring was stopped, and nothing of it goes on.
fn is_stopped(page: &View) -> bool {
    page.scores.is_stopped && !page.scoring
}

/// That scoring was stopped, and the way to resume it.
fn stopped(page: &View) -> Html {
    if !is_stopped(page) {
        return Html::default();
    }
    let t = &*page.locale;
    let calls = page.calls.clone();
    let resume = Callback::from(move |_: MouseEvent| calls.order(Resume {}, |()| {}));
    html! {
        <p class="row"><span class="waiting">{ t.text("verdict-stopped") }</span>
            <button id="resume-scoring" class="primary" onclick={resume}>{ t.text("resume") }</button></p>
    }
}

/// The difference under the first measure that can decide, with its certainty and its size in words.
fn size(t: &Locale, results: &[&MetricResult], system: usize) -> Option<Html> {
    let metric = results.iter().find(|metric| !metric.info.describes)?;
    let result = metric.systems.get(system)?;
    let difference = result.comparison?.difference;
    let [low, high] = difference.interval?;
    let d = decimals(result.interval, metric.max);
    let words = [
        ("measure", metric.name.clone()),
        ("change", signed(difference.value, d)),
        ("low", signed(low, d)),
        ("high", signed(high, d)),
        (
            "size",
            t.text(&format!("effect-{}", difference.size()?.name())),
        ),
    ];
    Some(html! { <p class="size">{ t.with("answer-size", &words) }</p> })
}

fn sentence(t: &Locale, summary: &Summary, baseline: usize, system: usize, found: &Answer) -> Html {
    let few = found.too_few.unwrap_or_default();
    let words = [
        ("system", summary.systems[system].clone()),
        ("baseline", summary.systems[baseline].clone()),
        ("better", found.better.to_string()),
        ("worse", found.worse.to_string()),
        ("total", found.total.to_string()),
        ("units", t.count(few[0])),
        ("needed", t.count(few[1])),
    ];
    let worse = found.worse_slices.iter().map(|(name, value, count)| {
        let words = [
            ("name", name.clone()),
            ("value", value.clone()),
            ("count", count.to_string()),
        ];
        html! { <li>{ t.with("verdict-slice", &words) }</li> }
    });
    html! {
        <>
            <p class="verdict">{ key(summary.colour(system)) }{ t.with(found.key(), &words) }</p>
            if !found.worse_slices.is_empty() { <ul class="worse-slices">{ for worse }</ul> }
        </>
    }
}
