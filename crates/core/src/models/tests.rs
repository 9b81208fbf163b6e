//! Whole flows through the service's calls, with model workers that make numbers up.

mod adapter;
mod open_and_keep;
mod perplexity;

use super::fake::FakeHost;
use super::worker_calls::ModelWorkerError;
use super::{Models, Parts, register};
use crate::platform::InputFile;
use crate::platform::fake::{FakeClock, FakeDisk, FakeFile};
use crate::session::Session;
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::testing::CallNames;
use assay_calls::{
    Announcer, CallFailure, ChannelFailure, ClientEvent, JobKind, JobList, Jobs, Registry,
};
use assay_data::{DataSet, Importer};
use assay_lm::gpu::GpuError;
use assay_lm::scoring::ScoringError;
use assay_protocol::models::*;
use assay_protocol::topics::{ENCODE, KEEP_MODEL, LOAD_MODEL, RUN_PERPLEXITY};
use assay_results::encoder::Plan as ComparePlan;
use assay_results::perplexity::{Convention, Plan};
use std::cell::RefCell;
use std::rc::Rc;

type Files = Vec<Rc<dyn InputFile>>;

/// Three rows with two systems' outputs: six texts under each model.
const TABLE: &[u8] = b"reference,x,y\na b,a b,c\nd,e,d\nf g,f,g h\n";

struct Page {
    worker: InMemoryWorker<Files>,
    host: FakeHost,
    disk: FakeDisk,
    jobs: Rc<RefCell<JobList>>,
    session: Rc<RefCell<Session>>,
}

fn table() -> DataSet {
    let mut importer = Importer::new("a.csv");
    importer.push(TABLE).unwrap();
    DataSet::join(vec![importer.finish().unwrap()]).unwrap()
}

/// Scores what became metrics, as the data worker does.
fn compute(session: &RefCell<Session>) {
    loop {
        let Some((job, task, parcel)) = session.borrow_mut().next_job() else {
            return;
        };
        let numbers = task.run(&parcel).unwrap();
        session.borrow_mut().accept(&job, numbers);
    }
}

impl Page {
    fn new(disk: &FakeDisk) -> Self {
        let worker = InMemoryWorker::new();
        let jobs = Rc::new(RefCell::new(JobList::default()));
        let listed = jobs.clone();
        worker.client().listen(move |event| {
            if let ClientEvent::Event(event) = event {
                listed.borrow_mut().apply(&event, 0.0);
            }
        });
        let mut page = Self {
            worker,
            host: FakeHost::default(),
            disk: disk.clone(),
            jobs,
            session: Rc::default(),
        };
        page.serve();
        page
    }

    /// Starts the data worker, and loads the table.
    fn serve(&mut self) {
        let announcer = Announcer::default();
        let jobs = Jobs::new(announcer.clone());
        let session = Rc::new(RefCell::new(Session::new(announcer.clone())));
        session.borrow_mut().load(table());
        let scored = session.clone();
        let models = Rc::new(Models::new(Parts {
            disk: Rc::new(self.disk.clone()),
            clock: Rc::new(FakeClock::default()),
            host: Rc::new(self.host.clone()),
            session: session.clone(),
            publish: Box::new(move || compute(&scored)),
            jobs: jobs.clone(),
            announcer: announcer.clone(),
        }));
        let mut registry = Registry::new();
        register(&mut registry, &models, |files: Files| files);
        self.worker.serve(registry, (), &jobs, &announcer);
        self.session = session;
    }

    fn open(&self, slot: usize, content: &str) -> Result<ModelInfo, CallFailure<ModelsError>> {
        let file = FakeFile::new(&format!("{content}.gguf"), content);
        let files: Files = vec![Rc::new(file)];
        let asked = self.worker.client().ask_with(Open { slot }, files);
        self.worker.finish(async move { Ok(asked.await?.reply) })
    }

    fn perplexity(&self, cpu: bool) -> Result<RunEnd, CallFailure<ModelsError>> {
        self.worker.ask(run(cpu))
    }

    /// Begins a call that ends later; its reply.
    fn begin<K: assay_calls::Call>(&self, call: K) -> Rc<RefCell<Option<Reply<K>>>> {
        let reply = Rc::new(RefCell::new(None));
        let (slot, asked) = (reply.clone(), self.worker.client().ask(call));
        self.worker.spawn(async move {
            let outcome = asked.await;
            *slot.borrow_mut() = Some(outcome);
        });
        self.worker.run();
        reply
    }

    fn stop(&self, kind: &JobKind) {
        let id = self.jobs.borrow().of_kind(kind).map(|job| job.id);
        self.worker.client().stop(id.unwrap());
        self.worker.run();
    }

    fn state(&self) -> ModelsView {
        self.worker.ask(State {}).unwrap()
    }

    fn score_lines(&self) -> String {
        let paths = self.disk.paths();
        let path = paths.iter().find(|path| path.starts_with("scores/"));
        self.disk.text(path.unwrap()).unwrap()
    }
}

type Reply<K> =
    Result<<K as assay_calls::Call>::Reply, CallFailure<<K as assay_calls::Call>::Error>>;

fn run(cpu: bool) -> Perplexity {
    let plan = Plan {
        convention: Convention::Text,
        column: None,
        chat: false,
    };
    Perplexity { plan, cpu }
}

fn lost() -> ModelWorkerError {
    ScoringError::Gpu(GpuError::Lost("reset".into())).into()
}

fn died() -> ModelWorkerError {
    ModelWorkerError::WorkerDied {
        detail: "trap".into(),
    }
}

fn progress(done: usize, total: usize) -> RunProgress {
    RunProgress { done, total }
}

/// The kind of the explanation within a failure.
fn cause<T>(outcome: Result<T, CallFailure<ModelsError>>) -> (String, String) {
    let Err(failure) = outcome else {
        panic!("no failure")
    };
    let explained = failure.explanation();
    let mut inner = explained.cause.as_deref().cloned();
    while let Some(deeper) = inner.as_ref().and_then(|i| i.cause.as_deref().cloned()) {
        inner = Some(deeper);
    }
    (explained.kind, inner.map_or(String::new(), |c| c.kind))
}

#[test]
fn an_encoders_run_is_stopped_resumed_and_forgotten() {
    let page = Page::new(&FakeDisk::default());
    let encode = || Encode {
        plan: ComparePlan {
            layers: 0,
            idf: true,
        },
        paths: Vec::new(),
        name: String::new(),
        cpu: false,
    };
    page.host.wait_at(Some(1));
    let reply = page.begin(encode());
    page.stop(&ENCODE);
    assert_eq!(reply.take().unwrap(), Ok(None));
    page.host.wait_at(None);
    let done = page.worker.ask(encode()).unwrap().unwrap();
    assert_eq!((done.layers, page.host.worked()), (6, 3));
    assert_eq!(page.state().encoded, Some(done));
    assert_eq!(page.host.loads(), [true, true], "no GPU, so the processor");
    page.worker.ask(ForgetEncoded {}).unwrap();
    assert_eq!(page.state().encoded, None);
}

#[test]
fn every_call_has_a_handler() {
    let announcer = Announcer::default();
    let models = Rc::new(Models::new(Parts {
        disk: Rc::new(FakeDisk::default()),
        clock: Rc::new(FakeClock::default()),
        host: Rc::new(FakeHost::default()),
        session: Rc::default(),
        publish: Box::new(|| {}),
        jobs: Jobs::new(announcer.clone()),
        announcer,
    }));
    let mut registry = Registry::<(), CborCodec, Files>::new();
    register(&mut registry, &models, |files| files);
    let mut declared = CallNames::default();
    visit(&mut declared);
    declared.0.sort_unstable();
    assert_eq!(registry.names().collect::<Vec<_>>(), declared.0);
}
