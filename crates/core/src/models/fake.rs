//! Model workers for tests: they make numbers up, and fail, wait or die as told.

use super::worker_calls::{Loaded, Memory, ModelWorkerError, Opened, OpenedEncoder};
use super::{AdapterSource, EncoderSource, ModelHost, ModelSource, ModelWorker, WorkerFuture};
use crate::platform::fake::{FakeClock, FakeFile};
use crate::platform::{Clock, InputError, InputFile, LocalFuture};
use crate::semantic::EncoderInfo;
use crate::surprise::Scored;
use assay_lm::AdapterError;
use assay_lm::encoder::compare::{Compared, Segment};
use assay_lm::gpu::Measured;
use assay_lm::scoring::Item;
use assay_protocol::models::ModelInfo;
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::Convention;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{poll_fn, ready};
use std::rc::Rc;
use std::task::{Poll, Waker};

/// What all workers of a host share.
#[derive(Default)]
struct State {
    /// Texts and segments that went through any worker.
    worked: Cell<usize>,
    starts: Cell<usize>,
    /// Failures still to come, in order: the number of texts before each, and the error.
    failures: RefCell<VecDeque<(usize, ModelWorkerError)>>,
    /// The number of texts, over all workers, after which they wait for a stop.
    wait_at: Cell<Option<usize>>,
    waiting: RefCell<Option<Waker>>,
    /// Whether each load was on the processor.
    loads: RefCell<Vec<bool>>,
}

/// Starts such workers. Clones are the same host.
#[derive(Clone, Default)]
pub struct FakeHost(Rc<State>);

impl FakeHost {
    /// The next worker that has scored `texts` more fails with `error`; several in order.
    pub fn fail_after(&self, texts: usize, error: ModelWorkerError) {
        self.0.failures.borrow_mut().push_back((texts, error));
    }

    /// After `texts` in all the workers wait until they are asked to stop; nothing lets them work on.
    pub fn wait_at(&self, texts: Option<usize>) {
        self.0.wait_at.set(texts);
    }

    /// Texts and segments that went through any worker.
    #[must_use]
    pub fn worked(&self) -> usize {
        self.0.worked.get()
    }

    /// Workers that were started.
    #[must_use]
    pub fn starts(&self) -> usize {
        self.0.starts.get()
    }

    /// Whether each load of weights was on the processor.
    #[must_use]
    pub fn loads(&self) -> Vec<bool> {
        self.0.loads.borrow().clone()
    }
}

impl ModelHost for FakeHost {
    fn start(&self) -> Rc<dyn ModelWorker> {
        self.0.starts.set(self.0.starts.get() + 1);
        Rc::new(FakeModelWorker {
            state: self.0.clone(),
            id: RefCell::default(),
            adapter: RefCell::default(),
            is_stopped: Cell::new(false),
        })
    }

    fn default_model(&self) -> LocalFuture<'_, Result<Rc<dyn InputFile>, InputError>> {
        let file = FakeFile::new("default.gguf", "default");
        Box::pin(ready(Ok(Rc::new(file) as Rc<dyn InputFile>)))
    }
}

struct FakeModelWorker {
    state: Rc<State>,
    /// The fingerprint of what is open.
    id: RefCell<String>,
    /// The contents of the adapter that is attached.
    adapter: RefCell<String>,
    is_stopped: Cell<bool>,
}

impl FakeModelWorker {
    /// One text or segment: false where it is left out after a stop.
    async fn work(&self) -> Result<bool, ModelWorkerError> {
        FakeClock::default().sleep(0).await;
        poll_fn(|context| {
            let waits = self.state.wait_at.get() == Some(self.state.worked.get());
            if !waits || self.is_stopped.get() {
                return Poll::Ready(());
            }
            *self.state.waiting.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
        if self.is_stopped.get() {
            return Ok(false);
        }
        let mut failures = self.state.failures.borrow_mut();
        match failures.front_mut() {
            Some((0, _)) => {
                let failure = failures.pop_front().map(|(_, error)| error);
                return Err(failure.unwrap_or(ModelWorkerError::NotOpen));
            }
            Some((left, _)) => *left -= 1,
            None => {}
        }
        self.state.worked.set(self.state.worked.get() + 1);
        Ok(true)
    }
}

const MEMORY: Memory = Memory {
    model: 2048.0,
    program: 1024.0,
};

impl ModelWorker for FakeModelWorker {
    fn open<'a>(&'a self, source: &'a ModelSource) -> WorkerFuture<'a, Opened> {
        Box::pin(async move {
            let (id, bytes) = match source {
                ModelSource::Files { files, .. } => {
                    let file = files.first().ok_or(ModelWorkerError::NotOpen)?;
                    let content = file.read(0, file.bytes()).await;
                    let content = content.map_err(|_| ModelWorkerError::NotOpen)?;
                    (
                        String::from_utf8_lossy(&content).into_owned(),
                        file.bytes() as f64,
                    )
                }
                ModelSource::Default => ("default".to_owned(), 7.0),
            };
            if id == "damaged" {
                let missing = assay_lm::model::ModelError::MissingTensor("output".to_owned());
                return Err(missing.into());
            }
            self.id.borrow_mut().clone_from(&id);
            Ok(Opened {
                info: ModelInfo {
                    id,
                    name: "header's name".to_owned(),
                    family: "llama".to_owned(),
                    kind: "Q4_1".to_owned(),
                    parameters: 1e6,
                    bytes,
                    needs: 2.0 * bytes,
                    context: 512,
                    licence: None,
                    chat: false,
                },
                has_gpu: true,
            })
        })
    }

    fn load<'a>(
        &'a self,
        cpu: bool,
        _: Option<Measured>,
        progress: &'a dyn Fn(f64),
    ) -> WorkerFuture<'a, Loaded> {
        progress(1.0);
        self.state.loads.borrow_mut().push(cpu);
        Box::pin(ready(Ok(Loaded {
            adapter: (!cpu).then(|| "fake adapter".to_owned()),
            seconds: 0.5,
            measured: None,
        })))
    }

    fn attach<'a>(&'a self, adapter: &'a AdapterSource) -> WorkerFuture<'a, String> {
        Box::pin(async move {
            let missing = || AdapterError::Missing("adapter_config.json".to_owned());
            let file = adapter.files.first().ok_or_else(missing)?;
            let content = file.read(0, file.bytes()).await;
            let content = content.map_err(|_| ModelWorkerError::NotOpen)?;
            let content = String::from_utf8_lossy(&content).into_owned();
            if content == "foreign" {
                let found = "qwen2".to_owned();
                let expected = "llama".to_owned();
                return Err(AdapterError::Family { found, expected }.into());
            }
            self.adapter.borrow_mut().clone_from(&content);
            let id = self.id.borrow();
            Ok(format!("{id}+{content}@{}", adapter.strength))
        })
    }

    fn score<'a>(
        &'a self,
        items: Vec<Item>,
        _: Convention,
        strength: f32,
        each: &'a mut dyn FnMut(usize, Scored),
    ) -> WorkerFuture<'a, Memory> {
        Box::pin(async move {
            self.is_stopped.set(false);
            for index in 0..items.len() {
                if !self.work().await? {
                    break;
                }
                // The longer a model's fingerprint, the worse the model.
                let base = self.id.borrow().len() as f64;
                // An adapter makes it better by its length.
                let nll = base - f64::from(strength) * self.adapter.borrow().len() as f64 / 100.0;
                let scored = Scored {
                    row: [nll, 2.0, 1.0, 4.0, (nll / 2.0).exp(), 1.0],
                    tokens: vec![("a".into(), None), ("b".into(), Some(-nll as f32))],
                    ranks: vec![0],
                    entropies: vec![0.5],
                };
                each(index, scored);
            }
            Ok(MEMORY)
        })
    }

    fn open_encoder<'a>(&'a self, source: &'a EncoderSource) -> WorkerFuture<'a, OpenedEncoder> {
        let info = EncoderInfo {
            id: source.name.clone(),
            name: source.name.clone(),
            base_name: String::new(),
            layers: 6,
            bytes: 100,
        };
        let has_gpu = false;
        Box::pin(ready(Ok(OpenedEncoder { info, has_gpu })))
    }

    fn count(&self, _: Vec<String>) -> WorkerFuture<'_, ()> {
        Box::pin(ready(Ok(())))
    }

    fn compare<'a>(
        &'a self,
        segments: Vec<Segment>,
        _: ComparePlan,
        each: &'a mut dyn FnMut(usize, Vec<Compared>),
    ) -> WorkerFuture<'a, Memory> {
        Box::pin(async move {
            self.is_stopped.set(false);
            for (index, segment) in segments.iter().enumerate() {
                if !self.work().await? {
                    break;
                }
                let row = Compared {
                    bert_score: [0.5, 0.5, 0.5, 1.0],
                    cosine: [0.5, 1.0],
                };
                each(index, vec![row; segment.hypotheses.len()]);
            }
            Ok(MEMORY)
        })
    }

    fn stop(&self) {
        self.is_stopped.set(true);
        let waiting = self.state.waiting.take();
        waiting.into_iter().for_each(Waker::wake);
    }
}
