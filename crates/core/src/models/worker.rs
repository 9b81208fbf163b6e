//! What the service needs of a model worker. The browser's side asks a worker of its own program by the calls
//! in [`super::worker_calls`]; tests have one that makes numbers up.

use super::worker_calls::{Loaded, Memory, ModelWorkerError, Opened, OpenedEncoder};
use crate::platform::{InputError, InputFile, LocalFuture};
use crate::surprise::Scored;
use assay_lm::encoder::compare::{Compared, Segment};
use assay_lm::gpu::Measured;
use assay_lm::scoring::Item;
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::Convention;
use std::rc::Rc;

/// The name of the default model.
const DEFAULT_NAME: &str = "SmolLM2-135M-Instruct.Q4_1";

/// What a worker's call ends with.
pub type WorkerFuture<'a, T> = LocalFuture<'a, Result<T, ModelWorkerError>>;

/// Where a model's bytes come from.
#[derive(Clone)]
pub enum ModelSource {
    /// Files that the person chose, or their copies.
    Files {
        /// The files, in the order of their names.
        files: Vec<Rc<dyn InputFile>>,
        /// The name that the person knows the model by.
        name: String,
    },
    /// The default model, next to the page.
    Default,
}

impl ModelSource {
    /// The files that a person chose; the default model without any. A model goes by the name of its file
    /// rather than the one in its header, which a fine-tuned model often has from its base.
    #[must_use]
    pub fn chosen(files: Vec<Rc<dyn InputFile>>) -> Self {
        let Some(first) = files.first() else {
            return Self::Default;
        };
        let name = first.name();
        let name = name.strip_suffix(".gguf").unwrap_or(&name);
        let name = name.split("-00001-of-").next().unwrap_or(name).to_owned();
        Self::Files { files, name }
    }

    /// The name that the person knows the model by.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Files { name, .. } => name,
            Self::Default => DEFAULT_NAME,
        }
    }
}

/// A LoRA adapter that is scored beside its base model.
#[derive(Clone)]
pub struct AdapterSource {
    /// Its files: one GGUF file, or PEFT's two.
    pub files: Vec<Rc<dyn InputFile>>,
    /// How strongly it acts: 1 as it was trained.
    pub strength: f32,
}

impl AdapterSource {
    /// The name that the person knows it by: that of its weights' file.
    #[must_use]
    pub fn name(&self) -> String {
        let names = || self.files.iter().map(|file| file.name());
        let weights = names().find(|name| !name.to_lowercase().ends_with(".json"));
        let name = weights.or(names().next()).unwrap_or_default();
        let ending = name
            .rsplit_once('.')
            .map_or(0, |(_, ending)| ending.len() + 1);
        name[..name.len() - ending].to_owned()
    }
}

/// Where an encoder's files come from.
pub struct EncoderSource {
    /// The folder's name.
    pub name: String,
    /// Files by their paths within the folder; none for the default encoder, next to the page.
    pub files: Vec<(String, Rc<dyn InputFile>)>,
}

/// A worker that holds at most one model or encoder. Dropped, it ends, and what it held is free again.
pub trait ModelWorker {
    /// Reads a model's header.
    fn open<'a>(&'a self, source: &'a ModelSource) -> WorkerFuture<'a, Opened>;

    /// Loads the weights of the open model or encoder; `progress` is given the bytes loaded. What was measured
    /// on the same adapter at an earlier visit need not be measured again.
    fn load<'a>(
        &'a self,
        cpu: bool,
        measured: Option<Measured>,
        progress: &'a dyn Fn(f64),
    ) -> WorkerFuture<'a, Loaded>;

    /// Attaches an adapter to the open model, in place of the one before: the fingerprint of the two at the adapter's
    /// strength. Weights that are loaded stay.
    fn attach<'a>(&'a self, adapter: &'a AdapterSource) -> WorkerFuture<'a, String>;

    /// Scores texts at a strength of the attached adapter, 0 for the model alone; `each` is given every text's scores as
    /// they come, with its place among the items.
    fn score<'a>(
        &'a self,
        items: Vec<Item>,
        convention: Convention,
        strength: f32,
        each: &'a mut dyn FnMut(usize, Scored),
    ) -> WorkerFuture<'a, Memory>;

    /// Reads an encoder's files.
    fn open_encoder<'a>(&'a self, source: &'a EncoderSource) -> WorkerFuture<'a, OpenedEncoder>;

    /// Counts in how many of these texts each token occurs.
    fn count(&self, texts: Vec<String>) -> WorkerFuture<'_, ()>;

    /// Compares outputs with references; `each` is given every segment's rows, one for each system.
    fn compare<'a>(
        &'a self,
        segments: Vec<Segment>,
        plan: ComparePlan,
        each: &'a mut dyn FnMut(usize, Vec<Compared>),
    ) -> WorkerFuture<'a, Memory>;

    /// Asks for an early end of what it scores or compares: what it has not begun is left out.
    fn stop(&self);
}

/// Starts model workers.
pub trait ModelHost {
    /// A new worker, which holds nothing.
    fn start(&self) -> Rc<dyn ModelWorker>;

    /// The default model's file.
    fn default_model(&self) -> LocalFuture<'_, Result<Rc<dyn InputFile>, InputError>>;
}
