//! The strip at the foot of the page: what runs, how far it is, how long it takes, and how to stop it.

use super::ask::Ask;
use crate::browser::files as browser;
use crate::components::text::megabytes;
use crate::state::{Job, State, Work};
use assay_locale::Locale;
use assay_protocol::messages::Request;
use yew::prelude::*;

/// What was paused, with the way on.
fn paused_strip(t: &Locale, state: &State, ask: &Callback<Ask>, request: &Request) -> Html {
    let (done, total) = state.models.progress.unwrap_or((0, 0));
    let words = [("done", t.count(done)), ("total", t.count(total))];
    let on = |request: Request| ask.reform(move |_: MouseEvent| Ask::worker(request.clone()));
    html! {
        <>
            <span>{ t.with("paused", &words) }</span>
            <button id="resume" class="quiet" onclick={on(request.clone())}>{ t.text("resume") }</button>
            <button id="stop" class="quiet" onclick={on(Request::Cancel)}>{ t.text("stop") }</button>
        </>
    }
}

/// The strip; empty where nothing runs.
pub fn job_strip(t: &Locale, state: &State, ask: &Callback<Ask>) -> Html {
    let Some(job) = &state.job else {
        let paused = state.models.paused.as_ref();
        return paused.map_or_else(Html::default, |request| {
            paused_strip(t, state, ask, request)
        });
    };
    let percent = ("percent", format!("{:.0}", 100.0 * job.part()));
    let bytes = |done: f64, total: f64| [("done", megabytes(done)), ("total", megabytes(total))];
    let text = match &job.work {
        Work::Import { rows, .. } => t.with("importing", &[percent, ("rows", t.count(*rows))]),
        Work::Model { done, total } => t.with("model-loading", &bytes(*done, *total)),
        Work::Keep { done, total } => t.with("keeping", &bytes(*done, *total)),
        Work::Perplexity { done, total, speed } => {
            let words = [
                ("done", t.count(*done)),
                ("total", t.count(*total)),
                ("speed", format!("{speed:.0}")),
            ];
            t.with("perplexing", &words)
        }
        Work::Encode { done, total } => {
            let words = [("done", t.count(*done)), ("total", t.count(*total))];
            t.with("encoding", &words)
        }
        Work::Code { done, total } => {
            let words = [("done", t.count(*done)), ("total", t.count(*total))];
            t.with("running-code", &words)
        }
        Work::Score { .. } => t.with("evaluating", &[percent]),
    };
    let on = |request: Request| ask.reform(move |_: MouseEvent| Ask::worker(request.clone()));
    let pauses = matches!(job.work, Work::Perplexity { .. } | Work::Model { .. });
    html! {
        <>
            <progress max="1" value={job.part().to_string()} aria-label={text.clone()} />
            <span>{ text }{ time_left(t, job) }</span>
            if pauses { <button id="pause-strip" class="quiet" onclick={on(Request::Pause)}>{ t.text("pause") }</button> }
            <button id="stop" class="quiet" onclick={on(Request::Cancel)}>{ t.text("stop") }</button>
        </>
    }
}

fn time_left(t: &Locale, job: &Job) -> String {
    let Some(seconds) = job.seconds_left(browser::now()) else {
        return String::new();
    };
    let (key, number) = if seconds < 90.0 {
        ("seconds-left", seconds.ceil())
    } else {
        ("minutes-left", (seconds / 60.0).ceil())
    };
    format!(
        "{}{}",
        t.text("comma"),
        t.with(key, &[("count", format!("{number:.0}"))])
    )
}
