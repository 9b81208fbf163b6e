//! Whole flows through the service's calls, with model workers that make numbers up.

use super::fake::FakeHost;
use super::worker_calls::ModelWorkerError;
use super::{Models, Parts, register};
use crate::platform::InputFile;
use crate::platform::fake::{FakeClock, FakeDisk, FakeFile};
use crate::session::Session;
use assay_calls::native::{InMemoryWorker, PostcardCodec};
use assay_calls::testing::{CallNames, RoundtripCalls};
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
fn two_models_are_scored_and_compared() {
    let page = Page::new(&FakeDisk::default());
    assert_eq!(page.open(0, "one").unwrap().name, "one");
    page.open(1, "three").unwrap();
    assert!(page.worker.ask(Comparison {}).unwrap().is_empty());
    let end = page.perplexity(false).unwrap();
    assert_eq!(end.progress, progress(12, 12));
    assert_eq!(end.not_kept, None);
    let compared = page.worker.ask(Comparison {}).unwrap();
    assert_eq!(compared.len(), 2, "a result for each column");
    let second = &compared[1].result.systems[1];
    let change = second.comparison.unwrap().difference.value;
    assert!((change - (2.5f64.exp() - 1.5f64.exp())).abs() < 1e-9);
    let state = page.state();
    let figures = &state.open[1].as_ref().unwrap().figures;
    assert_eq!(figures.adapter.as_deref(), Some("fake adapter"));
    assert_eq!(figures.memory, Some(2048.0));
    assert_eq!(state.run, Some(progress(12, 12)));
    assert!(state.score_bytes > 0.0 && page.jobs.borrow().is_empty());
    // Everything is scored: a second run needs no worker.
    page.perplexity(false).unwrap();
    assert_eq!((page.host.worked(), page.host.loads().len()), (12, 2));
}

#[test]
fn two_models_of_one_name_are_told_apart() {
    let page = Page::new(&FakeDisk::default());
    for slot in [0, 1] {
        page.worker
            .finish({
                let file = FakeFile::new("same.gguf", ["one", "three"][slot]);
                let files: Files = vec![Rc::new(file)];
                page.worker.client().ask_with(Open { slot }, files)
            })
            .unwrap();
    }
    page.perplexity(false).unwrap();
    let compared = page.worker.ask(Comparison {}).unwrap();
    let names: Vec<&str> = compared[0]
        .result
        .systems
        .iter()
        .map(|s| &*s.name)
        .collect();
    assert_eq!(names, ["same", "same (2)"]);
}

#[test]
fn a_stopped_run_resumes_with_what_is_missing() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.host.wait_at(Some(2));
    let reply = page.begin(run(false));
    assert!(reply.borrow().is_none());
    let running = page
        .jobs
        .borrow()
        .of_kind(&RUN_PERPLEXITY)
        .cloned()
        .unwrap();
    assert_eq!(running.progress.unwrap().done, 2.0);
    page.stop(&RUN_PERPLEXITY);
    let end = reply.take().unwrap().unwrap();
    assert_eq!(end.progress, progress(2, 6));
    assert!(page.jobs.borrow().is_empty());
    let paused = page.state().paused.unwrap();
    assert_eq!(paused, run(false));
    page.host.wait_at(None);
    let end = page.worker.ask(paused).unwrap();
    assert_eq!(end.progress, progress(6, 6));
    assert_eq!((page.host.worked(), page.host.starts()), (6, 1));
    assert_eq!(page.state().paused, None);
}

#[test]
fn a_newer_order_stops_what_runs() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.host.wait_at(Some(1));
    let reply = page.begin(run(false));
    page.open(1, "three").unwrap();
    assert_eq!(reply.take().unwrap().unwrap().progress, progress(1, 6));
    page.host.wait_at(None);
    assert_eq!(page.perplexity(false).unwrap().progress, progress(12, 12));
}

#[test]
fn a_gpu_that_is_lost_twice_is_tried_again() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.host.fail_after(2, lost());
    page.host.fail_after(1, died());
    assert_eq!(page.perplexity(false).unwrap().progress, progress(6, 6));
    assert_eq!((page.host.worked(), page.host.starts()), (6, 3));
}

#[test]
fn a_gpu_that_is_lost_again_and_again_is_told_and_the_processor_goes_on() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    for texts in [1, 1, 1] {
        page.host.fail_after(texts, lost());
    }
    let failed = page.perplexity(false);
    let expected = ("models-error-worker", "gpu-error-lost");
    let (kind, inner) = cause(failed);
    assert_eq!((&*kind, &*inner), expected);
    assert!(page.jobs.borrow().is_empty());
    assert_eq!(page.state().run, Some(progress(3, 6)));
    assert_eq!(page.perplexity(true).unwrap().progress, progress(6, 6));
    assert_eq!(page.host.loads(), [false, false, false, true]);
    assert_eq!(page.host.worked(), 6);
}

#[test]
fn a_full_disk_ends_the_keeping_and_the_next_visit_repairs_the_torn_line() {
    let disk = FakeDisk::default();
    let mut page = Page::new(&disk);
    page.open(0, "one").unwrap();
    page.perplexity(false).unwrap();
    let line = page.score_lines().lines().next().unwrap().len() + 1;
    // The same on a disk that has room for two lines and a half.
    disk.put("scores/none", b"");
    page.worker.ask(RemoveScores {}).unwrap();
    disk.limit(2 * line + line / 2);
    page.worker.kill(ChannelFailure::WorkerDied {
        detail: "closed".into(),
    });
    page.serve();
    page.open(0, "one").unwrap();
    let end = page.perplexity(false).unwrap();
    assert_eq!(end.progress, progress(6, 6), "the run goes on");
    assert_eq!(end.not_kept.unwrap().kind, "disk-error-full");
    assert!(!page.score_lines().ends_with('\n'));

    // A new visit, with room again: two texts are known, and what follows begins a line of its own.
    disk.limit(1 << 20);
    page.worker.kill(ChannelFailure::WorkerDied {
        detail: "closed".into(),
    });
    page.serve();
    page.open(0, "one").unwrap();
    let before = page.host.worked();
    assert_eq!(page.perplexity(false).unwrap().not_kept, None);
    assert_eq!(page.host.worked() - before, 4);
    page.worker.kill(ChannelFailure::WorkerDied {
        detail: "closed".into(),
    });
    page.serve();
    page.open(0, "one").unwrap();
    page.perplexity(false).unwrap();
    assert_eq!(page.host.worked() - before, 4, "all six are known");
}

#[test]
fn a_run_works_without_a_disk_and_beside_another_tab() {
    let disk = FakeDisk::default();
    let first = Page::new(&disk);
    first.open(0, "one").unwrap();
    first.host.wait_at(Some(2));
    let reply = first.begin(run(false));
    // The second tab knows what the first has kept, and can't add to it.
    let second = Page::new(&disk);
    second.open(0, "one").unwrap();
    let end = second.perplexity(false).unwrap();
    assert_eq!(end.not_kept.unwrap().kind, "disk-error-in-use");
    assert_eq!(second.host.worked(), 4);
    assert!(reply.borrow().is_none());

    let disk = FakeDisk::default();
    disk.deny();
    let private = Page::new(&disk);
    private.open(0, "one").unwrap();
    let end = private.perplexity(false).unwrap();
    assert_eq!(end.progress, progress(6, 6));
    assert_eq!(end.not_kept.unwrap().kind, "disk-error-denied");
    let kept = private.worker.ask(Keep { slot: 0 });
    let (kind, inner) = cause(kept);
    assert_eq!(
        (&*kind, &*inner),
        ("models-error-keep", "disk-error-denied")
    );
}

#[test]
fn a_model_is_kept_opened_from_its_copy_and_removed() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.worker.ask(Keep { slot: 0 }).unwrap();
    let kept = page.state().kept;
    assert_eq!((kept.len(), &*kept[0].name), (1, "one"));
    let id = kept[0].id.clone();
    let opened = page.worker.ask(OpenKept {
        slot: 1,
        id: id.clone(),
    });
    assert_eq!(opened.unwrap().name, "one");
    page.worker.ask(Remove { id: id.clone() }).unwrap();
    assert!(page.state().kept.is_empty());
    let gone = page.worker.ask(OpenKept { slot: 1, id });
    assert_eq!(gone, Err(CallFailure::Service(ModelsError::NoCopy)));
}

#[test]
fn half_a_copy_is_removed() {
    let disk = FakeDisk::default();
    let page = Page::new(&disk);
    page.open(0, "one").unwrap();
    disk.limit(1);
    let (kind, inner) = cause(page.worker.ask(Keep { slot: 0 }));
    assert_eq!((&*kind, &*inner), ("models-error-keep", "disk-error-full"));
    assert!(disk.paths().is_empty(), "{:?}", disk.paths());
    assert!(page.jobs.borrow().of_kind(&KEEP_MODEL).is_none());

    // What a visit left that ended while it copied.
    disk.put("models/half/0.gguf", b"on");
    let page = Page::new(&disk);
    assert!(page.state().kept.is_empty() && disk.paths().is_empty());
}

#[test]
fn a_model_that_cannot_be_read_is_explained_and_what_was_open_stays() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    let (kind, inner) = cause(page.open(0, "damaged"));
    assert_eq!(kind, "models-error-worker");
    assert_eq!(inner, "model-error-missing-tensor");
    assert_eq!(page.state().open[0].as_ref().unwrap().info.name, "one");
    assert_eq!(page.perplexity(false).unwrap().progress, progress(6, 6));
    page.worker.ask(Close { slot: 0 }).unwrap();
    assert_eq!(page.state().open, [None, None]);
    let closed = page.worker.ask(Keep { slot: 0 });
    assert_eq!(
        closed,
        Err(CallFailure::Service(ModelsError::NotOpen { slot: 0 }))
    );
}

#[test]
fn other_data_ends_a_run_and_its_results() {
    let page = Page::new(&FakeDisk::default());
    page.open(0, "one").unwrap();
    page.perplexity(false).unwrap();
    page.session.borrow_mut().load(table());
    assert_eq!(page.state().run, None);
    assert!(page.worker.ask(Comparison {}).unwrap().is_empty());
    assert!(page.jobs.borrow().of_kind(&LOAD_MODEL).is_none());
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
fn every_call_crosses_unchanged_and_has_a_handler() {
    let mut check = RoundtripCalls::<PostcardCodec>::default();
    visit(&mut check);
    super::worker_calls::visit(&mut check);
    assert!(check.failures.is_empty(), "{:?}", check.failures);

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
    let mut registry = Registry::<(), PostcardCodec, Files>::new();
    register(&mut registry, &models, |files| files);
    let mut declared = CallNames::default();
    visit(&mut declared);
    declared.0.sort_unstable();
    assert_eq!(registry.names().collect::<Vec<_>>(), declared.0);
}
