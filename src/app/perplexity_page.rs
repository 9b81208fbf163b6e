//! The Perplexity page: a model, how texts are scored under it, and what came out.

use super::controls::{choice, number};
use super::figure::key;
use super::locale::Locale;
use super::route::{Page, Route};
use super::shell::Ask;
use super::state::{MetricView, ModelView};
use super::verdict::decimals;
use crate::lm::windows::Convention;
use crate::metrics::registry::MetricSpec;
use crate::worker::protocol::{Request, Summary};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// What is loaded.
    pub summary: Option<Rc<Summary>>,
    /// Results so far.
    pub metrics: Rc<Vec<MetricView>>,
    /// The model that is open.
    pub model: Option<Rc<ModelView>>,
    /// Whether anything runs.
    pub working: bool,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// Where small models are to be had; links that the person follows.
const PLACES: [(&str, &str); 2] = [
    (
        "Hugging Face",
        "https://huggingface.co/models?library=gguf&sort=trending",
    ),
    ("ModelScope", "https://modelscope.cn/models?name=gguf"),
];

/// The conventions and their numbers as they are chosen.
#[derive(Clone, PartialEq)]
struct Choice {
    convention: &'static str,
    length: usize,
    stride: usize,
    chat: bool,
    cpu: bool,
}

const CONVENTIONS: [&str; 4] = ["text", "sliding", "rolling", "llama-perplexity"];

impl Choice {
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
    let t = &*props.locale;
    let chosen = use_state(|| Choice {
        convention: "text",
        length: 512,
        stride: 256,
        chat: false,
        cpu: false,
    });
    html! {
        <div class="page">
            <section id="model">
                <h1>{ t.text("perplexity") }</h1>
                <p class="hint">{ t.text("perplexity-hint") }</p>
                { model_choice(props) }
                { props.model.as_ref().map(|m| about(t, m)).unwrap_or_default() }
            </section>
            { props.model.as_ref().map(|m| settings(props, m, &chosen)).unwrap_or_default() }
            { results(props) }
        </div>
    }
}

fn model_choice(props: &Props) -> Html {
    let t = &*props.locale;
    let default = props
        .ask
        .reform(|_: MouseEvent| Ask::Worker(Request::OpenModel, Vec::new()));
    let onchange = props.ask.reform(|e: Event| {
        let input: HtmlInputElement = e.target_unchecked_into();
        let files = super::data_page::files(input.files());
        input.set_value("");
        Ask::Worker(Request::OpenModel, files)
    });
    html! {
        <>
            <p class="row">
                <button id="default-model" class="primary" onclick={default} disabled={props.working}>{ t.text("default-model") }</button>
                <label class="button">{ t.text("choose-model") }
                    <input id="model-file" class="unseen" type="file" accept=".gguf" multiple=true {onchange} /></label>
            </p>
            <p class="hint">{ t.text("model-places") }{ for PLACES.iter().map(|(name, to)| html! {
                <>{ " " }<a href={*to} target="_blank" rel="noreferrer noopener">{ *name }</a></>
            }) }</p>
        </>
    }
}

fn about(t: &Locale, model: &ModelView) -> Html {
    let info = &model.info;
    let unknown = || t.text("not-named");
    let mut facts = vec![
        ("model-family", info.family.clone()),
        ("model-kind", info.kind.clone()),
        (
            "model-parameters",
            format!("{:.0} M", info.parameters / 1e6),
        ),
        ("model-bytes", format!("{:.0} MB", info.bytes / 1e6)),
        ("model-context", t.count(info.context)),
        (
            "model-licence",
            info.licence.clone().unwrap_or_else(unknown),
        ),
    ];
    if let Some((adapter, seconds)) = &model.loaded {
        let place = adapter.clone().unwrap_or_else(|| t.text("processor"));
        facts.push(("model-adapter", place));
        facts.push(("model-seconds", format!("{seconds:.1} s")));
    }
    if let Some(speed) = model.speed {
        facts.push(("model-speed", format!("{speed:.0}")));
    }
    html! {
        <>
            <h2 id="model-name">{ &info.name }</h2>
            <p class="facts">{ for facts.into_iter().map(|(name, value)| html! {
                <span id={name}><small>{ t.text(name) }</small>{ " " }{ value }</span>
            }) }</p>
            if !model.gpu { <p class="notice">{ t.text("no-gpu") }</p> }
        </>
    }
}

fn settings(props: &Props, model: &ModelView, chosen: &UseStateHandle<Choice>) -> Html {
    let t = &*props.locale;
    let Some(summary) = props.summary.as_ref().filter(|s| !s.systems.is_empty()) else {
        return html! { <section><p>{ t.text("perplexity-needs") }{ " " }<a href="#/data">{ t.text("go-data") }</a></p></section> };
    };
    let set = |change: fn(&mut Choice, String)| {
        let chosen = chosen.clone();
        Callback::from(move |value: String| {
            let mut new = (*chosen).clone();
            change(&mut new, value);
            chosen.set(new);
        })
    };
    let has_prompt = summary
        .columns
        .iter()
        .any(|c| c.role == crate::dataset::Role::Source);
    let mut texts = vec![("alone".to_owned(), t.text("score-alone"))];
    if has_prompt && model.info.chat {
        texts.push(("response".to_owned(), t.text("score-response")));
    }
    let conventions = CONVENTIONS
        .iter()
        .map(|c| ((*c).to_owned(), t.text(&format!("convention-{c}"))))
        .collect();
    let mut places = vec![("cpu".to_owned(), t.text("processor"))];
    if model.gpu {
        places.insert(0, ("gpu".to_owned(), "WebGPU".to_owned()));
    }
    let cpu = chosen.cpu || !model.gpu;
    let request = Request::Perplexity {
        convention: chosen.convention(),
        chat: chosen.chat,
        cpu,
    };
    let start = props
        .ask
        .reform(move |_: MouseEvent| Ask::Worker(request.clone(), Vec::new()));
    let stop = props
        .ask
        .reform(|_: MouseEvent| Ask::Worker(Request::Cancel, Vec::new()));
    let partly = model
        .progress
        .is_some_and(|(done, total)| 0 < done && done < total);
    html! {
        <section id="perplexity-settings">
            <p class="row settings">
                { choice("texts", t.text("texts"), texts, if chosen.chat { "response" } else { "alone" }, &set(|c, v| c.chat = v == "response")) }
                { choice("convention", t.text("convention"), conventions, chosen.convention, &set(|c, v| {
                    c.convention = CONVENTIONS.into_iter().find(|x| *x == v).unwrap_or("text");
                })) }
                if chosen.convention != "text" {
                    { number("length", t.text("window-length"), chosen.length.to_string(), &set(|c, v| c.length = v.trim().parse().unwrap_or(c.length))) }
                }
                if chosen.convention == "sliding" {
                    { number("stride", t.text("stride"), chosen.stride.to_string(), &set(|c, v| c.stride = v.trim().parse().unwrap_or(c.stride))) }
                }
                { choice("backend", t.text("backend"), places, if cpu { "cpu" } else { "gpu" }, &set(|c, v| c.cpu = v == "cpu")) }
            </p>
            <p class="row">
                <button id="score-perplexity" class="primary" onclick={start} disabled={props.working}>
                    { t.text(if partly { "go-on" } else { "score-now" }) }</button>
                if props.working { <button onclick={stop}>{ t.text("stop") }</button> }
                if let Some((done, total)) = model.progress {
                    <span id="perplexity-progress" class="hint">{ t.with("texts-done", &[("done", t.count(done)), ("total", t.count(total))]) }</span>
                }
            </p>
        </section>
    }
}

fn results(props: &Props) -> Html {
    let t = &*props.locale;
    let found = props.metrics.iter().enumerate();
    let mut found = found.filter(|(_, m)| matches!(m.result.spec, MetricSpec::Perplexity(_)));
    let Some((index, view)) = found.next() else {
        return Html::default();
    };
    let metric = &view.result;
    let mut route = Route {
        page: Page::Overview,
        ..props.route.clone()
    };
    route.query.metric = index;
    let detail = |system: &crate::evaluation::SystemResult, name: &str| {
        let found = system.score.details.iter().find(|(n, _)| n == name);
        found.map_or(0.0, |(_, value)| *value)
    };
    html! {
        <section id="perplexity-results">
            <h2>{ t.text("perplexity") }<small>{ t.text("lower") }</small></h2>
            <div class="scroll" tabindex="0"><table>
                <thead><tr>
                    <th>{ t.text("system") }</th><th class="number">{ t.text("perplexity") }</th>
                    <th class="number">{ t.text("interval") }</th><th class="number">{ t.text("tokens") }</th>
                    <th class="number">{ t.text("bits-per-byte") }</th><th class="number">{ t.text("word-perplexity") }</th>
                </tr></thead>
                <tbody>{ for metric.systems.iter().enumerate().map(|(i, s)| {
                    let d = decimals(s.interval, 100.0);
                    let interval = s.interval.map(|v| format!("{:.d$} – {:.d$}", v.low, v.high));
                    html! {
                        <tr>
                            <th scope="row">{ key(i) }{ &s.name }</th>
                            <td class="number score">{ format!("{:.d$}", s.score.value) }</td>
                            <td class="number">{ interval.unwrap_or_default() }</td>
                            <td class="number">{ t.count(detail(s, "tokens") as usize) }</td>
                            <td class="number">{ format!("{:.3}", detail(s, "bits_per_byte")) }</td>
                            <td class="number">{ format!("{:.1}", detail(s, "word_perplexity")) }</td>
                        </tr>
                    }
                }) }</tbody>
            </table></div>
            <p class="signature"><span>{ t.text("signature") }</span>{ " " }<code>{ &metric.signature }</code></p>
            <p><a class="button" href={format!("#{}", route.to_hash())}>{ t.text("see-overview") }</a></p>
        </section>
    }
}
