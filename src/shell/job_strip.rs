//! The strip at the foot of the page: what runs, how far it is, how long it takes, and how to stop it.

use super::ask::Ask;
use crate::browser::files as browser;
use crate::state::{Job, State, Work};
use assay_locale::Locale;
use assay_protocol::messages::Request;
use yew::prelude::*;

/// The strip; empty where nothing runs.
pub fn job_strip(t: &Locale, state: &State, ask: &Callback<Ask>) -> Html {
    let Some(job) = &state.job else {
        return Html::default();
    };
    let percent = ("percent", format!("{:.0}", 100.0 * job.part()));
    let text = match &job.work {
        Work::Import { rows, .. } => t.with("importing", &[percent, ("rows", t.count(*rows))]),
        Work::Code { done, total } => {
            let words = [("done", t.count(*done)), ("total", t.count(*total))];
            t.with("running-code", &words)
        }
        Work::Score { .. } => t.with("evaluating", &[percent]),
    };
    let on = |request: Request| ask.reform(move |_: MouseEvent| Ask::worker(request.clone()));
    html! {
        <>
            <progress max="1" value={job.part().to_string()} aria-label={text.clone()} />
            <span>{ text }{ time_left(t, job) }</span>
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
