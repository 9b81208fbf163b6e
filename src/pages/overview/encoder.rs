//! The part of the Compare page where outputs are compared by meaning: an encoder is chosen, and BERTScore and
//! the cosine of sentences then stand among the other measures.

use crate::browser::files::path_in_folder;
use crate::browser::single_file::is_single_file;
use crate::calls::{use_answer, use_calls, use_jobs};
use crate::components::controls::choice;
use crate::components::file_button::{Choice, FileButton};
use crate::components::number_field::NumberField;
use assay_locale::Locale;
use assay_protocol::models::{Encode, Encoded, ForgetEncoded, State};
use assay_results::encoder::DEFAULT_ENCODER;
use assay_results::encoder::Plan;
use assay_web_calls::Attachments;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
}

/// A folder that the person chose.
#[derive(Clone, PartialEq)]
struct Folder {
    name: String,
    paths: Vec<String>,
    files: Vec<File>,
}

/// The file of weights.
const WEIGHTS: &str = "model.safetensors";

impl Folder {
    /// The files that count, by their paths within the folder; whatever else lies there stays.
    fn of(files: Vec<File>) -> Self {
        let first = files.first().map(path_in_folder).unwrap_or_default();
        let name = first.split('/').next().unwrap_or_default().to_owned();
        let within = |path: &str| match path.split_once('/') {
            Some((_, rest)) => rest.to_owned(),
            None => path.to_owned(),
        };
        let counts = |path: &str| path.ends_with(".json") || path == WEIGHTS;
        let kept = files.into_iter().map(|f| (within(&path_in_folder(&f)), f));
        let (paths, files) = kept.filter(|(p, _)| counts(p)).unzip();
        Self { name, paths, files }
    }
}

/// The panel.
#[function_component]
pub fn EncoderPanel(props: &Props) -> Html {
    let t = &*props.locale;
    let calls = use_calls();
    let working = !use_jobs().is_empty();
    let models = use_answer(State {});
    let encoded = models.reply().and_then(|models| models.encoded.as_ref());
    let folder = use_state(|| None::<Folder>);
    let layers = use_state(|| 0usize);
    let idf = use_state(|| false);
    let cpu = use_state(|| false);
    let choose = {
        let folder = folder.clone();
        Callback::from(move |files: Vec<File>| folder.set(Some(Folder::of(files))))
    };
    let run = {
        let (folder, plan) = (
            folder.clone(),
            Plan {
                layers: *layers,
                idf: *idf,
            },
        );
        let (calls, cpu) = (calls.clone(), *cpu);
        Callback::from(move |_: MouseEvent| {
            let chosen = (*folder).clone().unwrap_or(Folder {
                name: DEFAULT_ENCODER.to_owned(),
                paths: Vec::new(),
                files: Vec::new(),
            });
            let call = Encode {
                plan: plan.clone(),
                paths: chosen.paths,
                name: chosen.name,
                cpu,
            };
            calls.dismiss_all();
            calls.order_with(call, Attachments::files(chosen.files), |_| {});
        })
    };
    let default = {
        let folder = folder.clone();
        Callback::from(move |_: MouseEvent| folder.set(None))
    };
    let forget = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(ForgetEncoded {}, |()| {}))
    };
    let lacks_encoder = is_single_file() && folder.is_none();
    let name = folder.as_ref().map_or(DEFAULT_ENCODER, |f| &f.name);
    let set_layers = {
        let layers = layers.clone();
        Callback::from(move |n: usize| layers.set(n))
    };
    let yes_no = |state: &UseStateHandle<bool>| {
        let state = state.clone();
        Callback::from(move |value: String| state.set(value == "true"))
    };
    let options = |keys: [&str; 2]| {
        let values = ["false", "true"].iter().zip(keys);
        values
            .map(|(v, key)| ((*v).to_owned(), t.text(key)))
            .collect()
    };
    html! {
        <details id="encoder">
            <summary>{ t.text("by-meaning") }</summary>
            <p class="hint">{ t.text("by-meaning-hint") }</p>
            if is_single_file() { <p class="hint">{ t.text("by-meaning-alone") }</p> }
            <p class="row">
                <span>{ t.text("encoder-name") }{ " " }<strong id="encoder-name">{ name }</strong></span>
                <FileButton id="encoder-files" label={t.text("choose-encoder")} choice={Choice::Folder} open={choose} />
                if folder.is_some() { <button class="quiet" onclick={default}>{ t.text("default-encoder") }</button> }
            </p>
            <p class="row settings">
                <NumberField<usize> id="encoder-layers" label={t.text("encoder-layers")} value={*layers} set={set_layers} />
                { choice("encoder-idf", t.text("encoder-idf"), options(["no", "yes"]), &idf.to_string(), &yes_no(&idf)) }
                { choice("encoder-cpu", t.text("backend"), options(["runs-gpu", "cpu"]), &cpu.to_string(), &yes_no(&cpu)) }
            </p>
            <p class="row">
                <button id="encode" class="primary" disabled={working || lacks_encoder} onclick={run}>{ t.text("encode") }</button>
                if encoded.is_some() { <button id="forget-encoded" class="quiet" disabled={working} onclick={forget}>{ t.text("forget-encoded") }</button> }
            </p>
            if let Some(done) = encoded { <p class="hint" id="encoded">{ sentence(t, done) }</p> }
        </details>
    }
}

fn sentence(t: &Locale, done: &Encoded) -> String {
    let place = done.adapter.clone().unwrap_or_else(|| t.text("cpu"));
    let words = [
        ("name", done.name.clone()),
        ("layers", t.count(done.layers)),
        ("place", place),
    ];
    t.with("encoded-by", &words)
}
