//! The data worker's side of model workers: each is asked by the calls of `assay_core::models::worker_calls`.

use super::channel::scope;
use super::platform::BrowserFile;
use assay_calls::{ChannelFailure, ClientEvent, Event, JobList, Progress};
use assay_core::models::worker_calls::{
    Attach, Compare, Count, Load, Loaded, Memory, ModelWorkerError, Open, OpenEncoder, Opened,
    OpenedEncoder, Score, TakeCompared, TakeScored,
};
use assay_core::models::{
    AdapterSource, EncoderSource, ModelHost, ModelSource, ModelWorker, WorkerFuture,
};
use assay_core::platform::{InputError, InputFile, LocalFuture};
use assay_core::surprise::Scored;
use assay_lm::encoder::compare::{Compared, Segment};
use assay_lm::gpu::Measured;
use assay_lm::scoring::Item;
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::Convention;
use assay_web_calls::{Attachments, Client, WorkerHost};
use futures_util::future::{Either, select};
use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// The default model, next to the page.
const DEFAULT_MODEL: &str = "./models/SmolLM2-135M-Instruct.Q4_1.gguf";
/// The default encoder's folder, next to the page.
const DEFAULT_ENCODER: &str = "./models/all-MiniLM-L6-v2";

/// Starts model workers.
#[derive(Default)]
pub(crate) struct BrowserModels;

impl ModelHost for BrowserModels {
    fn start(&self) -> Rc<dyn ModelWorker> {
        let jobs = Rc::new(RefCell::new(JobList::default()));
        let heard = jobs.clone();
        // How the worker is, the calls that wait for it say.
        let host = WorkerHost::start("./model-boot.js", "model", move |event| {
            if let ClientEvent::Event(event) = event {
                hear(&heard, &event);
            }
        });
        Rc::new(BrowserModelWorker { host, jobs })
    }

    fn default_model(&self) -> LocalFuture<'_, Result<Rc<dyn InputFile>, InputError>> {
        Box::pin(async {
            let fetched = fetch_blob(DEFAULT_MODEL).await;
            let blob = fetched.map_err(|error| InputError {
                file: DEFAULT_MODEL.to_owned(),
                detail: format!("{error:?}"),
            })?;
            Ok(Rc::new(BrowserFile::of(blob)) as Rc<dyn InputFile>)
        })
    }
}

fn hear(jobs: &RefCell<JobList>, event: &Event) {
    jobs.borrow_mut().apply(event, 0.0);
}

async fn fetch_blob(url: &str) -> Result<Blob, JsValue> {
    let response = JsFuture::from(scope().fetch_with_str(url)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    JsFuture::from(response.blob()?).await?.dyn_into()
}

/// A model worker of the browser. Dropped, it is terminated.
struct BrowserModelWorker {
    host: WorkerHost,
    jobs: Rc<RefCell<JobList>>,
}

/// Files as what travels beside a call.
fn attachments<'a>(
    files: impl Iterator<Item = &'a Rc<dyn InputFile>>,
) -> Result<Attachments, ModelWorkerError> {
    let blob = |file: &Rc<dyn InputFile>| {
        let blob = file.machine_file().and_then(|f| f.downcast_ref::<Blob>());
        blob.cloned().ok_or(ModelWorkerError::NotOpen)
    };
    Ok(Attachments {
        files: files.map(blob).collect::<Result<_, _>>()?,
        buffers: Vec::new(),
    })
}

/// A service's error, or what happened on the way.
fn failure(failure: assay_calls::CallFailure<ModelWorkerError>) -> ModelWorkerError {
    match failure {
        assay_calls::CallFailure::Service(error) => error,
        assay_calls::CallFailure::Channel(failure) => failure.into(),
    }
}

/// Awaits `work`, and hands on what `take` gives meanwhile.
async fn taking<T, R, Taken>(
    work: impl Future<Output = R>,
    take: impl Fn() -> Taken,
    each: &mut dyn FnMut(usize, T),
) -> Result<R, ChannelFailure>
where
    Taken: Future<Output = Result<Vec<(usize, T)>, assay_calls::CallFailure<assay_calls::NoError>>>,
{
    let mut work = pin!(work);
    loop {
        // What was taken comes first: it was sent before the end.
        match select(pin!(take()), work.as_mut()).await {
            Either::Left((Ok(results), _)) => {
                results
                    .into_iter()
                    .for_each(|(index, result)| each(index, result));
            }
            Either::Left((Err(assay_calls::CallFailure::Channel(failure)), _)) => {
                return Err(failure);
            }
            Either::Left((Err(assay_calls::CallFailure::Service(never)), _)) => match never {},
            Either::Right((done, _)) => return Ok(done),
        }
    }
}

impl BrowserModelWorker {
    fn client(&self) -> Client {
        self.host.client()
    }

    /// The progress of the job that runs, as it changes.
    fn follow(&self, progress: &dyn Fn(f64), last: &mut Option<Progress>) {
        let jobs = self.jobs.borrow();
        let now = jobs.iter().next().and_then(|job| job.progress);
        if let Some(now) = now.filter(|now| last.as_ref() != Some(now)) {
            progress(now.done);
            *last = Some(now);
        }
    }
}

/// How often loading's progress is looked at, in milliseconds.
const LOOK_MS: i32 = 100;

impl ModelWorker for BrowserModelWorker {
    fn open<'a>(&'a self, source: &'a ModelSource) -> WorkerFuture<'a, Opened> {
        Box::pin(async move {
            let (url, beside) = match source {
                ModelSource::Files { files, .. } => (None, attachments(files.iter())?),
                ModelSource::Default => (Some(DEFAULT_MODEL.to_owned()), Attachments::default()),
            };
            let asked = self.client().ask_with(Open { url }, beside).await;
            Ok(asked.map_err(failure)?.reply)
        })
    }

    fn load<'a>(
        &'a self,
        cpu: bool,
        measured: Option<Measured>,
        progress: &'a dyn Fn(f64),
    ) -> WorkerFuture<'a, Loaded> {
        Box::pin(async move {
            let mut loading = pin!(self.client().ask(Load { cpu, measured }));
            let mut last = None;
            loop {
                match select(pin!(super::channel::rest(LOOK_MS)), loading.as_mut()).await {
                    Either::Left(_) => self.follow(progress, &mut last),
                    Either::Right((loaded, _)) => return loaded.map_err(failure),
                }
            }
        })
    }

    fn attach<'a>(&'a self, adapter: &'a AdapterSource) -> WorkerFuture<'a, String> {
        Box::pin(async move {
            let beside = attachments(adapter.files.iter())?;
            let call = Attach {
                names: adapter.files.iter().map(|file| file.name()).collect(),
                strength: adapter.strength,
            };
            let asked = self.client().ask_with(call, beside).await;
            Ok(asked.map_err(failure)?.reply)
        })
    }

    fn score<'a>(
        &'a self,
        items: Vec<Item>,
        convention: Convention,
        strength: f32,
        each: &'a mut dyn FnMut(usize, Scored),
    ) -> WorkerFuture<'a, Memory> {
        Box::pin(async move {
            let client = self.client();
            let scoring = client.ask(Score {
                items,
                convention,
                strength,
            });
            let taken = taking(scoring, || client.ask(TakeScored {}), each).await?;
            let finished = taken.map_err(failure)?;
            for (index, scored) in finished.rest {
                each(index, scored);
            }
            Ok(finished.memory)
        })
    }

    fn open_encoder<'a>(&'a self, source: &'a EncoderSource) -> WorkerFuture<'a, OpenedEncoder> {
        Box::pin(async move {
            let beside = attachments(source.files.iter().map(|(_, file)| file))?;
            let url = source.files.is_empty().then(|| DEFAULT_ENCODER.to_owned());
            let call = OpenEncoder {
                paths: source.files.iter().map(|(path, _)| path.clone()).collect(),
                name: source.name.clone(),
                url,
            };
            let asked = self.client().ask_with(call, beside).await;
            Ok(asked.map_err(failure)?.reply)
        })
    }

    fn count(&self, texts: Vec<String>) -> WorkerFuture<'_, ()> {
        Box::pin(async move { self.client().ask(Count { texts }).await.map_err(failure) })
    }

    fn compare<'a>(
        &'a self,
        segments: Vec<Segment>,
        plan: ComparePlan,
        each: &'a mut dyn FnMut(usize, Vec<Compared>),
    ) -> WorkerFuture<'a, Memory> {
        Box::pin(async move {
            let client = self.client();
            let comparing = client.ask(Compare { segments, plan });
            let taken = taking(comparing, || client.ask(TakeCompared {}), each).await?;
            let finished = taken.map_err(failure)?;
            for (index, compared) in finished.rest {
                each(index, compared);
            }
            Ok(finished.memory)
        })
    }

    fn stop(&self) {
        for job in self.jobs.borrow().iter() {
            self.client().stop(job.id);
        }
    }
}
