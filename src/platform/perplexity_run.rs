//! Opening a model and scoring the systems' outputs under it, a few texts at a time, so that a stop
//! takes effect soon and what is scored stays. A GPU that goes away is tried again from the first
//! text that is missing.

use super::channel::{breathe, scope};
use super::data_worker::{Owner, schedule, send};
use super::model_link::ModelLink;
use crate::lm::windows::Convention;
use crate::worker::model::{Command, ModelInfo, Reply};
use crate::worker::protocol::Response;
use crate::worker::surprise::Plan;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// The default model, beside the page.
const DEFAULT_MODEL: &str = "./models/SmolLM2-135M-Instruct.Q4_1.gguf";
/// Texts sent at once.
const TEXTS: usize = 8;
/// How often a GPU that goes away is tried again.
const TRIES: usize = 2;

/// The model worker and what it holds.
#[derive(Default)]
pub struct Models {
    link: RefCell<Option<Rc<ModelLink>>>,
    files: RefCell<Vec<Blob>>,
    info: RefCell<Option<ModelInfo>>,
    /// Whether the weights are loaded, and on the processor.
    loaded: Cell<Option<bool>>,
    /// Grows with everything that ends a run.
    pub run: Cell<u64>,
    busy: Cell<bool>,
}

/// Why a run ended.
enum End {
    /// All is done, or it was stopped.
    Through,
    /// It can't go on.
    Failed { sentence: String, lost: bool },
}

fn failed(sentence: impl ToString) -> End {
    End::Failed {
        sentence: sentence.to_string(),
        lost: false,
    }
}

/// Opens files as a model, the default one when there are none.
pub async fn open(owner: &Owner, files: Vec<Blob>) {
    let models = &owner.models;
    models.run.set(models.run.get() + 1);
    let files = if files.is_empty() {
        match default_model().await {
            Ok(blob) => vec![blob],
            Err(sentence) => return send(&Response::ModelFailed { sentence }),
        }
    } else {
        files
    };
    *models.files.borrow_mut() = files;
    if let Err(sentence) = reopen(models).await {
        *models.link.borrow_mut() = None;
        *models.info.borrow_mut() = None;
        send(&Response::ModelFailed { sentence });
    }
}

/// Starts a worker anew, which frees what the old one held, and opens the files in it.
async fn reopen(models: &Models) -> Result<(), String> {
    *models.link.borrow_mut() = None;
    models.loaded.set(None);
    let link = Rc::new(ModelLink::start().await?);
    link.send(&Command::Open, &models.files.borrow());
    match link.next().await {
        Reply::Opened { info } => {
            *models.info.borrow_mut() = Some(info.clone());
            let gpu = link.gpu;
            *models.link.borrow_mut() = Some(link);
            send(&Response::Model { info, gpu });
            Ok(())
        }
        Reply::Failed { sentence, .. } => Err(sentence),
        _ => Err("the model worker gave no answer".into()),
    }
}

async fn default_model() -> Result<Blob, String> {
    let words = |e: JsValue| format!("the default model can't be loaded: {e:?}");
    let response = JsFuture::from(scope().fetch_with_str(DEFAULT_MODEL)).await;
    let response: web_sys::Response = response.map_err(words)?.unchecked_into();
    if !response.ok() {
        return Err("the default model does not lie beside this page; choose a model file".into());
    }
    let blob = JsFuture::from(response.blob().map_err(words)?).await;
    Ok(blob.map_err(words)?.unchecked_into())
}

/// Scores what the plan has still to score.
pub async fn run(owner: Rc<Owner>, convention: Convention, chat: bool, cpu: bool) {
    let models = &owner.models;
    let mine = models.run.get() + 1;
    models.run.set(mine);
    // A run that was stopped still waits for the texts it has sent.
    while models.busy.get() {
        breathe().await;
        if models.run.get() != mine {
            return;
        }
    }
    models.busy.set(true);
    let mut tries = 0;
    loop {
        match attempt(&owner, mine, convention, chat, cpu).await {
            End::Failed { lost: true, .. } if tries < TRIES && models.run.get() == mine => {
                tries += 1;
                if let Err(sentence) = reopen(models).await {
                    send(&Response::ModelFailed { sentence });
                    break;
                }
            }
            End::Failed { sentence, .. } => {
                // A worker that failed has no model any more.
                let _ = reopen(models).await;
                send(&Response::ModelFailed { sentence });
                break;
            }
            End::Through => break,
        }
    }
    models.busy.set(false);
}

async fn attempt(
    owner: &Rc<Owner>,
    mine: u64,
    convention: Convention,
    chat: bool,
    cpu: bool,
) -> End {
    let models = &owner.models;
    let (link, info) = (models.link.borrow().clone(), models.info.borrow().clone());
    let (Some(link), Some(info)) = (link, info) else {
        return failed("no model is open");
    };
    if let Some(other) = models.loaded.get()
        && other != cpu
        && let Err(sentence) = reopen(models).await
    {
        return failed(sentence);
    }
    let link = models.link.borrow().clone().unwrap_or(link);
    if models.loaded.get().is_none() {
        if let Some(end) = load(&link, &info, cpu).await {
            return end;
        }
        models.loaded.set(Some(cpu));
    }
    let plan = Plan {
        model: info.name,
        convention,
        chat,
    };
    let (mut done, total) = owner.session.borrow_mut().plan(plan);
    let (start, mut tokens) = (js_sys::Date::now(), 0.0);
    while models.run.get() == mine {
        let texts = owner.session.borrow().unscored(TEXTS);
        if texts.is_empty() {
            break;
        }
        let (places, items): (Vec<usize>, Vec<_>) = texts.into_iter().unzip();
        link.send(&Command::Score { items, convention }, &[]);
        loop {
            match link.next().await {
                Reply::Scored {
                    index,
                    tokens: text,
                    row,
                } => {
                    tokens += row[1];
                    let mut session = owner.session.borrow_mut();
                    if models.run.get() == mine {
                        (done, _) = session.surprised(places[index], row, text);
                    }
                }
                Reply::Finished => break,
                Reply::Failed { sentence, lost } => return End::Failed { sentence, lost },
                _ => {}
            }
        }
        let seconds = (js_sys::Date::now() - start) / 1000.0;
        let speed = tokens / seconds.max(0.001);
        if models.run.get() == mine {
            send(&Response::Perplexing { done, total, speed });
        }
    }
    if models.run.get() != mine {
        return End::Through;
    }
    send(&Response::Perplexed { done, total });
    let news = owner.session.borrow_mut().settle_surprise();
    if !news.is_empty() {
        schedule(owner, &news);
    }
    End::Through
}

/// Loads the weights; `None` when they are there.
async fn load(link: &ModelLink, info: &ModelInfo, cpu: bool) -> Option<End> {
    link.send(&Command::Load { cpu }, &[]);
    loop {
        match link.next().await {
            Reply::Loading { done } => send(&Response::ModelLoading {
                done,
                total: info.bytes,
            }),
            Reply::Loaded { adapter, seconds } => {
                send(&Response::ModelLoaded { adapter, seconds });
                return None;
            }
            Reply::Failed { sentence, lost } => return Some(End::Failed { sentence, lost }),
            _ => {}
        }
    }
}
