//! The service of language models: which are open and kept, scoring texts under them, comparing outputs by an
//! encoder. Orders that use the model worker take turns: a newer one stops what runs.

mod adapter;
mod copies;
mod encode;
#[cfg(not(target_arch = "wasm32"))]
pub mod fake;
mod info;
mod perplexity;
mod register;
mod run;
mod score_log;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wording_tests;
mod worker;
pub mod worker_calls;

pub(crate) use copies::{MEASURED, MODELS_FOLDER, SCORES_FOLDER};
pub use info::model_info;
pub use register::register;
pub use worker::{AdapterSource, EncoderSource, ModelHost, ModelSource, ModelWorker, WorkerFuture};

use crate::platform::{Clock, Disk, DiskError};
use crate::session::Session;
use crate::surprise::Under;
use assay_calls::{Announcer, Explanation, Jobs};
use assay_protocol::models::{
    Encoded, Figures, ModelInfo, ModelsError, ModelsView, OpenModelView, Perplexity, RunProgress,
};
use assay_protocol::topics::{ENCODE, LOAD_MODEL, MODELS, RUN_PERPLEXITY};
use futures_util::lock::Mutex;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use worker_calls::{Loaded, ModelWorkerError};

/// A model that is open.
#[derive(Clone)]
struct OpenModel {
    source: ModelSource,
    /// What is added to the weights of `source`.
    adapter: Option<AdapterSource>,
    /// The fingerprint of the weights alone.
    base: String,
    info: ModelInfo,
    figures: Figures,
}

/// The worker that holds a model.
struct Held {
    worker: Rc<dyn ModelWorker>,
    /// The fingerprint of the model's weights, an adapter not counted.
    base: String,
    /// Where its weights are loaded: on the processor or not; nothing while they are not loaded.
    on_cpu: Cell<Option<bool>>,
    /// How loading went.
    loaded: RefCell<Option<Loaded>>,
    /// The fingerprint of the model with the adapter that is attached.
    attached: RefCell<Option<String>>,
}

/// What follows once results become metrics: they are resampled.
pub type Publish = Box<dyn Fn()>;

/// What the service needs of the program that it is part of.
pub struct Parts {
    /// The disk.
    pub disk: Rc<dyn Disk>,
    /// The clock.
    pub clock: Rc<dyn Clock>,
    /// Starts model workers.
    pub host: Rc<dyn ModelHost>,
    /// The data, and what is scored of it.
    pub session: Rc<RefCell<Session>>,
    /// Is called once results become metrics.
    pub publish: Publish,
    /// Jobs.
    pub jobs: Jobs,
    /// Announcements.
    pub announcer: Announcer,
}

/// The service.
pub struct Models {
    parts: Parts,
    open: RefCell<[Option<OpenModel>; 2]>,
    held: RefCell<Option<Rc<Held>>>,
    has_gpu: Cell<bool>,
    encoded: RefCell<Option<Encoded>>,
    /// The run that was stopped.
    paused: RefCell<Option<Perplexity>>,
    is_tidy: Cell<bool>,
    /// Held by the order that uses the model worker.
    turn: Mutex<()>,
}

fn disk_error(error: &DiskError) -> ModelsError {
    let cause = Explanation::of(error);
    ModelsError::Disk { cause }
}

fn worker_error(error: &ModelWorkerError) -> ModelsError {
    let cause = Explanation::of(error);
    ModelsError::Worker { cause }
}

impl Models {
    /// No model is open.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self {
            parts,
            open: RefCell::default(),
            held: RefCell::default(),
            has_gpu: Cell::new(false),
            encoded: RefCell::default(),
            paused: RefCell::default(),
            is_tidy: Cell::new(false),
            turn: Mutex::new(()),
        }
    }

    /// Stops what runs under models; what is scored stays. An import does so, and a change of roles.
    pub fn interrupt(&self) {
        for kind in [LOAD_MODEL, RUN_PERPLEXITY, ENCODE] {
            self.parts.jobs.stop_kind(&kind);
        }
    }

    fn changed(&self) {
        self.parts.announcer.changed(&MODELS);
    }

    /// The open model in a place.
    fn model(&self, slot: usize) -> Result<OpenModel, ModelsError> {
        let open = self.open.borrow();
        let model = open.get(slot).and_then(Option::as_ref);
        model.cloned().ok_or(ModelsError::NotOpen { slot })
    }

    /// The places in which a model is open.
    fn slots(&self) -> Vec<usize> {
        let open = self.open.borrow();
        (0..open.len()).filter(|&i| open[i].is_some()).collect()
    }

    /// The open models by fingerprint and name; two of one name are told apart by their places.
    fn names(&self) -> Vec<Under> {
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

    /// Changes the figures of an open model.
    fn note(&self, slot: usize, change: impl FnOnce(&mut Figures)) {
        let noted = match self.open.borrow_mut().get_mut(slot) {
            Some(Some(model)) => {
                change(&mut model.figures);
                Some((model.info.clone(), model.figures.clone()))
            }
            _ => None,
        };
        if let Some((info, figures)) = noted {
            self.parts.session.borrow_mut().deployed(info, figures);
            self.changed();
        }
    }

    /// Opens a model in a place.
    async fn open(&self, slot: usize, source: ModelSource) -> Result<ModelInfo, ModelsError> {
        if slot >= self.open.borrow().len() {
            return Err(ModelsError::NotOpen { slot });
        }
        self.interrupt();
        let _turn = self.turn.lock().await;
        let held = self.hold(&source).await;
        let (_, info) = held.map_err(|error| worker_error(&error))?;
        self.open.borrow_mut()[slot] = Some(OpenModel {
            source,
            adapter: None,
            base: info.id.clone(),
            info: info.clone(),
            figures: Figures::default(),
        });
        self.changed();
        Ok(info)
    }

    /// Starts a new worker, which frees what the one before held, and opens a model in it.
    async fn hold(&self, source: &ModelSource) -> Result<(Rc<Held>, ModelInfo), ModelWorkerError> {
        *self.held.borrow_mut() = None;
        let worker = self.parts.host.start();
        let mut opened = worker.open(source).await?;
        source.name().clone_into(&mut opened.info.name);
        self.has_gpu.set(opened.has_gpu);
        let held = Rc::new(Held {
            worker,
            base: opened.info.id.clone(),
            on_cpu: Cell::new(None),
            loaded: RefCell::default(),
            attached: RefCell::default(),
        });
        *self.held.borrow_mut() = Some(held.clone());
        Ok((held, opened.info))
    }

    async fn close(&self, slot: usize) {
        self.interrupt();
        let _turn = self.turn.lock().await;
        if let Some(place) = self.open.borrow_mut().get_mut(slot) {
            *place = None;
        }
        let base = self.held.borrow().as_ref().map(|held| held.base.clone());
        let is_used = |model: &OpenModel| Some(&model.base) == base.as_ref();
        if !self.open.borrow().iter().flatten().any(is_used) {
            *self.held.borrow_mut() = None;
        }
        self.changed();
    }

    async fn view(&self) -> ModelsView {
        if !self.is_tidy.replace(true) {
            self.remove_partial_copies().await;
        }
        // A browser that keeps nothing has nothing to show; whoever wants to keep something is told.
        let kept = self.copies().await.unwrap_or_default();
        let score_bytes = self.score_bytes().await.unwrap_or_default();
        let (done, total) = self.parts.session.borrow().study_progress();
        let open = self.open.borrow();
        let shown = |model: &Option<OpenModel>| {
            model.as_ref().map(|model| OpenModelView {
                info: model.info.clone(),
                figures: model.figures.clone(),
                is_adapted: model.adapter.is_some(),
            })
        };
        ModelsView {
            open: [shown(&open[0]), shown(&open[1])],
            has_gpu: self.has_gpu.get(),
            kept,
            score_bytes,
            // Other data has nothing to resume.
            paused: self.paused.borrow().clone().filter(|_| total > 0),
            run: (total > 0).then_some(RunProgress { done, total }),
            encoded: self.encoded.borrow().clone().filter(|_| {
                // Other data, other roles: what was compared is gone.
                self.parts.session.borrow().is_compared()
            }),
        }
    }
}
