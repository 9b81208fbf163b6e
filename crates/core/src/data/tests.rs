mod answers;
mod folder;
mod later;
mod measures;
mod overlap;
mod treat_as;

use super::*;
use crate::platform::fake::{FakeClock, FakeContainers, FakeDisk, FakeFile, FakePool, SourceFiles};
use crate::platform::{Clock, ComputeError};
use crate::rows::{self, RowsService};
use crate::scores;
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::testing::CallNames;
use assay_calls::{CallFailure, ChannelFailure, ClientEvent, JobKind, JobList, JobOutcome};
use assay_data::Role;
use assay_data::later::Placement;
use assay_protocol::later::PlaceFiles;
use assay_protocol::rows::{RowDetail, RowWindow, RowsError, Window};
use assay_protocol::scores::{
    AddMetric, Classification, Configure, Metrics, Outliers, RemoveMetric, Resume, ScoresError,
    ScoresView,
};
use assay_protocol::topics::SCORE;
use assay_protocol::views::{ExportKind, Query};
use assay_results::outliers::Reason;
use assay_stats::PairedTest;
use std::cell::Cell;

type Files = Vec<Rc<dyn InputFile>>;

/// The example that every page has something to say about.
const SUPPORT: LoadDemo = LoadDemo {
    example: ExampleName::Support,
};

/// Takes logs and nothing else.
#[derive(Default)]
struct Others {
    logs: Cell<usize>,
}

impl OtherServices for Others {
    fn take_judgements<'a>(
        &'a self,
        files: &'a [Rc<dyn InputFile>],
    ) -> LocalFuture<'a, Result<bool, ImportFailure>> {
        let all = files.iter().all(|f| f.name().ends_with(".answers"));
        Box::pin(std::future::ready(Ok(all)))
    }

    fn take<'a>(
        &'a self,
        files: &'a SortedFiles,
        _: &'a Job,
    ) -> LocalFuture<'a, Result<FoundInFiles, ImportFailure>> {
        self.logs.set(self.logs.get() + files.logs.len());
        let runs = !files.logs.is_empty();
        Box::pin(std::future::ready(Ok(FoundInFiles {
            runs,
            ..FoundInFiles::default()
        })))
    }

    fn take_example(
        &self,
        _: Vec<LogFile>,
        _: Vec<Imported>,
    ) -> Result<FoundInFiles, ImportFailure> {
        Ok(FoundInFiles::default())
    }

    fn before_data_changes(&self) {}
}

/// A worker with the three services, and what the page hears of it.
struct World {
    worker: InMemoryWorker<Files>,
    pool: Rc<FakePool>,
    jobs: Rc<RefCell<JobList>>,
    ended: Rc<RefCell<Vec<(JobKind, JobOutcome)>>>,
}

impl World {
    fn new() -> Self {
        let world = Self {
            worker: InMemoryWorker::new(),
            pool: Rc::default(),
            jobs: Rc::default(),
            ended: Rc::default(),
        };
        let (jobs, ended) = (world.jobs.clone(), world.ended.clone());
        world.worker.client().listen(move |event| {
            if let ClientEvent::Event(event) = event {
                let over = jobs.borrow_mut().apply(&event, 0.0);
                ended
                    .borrow_mut()
                    .extend(over.map(|(job, outcome)| (job.kind, outcome)));
            }
        });
        world.start();
        world
    }

    /// Starts the worker, or starts it again.
    fn start(&self) {
        let announcer = Announcer::default();
        let jobs = Jobs::new(announcer.clone());
        let platform = Platform {
            disk: Rc::new(FakeDisk::default()),
            clock: Rc::new(FakeClock::default()),
            compute: self.pool.clone(),
            containers: Rc::new(FakeContainers),
            page_files: Rc::new(SourceFiles),
        };
        let session = Rc::new(RefCell::new(Session::default()));
        let both = (jobs.clone(), announcer.clone());
        let scoring = Rc::new(ScoresService::new(session.clone(), &platform, both.clone()));
        let others = Rc::new(Others::default());
        let data = Rc::new(DataService::new(
            session.clone(),
            scoring.clone(),
            platform,
            both,
            others,
            || 1.0,
        ));
        let mut registry = Registry::<(), CborCodec, Files>::new();
        register(&mut registry, &data, |files| files);
        crate::data::later::register(&mut registry, &data);
        settings::register(&mut registry, &data);
        crate::data::overlap::register(&mut registry, &data, |files| files);
        scores::register(&mut registry, &scoring);
        let rows = RowsService::new(session.clone(), Rc::new(FakeContainers));
        rows::register(&mut registry, &Rc::new(rows));
        let mut declared = CallNames::default();
        assay_protocol::data::visit(&mut declared);
        assay_protocol::doubts::visit(&mut declared);
        assay_protocol::later::visit(&mut declared);
        assay_protocol::overlap::visit(&mut declared);
        assay_protocol::systems::visit(&mut declared);
        assay_protocol::scores::visit(&mut declared);
        assay_protocol::rows::visit(&mut declared);
        let names: Vec<_> = registry.names().collect();
        for name in declared.0 {
            assert!(names.contains(&name), "{name} has no handler");
        }
        self.worker.serve(registry, (), &jobs, &announcer);
        self.worker.spawn(async move { scoring.run().await });
    }

    fn import(&self, files: Files) -> Result<FoundInFiles, CallFailure<ImportFailure>> {
        let answer = self.worker.client().ask_with(Import {}, files);
        let answer = self.worker.finish(answer);
        self.worker.run();
        answer.map(|answer| answer.reply)
    }

    fn configure(&self) {
        self.worker.ask(configure()).unwrap();
        self.worker.run();
    }

    fn scores(&self) -> ScoresView {
        self.worker.ask(Metrics {}).unwrap()
    }

    fn files_loaded(&self) -> Vec<String> {
        let loaded = self.worker.ask(Summarize {}).unwrap();
        loaded.map_or(Vec::new(), |l| l.summary.files)
    }

    fn ended(&self) -> Vec<(JobKind, JobOutcome)> {
        std::mem::take(&mut self.ended.borrow_mut())
    }

    /// Imports a table and computes its scores.
    fn with(name: &str, text: &str) -> Self {
        let world = Self::new();
        world.import(vec![file(name, text)]).unwrap();
        world.configure();
        world.ended();
        world
    }
}

fn configure() -> Configure {
    Configure {
        baseline: 0,
        test: PairedTest::default(),
        domains: None,
    }
}

fn file(name: &str, text: &str) -> Rc<dyn InputFile> {
    Rc::new(FakeFile::new(name, text))
}

const OUTPUTS: &str = "reference,base,tuned\nthe cat sat,a dog ran,the cat sat\nfive words stand here now,five words stand here now,four words\nsix,six,six\n";

#[test]
fn outputs_are_imported_scored_and_gone_back_from() {
    let world = World::new();
    assert_eq!(world.worker.ask(Summarize {}).unwrap(), None);
    let found = world.import(vec![file("a.csv", OUTPUTS)]).unwrap();
    assert!(found.outputs && !found.runs);
    world.configure();
    let scores = world.scores();
    assert!(scores.is_complete() && scores.results.len() == 8);
    assert_eq!(
        world.ended(),
        [(IMPORT, JobOutcome::Done), (SCORE, JobOutcome::Done)]
    );
    let window = Window {
        query: Query::default(),
        start: 1,
        count: 1,
    };
    let RowWindow { total, rows, .. } = world.worker.ask(window).unwrap();
    assert_eq!((total, rows.len(), rows[0].row), (3, 1, 1));
    let missing = world.worker.ask(RowDetail {
        row: 7,
        against: None,
    });
    let error = RowsError::NoSuchRow { row: 7, rows: 3 };
    assert!(matches!(missing, Err(CallFailure::Service(found)) if found == error));
    let file = world
        .worker
        .ask(Export {
            kind: ExportKind::Csv,
        })
        .unwrap();
    assert!(String::from_utf8_lossy(&file.bytes.0).contains("BLEU"));
    world.worker.ask(SUPPORT).unwrap();
    assert_eq!(world.files_loaded(), ["demo.csv"]);
    world.worker.ask(Undo {}).unwrap();
    assert_eq!(world.files_loaded(), ["a.csv"]);
    let role = Role::Ignored;
    let refused = world.worker.ask(SetRole { column: 9, role });
    assert!(matches!(
        refused,
        Err(CallFailure::Service(DataError::NoSuchColumn { .. }))
    ));
}

#[test]
fn labels_are_merged_when_the_person_asks_for_it() {
    let world = World::new();
    let labels = "text,label,pred\na,yes,Yes\nb,no,no\nc,yes,yes\nd,no,No.\n";
    world.import(vec![file("a.csv", labels)]).unwrap();
    let right = || {
        let view = world.worker.ask(Classification {}).unwrap().unwrap();
        let merged = view.alike.map(|a| a.is_merged);
        (view.classifiers[0].confusion.right(), merged)
    };
    assert_eq!(right(), (2, Some(false)));
    world.worker.ask(MergeClasses { merge: true }).unwrap();
    assert_eq!(right(), (4, Some(true)));
    world.worker.ask(MergeClasses { merge: false }).unwrap();
    assert_eq!(right(), (2, Some(false)));
}

#[test]
fn an_import_ends_the_scoring_of_what_it_replaces() {
    let world = World::new();
    world.import(vec![file("a.csv", OUTPUTS)]).unwrap();
    world.ended();
    world.pool.computed.set(Some(3));
    world.configure();
    assert!(world.jobs.borrow().of_kind(&SCORE).is_some());
    world.pool.computed.set(None);
    world.import(vec![file("b.csv", OUTPUTS)]).unwrap();
    assert_eq!(world.ended(), [(IMPORT, JobOutcome::Done)]);
    let placement = Placement::Replace;
    world.worker.ask(PlaceFiles { placement }).unwrap();
    world.configure();
    assert_eq!(
        world.ended(),
        [(SCORE, JobOutcome::Stopped), (SCORE, JobOutcome::Done)]
    );
    assert_eq!(world.files_loaded(), ["b.csv"]);
    assert!(world.scores().is_complete());
    assert!(world.jobs.borrow().is_empty());
}

#[test]
fn scoring_that_is_stopped_keeps_what_is_done_and_goes_on_when_it_is_asked_to() {
    let world = World::new();
    world.import(vec![file("a.csv", OUTPUTS)]).unwrap();
    world.ended();
    world.pool.computed.set(Some(9));
    world.configure();
    let job = world.jobs.borrow().of_kind(&SCORE).map(|job| job.id);
    world.worker.client().stop(job.unwrap());
    world.worker.run();
    assert_eq!(world.ended(), [(SCORE, JobOutcome::Stopped)]);
    assert_eq!(world.pool.stops(), 1);
    let kept = world.scores();
    assert!(kept.is_stopped && !kept.is_complete() && !kept.results.is_empty());
    world.pool.computed.set(None);
    world.worker.ask(Resume {}).unwrap();
    world.worker.run();
    assert_eq!(world.ended(), [(SCORE, JobOutcome::Done)]);
    assert!(!world.scores().is_stopped);
    assert!(world.scores().is_complete());
}

#[test]
fn a_failed_import_keeps_the_data_and_its_scoring_goes_on() {
    let world = World::new();
    world.import(vec![file("a.csv", OUTPUTS)]).unwrap();
    let client = world.worker.client();
    let failed = world.worker.finish(async move {
        client.ask(configure()).await.unwrap();
        client.ask_with(Import {}, vec![file("b.csv", "")]).await
    });
    world.worker.run();
    let Err(CallFailure::Service(ImportFailure::Table { error })) = failed else {
        panic!("an empty file");
    };
    assert_eq!(
        error,
        ImportError::Empty {
            file: "b.csv".into()
        }
    );
    assert_eq!(world.files_loaded(), ["a.csv"]);
    assert!(world.scores().is_complete());
    let gone: Rc<dyn InputFile> = Rc::new(FakeFile::gone("c.csv"));
    let failed = world.import(vec![gone]);
    assert!(matches!(
        failed,
        Err(CallFailure::Service(ImportFailure::Table {
            error: ImportError::Unreadable { .. }
        }))
    ));
}

/// Yields to the other tasks `count` times.
async fn turns(count: usize) {
    for _ in 0..count {
        FakeClock::default().sleep(0).await;
    }
}

#[test]
fn an_import_is_stopped_between_two_pieces() {
    let world = World::with("a.csv", OUTPUTS);
    let large = format!("{OUTPUTS}{}", "x,y,z\n".repeat(4_000_000));
    let client = world.worker.client();
    let jobs = world.jobs.clone();
    let stopper = client.clone();
    world.worker.spawn(async move {
        loop {
            let job = jobs.borrow().of_kind(&IMPORT).map(|job| job.id);
            if let Some(job) = job {
                return stopper.stop(job);
            }
            turns(1).await;
        }
    });
    let answer = world.worker.finish(async move {
        client
            .ask_with(Import {}, vec![file("b.csv", &large)])
            .await
    });
    assert!(matches!(
        answer,
        Err(CallFailure::Service(ImportFailure::Stopped))
    ));
    assert_eq!(world.ended(), [(IMPORT, JobOutcome::Stopped)]);
    assert_eq!(world.files_loaded(), ["a.csv"]);
}

#[test]
fn files_of_other_services_leave_the_data_as_it_is() {
    let world = World::with("a.csv", OUTPUTS);
    let log = "{\"step\": 1, \"loss\": 2.0}\n{\"step\": 2, \"loss\": 1.0}\n";
    let found = world.import(vec![file("run.jsonl", log)]).unwrap();
    assert!(found.runs && !found.outputs);
    let found = world.import(vec![file("ann.answers", "x")]).unwrap();
    assert!(found.judgements && !found.outputs);
    assert_eq!(world.files_loaded(), ["a.csv"]);
    assert!(world.scores().is_complete());
}

#[test]
fn a_task_whose_worker_dies_is_tried_once_more_and_then_told() {
    let world = World::new();
    world.import(vec![file("a.csv", OUTPUTS)]).unwrap();
    world.ended();
    world.pool.deaths.set(1);
    world.configure();
    assert_eq!(world.ended(), [(SCORE, JobOutcome::Done)]);
    assert!(world.scores().is_complete());
    let died = ComputeError::WorkerDied {
        detail: "out of memory".into(),
    };
    *world.pool.failure.borrow_mut() = Some(died);
    world.worker.ask(AddMetric { name: "ter".into() }).unwrap();
    world.worker.run();
    let ended = world.ended();
    let [(kind, JobOutcome::Failed(explanation))] = &ended[..] else {
        panic!("{ended:?}");
    };
    assert_eq!(
        (kind, &*explanation.kind),
        (&SCORE, "compute-error-worker-died")
    );
    assert_eq!(world.scores().results.len(), 8, "what was done stays");
    // With workers again, the rest goes on.
    world.pool.failure.take();
    world.configure();
    assert!(world.scores().is_complete());
}

#[test]
fn a_worker_that_is_started_again_is_empty_and_answers() {
    let world = World::with("a.csv", OUTPUTS);
    let client = world.worker.client();
    let failed: Rc<RefCell<bool>> = Rc::default();
    let noted = failed.clone();
    world.worker.kill(ChannelFailure::WorkerDied {
        detail: "out of memory".into(),
    });
    world.worker.spawn(async move {
        *noted.borrow_mut() = client.ask(Metrics {}).await.is_err();
    });
    world.worker.run();
    assert!(*failed.borrow(), "a dead worker's calls fail");
    world.start();
    assert_eq!(world.worker.ask(Summarize {}).unwrap(), None);
    world.import(vec![file("b.csv", OUTPUTS)]).unwrap();
    world.configure();
    assert!(world.scores().is_complete());
}
