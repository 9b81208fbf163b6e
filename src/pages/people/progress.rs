//! How far a task that was sent is: each rater's part, and the one thing to do next.

use crate::browser::files::focus;
use crate::calls::use_answer;
use crate::components::facts::{Fact, facts};
use crate::pages::people::view::Props;
use crate::route::Page;
use crate::state::gathering::{Next, next};
use assay_locale::Locale;
use assay_protocol::projects::{List, ProjectView, Sending};
use assay_rating::analysis::habits::Habits;
use assay_rating::judgements::RaterInfo;
use yew::prelude::*;

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct ProgressProps {
    /// What the page's parts have in common.
    pub page: Props,
    /// The task.
    pub project: ProjectView,
    /// Those who answered.
    pub raters: Vec<Habits>,
}

/// Numbers, raters, and what comes next.
#[function_component]
pub fn Progress(props: &ProgressProps) -> Html {
    let t = &*props.page.locale;
    let list = use_answer(List {});
    let Some(sending) = props.page.sending.clone() else {
        return Html::default();
    };
    let card = list.reply().and_then(|cards| {
        let mut cards = cards.iter();
        cards.find(|card| card.id == sending.id).cloned()
    });
    // Those to whom items are shared out see a part of them each.
    let items = card.map(|card| card.items).filter(|_| sending.slots == 0);
    let raters: Vec<&RaterInfo> = props.raters.iter().map(|r| &r.info).collect();
    let next = next(&props.project, &raters, items);
    html! {
        <div id="progress">
            { facts(numbers(t, &sending, &props.project, &raters, items)) }
            if !raters.is_empty() {
                <ul class="plain progress-list">{ for raters.iter().map(|info| rater(t, info, items)) }</ul>
            }
            <p class="row next-step" role="status"><strong>{ t.text("next") }</strong>{ next_words(props, &next) }</p>
        </div>
    }
}

fn numbers(
    t: &Locale,
    sending: &Sending,
    project: &ProjectView,
    raters: &[&RaterInfo],
    items: Option<usize>,
) -> Vec<Fact> {
    let of = match sending.slots {
        0 => String::new(),
        slots => t.with("of-count", &[("count", t.count(slots.into()))]),
    };
    let answered: usize = raters.iter().map(|info| info.answered).sum();
    let mut all = vec![Fact::new(t.text("raters"), t.count(raters.len())).note(of)];
    all.extend(items.map(|items| Fact::new(t.text("items-count"), t.count(items))));
    all.push(Fact::new(t.text("answers-in"), t.count(answered)));
    if !project.conflicts.is_empty() {
        all.push(Fact::new(
            t.text("conflicts"),
            t.count(project.conflicts.len()),
        ));
    }
    all
}

fn next_words(props: &ProgressProps, next: &Next<'_>) -> Html {
    let t = &*props.page.locale;
    match next {
        Next::Decide(count) => {
            let words = t.with("next-decide", &[("count", t.count(*count))]);
            let show = Callback::from(|_: MouseEvent| focus("#conflicts"));
            html! { <button id="next-decide" onclick={show}>{ words }</button> }
        }
        Next::Send => html! { <span>{ t.text("next-send") }</span> },
        Next::Remind(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(u16::to_string).collect();
            let numbers = numbers.join(&t.text("list-comma"));
            html! { <span>{ t.with("next-remind", &[("numbers", numbers)]) }</span> }
        }
        Next::Finish(info) => {
            let rater = [("rater", info.name.clone())];
            html! { <span>{ t.with("next-finish", &rater) }</span> }
        }
        Next::Read => read(props, "next-read"),
        Next::ReadSoFar => read(props, "next-read-so-far"),
    }
}

/// The way to the results, with the message that says how far they go.
fn read(props: &ProgressProps, key: &str) -> Html {
    let t = &*props.page.locale;
    let to = props.page.route.on_page(Page::Report);
    html! { <><span>{ t.text(key) }</span><a class="button" href={to.href()}>{ t.text("report") }</a></> }
}

/// A rater's part, as far as it is known how much it is.
fn rater(t: &Locale, info: &RaterInfo, items: Option<usize>) -> Html {
    let done = info.answered + info.skipped;
    let words = match items {
        Some(items) => t.with(
            "done-of",
            &[("done", t.count(done)), ("total", t.count(items))],
        ),
        None => t.count(done),
    };
    html! {
        <li class="row">
            <span class="progress-name">{ &info.name }</span>
            if let Some(items) = items {
                <progress max={items.to_string()} value={done.to_string()} aria-label={info.name.clone()} />
            }
            <span class="hint">{ words }</span>
            if items.is_some_and(|items| done >= items) { <span class="better">{ "✓ " }{ t.text("rater-done") }</span> }
        </li>
    }
}
