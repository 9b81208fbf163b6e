//! The strip at the foot of the page: a row for each job that runs, with how far it is, how long it takes, and
//! how to stop it.

use super::context::use_page;
use crate::browser::files as browser;
use crate::calls::{use_calls, use_jobs};
use crate::components::text::megabytes;
use assay_calls::jobs::JobEntry;
use assay_calls::{Progress, Unit};
use assay_locale::Locale;
use assay_protocol::topics::IMPORT;
use gloo::timers::callback::Interval;
use yew::prelude::*;

/// Milliseconds after which the time left is told anew.
const TICK_MS: u32 = 1000;

/// The strip; empty where nothing runs.
#[function_component]
pub fn JobStrip() -> Html {
    let page = use_page();
    let calls = use_calls();
    let jobs = use_jobs();
    use_clock(!jobs.is_empty());
    let t = &*page.locale;
    let rows = jobs.iter().enumerate().map(|(place, job)| {
        let (calls, id) = (calls.clone(), job.id);
        let stop = Callback::from(move |_: MouseEvent| calls.stop(id));
        let id = if place == 0 { "stop".to_owned() } else { format!("stop-{}", job.id.0) };
        let fraction = job.progress.and_then(|p| p.fraction());
        let text = job_text(t, job);
        let left = time_left(t, job.seconds_left(browser::now()));
        html! {
            <div class="row job" key={job.id.0}>
                <progress max="1" value={fraction.map(|f| f.to_string())} aria-label={text.clone()} />
                <span>{ text }{ left }</span>
                <button {id} class="quiet" disabled={job.is_stopping} onclick={stop}>{ t.text("stop") }</button>
            </div>
        }
    });
    html! { <>{ for rows }</> }
}

/// Shows the component anew every second while `runs`.
#[hook]
fn use_clock(runs: bool) {
    let update = use_force_update();
    use_effect_with(runs, move |runs| {
        let clock = runs.then(|| Interval::new(TICK_MS, move || update.force_update()));
        move || drop(clock)
    });
}

/// A job in words: the message of its kind.
fn job_text(t: &Locale, job: &JobEntry) -> String {
    let progress = job.progress.unwrap_or(Progress::new(0.0, 0.0, Unit::Tasks));
    let amount = |value: f64| match progress.unit {
        Unit::Bytes => megabytes(value),
        _ => t.count(value as usize),
    };
    let percent = 100.0 * progress.fraction().unwrap_or(0.0);
    let words = [
        ("percent", format!("{percent:.0}")),
        ("done", amount(progress.done)),
        ("total", amount(progress.total)),
        (
            "speed",
            format!("{:.0}", progress.per_second.unwrap_or(0.0)),
        ),
    ];
    let is_rows = job.kind == IMPORT && progress.unit == Unit::Rows;
    match is_rows {
        true => t.with("job-import-rows", &words),
        false => t.with(&format!("job-{}", job.kind.name()), &words),
    }
}

fn time_left(t: &Locale, seconds: Option<f64>) -> String {
    let Some(seconds) = seconds else {
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
