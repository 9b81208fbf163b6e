//! The model worker: owns the GPU's device and one model; texts in, log-probabilities out.

use super::blob_source::BlobSource;
use super::channel::scope;
use super::http_source;
use crate::lm::cpu::CpuBackend;
use crate::lm::gpu::{Gpu, GpuBackend, Measured};
use crate::lm::scoring::{Backend, Item, Pass, Scorer, ScoringError, TextScore};
use crate::lm::source::Source;
use crate::lm::windows::Convention;
use crate::lm::{Batch, Model, Tokenizer};
use crate::worker::model::{Command, ModelInfo, Reply};
use crate::worker::surprise::{Scored, Tokens};
use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, WebAssembly};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, MessageEvent};

/// Where the model runs.
enum Either {
    Cpu(Box<CpuBackend>),
    Gpu(Box<GpuBackend>),
}

impl Backend for Either {
    fn forward<'a>(&'a mut self, batch: &'a Batch) -> Pass<'a> {
        match self {
            Self::Cpu(backend) => backend.forward(batch),
            Self::Gpu(backend) => backend.forward(batch),
        }
    }

    fn batch_tokens(&self) -> usize {
        match self {
            // One core: what comes between two answers should not take long.
            Self::Cpu(_) => 128,
            Self::Gpu(backend) => backend.batch_tokens(),
        }
    }
}

#[derive(Default)]
struct Owner {
    opened: Option<Model>,
    scorer: Option<Scorer<Either>>,
}

/// Whether the texts that were not begun are to be left out.
type Stop = Rc<Cell<bool>>;

/// Listens to the data worker, which sends one command at a time; a stop comes in between.
pub fn start() {
    console_error_panic_hook::set_once();
    let owner = Rc::new(RefCell::new(Owner::default()));
    let stop = Stop::default();
    let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let field = |name: &str| Reflect::get(&data, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let files: Vec<Blob> = Array::from(&field("files"))
            .iter()
            .filter_map(|f| f.dyn_into().ok())
            .collect();
        let text = field("command").as_string().unwrap_or_default();
        match serde_json::from_str::<Command>(&text) {
            Ok(Command::Stop) => stop.set(true),
            Ok(command) => {
                stop.set(false);
                spawn_local(answer(owner.clone(), stop.clone(), command, files));
            }
            Err(_) => {}
        }
    });
    scope().set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    let gpu = Reflect::get(&scope().navigator(), &"gpu".into());
    send(&Reply::Ready {
        gpu: gpu.is_ok_and(|gpu| gpu.is_truthy()),
    });
}

fn send(reply: &Reply) {
    if let Ok(text) = serde_json::to_string(reply) {
        // Only a closed page can refuse a string.
        let _ = scope().post_message(&text.into());
    }
}

fn failed(error: impl std::fmt::Display) -> Reply {
    let sentence = error.to_string();
    Reply::Failed {
        lost: sentence.contains("the GPU was lost"),
        sentence,
    }
}

// The data worker waits for the answer before it sends the next command, so that nobody else borrows.
#[allow(clippy::await_holding_refcell_ref)]
async fn answer(owner: Rc<RefCell<Owner>>, stop: Stop, command: Command, files: Vec<Blob>) {
    let Ok(mut owner) = owner.try_borrow_mut() else {
        return send(&failed("the model worker is busy"));
    };
    match command {
        Command::Open { url } => {
            owner.scorer = None;
            match open(url, files).await {
                Ok((model, info)) => {
                    owner.opened = Some(model);
                    send(&Reply::Opened { info });
                }
                Err(reply) => send(&reply),
            }
        }
        Command::Load { cpu, measured } => {
            let Some(model) = owner.opened.take() else {
                return send(&failed("no model is open"));
            };
            match load(model, cpu, measured).await {
                Ok(scorer) => owner.scorer = Some(scorer),
                Err(reply) => send(&reply),
            }
        }
        Command::Score { items, convention } => match &mut owner.scorer {
            Some(scorer) => score(scorer, &items, convention, &stop).await,
            None => send(&failed("no model is loaded")),
        },
        Command::Stop => {}
    }
}

async fn open(url: Option<String>, files: Vec<Blob>) -> Result<(Model, ModelInfo), Reply> {
    let mut sources: Vec<Box<dyn Source>> = Vec::new();
    if let Some(url) = url {
        sources.push(http_source::open(&url).await.map_err(failed)?);
    }
    for file in files {
        sources.push(Box::new(BlobSource(file)));
    }
    let model = Model::open(sources).await.map_err(failed)?;
    let info = ModelInfo::of(&model).await.map_err(failed)?;
    Ok((model, info))
}

async fn load(
    model: Model,
    cpu: bool,
    measured: Option<Measured>,
) -> Result<Scorer<Either>, Reply> {
    let start = js_sys::Date::now();
    let progress = |done: u64| send(&Reply::Loading { done: done as f64 });
    let (backend, adapter, measured) = if cpu {
        let backend = CpuBackend::load(&model, progress).await.map_err(failed)?;
        (Either::Cpu(Box::new(backend)), None, None)
    } else {
        let mut gpu = Gpu::open().await.map_err(failed)?;
        if let Some(name) = adapter_name().await {
            gpu.name = name;
        }
        let backend = GpuBackend::load(Rc::new(gpu), &model, measured, progress)
            .await
            .map_err(failed)?;
        let adapter = backend.adapter().to_owned();
        let measured = backend.measured().clone();
        (
            Either::Gpu(Box::new(backend)),
            Some(adapter),
            Some(measured),
        )
    };
    send(&Reply::Loaded {
        adapter,
        seconds: (js_sys::Date::now() - start) / 1000.0,
        measured,
    });
    Ok(Scorer::new(model, backend))
}

/// What the browser says of the adapter, which wgpu does not pass on: maker, kind, description.
async fn adapter_name() -> Option<String> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let gpu = get(&scope().navigator(), "gpu")?;
    let request: Function = get(&gpu, "requestAdapter")?.dyn_into().ok()?;
    let promise: Promise = request.call0(&gpu).ok()?.dyn_into().ok()?;
    let info = get(&JsFuture::from(promise).await.ok()?, "info")?;
    let parts = ["vendor", "architecture", "device", "description"];
    let parts = parts
        .iter()
        .filter_map(|part| get(&info, part)?.as_string());
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Bytes of this program's memory.
fn program_memory() -> f64 {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: ArrayBuffer = memory.buffer().unchecked_into();
    f64::from(buffer.byte_length())
}

async fn score(scorer: &mut Scorer<Either>, items: &[Item], convention: Convention, stop: &Stop) {
    let tokenizer = scorer.model.tokenizer.clone();
    let mut overrun = false;
    let outcome: Result<(), ScoringError> = scorer
        .score(items, convention, |index, score| {
            overrun = score.logprobs.iter().any(|l| !l.is_finite());
            if !overrun {
                let scored = Scored {
                    row: score.statistics(),
                    tokens: shown(&tokenizer, &score, convention),
                };
                send(&Reply::Scored { index, scored });
            }
            !overrun && !stop.get()
        })
        .await;
    if overrun {
        let sentence = "the model gives no probabilities for a text: its numbers run over; try the processor, or another quantisation of the model";
        return send(&failed(sentence));
    }
    let program = program_memory();
    let memory = match &scorer.backend {
        Either::Cpu(_) => program,
        Either::Gpu(backend) => backend.memory() as f64,
    };
    match outcome {
        Ok(()) => send(&Reply::Finished { memory, program }),
        Err(error) => send(&failed(error)),
    }
}

/// The tokens as a reader sees them. Where not every token was scored, those at the end were: the
/// last has the last log-probability. llama-perplexity scores stretches; then none is told apart.
fn shown(tokenizer: &Tokenizer, score: &TextScore, convention: Convention) -> Tokens {
    let unscored = score.ids.len().saturating_sub(score.logprobs.len());
    let in_order = !matches!(convention, Convention::LlamaPerplexity { .. });
    let tokens = score.ids.iter().enumerate().map(|(i, &id)| {
        let logprob = in_order
            .then_some(i)
            .and_then(|i| i.checked_sub(unscored))
            .and_then(|i| score.logprobs.get(i));
        (tokenizer.shown(id), logprob.copied())
    });
    tokens.collect()
}
