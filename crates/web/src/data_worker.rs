//! The data worker's side of the channel: reads files slice by slice, hands an evaluation's jobs to
//! the compute workers, and between two of either listens for a newer request or a cancel.

use super::compute_pool::{Member, Pool};
use super::model_host::BrowserModels;
use super::platform::{BrowserClock, BrowserDisk, BrowserFile, input_files};
use super::{intake, report_desk};
use assay_calls::{Announcer, Jobs};
use assay_codeeval::Programs;
use assay_core::experiments::ExperimentService;
use assay_core::models::{self, Models};
use assay_core::platform::{Clock, InputFile};
use assay_core::projects::service::ProjectsService;
use assay_core::ratings::service::{DemoFile, RatingsService};
use assay_core::reports::ReportService;
use assay_core::session::Session;
use assay_core::training::TrainingService;
use assay_core::{experiments, projects, ratings, reports, training};
use assay_data::DataSet;
use assay_data::import::{ImportError, Imported, Importer};
use assay_protocol::messages::{OUTBOX, Request, Response, Send, Summary, Take};
use assay_protocol::topics::{DATA, SCORES};
use assay_web_calls::{Attachments, Registry, serve};
use js_sys::WebAssembly::Memory;
use js_sys::{ArrayBuffer, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

const DEMO_NAME: &str = "demo.csv";
const DEMO: &str = include_str!("../../../www/demo/demo.csv");
const DEMO_RATINGS: DemoFile = DemoFile {
    name: "demo-ratings.csv",
    text: include_str!("../../../www/demo/demo-ratings.csv"),
};

/// What the data worker's parts share.
pub struct Owner {
    /// Data and results.
    pub session: Rc<RefCell<Session>>,
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
    projects: RefCell<Option<Rc<ProjectsService>>>,
    pool: Pool,
    /// Grows when the workers are ended: outcomes from before are nobody's.
    pool_generation: Cell<u64>,
    /// Grows with every request that ends what runs.
    pub generation: Cell<u64>,
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
    let clock: Rc<dyn Clock> = Rc::new(BrowserClock);
    let session = Rc::new(RefCell::new(Session::new(announcer.clone())));
    let runs = Rc::new(TrainingService::new(
        jobs.clone(),
        announcer.clone(),
        clock.clone(),
    ));
    let trials = Rc::new(ExperimentService::new(
        jobs.clone(),
        announcer.clone(),
        clock,
    ));
    let report = Rc::new(ReportService::new(
        session.clone(),
        runs.clone(),
        trials.clone(),
        announcer.clone(),
    ));
    let owner = Rc::new_cyclic(|owner: &Weak<Owner>| Owner {
        models: Rc::new(models(owner.clone(), &session, &jobs, &announcer)),
        session,
        training: runs.clone(),
        experiments: trials.clone(),
        programs: RefCell::default(),
        reports: report.clone(),
        projects: RefCell::default(),
        pool: Pool::default(),
        pool_generation: Cell::new(0),
        generation: Cell::new(0),
    });
    let mut registry = Registry::new();
    training::register(&mut registry, &runs, input_files);
    experiments::register(&mut registry, &trials, input_files);
    reports::register(&mut registry, &report);
    registry.on(
        |owner: Rc<Owner>, call: Send, beside: Attachments| async move {
            answer(owner, call.request, beside.named_files()).await;
            Ok(())
        },
    );
    registry.on(|_: Rc<Owner>, _: Take, _: Attachments| async move { Ok(OUTBOX_QUEUE.take()) });
    models::register(&mut registry, &owner.models, input_files);
    serve_ratings(&owner, &announcer, &mut registry);
    serve(registry, owner, &jobs, &announcer);
}

fn models(
    owner: Weak<Owner>,
    session: &Rc<RefCell<Session>>,
    jobs: &Jobs,
    announcer: &Announcer,
) -> Models {
    Models::new(models::Parts {
        disk: Rc::new(BrowserDisk),
        clock: Rc::new(BrowserClock),
        host: Rc::new(BrowserModels),
        session: session.clone(),
        publish: Box::new(move |news| {
            if let Some(owner) = owner.upgrade() {
                schedule(&owner, &news);
            }
        }),
        jobs: jobs.clone(),
        announcer: announcer.clone(),
    })
}

/// Registers the services of judgements and rating projects.
fn serve_ratings(owner: &Rc<Owner>, announcer: &Announcer, registry: &mut Registry<Rc<Owner>>) {
    let weak = Rc::downgrade(owner);
    let changed: Rc<dyn Fn()> = Rc::new(move || {
        if let Some(owner) = weak.upgrade() {
            score_judgements(&owner);
        }
    });
    let service = Rc::new(ProjectsService::new(
        owner.session.clone(),
        Rc::new(BrowserDisk),
        Rc::new(BrowserClock),
        announcer.clone(),
        changed.clone(),
    ));
    projects::service::register(registry, &service, input_files);
    owner.projects.replace(Some(service.clone()));
    let (session, announcer) = (owner.session.clone(), announcer.clone());
    let service = RatingsService::new(session, service, announcer, changed, DEMO_RATINGS);
    ratings::service::register(registry, &Rc::new(service), input_files);
}

/// Takes files in which rating links or saved projects are; `false` where they are something else.
async fn collected(owner: &Owner, files: &[File]) -> bool {
    let Some(projects) = owner.projects.borrow().clone() else {
        return false;
    };
    let files: Vec<Rc<dyn InputFile>> = files
        .iter()
        .map(|file| Rc::new(BrowserFile::of(file.clone().into())) as Rc<dyn InputFile>)
        .collect();
    let are_links = projects.are_collectable(&files).await;
    if are_links {
        projects.collect("", &files).await;
    }
    are_links
}

/// Tells the page.
pub fn send(response: &Response) {
    let first = OUTBOX_QUEUE.with_borrow_mut(|queue| {
        queue.push(response.clone());
        queue.len() == 1
    });
    // A report depends on what these tell the page of.
    let topic = match response {
        Response::Loaded { .. } => Some(DATA),
        Response::Metric { .. } | Response::Withdrawn { .. } | Response::Removed { .. } => {
            Some(SCORES)
        }
        _ => None,
    };
    ANNOUNCER.with(|announcer| {
        if let Some(topic) = topic {
            announcer.changed(&topic);
        }
        // One announcement for all that waits: the page takes everything at once.
        if first {
            announcer.changed(&OUTBOX);
        }
    });
}

/// Tells what is loaded.
pub fn loaded(summary: Summary) {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: ArrayBuffer = memory.buffer().unchecked_into();
    let memory = f64::from(buffer.byte_length());
    send(&Response::Loaded { summary, memory });
}

async fn answer(owner: Rc<Owner>, request: Request, files: Vec<File>) {
    let ends_an_import = matches!(
        request,
        Request::Import | Request::Paste { .. } | Request::Demo | Request::Undo | Request::Cancel
    );
    let ends_a_run = ends_an_import || matches!(request, Request::SetRole { .. });
    if ends_a_run {
        owner.models.interrupt();
    }
    if ends_an_import {
        owner.generation.set(owner.generation.get() + 1);
    }
    match request {
        Request::Import if collected(&owner, &files).await => send(&Response::Collected),
        Request::Import => intake::take(&owner, files).await,
        Request::Paste { text } => intake::paste(&owner, &text),
        Request::Demo => {
            load_text(&owner, DEMO_NAME, DEMO);
            intake::demo(&owner);
        }
        Request::Code { command } => intake::run_code(&owner, *command),
        Request::Undo => {
            loaded(owner.session.borrow_mut().undo());
            score_judgements(&owner);
        }
        Request::SetRole { column, role } => {
            loaded(owner.session.borrow_mut().set_role(column, role));
            score_judgements(&owner);
        }
        Request::Evaluate {
            baseline,
            test,
            domains,
        } => {
            let mut session = owner.session.borrow_mut();
            session.set_domains(domains);
            let news = session.evaluate(baseline, test);
            drop(session);
            schedule(&owner, &news);
        }
        Request::SetOption {
            metric,
            option,
            value,
        } => {
            let mut session = owner.session.borrow_mut();
            let news = session.set_option(metric, &option, &value);
            drop(session);
            schedule(&owner, &news);
        }
        Request::AddMetric { name } => {
            let news = owner.session.borrow_mut().add_metric(&name);
            schedule(&owner, &news);
        }
        Request::RemoveMetric { metric } => {
            let news = owner.session.borrow_mut().remove_metric(metric);
            schedule(&owner, &news);
        }
        Request::Classification => send(&owner.session.borrow().classification()),
        Request::Ask { question } => {
            let answer = owner.session.borrow().question(question);
            answer.iter().for_each(send);
        }
        Request::Cancel => stop_work(&owner),
        Request::Rows {
            query,
            start,
            count,
        } => {
            send(&owner.session.borrow_mut().rows(query, start, count));
        }
        Request::Step { query, row, by } => {
            if let Some(response) = owner.session.borrow_mut().step(query, row, by) {
                send(&response);
            }
        }
        Request::Detail { row } => {
            if let Some(detail) = owner.session.borrow().detail(row) {
                send(&Response::Detail { detail });
            }
        }
        Request::Export { kind } => send(&owner.session.borrow().export(kind)),
    }
}

/// Sends what is new at once and sees to the rest.
pub fn schedule(owner: &Rc<Owner>, news: &[Response]) {
    news.iter().for_each(send);
    if owner.session.borrow().is_busy() {
        pump(owner);
    } else {
        send(&Response::Scored);
    }
}

/// Imports a text as outputs.
pub fn load_text(owner: &Rc<Owner>, name: &str, text: &str) {
    let mut importer = Importer::new(name);
    let imported = importer
        .push(text.as_bytes())
        .and_then(|()| importer.finish());
    finish_import(owner, imported.map(|i| vec![i]));
}

/// Joins what was imported and takes it as the data.
pub fn finish_import(owner: &Rc<Owner>, files: Result<Vec<Imported>, ImportError>) {
    match files.and_then(DataSet::join) {
        Ok(data) => {
            loaded(owner.session.borrow_mut().load(data));
            score_judgements(owner);
        }
        Err(error) => send(&Response::Failed { error }),
    }
}

/// Judgements, or the rows that they are of, are others: makes them metrics.
pub fn score_judgements(owner: &Rc<Owner>) {
    let news = owner.session.borrow_mut().give();
    if !news.is_empty() || owner.session.borrow().is_busy() {
        schedule(owner, &news);
    }
}

/// Bytes of a file.
///
/// # Errors
/// When the browser can't read it any more.
pub async fn read_slice(file: &File, start: f64, end: f64) -> Result<Vec<u8>, JsValue> {
    let slice = file.slice_with_f64_and_f64(start, end)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Keeps every compute worker at work while there are jobs.
fn pump(owner: &Rc<Owner>) {
    let members = match owner.pool.members() {
        Ok(members) => members,
        Err(e) => return broken(owner, format!("{e:?}")),
    };
    for member in members {
        if !member.busy.replace(true) {
            spawn_local(work(owner.clone(), member, owner.pool_generation.get()));
        }
    }
}

async fn work(owner: Rc<Owner>, member: Rc<Member>, generation: u64) {
    loop {
        let job = owner.session.borrow_mut().next_job();
        let Some((job, task, parcel)) = job else {
            break;
        };
        let outcome = member.run(&task, parcel).await;
        if owner.pool_generation.get() != generation {
            return;
        }
        match outcome {
            Ok(numbers) => {
                let news = owner.session.borrow_mut().accept(&job, numbers);
                news.iter().for_each(send);
                // The outcome may have queued more than this worker can do.
                pump(&owner);
            }
            Err(detail) => return broken(&owner, detail),
        }
    }
    member.busy.set(false);
}

/// Ends the workers and all that waits for them.
fn stop_work(owner: &Owner) {
    owner.pool_generation.set(owner.pool_generation.get() + 1);
    owner.session.borrow_mut().cancel();
    owner.pool.stop();
}

fn broken(owner: &Owner, detail: String) {
    stop_work(owner);
    send(&Response::Broken { detail });
}
