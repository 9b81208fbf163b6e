//! The model worker: owns the GPU's device and one model; texts in, log-probabilities out.

use super::blob_source::BlobSource;
use super::channel::scope;
use super::http_source;
use assay_core::model::model_info;
use assay_core::model::{Command, Reply};
use assay_core::semantic::EncoderInfo;
use assay_core::surprise::Scored;
use assay_lm::arch::Shape;
use assay_lm::cpu::CpuBackend;
use assay_lm::encoder::compare;
use assay_lm::encoder::compare::Segment;
use assay_lm::encoder::{Embed, Encoder, FILES, Frequencies, Hidden, MORE_FILES, Named};
use assay_lm::gpu::{Gpu, GpuBackend, Measured};
use assay_lm::scoring::{Backend, Item, Pass, Scorer, ScoringError, TextScore};
use assay_lm::source::Source;
use assay_lm::store::Store;
use assay_lm::{Batch, Model, Tokenizer};
use assay_protocol::models::ModelInfo;
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::Convention;
use assay_results::perplexity::Tokens;
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

impl Embed for Either {
    fn embed<'a>(&'a mut self, batch: &'a Batch, layers: usize) -> Hidden<'a> {
        match self {
            Self::Cpu(backend) => backend.embed(batch, layers),
            Self::Gpu(backend) => backend.embed(batch, layers),
        }
    }

    fn tokens_at_once(&self) -> usize {
        self.batch_tokens()
    }
}

#[derive(Default)]
struct Owner {
    opened: Option<Model>,
    scorer: Option<Scorer<Either>>,
    encoder: Option<EncoderDesk>,
}

/// An encoder at work.
struct EncoderDesk {
    encoder: Encoder,
    backend: Option<Either>,
    frequencies: Frequencies,
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
        Command::OpenEncoder { paths, name, url } => {
            owner.scorer = None;
            match open_encoder(paths, name, url, files).await {
                Ok((desk, info)) => {
                    owner.encoder = Some(desk);
                    send(&Reply::EncoderOpened { info });
                }
                Err(reply) => send(&reply),
            }
        }
        Command::Load { cpu, measured } if owner.encoder.is_some() => {
            let Some(desk) = &mut owner.encoder else {
                return;
            };
            let encoder = &desk.encoder;
            let (store, shape) = (&encoder.store, &encoder.shape);
            let parts = (store, shape, encoder.parameters());
            match load_parts(parts, cpu, measured).await {
                Ok(backend) => desk.backend = Some(backend),
                Err(reply) => send(&reply),
            }
        }
        Command::Count { texts } => match &mut owner.encoder {
            Some(desk) => match compare::count(&desk.encoder, &mut desk.frequencies, &texts) {
                Ok(()) => send(&Reply::Counted),
                Err(error) => send(&failed(error)),
            },
            None => send(&failed("no encoder is open")),
        },
        Command::Compare { segments, plan } => match &mut owner.encoder {
            Some(desk) => compare_segments(desk, &segments, &plan, &stop).await,
            None => send(&failed("no encoder is open")),
        },
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
    let info = model_info(&model).await.map_err(failed)?;
    Ok((model, info))
}

/// The default encoder's files beside the page, or those of a folder that the person chose.
async fn open_encoder(
    paths: Vec<String>,
    name: String,
    url: Option<String>,
    files: Vec<Blob>,
) -> Result<(EncoderDesk, EncoderInfo), Reply> {
    let mut named: Vec<Named> = Vec::new();
    if let Some(url) = url {
        for file in FILES.iter().chain(&MORE_FILES[..1]) {
            let source = http_source::open(&format!("{url}/{file}")).await;
            let source = source.map_err(|_| {
                failed("the default encoder does not lie beside this page; choose a model's folder")
            })?;
            named.push(((*file).to_owned(), source));
        }
    }
    for (path, file) in paths.into_iter().zip(files) {
        named.push((path, Box::new(BlobSource(file))));
    }
    let encoder = Encoder::open(named).await.map_err(failed)?;
    let info = EncoderInfo {
        id: encoder.id.clone(),
        name,
        base_name: encoder.base_name.clone(),
        layers: encoder.shape.layers,
        bytes: encoder.store.bytes_of(""),
    };
    let desk = EncoderDesk {
        encoder,
        backend: None,
        frequencies: Frequencies::default(),
    };
    Ok((desk, info))
}

async fn compare_segments(
    desk: &mut EncoderDesk,
    segments: &[Segment],
    plan: &ComparePlan,
    stop: &Stop,
) {
    let Some(backend) = &mut desk.backend else {
        return send(&failed("no encoder is loaded"));
    };
    let (encoder, frequencies) = (&desk.encoder, &desk.frequencies);
    for (index, segment) in segments.iter().enumerate() {
        if stop.get() {
            break;
        }
        match compare::compare(encoder, backend, plan, frequencies, segment).await {
            Ok(rows) => send(&Reply::Compared { index, rows }),
            Err(error) => return send(&failed(error)),
        }
    }
    let program = program_memory();
    let memory = match backend {
        Either::Cpu(_) => program,
        Either::Gpu(backend) => backend.memory() as f64,
    };
    send(&Reply::Finished { memory, program });
}

async fn load(
    model: Model,
    cpu: bool,
    measured: Option<Measured>,
) -> Result<Scorer<Either>, Reply> {
    let parts = (&model.store, &model.shape, model.parameters());
    let backend = load_parts(parts, cpu, measured).await?;
    Ok(Scorer::new(model, backend))
}

/// Loads tensors and tells how it went.
async fn load_parts(
    (store, shape, parameters): (&Store, &Shape, u64),
    cpu: bool,
    measured: Option<Measured>,
) -> Result<Either, Reply> {
    let start = js_sys::Date::now();
    let progress = |done: u64| send(&Reply::Loading { done: done as f64 });
    let (backend, adapter, measured) = if cpu {
        let backend = CpuBackend::of(store, shape, progress).await;
        let backend = backend.map_err(failed)?;
        (Either::Cpu(Box::new(backend)), None, None)
    } else {
        let mut gpu = Gpu::open().await.map_err(failed)?;
        if let Some(name) = adapter_name().await {
            gpu.name = name;
        }
        let loaded = GpuBackend::of(Rc::new(gpu), store, shape, parameters, measured, progress);
        let backend = loaded.await.map_err(failed)?;
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
    Ok(backend)
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
