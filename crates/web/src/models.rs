//! The one or two models that are open: where each comes from, what its header says, which of them
//! the model worker holds; and the copies that are kept on this device.

use super::channel::{breathe, scope};
use super::data_worker::{Owner, send};
use super::kept::Folder;
use super::model_link::ModelLink;
use assay_core::model::{Command, Reply};
use assay_core::surprise::Under;
use assay_lm::gpu::Measured;
use assay_protocol::messages::Response;
use assay_protocol::models::{Figures, ModelInfo};
use js_sys::Uint8Array;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// The default model, beside the page.
const DEFAULT_MODEL: &str = "./models/SmolLM2-135M-Instruct.Q4_1.gguf";
/// What it goes by.
const DEFAULT_NAME: &str = "SmolLM2-135M-Instruct.Q4_1";
/// Bytes copied at once.
const PIECE: f64 = (4 << 20) as f64;
/// The folder of copies, a folder a model.
const MODELS: &str = "models";
/// The folder of scores, a file for each model and plan.
const SCORES: &str = "scores";
/// What is written behind a copy's last byte: the model's header, which makes the copy whole.
const ABOUT: &str = "about.json";
/// What was measured on the adapter.
const MEASURED: &str = "adapter.json";

/// Where a model's bytes are.
#[derive(Clone)]
pub enum Origin {
    /// Files that the person chose, or copies of them, and the name that they go by.
    Files(Vec<Blob>, String),
    /// Beside the page.
    Default,
}

impl Origin {
    /// Files as the person chose them; their name is what a person knows a model by, more than the
    /// one in the header, which a fine-tuned model often has from its base.
    pub fn chosen(files: Vec<File>) -> Self {
        let name = files.first().map(File::name).unwrap_or_default();
        let name = name.strip_suffix(".gguf").unwrap_or(&name);
        let name = name.split("-00001-of-").next().unwrap_or(name).to_owned();
        Self::Files(files.into_iter().map(Into::into).collect(), name)
    }

    fn name(&self) -> &str {
        match self {
            Self::Files(_, name) => name,
            Self::Default => DEFAULT_NAME,
        }
    }
}

/// A model that is open.
#[derive(Clone)]
pub struct Open {
    /// Where its bytes are.
    pub origin: Origin,
    /// What its header says.
    pub info: ModelInfo,
    /// How it did so far.
    pub figures: Figures,
}

/// What the model worker holds.
pub struct Held {
    /// The worker.
    pub link: Rc<ModelLink>,
    /// The model's place.
    pub slot: usize,
    /// Whether its weights are loaded, and on the processor.
    pub loaded: Cell<Option<bool>>,
}

/// The models and the worker that holds one of them.
#[derive(Default)]
pub struct Models {
    /// The open models by place.
    pub open: RefCell<[Option<Open>; 2]>,
    /// The worker.
    pub held: RefCell<Option<Rc<Held>>>,
    /// Grows with everything that ends a run.
    pub run: Cell<u64>,
    /// Whether a run is under way, or winds down.
    pub busy: Cell<bool>,
}

impl Models {
    /// The places in which a model is open.
    pub fn slots(&self) -> Vec<usize> {
        let open = self.open.borrow();
        (0..open.len()).filter(|&i| open[i].is_some()).collect()
    }

    /// The open models by fingerprint and name; two of one name are told apart.
    pub fn names(&self) -> Vec<Under> {
        let open = self.open.borrow();
        let mut names: Vec<Under> = Vec::new();
        for (slot, model) in open.iter().enumerate() {
            let Some(model) = model else { continue };
            let mut name = model.info.name.clone();
            if names.iter().any(|n| n.name == name) {
                name = format!("{name} ({})", slot + 1);
            }
            let id = model.info.id.clone();
            names.push(Under { id, name });
        }
        names
    }

    /// Changes the figures of an open model, and tells the page.
    pub fn note(&self, owner: &Owner, slot: usize, change: impl FnOnce(&mut Figures)) {
        if let Some(Some(model)) = self.open.borrow_mut().get_mut(slot) {
            change(&mut model.figures);
            let figures = model.figures.clone();
            let mut session = owner.session.borrow_mut();
            session.deployed(model.info.clone(), figures.clone());
            send(&Response::Deployed { slot, figures });
        }
    }

    /// Waits until no run is under way; false when something newer has begun meanwhile.
    pub async fn settled(&self, mine: u64) -> bool {
        while self.busy.get() {
            breathe().await;
            if self.run.get() != mine {
                return false;
            }
        }
        true
    }

    /// Ends what runs; what is scored stays.
    pub fn interrupt(&self) -> u64 {
        self.run.set(self.run.get() + 1);
        if let Some(held) = self.held.borrow().as_ref() {
            held.link.send(&Command::Stop, &[]);
        }
        self.run.get()
    }
}

/// Opens a model in a place.
pub async fn open(owner: &Owner, slot: usize, origin: Origin) {
    let models = &owner.models;
    let mine = models.interrupt();
    if slot > 1 || !models.settled(mine).await {
        return;
    }
    match hold(models, slot, &origin).await {
        Ok((info, gpu)) => {
            models.open.borrow_mut()[slot] = Some(Open {
                origin,
                info: info.clone(),
                figures: Figures::default(),
            });
            send(&Response::Model { slot, info, gpu });
        }
        Err(sentence) => send(&Response::ModelFailed { sentence }),
    }
}

/// Starts a worker anew, which frees what the old one held, and opens a model in it.
pub async fn hold(
    models: &Models,
    slot: usize,
    origin: &Origin,
) -> Result<(ModelInfo, bool), String> {
    *models.held.borrow_mut() = None;
    let link = Rc::new(ModelLink::start().await?);
    match origin {
        Origin::Files(files, _) => link.send(&Command::Open { url: None }, files),
        Origin::Default => {
            let url = Some(DEFAULT_MODEL.to_owned());
            link.send(&Command::Open { url }, &[]);
        }
    }
    match link.next().await {
        Reply::Opened { mut info } => {
            origin.name().clone_into(&mut info.name);
            let gpu = link.gpu;
            let loaded = Cell::new(None);
            *models.held.borrow_mut() = Some(Rc::new(Held { link, slot, loaded }));
            Ok((info, gpu))
        }
        Reply::Failed { sentence, .. } => Err(sentence),
        _ => Err("the model worker gave no answer".into()),
    }
}

/// Lets go of a model.
pub async fn close(owner: &Owner, slot: usize) {
    let models = &owner.models;
    let mine = models.interrupt();
    if slot > 1 || !models.settled(mine).await {
        return;
    }
    let held = models.held.borrow().as_ref().map(|h| h.slot);
    if held == Some(slot) {
        *models.held.borrow_mut() = None;
    }
    models.open.borrow_mut()[slot] = None;
    send(&Response::ModelClosed { slot });
}

fn words(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into());
    let message = message.ok().and_then(|m| m.as_string());
    message.unwrap_or_else(|| format!("{error:?}"))
}

/// Keeps a copy of an open model on this device.
pub async fn keep(owner: &Owner, slot: usize) {
    let mine = owner.models.run.get();
    let open = owner.models.open.borrow().get(slot).cloned().flatten();
    let Some(open) = open else { return };
    if let Err(error) = copy(owner, mine, &open).await {
        // Half a copy is none.
        if let Ok(folder) = Folder::open(&[MODELS]).await {
            let _ = folder.remove(&open.info.id).await;
        }
        let sentence = format!("it can't be kept on this device ({})", words(&error));
        send(&Response::ModelFailed { sentence });
    }
    tell().await;
}

async fn copy(owner: &Owner, mine: u64, open: &Open) -> Result<(), JsValue> {
    let files = match &open.origin {
        Origin::Files(files, _) => files.clone(),
        Origin::Default => vec![default_blob().await?],
    };
    let folder = Folder::open(&[MODELS, &open.info.id]).await?;
    let total: f64 = files.iter().map(Blob::size).sum();
    let mut done = 0.0;
    for (number, file) in files.iter().enumerate() {
        let mut writer = folder.writer(&format!("{number}.gguf"), false).await?;
        let mut from = 0.0;
        while from < file.size() {
            let to = (from + PIECE).min(file.size());
            let piece = file.slice_with_f64_and_f64(from, to)?;
            let buffer = JsFuture::from(piece.array_buffer()).await?;
            writer.push(&Uint8Array::new(&buffer).to_vec())?;
            done += to - from;
            from = to;
            send(&Response::Keeping { done, total });
            breathe().await;
            if owner.models.run.get() != mine {
                return Err("stopped".into());
            }
        }
        writer.flush()?;
    }
    let about = serde_json::to_string(&open.info).unwrap_or_default();
    folder.writer(ABOUT, false).await?.push(about.as_bytes())
}

async fn default_blob() -> Result<Blob, JsValue> {
    let response = JsFuture::from(scope().fetch_with_str(DEFAULT_MODEL)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    JsFuture::from(response.blob()?).await?.dyn_into()
}

/// The files of a copy.
///
/// # Errors
/// The browser's words.
pub async fn kept(id: &str) -> Result<Origin, String> {
    let files = async {
        let folder = Folder::open(&[MODELS, id]).await?;
        let mut files: Vec<Blob> = Vec::new();
        while let Ok(file) = folder.file(&format!("{}.gguf", files.len())).await {
            files.push(file.into());
        }
        let about: ModelInfo = serde_json::from_str(&folder.text(ABOUT).await?)
            .map_err(|e| JsValue::from(e.to_string()))?;
        Ok(Origin::Files(files, about.name))
    };
    files.await.map_err(|e: JsValue| words(&e))
}

/// Removes a copy, or all scores.
pub async fn remove(id: Option<String>) {
    let outcome = async {
        match id {
            Some(id) => Folder::open(&[MODELS]).await?.remove(&id).await,
            None => Folder::open(&[]).await?.remove(SCORES).await,
        }
    };
    if let Err(error) = outcome.await {
        let sentence = format!("it can't be removed ({})", words(&error));
        send(&Response::ModelFailed { sentence });
    }
    tell().await;
}

/// Tells the page what is kept. A browser that keeps nothing has nothing to tell.
pub async fn tell() {
    let models = list().await.unwrap_or_default();
    let scores = bytes_of_scores().await.unwrap_or_default();
    send(&Response::Kept { models, scores });
}

async fn list() -> Result<Vec<ModelInfo>, JsValue> {
    let folder = Folder::open(&[MODELS]).await?;
    let mut models = Vec::new();
    for id in folder.names().await? {
        let about = async { Folder::open(&[MODELS, &id]).await?.text(ABOUT).await };
        let text = about.await.unwrap_or_default();
        match serde_json::from_str::<ModelInfo>(&text) {
            Ok(info) => models.push(info),
            // What a visit left that ended amid the copying.
            Err(_) => drop(folder.remove(&id).await),
        }
    }
    models.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(models)
}

async fn bytes_of_scores() -> Result<f64, JsValue> {
    let folder = scores().await?;
    let mut bytes = 0.0;
    for name in folder.names().await? {
        bytes += folder.file(&name).await.map_or(0.0, |f| f.size());
    }
    Ok(bytes)
}

/// The folder of scores.
///
/// # Errors
/// The browser's words.
pub async fn scores() -> Result<Folder, JsValue> {
    Folder::open(&[SCORES]).await
}

/// What was measured at an earlier visit.
pub async fn measured() -> Option<Measured> {
    let text = Folder::open(&[]).await.ok()?.text(MEASURED).await.ok()?;
    serde_json::from_str(&text).ok()
}

/// Keeps what was measured; a browser that keeps nothing measures again.
pub async fn keep_measured(measured: &Measured) {
    let text = serde_json::to_string(measured).unwrap_or_default();
    let written = async {
        let folder = Folder::open(&[]).await?;
        folder.writer(MEASURED, false).await?.push(text.as_bytes())
    };
    let _: Result<(), JsValue> = written.await;
}
