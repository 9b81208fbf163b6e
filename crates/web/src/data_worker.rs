//! The data worker: makes the services and registers what they answer, and answers the requests that are no
//! calls of their own yet.

use super::compute_pool::BrowserPool;
use super::intake::{self, Others};
use super::model_host::BrowserModels;
use super::platform::{BrowserClock, BrowserDisk, input_files};
use assay_calls::{Announcer, Jobs};
use assay_codeeval::Programs;
use assay_core::data::DataService;
use assay_core::experiments::ExperimentService;
use assay_core::models::{self, Models};
use assay_core::platform::Platform;
use assay_core::projects::service::ProjectsService;
use assay_core::ratings::service::{DemoFile, RatingsService};
use assay_core::reports::ReportService;
use assay_core::scores::ScoresService;
use assay_core::session::Session;
use assay_core::training::TrainingService;
use assay_core::{data, experiments, projects, ratings, reports, rows, scores, training};
use assay_protocol::messages::{OUTBOX, Request, Response, Send, Take};
use assay_web_calls::{Attachments, Registry, serve};
use js_sys::ArrayBuffer;
use js_sys::WebAssembly::Memory;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

const DEMO_RATINGS: DemoFile = DemoFile {
    name: "demo-ratings.csv",
    text: include_str!("../../../www/demo/demo-ratings.csv"),
};

/// The services of the data worker.
pub struct Owner {
    /// Data and results.
    pub session: Rc<RefCell<Session>>,
    /// The data set.
    pub data: Rc<DataService>,
    /// Scores of it.
    pub scores: Rc<ScoresService>,
    /// Training runs.
    pub training: Rc<TrainingService>,
    /// A/B tests.
    pub experiments: Rc<ExperimentService>,
    /// Programs that wait to be run, or are run.
    pub programs: RefCell<Option<Programs>>,
    /// Goals, and what else a report needs.
    pub reports: Rc<ReportService>,
    /// Language models.
    pub models: Rc<Models>,
    /// Rating projects.
    pub projects: Rc<ProjectsService>,
}

impl Owner {
    fn new(jobs: &Jobs, announcer: &Announcer) -> Rc<Self> {
        let platform = Platform {
            disk: Rc::new(BrowserDisk),
            clock: Rc::new(BrowserClock),
            compute: Rc::new(BrowserPool::default()),
        };
        let session = Rc::new(RefCell::new(Session::new(announcer.clone())));
        let both = (jobs.clone(), announcer.clone());
        let scores = ScoresService::new(session.clone(), &platform, both.clone());
        let scores = Rc::new(scores);
        let clock = platform.clock.clone();
        let training = TrainingService::new(jobs.clone(), announcer.clone(), clock.clone());
        let training = Rc::new(training);
        let experiments = ExperimentService::new(jobs.clone(), announcer.clone(), clock.clone());
        let experiments = Rc::new(experiments);
        let reports = ReportService::new(
            session.clone(),
            training.clone(),
            experiments.clone(),
            announcer.clone(),
        );
        let models = Models::new(models::Parts {
            disk: platform.disk.clone(),
            clock: clock.clone(),
            host: Rc::new(BrowserModels),
            session: session.clone(),
            publish: {
                let scores = scores.clone();
                Box::new(move || scores.session_changed())
            },
            jobs: jobs.clone(),
            announcer: announcer.clone(),
        });
        Rc::new_cyclic(|owner: &Weak<Self>| {
            let projects = ProjectsService::new(
                session.clone(),
                platform.disk.clone(),
                clock,
                announcer.clone(),
                score_judgements(&session, &scores),
            );
            let data = DataService::new(
                session.clone(),
                scores.clone(),
                platform.clone(),
                both,
                Rc::new(Others(owner.clone())),
                memory_bytes,
            );
            Self {
                data: Rc::new(data),
                session,
                scores,
                training,
                experiments,
                programs: RefCell::default(),
                reports: Rc::new(reports),
                models: Rc::new(models),
                projects: Rc::new(projects),
            }
        })
    }
}

/// Makes metrics of judgements that changed, and has them resampled.
fn score_judgements(session: &Rc<RefCell<Session>>, scores: &Rc<ScoresService>) -> Rc<dyn Fn()> {
    let (session, scores) = (session.clone(), scores.clone());
    Rc::new(move || {
        session.borrow_mut().give();
        scores.session_changed();
    })
}

thread_local! {
    /// Responses that the page has not taken yet.
    static OUTBOX_QUEUE: RefCell<Vec<Response>> = const { RefCell::new(Vec::new()) };
    static ANNOUNCER: Announcer = Announcer::default();
}

/// Listens to the page.
pub fn start() {
    let announcer = ANNOUNCER.with(Clone::clone);
    let jobs = Jobs::new(announcer.clone());
    let owner = Owner::new(&jobs, &announcer);
    let mut registry = Registry::new();
    registry.on(|owner: Rc<Owner>, call: Send, _: Attachments| async move {
        answer(&owner, call.request);
        Ok(())
    });
    registry.on(|_: Rc<Owner>, _: Take, _: Attachments| async move { Ok(OUTBOX_QUEUE.take()) });
    data::register(&mut registry, &owner.data, input_files);
    scores::register(&mut registry, &owner.scores);
    rows::register(&mut registry, &owner.session);
    models::register(&mut registry, &owner.models, input_files);
    training::register(&mut registry, &owner.training, input_files);
    experiments::register(&mut registry, &owner.experiments, input_files);
    reports::register(&mut registry, &owner.reports);
    projects::service::register(&mut registry, &owner.projects, input_files);
    let ratings = RatingsService::new(
        owner.session.clone(),
        owner.projects.clone(),
        announcer.clone(),
        score_judgements(&owner.session, &owner.scores),
        DEMO_RATINGS,
    );
    ratings::service::register(&mut registry, &Rc::new(ratings), input_files);
    let scores = owner.scores.clone();
    spawn_local(async move { scores.run().await });
    serve(registry, owner, &jobs, &announcer);
}

/// Memory that the worker has taken, in bytes.
fn memory_bytes() -> f64 {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: ArrayBuffer = memory.buffer().unchecked_into();
    f64::from(buffer.byte_length())
}

/// Tells the page.
pub fn send(response: &Response) {
    let first = OUTBOX_QUEUE.with_borrow_mut(|queue| {
        queue.push(response.clone());
        queue.len() == 1
    });
    // One announcement for all that waits: the page takes everything at once.
    if first {
        ANNOUNCER.with(|announcer| announcer.changed(&OUTBOX));
    }
}

fn answer(owner: &Rc<Owner>, request: Request) {
    match request {
        Request::Code { command } => intake::run_code(owner, *command),
        Request::Cancel => owner.models.interrupt(),
    }
}
