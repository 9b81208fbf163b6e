//! The strip at the foot of the page: a row for each job that runs, with how far it is, how long it takes, and
//! how to stop it.

use super::ask::Ask;
use super::context::use_page;
use crate::browser::files as browser;
use crate::calls::{use_calls, use_jobs};
use crate::components::text::megabytes;
use crate::state::models::ModelState;
use crate::state::{Job, Work};
use assay_calls::jobs::JobEntry;
use assay_calls::{Progress, Unit};
use assay_locale::Locale;
use assay_protocol::messages::Request;
use gloo::timers::callback::Interval;
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds after which the time left is told anew.
const TICK_MS: u32 = 1000;

/// What the strip shows beside the worker's jobs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Work that is no job of the worker's yet.
    pub job: Option<Job>,
    /// The models, a run of which may be paused.
    pub models: Rc<ModelState>,
}

/// The strip; empty where nothing runs.
#[function_component]
pub fn JobStrip(props: &Props) -> Html {
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
    let id = if jobs.is_empty() { "stop" } else { "stop-run" };
    let other = match (&props.job, &props.models.paused) {
        (Some(job), _) => Some(work_row(t, job, &page.ask, id)),
        (None, Some(request)) => Some(paused_row(t, props, &page.ask, request)),
        (None, None) => None,
    };
    html! { <>{ for rows }{ other.unwrap_or_default() }</> }
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
    t.with(&format!("job-{}", job.kind.name()), &words)
}

/// A run that was paused, with the way on.
fn paused_row(t: &Locale, props: &Props, ask: &Callback<Ask>, request: &Request) -> Html {
    let (done, total) = props.models.progress.unwrap_or((0, 0));
    let words = [("done", t.count(done)), ("total", t.count(total))];
    let on = |request: Request| ask.reform(move |_: MouseEvent| Ask::worker(request.clone()));
    html! {
        <div class="row job">
            <span>{ t.with("paused", &words) }</span>
            <button id="resume" class="quiet" onclick={on(request.clone())}>{ t.text("resume") }</button>
            <button id="stop" class="quiet" onclick={on(Request::Cancel)}>{ t.text("stop") }</button>
        </div>
    }
}

/// Work that is no job of the worker's yet.
fn work_row(t: &Locale, job: &Job, ask: &Callback<Ask>, id: &'static str) -> Html {
    let bytes = |done: f64, total: f64| [("done", megabytes(done)), ("total", megabytes(total))];
    let counts = |done: usize, total: usize| [("done", t.count(done)), ("total", t.count(total))];
    let text = match &job.work {
        Work::Model { done, total } => t.with("job-load-model", &bytes(*done, *total)),
        Work::Keep { done, total } => t.with("job-keep-model", &bytes(*done, *total)),
        Work::Perplexity { done, total, speed } => {
            let [done, total] = counts(*done, *total);
            let words = [done, total, ("speed", format!("{speed:.0}"))];
            t.with("job-perplexity", &words)
        }
        Work::Encode { done, total } => t.with("job-encode", &counts(*done, *total)),
        Work::Code { done, total } => t.with("job-run-programs", &counts(*done, *total)),
    };
    let on = |request: Request| ask.reform(move |_: MouseEvent| Ask::worker(request.clone()));
    let pauses = matches!(job.work, Work::Perplexity { .. } | Work::Model { .. });
    html! {
        <div class="row job">
            <progress max="1" value={job.part().to_string()} aria-label={text.clone()} />
            <span>{ text }{ time_left(t, job.seconds_left(browser::now())) }</span>
            if pauses { <button id="pause-strip" class="quiet" onclick={on(Request::Pause)}>{ t.text("pause") }</button> }
            <button {id} class="quiet" onclick={on(Request::Cancel)}>{ t.text("stop") }</button>
        </div>
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
