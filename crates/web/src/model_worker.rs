//! The model worker: owns the GPU's device and one model or encoder; texts in, log-probabilities out. It answers
//! the calls of `assay_core::models::worker_calls`, one at a time; results are taken, and jobs stopped, meanwhile.

use super::blob_source::BlobSource;
use super::channel::{breathe, scope};
use super::http_source;
use super::result_queue::ResultQueue;
use assay_calls::{Announcer, Job, JobKind, Jobs, Progress, Unit};
use assay_core::models::model_info;
use assay_core::models::worker_calls::{
    Attach, Compare, Count, Finished, Load, Loaded, Memory, ModelWorkerError, Open, OpenEncoder,
    Opened, OpenedEncoder, Score, TakeCompared, TakeScored,
};
use assay_core::semantic::EncoderInfo;
use assay_core::surprise::Scored;
use assay_lm::arch::Shape;
use assay_lm::cpu::CpuBackend;
use assay_lm::encoder::compare::{self, Compared};
use assay_lm::encoder::{Embed, Encoder, FILES, Frequencies, Hidden, MORE_FILES, Named};
use assay_lm::gpu::{Gpu, GpuBackend, Measured};
use assay_lm::scoring::{Backend, Pass, Scorer, TextScore};
use assay_lm::source::Source;
use assay_lm::store::Store;
use assay_lm::{Adapter, Batch, Model, Tokenizer};
use assay_results::perplexity::{Convention, Tokens};
use assay_web_calls::{Attachments, Registry, serve};
use js_sys::{ArrayBuffer, Function, Promise, Reflect, WebAssembly};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The jobs of this worker.
const WORK: JobKind = JobKind::new("model-work");

/// Where the model runs.
enum Either {
    Cpu(Box<CpuBackend>),
    Gpu(Box<GpuBackend>),
}

impl Backend for Either {
    fn forward<'a>(&'a mut self, batch: &'a Batch) -> Pass<'a> {
        match self {
            // Between two batches messages come in: a stop, or who takes results.
            Self::Cpu(backend) => Box::pin(async move {
                breathe().await;
                backend.forward(batch).await
            }),
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
            Self::Cpu(backend) => Box::pin(async move {
                breathe().await;
                backend.embed(batch, layers).await
            }),
            Self::Gpu(backend) => backend.embed(batch, layers),
        }
    }

    fn tokens_at_once(&self) -> usize {
        self.batch_tokens()
    }
}

impl Either {
    fn attach(&mut self, adapter: Option<&Adapter>) -> Result<(), ModelWorkerError> {
        match self {
            Self::Cpu(backend) => backend.attach(adapter),
            Self::Gpu(backend) => backend.attach(adapter)?,
        }
        Ok(())
    }
}

/// What is open.
#[derive(Default)]
enum Opens {
    #[default]
    Nothing,
    /// A model whose header was read, with an adapter for it.
    Model(Box<Model>, Option<Adapter>),
    /// A model with its weights.
    Scorer(Box<Scorer<Either>>),
    /// An encoder, with its weights once they are loaded.
    Encoder(Box<OpenEncoderParts>),
}

struct OpenEncoderParts {
    encoder: Encoder,
    backend: Option<Either>,
    frequencies: Frequencies,
}

/// What the calls share.
struct Worker {
    /// Taken out while a call uses it, so that a second one finds the worker busy.
    opens: RefCell<Option<Opens>>,
    jobs: Jobs,
    scored: ResultQueue<Scored>,
    compared: ResultQueue<Vec<Compared>>,
}

/// Answers the data worker.
pub fn start() {
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let worker = Rc::new(Worker {
        opens: RefCell::new(Some(Opens::Nothing)),
        jobs: jobs.clone(),
        scored: ResultQueue::default(),
        compared: ResultQueue::default(),
    });
    let mut registry: Registry<Rc<Worker>> = Registry::new();
    registry.on(|w: Rc<Worker>, call: Open, beside| async move { w.open(call, beside).await });
    registry.on(|w: Rc<Worker>, call: Load, _| async move { w.load(call).await });
    registry.on(|w: Rc<Worker>, call: Attach, beside| async move { w.attach(call, beside).await });
    registry.on(|w: Rc<Worker>, call: Score, _| async move { w.score(call).await });
    registry.on(|w: Rc<Worker>, _: TakeScored, _| async move { Ok(w.scored.take().await) });
    registry.on(|w: Rc<Worker>, call: OpenEncoder, beside| async move {
        w.open_encoder(call, beside).await
    });
    registry.on(|w: Rc<Worker>, call: Count, _| async move { w.count(&call.texts) });
    registry.on(|w: Rc<Worker>, call: Compare, _| async move { w.compare(call).await });
    registry.on(|w: Rc<Worker>, _: TakeCompared, _| async move { Ok(w.compared.take().await) });
    serve(registry, worker, &jobs, &announcer);
}

fn has_gpu() -> bool {
    let gpu = Reflect::get(&scope().navigator(), &"gpu".into());
    gpu.is_ok_and(|gpu| gpu.is_truthy())
}

/// What is open, out of the worker's hands while a call uses it; it is put back in any case.
struct InUse<'w> {
    place: &'w RefCell<Option<Opens>>,
    opens: Opens,
}

impl Drop for InUse<'_> {
    fn drop(&mut self) {
        *self.place.borrow_mut() = Some(std::mem::take(&mut self.opens));
    }
}

impl Worker {
    fn in_use(&self) -> Result<InUse<'_>, ModelWorkerError> {
        let opens = self.opens.borrow_mut().take();
        Ok(InUse {
            place: &self.opens,
            opens: opens.ok_or(ModelWorkerError::Busy)?,
        })
    }

    async fn open(&self, call: Open, beside: Attachments) -> Result<Opened, ModelWorkerError> {
        let mut held = self.in_use()?;
        // What was open is freed first.
        held.opens = Opens::Nothing;
        let mut sources: Vec<Box<dyn Source>> = Vec::new();
        if let Some(url) = call.url {
            let source = http_source::open(&url).await?;
            sources.push(source.ok_or(ModelWorkerError::NoDefaultModel)?);
        }
        for file in beside.files {
            sources.push(Box::new(BlobSource(file)));
        }
        let model = Model::open(sources).await?;
        let info = model_info(&model).await?;
        held.opens = Opens::Model(Box::new(model), None);
        let has_gpu = has_gpu();
        Ok(Opened { info, has_gpu })
    }

    /// The default encoder's files next to the page, or those of a folder that the person chose.
    async fn open_encoder(
        &self,
        call: OpenEncoder,
        beside: Attachments,
    ) -> Result<OpenedEncoder, ModelWorkerError> {
        let mut held = self.in_use()?;
        held.opens = Opens::Nothing;
        let mut named: Vec<Named> = Vec::new();
        if let Some(url) = call.url {
            for file in FILES.iter().chain(&MORE_FILES[..1]) {
                let source = http_source::open(&format!("{url}/{file}")).await?;
                let source = source.ok_or(ModelWorkerError::NoDefaultEncoder)?;
                named.push(((*file).to_owned(), source));
            }
        }
        for (path, file) in call.paths.into_iter().zip(beside.files) {
            named.push((path, Box::new(BlobSource(file))));
        }
        let encoder = Encoder::open(named).await?;
        let info = EncoderInfo {
            id: encoder.id.clone(),
            name: call.name,
            base_name: encoder.base_name.clone(),
            layers: encoder.shape.layers,
            bytes: encoder.store.bytes_of(""),
        };
        held.opens = Opens::Encoder(Box::new(OpenEncoderParts {
            encoder,
            backend: None,
            frequencies: Frequencies::default(),
        }));
        let has_gpu = has_gpu();
        Ok(OpenedEncoder { info, has_gpu })
    }

    async fn load(&self, call: Load) -> Result<Loaded, ModelWorkerError> {
        let mut held = self.in_use()?;
        let job = self.jobs.start(WORK);
        let Load { cpu, measured } = call;
        let loaded = match std::mem::take(&mut held.opens) {
            Opens::Model(model, adapter) => {
                let parts = (&model.store, &model.shape, model.parameters());
                let (mut backend, loaded) = load_parts(&job, parts, cpu, measured).await?;
                backend.attach(adapter.as_ref())?;
                held.opens = Opens::Scorer(Box::new(Scorer::new(*model, backend)));
                loaded
            }
            Opens::Encoder(mut open) => {
                let encoder = &open.encoder;
                let parts = (&encoder.store, &encoder.shape, encoder.parameters());
                let (backend, loaded) = load_parts(&job, parts, cpu, measured).await?;
                open.backend = Some(backend);
                held.opens = Opens::Encoder(open);
                loaded
            }
            Opens::Nothing | Opens::Scorer(_) => return Err(ModelWorkerError::NotOpen),
        };
        job.finish();
        Ok(loaded)
    }

    async fn attach(&self, call: Attach, beside: Attachments) -> Result<String, ModelWorkerError> {
        let mut held = self.in_use()?;
        let files = call.names.into_iter().zip(beside.files);
        let source = |blob| Box::new(BlobSource(blob)) as Box<dyn Source>;
        let files: Vec<Named> = files.map(|(name, blob)| (name, source(blob))).collect();
        let model = match &held.opens {
            Opens::Model(model, _) => model,
            Opens::Scorer(scorer) => &scorer.model,
            Opens::Nothing | Opens::Encoder(_) => return Err(ModelWorkerError::NotOpen),
        };
        let adapter = Adapter::open(&files, model).await?;
        let id = adapter.fingerprint(&model.fingerprint().await?, call.strength);
        match &mut held.opens {
            Opens::Model(_, place) => *place = Some(adapter),
            Opens::Scorer(scorer) => scorer.backend.attach(Some(&adapter))?,
            Opens::Nothing | Opens::Encoder(_) => return Err(ModelWorkerError::NotOpen),
        }
        Ok(id)
    }

    async fn score(&self, call: Score) -> Result<Finished<Scored>, ModelWorkerError> {
        let mut held = self.in_use()?;
        let Opens::Scorer(scorer) = &mut held.opens else {
            return Err(ModelWorkerError::NotLoaded);
        };
        let job = self.jobs.start(WORK);
        let results = self.scored.begin();
        let tokenizer = scorer.model.tokenizer.clone();
        let convention = call.convention;
        let mut overflows = false;
        let strengths = [call.strength];
        let scoring = scorer.score_at(&call.items, convention, &strengths, |index, scores| {
            let score = scores.into_iter().next().unwrap_or_default();
            overflows = score.logprobs.iter().any(|l| !l.is_finite());
            if !overflows {
                let scored = Scored {
                    row: score.statistics(),
                    tokens: shown(&tokenizer, &score, convention),
                    entropies: score.entropies.iter().map(|h| rounded(*h)).collect(),
                    ranks: score.ranks,
                };
                results.push(index, scored);
            }
            !overflows && !job.is_stopped()
        });
        scoring.await?;
        if overflows {
            return Err(ModelWorkerError::NotFinite);
        }
        job.finish();
        Ok(Finished {
            memory: memory(&scorer.backend),
            rest: results.rest(),
        })
    }

    fn count(&self, texts: &[String]) -> Result<(), ModelWorkerError> {
        let mut held = self.in_use()?;
        let Opens::Encoder(open) = &mut held.opens else {
            return Err(ModelWorkerError::NotOpen);
        };
        compare::count(&open.encoder, &mut open.frequencies, texts)?;
        Ok(())
    }

    async fn compare(&self, call: Compare) -> Result<Finished<Vec<Compared>>, ModelWorkerError> {
        let mut held = self.in_use()?;
        let Opens::Encoder(open) = &mut held.opens else {
            return Err(ModelWorkerError::NotOpen);
        };
        let backend = open.backend.as_mut().ok_or(ModelWorkerError::NotLoaded)?;
        let job = self.jobs.start(WORK);
        let results = self.compared.begin();
        let (encoder, frequencies) = (&open.encoder, &open.frequencies);
        for (index, segment) in call.segments.iter().enumerate() {
            if job.is_stopped() {
                break;
            }
            let rows = compare::compare(encoder, backend, &call.plan, frequencies, segment).await?;
            results.push(index, rows);
        }
        job.finish();
        Ok(Finished {
            memory: memory(backend),
            rest: results.rest(),
        })
    }
}

/// Loads tensors; the job's progress is in bytes.
async fn load_parts(
    job: &Job,
    (store, shape, parameters): (&Store, &Shape, u64),
    cpu: bool,
    measured: Option<Measured>,
) -> Result<(Either, Loaded), ModelWorkerError> {
    let start = js_sys::Date::now();
    let progress = |done: u64| job.progress(Progress::new(done as f64, 0.0, Unit::Bytes));
    let (backend, adapter, measured) = if cpu {
        let backend = CpuBackend::of(store, shape, progress).await?;
        (Either::Cpu(Box::new(backend)), None, None)
    } else {
        let mut gpu = Gpu::open().await?;
        if let Some(name) = adapter_name().await {
            gpu.name = name;
        }
        let loading = GpuBackend::of(Rc::new(gpu), store, shape, parameters, measured, progress);
        let backend = loading.await?;
        let adapter = backend.adapter().to_owned();
        let measured = backend.measured().clone();
        let backend = Either::Gpu(Box::new(backend));
        (backend, Some(adapter), Some(measured))
    };
    let loaded = Loaded {
        adapter,
        seconds: (js_sys::Date::now() - start) / 1000.0,
        measured,
    };
    Ok((backend, loaded))
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

fn memory(backend: &Either) -> Memory {
    let program = program_memory();
    let model = match backend {
        Either::Cpu(_) => program,
        Either::Gpu(backend) => backend.memory() as f64,
    };
    Memory { model, program }
}

/// An entropy to a thousandth of a nat: it is shown to a tenth of a bit, and each is kept as a text.
fn rounded(entropy: f32) -> f32 {
    (entropy * 1000.0).round() / 1000.0
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
