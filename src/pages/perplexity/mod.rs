//! The Perplexity page: a model, how texts are scored under it, and what came out.

mod example;
mod models;
mod results;
mod view;

use crate::calls::{use_answer, use_calls, use_jobs};
use crate::components::controls::choice;
use crate::components::number_field::NumberField;
use crate::components::paused_run::not_kept;
use crate::pages::perplexity::example::example;
use crate::pages::perplexity::models::model_panel;
use crate::pages::perplexity::results::results;
use crate::pages::perplexity::view::{Props, View};
use crate::route::Route;
use crate::typed::Range;
use assay_data::Role;
use assay_locale::Locale;
use assay_protocol::models::{Comparison, Perplexity, State};
use assay_protocol::views::Summary;
use assay_results::perplexity::Convention;
use assay_results::perplexity::Plan;
use yew::prelude::*;

/// The conventions and their numbers as they are chosen.
#[derive(Clone, PartialEq)]
struct Choice {
    /// The column; all outputs without one.
    column: Option<usize>,
    convention: &'static str,
    length: usize,
    stride: usize,
    chat: bool,
    cpu: bool,
}

const CONVENTIONS: [&str; 4] = ["text", "sliding", "rolling", "llama-perplexity"];

impl Choice {
    /// The chosen column, or the first where there are no systems whose outputs it could be.
    fn column_of(&self, summary: &Summary) -> Option<usize> {
        let there = self.column.filter(|&c| c < summary.columns.len());
        there.or(summary.systems.is_empty().then_some(0))
    }

    fn convention(&self) -> Convention {
        match self.convention {
            "sliding" => Convention::Sliding {
                max_length: self.length,
                stride: self.stride,
            },
            "rolling" => Convention::Rolling {
                max_length: self.length,
            },
            "llama-perplexity" => Convention::LlamaPerplexity {
                context: self.length,
            },
            _ => Convention::Text,
        }
    }
}

/// The Perplexity page.
#[function_component]
pub fn PerplexityPage(props: &Props) -> Html {
    let chosen = use_state(|| Choice {
        column: None,
        convention: "text",
        length: 512,
        stride: 256,
        chat: false,
        cpu: false,
    });
    let t = &*props.locale;
    let (calls, jobs) = (use_calls(), use_jobs());
    let (models, comparison) = (use_answer(State {}), use_answer(Comparison {}));
    let models = match models.shown(t) {
        Ok(models) => models.clone(),
        Err(instead) => return html! { <div class="page">{ instead }</div> },
    };
    let view = View {
        props,
        calls,
        models,
        comparison: comparison.reply().cloned().unwrap_or_default(),
        jobs,
    };
    html! {
        <div class="page">
            { model_panel(&view) }
            if view.is_open() {
                { settings(&view, &chosen) }
            } else if view.comparison.is_empty() {
                { example(t) }
            }
            { comparison.failure(t).unwrap_or_else(|| results(&view)) }
        </div>
    }
}

/// What can be scored: all outputs, or one column.
fn columns(t: &Locale, summary: &Summary) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    if !summary.systems.is_empty() {
        columns.push((String::new(), t.text("all-outputs")));
    }
    let named = summary.columns.iter().enumerate();
    columns.extend(named.map(|(i, c)| (i.to_string(), c.name.clone())));
    columns
}

fn settings(view: &View<'_>, chosen: &UseStateHandle<Choice>) -> Html {
    let t = &*view.props.locale;
    let Some(summary) = view
        .props
        .summary
        .as_ref()
        .filter(|s| !s.columns.is_empty())
    else {
        return html! { <section><p>{ t.text("perplexity-needs") }{ " " }<a href={Route::default().href()}>{ t.text("go-data") }</a></p></section> };
    };
    let set = |change: fn(&mut Choice, String)| {
        let chosen = chosen.clone();
        Callback::from(move |value: String| {
            let mut new = (*chosen).clone();
            change(&mut new, value);
            chosen.set(new);
        })
    };
    let set_number = |change: fn(&mut Choice, usize)| {
        let chosen = chosen.clone();
        Callback::from(move |number: usize| {
            let mut new = (*chosen).clone();
            change(&mut new, number);
            chosen.set(new);
        })
    };
    let open = || view.models.open.iter().flatten();
    let has_prompt = summary.columns.iter().any(|c| c.role == Role::Source);
    let mut texts = vec![("alone".to_owned(), t.text("score-alone"))];
    if has_prompt && open().all(|m| m.info.chat) {
        texts.push(("response".to_owned(), t.text("score-response")));
    }
    let conventions = CONVENTIONS
        .iter()
        .map(|c| ((*c).to_owned(), t.text(&format!("convention-{c}"))))
        .collect();
    let gpu = view.models.has_gpu;
    let mut places = vec![("cpu".to_owned(), t.text("cpu"))];
    if gpu {
        places.insert(0, ("gpu".to_owned(), "WebGPU".to_owned()));
    }
    let cpu = chosen.cpu || !gpu;
    let column = chosen.column_of(summary);
    let current = column.map_or(String::new(), |c| c.to_string());
    let chat = chosen.chat && texts.len() > 1;
    html! {
        <section id="perplexity-settings">
            <p class="row settings">
                { choice("column", t.text("texts"), columns(t, summary), &current, &set(|c, v| c.column = v.parse().ok())) }
                { choice("texts", t.text("scored-as"), texts, if chat { "response" } else { "alone" }, &set(|c, v| c.chat = v == "response")) }
                { choice("convention", t.text("convention"), conventions, chosen.convention, &set(|c, v| {
                    c.convention = CONVENTIONS.into_iter().find(|x| *x == v).unwrap_or("text");
                })) }
                if chosen.convention != "text" {
                    <NumberField<usize> id="length" label={t.text("window-length")} value={chosen.length} range={Range::From(1)} set={set_number(|c, n| c.length = n)} />
                }
                if chosen.convention == "sliding" {
                    <NumberField<usize> id="stride" label={t.text("stride")} value={chosen.stride} range={Range::Between(1, chosen.length.max(1))} set={set_number(|c, n| c.stride = n)} />
                }
                { choice("backend", t.text("backend"), places, if cpu { "cpu" } else { "gpu" }, &set(|c, v| c.cpu = v == "cpu")) }
            </p>
            { run_row(view, Plan { convention: chosen.convention(), column, chat }, cpu) }
        </section>
    }
}

/// Start, pause, and how far it is. A run that was paused with other settings than the form's is resumed by a button
/// of its own.
fn run_row(view: &View<'_>, plan: Plan, cpu: bool) -> Html {
    let t = &*view.props.locale;
    let run = |call: Perplexity| {
        let calls = view.calls.clone();
        Callback::from(move |_: MouseEvent| {
            calls.dismiss_all();
            calls.order(call.clone(), not_kept(&calls));
        })
    };
    let call = Perplexity { plan, cpu };
    let paused = view.models.paused.as_ref();
    let resumes = paused == Some(&call);
    let other = paused.filter(|_| !resumes).cloned().map(run);
    let label = if resumes { "resume" } else { "score-now" };
    let progress = view.progress();
    let pause = view.run().map(|job| {
        let (calls, id) = (view.calls.clone(), job.id);
        let pause = Callback::from(move |_: MouseEvent| calls.stop(id));
        html! { <button id="pause" disabled={job.is_stopping} onclick={pause}>{ t.text("pause") }</button> }
    });
    html! {
        <p class="row">
            <button id="score-perplexity" class="primary" onclick={run(call)} disabled={view.is_working()}>
                { t.text(label) }</button>
            { pause.unwrap_or_default() }
            if let Some(resume) = other {
                <button id="resume-run" onclick={resume} disabled={view.is_working()}>{ t.text("resume-paused") }</button>
            }
            if let Some(p) = progress {
                <span id="perplexity-progress" class="hint">{ t.with("texts-done", &[("done", t.count(p.done)), ("total", t.count(p.total))]) }</span>
            }
        </p>
    }
}
