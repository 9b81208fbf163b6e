//! The model worker: owns the GPU's device and one model; texts in, log-probabilities out.

use super::blob_source::BlobSource;
use super::channel::scope;
use crate::lm::cpu::CpuBackend;
use crate::lm::gpu::{Gpu, GpuBackend};
use crate::lm::scoring::{Backend, Item, Pass, Scorer, ScoringError, TextScore};
use crate::lm::source::Source;
use crate::lm::windows::Convention;
use crate::lm::{Batch, Model};
use crate::worker::model::{Command, ModelInfo, Reply};
use js_sys::{Array, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
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

/// Listens to the data worker, which sends one command at a time.
pub fn start() {
    console_error_panic_hook::set_once();
    let owner = Rc::new(RefCell::new(Owner::default()));
    let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let field = |name: &str| Reflect::get(&data, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let files: Vec<Blob> = Array::from(&field("files"))
            .iter()
            .filter_map(|f| f.dyn_into().ok())
            .collect();
        let text = field("command").as_string().unwrap_or_default();
        if let Ok(command) = serde_json::from_str::<Command>(&text) {
            spawn_local(answer(owner.clone(), command, files));
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
async fn answer(owner: Rc<RefCell<Owner>>, command: Command, files: Vec<Blob>) {
    let Ok(mut owner) = owner.try_borrow_mut() else {
        return send(&failed("the model worker is busy"));
    };
    match command {
        Command::Open => {
            let sources = files
                .into_iter()
                .map(|f| Box::new(BlobSource(f)) as Box<dyn Source>);
            owner.scorer = None;
            match Model::open(sources.collect()).await {
                Ok(model) => {
                    let info = ModelInfo::of(&model);
                    owner.opened = Some(model);
                    send(&Reply::Opened { info });
                }
                Err(error) => send(&failed(error)),
            }
        }
        Command::Load { cpu } => {
            let Some(model) = owner.opened.take() else {
                return send(&failed("no model is open"));
            };
            match load(model, cpu).await {
                Ok(scorer) => owner.scorer = Some(scorer),
                Err(reply) => send(&reply),
            }
        }
        Command::Score { items, convention } => match &mut owner.scorer {
            Some(scorer) => score(scorer, &items, convention).await,
            None => send(&failed("no model is loaded")),
        },
    }
}

async fn load(model: Model, cpu: bool) -> Result<Scorer<Either>, Reply> {
    let start = js_sys::Date::now();
    let progress = |done: u64| send(&Reply::Loading { done: done as f64 });
    let (backend, adapter) = if cpu {
        let backend = CpuBackend::load(&model, progress).await.map_err(failed)?;
        (Either::Cpu(Box::new(backend)), None)
    } else {
        let gpu = Rc::new(Gpu::open().await.map_err(failed)?);
        let backend = GpuBackend::load(gpu, &model, progress)
            .await
            .map_err(failed)?;
        let adapter = backend.adapter().to_owned();
        (Either::Gpu(Box::new(backend)), Some(adapter))
    };
    send(&Reply::Loaded {
        adapter,
        seconds: (js_sys::Date::now() - start) / 1000.0,
    });
    Ok(Scorer::new(model, backend))
}

async fn score(scorer: &mut Scorer<Either>, items: &[Item], convention: Convention) {
    let mut scores: Vec<(usize, TextScore)> = Vec::new();
    let outcome: Result<(), ScoringError> = scorer
        .score(items, convention, |index, score| {
            scores.push((index, score));
            true
        })
        .await;
    for (index, score) in scores {
        if score.logprobs.iter().any(|l| !l.is_finite()) {
            let sentence = "the model gives no probabilities for a text: its numbers run over; try the processor, or another quantisation of the model";
            return send(&failed(sentence));
        }
        let row = score.statistics();
        let tokens = shown(scorer, &score, convention);
        send(&Reply::Scored { index, tokens, row });
    }
    match outcome {
        Ok(()) => send(&Reply::Finished),
        Err(error) => send(&failed(error)),
    }
}

/// The tokens as a reader sees them. Where not every token was scored, those at the end were: the
/// last has the last log-probability. llama-perplexity scores stretches; then none is told apart.
fn shown(
    scorer: &Scorer<Either>,
    score: &TextScore,
    convention: Convention,
) -> Vec<(String, Option<f32>)> {
    let unscored = score.ids.len().saturating_sub(score.logprobs.len());
    let tokenizer = &scorer.model.tokenizer;
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
