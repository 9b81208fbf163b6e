//! The models on the Perplexity page: how one is opened, what it is, how it did, and what is kept on
//! this device.

use crate::browser::single_file::is_single_file;
use crate::components::facts::{Fact, facts};
use crate::components::file_button::{Choice, FileButton};
use crate::components::text::megabytes;
use crate::pages::perplexity::view::View;
use assay_calls::Call;
use assay_locale::Locale;
use assay_protocol::models::{
    AddAdapter, Close, Keep, Open, OpenKept, OpenModelView, Remove, RemoveScores,
};
use assay_web_calls::Attachments;
use web_sys::File;
use yew::prelude::*;

/// Where small models are to be had; links that the person follows.
const PLACES: [(&str, &str); 2] = [
    (
        "Hugging Face",
        "https://huggingface.co/models?library=gguf&sort=trending",
    ),
    ("ModelScope", "https://modelscope.cn/models?name=gguf"),
];

/// Endings of the elements' ids, by place.
const PLACE: [&str; 2] = ["", "-2"];

/// Orders a call at each click; notices of what was tried before go away.
fn order<C: Call + Clone>(view: &View<'_>, call: C) -> Callback<MouseEvent> {
    let calls = view.calls.clone();
    Callback::from(move |_: MouseEvent| {
        calls.dismiss_all();
        calls.order(call.clone(), |_| {});
    })
}

/// Both places, and what is kept.
pub fn model_panel(view: &View<'_>) -> Html {
    let t = &*view.props.locale;
    let open = &view.models.open;
    html! {
        <section id="model">
            <h1>{ t.text("perplexity") }</h1>
            <p class="hint">{ t.text("perplexity-hint") }</p>
            <div class={classes!("models", open.iter().any(Option::is_some).then_some("two"))}>
                { place(view, 0) }
                if open.iter().any(Option::is_some) { { place(view, 1) } }
            </div>
            { kept(view) }
        </section>
    }
}

fn place(view: &View<'_>, slot: usize) -> Html {
    let t = &*view.props.locale;
    let heading = if slot == 0 { "model" } else { "second-model" };
    match &view.models.open[slot] {
        Some(model) => about(view, slot, model),
        None => html! {
            <div class="model" id={format!("model{}", PLACE[slot] )}>
                <h2>{ t.text(heading) }</h2>
                { chooser(view, slot) }
            </div>
        },
    }
}

fn chooser(view: &View<'_>, slot: usize) -> Html {
    let t = &*view.props.locale;
    let calls = view.calls.clone();
    let open = Callback::from(move |files: Vec<File>| {
        calls.dismiss_all();
        calls.order_with(Open { slot }, Attachments::files(files), |_| {});
    });
    let end = PLACE[slot];
    html! {
        <>
            <p class="row">
                if !is_single_file() {
                    <button id={format!("default-model{end}")} class={(slot == 0).then_some("primary")} disabled={view.is_working()}
                        onclick={order(view, Open { slot })}>{ t.text("default-model") }</button>
                }
                <FileButton id={format!("model-file{end}")} label={t.text("choose-model")} choice={Choice::Files} accept=".gguf" {open} />
                { for view.models.kept.iter().map(|model| {
                    let call = OpenKept { slot, id: model.id.clone() };
                    let words = [("name", model.name.clone()), ("size", megabytes(model.bytes))];
                    html! { <button class="kept-model" disabled={view.is_working()} onclick={order(view, call)}>{ t.with("use-kept", &words) }</button> }
                }) }
            </p>
            if slot == 1 && view.models.open[0].is_some() { { adapter_chooser(view) } }
            if slot == 0 {
                <p class="hint">{ t.text(if is_single_file() { "model-places-alone" } else { "model-places" }) }{ for PLACES.iter().map(|(name, to)| html! {
                    <>{ " " }<a href={*to} target="_blank" rel="noreferrer noopener">{ *name }</a></>
                }) }</p>
            }
        </>
    }
}

/// The base model with a LoRA adapter as the second model.
fn adapter_chooser(view: &View<'_>) -> Html {
    let t = &*view.props.locale;
    let calls = view.calls.clone();
    let open = Callback::from(move |files: Vec<File>| {
        calls.dismiss_all();
        let call = AddAdapter { strength: 1.0 };
        calls.order_with(call, Attachments::files(files), |_| {});
    });
    html! {
        <p class="row">
            <FileButton id="add-adapter" label={t.text("add-adapter")} choice={Choice::Files} accept=".gguf,.safetensors,.json,.bin" {open} />
            <span class="hint">{ t.text("add-adapter-hint") }</span>
        </p>
    }
}

fn about(view: &View<'_>, slot: usize, model: &OpenModelView) -> Html {
    let t = &*view.props.locale;
    let end = PLACE[slot];
    let is_kept = view.models.kept.iter().any(|k| k.id == model.info.id);
    let heading = if slot == 0 { "model" } else { "second-model" };
    html! {
        <div class="model">
            <h2 id={format!("model-name{end}")}>{ &model.info.name }<small>{ t.text(heading) }</small></h2>
            { facts(figures(t, model).into_iter().map(|(name, value)| Fact::new(t.text(name), value).id(format!("{name}{end}")))) }
            <p class="row">
                if !is_kept && !model.is_adapted {
                    <button id={format!("keep-model{end}")} disabled={view.is_working()} onclick={order(view, Keep { slot })}>
                        { t.with("keep-model", &[("size", megabytes(model.info.bytes))]) }</button>
                }
                <button id={format!("close-model{end}")} class="quiet" onclick={order(view, Close { slot })}>{ t.text("close") }</button>
            </p>
            if !view.models.has_gpu { <p class="notice">{ t.text("no-gpu") }</p> }
            if is_software(model) { <p class="notice">{ t.text("software-gpu") }</p> }
        </div>
    }
}

/// Whether WebGPU is done by the processor here: adapters that are known to be that.
fn is_software(model: &OpenModelView) -> bool {
    let adapter = model.figures.adapter.as_deref().unwrap_or("");
    let adapter = adapter.to_lowercase();
    ["swiftshader", "llvmpipe", "basic render"]
        .iter()
        .any(|name| adapter.contains(name))
}

/// What the file is and needs, then what was measured.
fn figures(t: &Locale, model: &OpenModelView) -> Vec<(&'static str, String)> {
    let (info, measured) = (&model.info, &model.figures);
    let licence = info.licence.clone().unwrap_or_else(|| t.text("not-named"));
    let parameters = match info.parameters {
        n if n < 1e9 => format!("{:.0} M", n / 1e6),
        n => format!("{:.1} B", n / 1e9),
    };
    let mut facts = vec![
        ("model-family", info.family.clone()),
        ("model-kind", info.kind.clone()),
        ("model-parameters", parameters),
        ("model-bytes", megabytes(info.bytes)),
        ("model-context", t.count(info.context)),
        ("model-licence", licence),
    ];
    if measured.load_seconds == 0.0 {
        facts.push(("model-needs", megabytes(info.needs)));
        return facts;
    }
    let place = measured.adapter.clone();
    let on_gpu = place.is_some();
    facts.push(("model-adapter", place.unwrap_or_else(|| t.text("cpu"))));
    facts.push(("model-seconds", format!("{:.1} s", measured.load_seconds)));
    if let Some(speed) = measured.tokens_per_second {
        facts.push(("model-speed", format!("{speed:.1}")));
    }
    if let Some(memory) = measured.memory {
        let name = if on_gpu {
            "model-memory"
        } else {
            "model-cpu-memory"
        };
        facts.push((name, megabytes(memory)));
    }
    facts
}

/// What is kept on this device, with its size, each to be removed.
fn kept(view: &View<'_>) -> Html {
    let t = &*view.props.locale;
    let models = &view.models;
    if models.kept.is_empty() && models.score_bytes == 0.0 {
        return Html::default();
    }
    let line = |name: String, bytes: f64, remove: Callback<MouseEvent>| {
        let label = t.with("remove-name", &[("name", name.clone())]);
        html! {
            <li class="row">{ name }{ " " }<span class="hint">{ megabytes(bytes) }</span>
                <button class="quiet remove" aria-label={label} disabled={view.is_working()} onclick={remove}>{ t.text("remove") }</button></li>
        }
    };
    html! {
        <details id="kept">
            <summary>{ t.text("kept") }</summary>
            <ul class="plain">
                { for models.kept.iter().map(|m| line(m.name.clone(), m.bytes, order(view, Remove { id: m.id.clone() }))) }
                if models.score_bytes > 0.0 { { line(t.text("kept-scores"), models.score_bytes, order(view, RemoveScores {})) } }
            </ul>
        </details>
    }
}
