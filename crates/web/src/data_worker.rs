//! The data worker: makes the services and registers what they answer, and answers the requests that are no
//! calls of their own yet.

use super::compute_pool::BrowserPool;
use super::intake::Others;
use super::models;
use super::models::{Models, Origin};
use super::platform::{BrowserClock, BrowserDisk, input_files};
use super::rater_desk;
use super::rater_desk::RaterDesk;
use super::{encoder_run, intake, owner_desk, perplexity_run, report_desk};
use assay_calls::{Announcer, Jobs};
use assay_codeeval::Programs;
use assay_core::beside::Beside;
use assay_core::data::DataService;
use assay_core::platform::Platform;
use assay_core::reports::Reports;
use assay_core::scores::ScoresService;
use assay_core::session::Session;
use assay_core::{data, rows, scores};
use assay_data::import::ImportError;
use assay_protocol::links::OwnerCommand;
use assay_protocol::messages::{OUTBOX, Request, Response, Send, Take};
use assay_protocol::topics::{PERPLEXITY, RATINGS};
use assay_rating::exchange;
use assay_rating::exchange::ForeignError;
use assay_web_calls::{Attachments, Registry, serve};
use js_sys::WebAssembly::Memory;
use js_sys::{ArrayBuffer, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

const DEMO_RATINGS_NAME: &str = "demo-ratings.csv";
const DEMO_RATINGS: &str = include_str!("../../../www/demo/demo-ratings.csv");

/// What the data worker's parts share.
pub struct Owner {
    /// Data and results.
    pub session: Rc<RefCell<Session>>,
    /// The `data` service.
    pub data: Rc<DataService>,
    /// The `scores` service.
    pub scores: Rc<ScoresService>,
    /// The jobs that run.
    pub jobs: Jobs,
    /// Training runs and trials.
    pub beside: RefCell<Beside>,
    /// Programs that wait to be run, or are run.
    pub programs: RefCell<Option<Programs>>,
    /// What was stated beforehand, and what else a report needs.
    pub reports: RefCell<Reports>,
    /// The model worker.
    pub models: Models,
    /// A rater at work.
    pub rater: RaterDesk,
}

impl Owner {
    fn new(jobs: &Jobs, announcer: &Announcer) -> Rc<Self> {
        let platform = Platform {
            disk: Rc::new(BrowserDisk),
            clock: Rc::new(BrowserClock),
            compute: Rc::new(BrowserPool::default()),
        };
        let session = Rc::new(RefCell::new(Session::default()));
        let both = (jobs.clone(), announcer.clone());
        let scores = Rc::new(ScoresService::new(
            session.clone(),
            &platform,
            both.clone(),
            Rc::new(|models| models.iter().for_each(send)),
        ));
        Rc::new_cyclic(|owner| Self {
            data: Rc::new(DataService::new(
                session.clone(),
                scores.clone(),
                platform,
                both,
                Rc::new(Others(owner.clone())),
                memory_bytes,
            )),
            session,
            scores,
            jobs: jobs.clone(),
            beside: RefCell::default(),
            programs: RefCell::default(),
            reports: RefCell::default(),
            models: Models::default(),
            rater: RaterDesk::default(),
        })
    }
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
    registry.on(
        |owner: Rc<Owner>, call: Send, beside: Attachments| async move {
            answer(owner, call.request, beside).await;
            Ok(())
        },
    );
    registry.on(|_: Rc<Owner>, _: Take, _: Attachments| async move { Ok(OUTBOX_QUEUE.take()) });
    data::register(&mut registry, &owner.data, input_files);
    scores::register(&mut registry, &owner.scores);
    rows::register(&mut registry, &owner.session);
    let scores = owner.scores.clone();
    spawn_local(async move { scores.run().await });
    serve(registry, owner, &jobs, &announcer);
    spawn_local(models::tell());
}

/// Memory that the worker has taken, in bytes.
fn memory_bytes() -> f64 {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: ArrayBuffer = memory.buffer().unchecked_into();
    f64::from(buffer.byte_length())
}

/// Tells the page.
pub fn send(response: &Response) {
    if matches!(
        response,
        Response::Perplexing { .. } | Response::Perplexed { .. }
    ) {
        ANNOUNCER.with(|announcer| announcer.changed(&PERPLEXITY));
    }
    let first = OUTBOX_QUEUE.with_borrow_mut(|queue| {
        queue.push(response.clone());
        queue.len() == 1
    });
    // One announcement for all that waits: the page takes everything at once.
    if first {
        ANNOUNCER.with(|announcer| announcer.changed(&OUTBOX));
    }
}

async fn answer(owner: Rc<Owner>, request: Request, beside: Attachments) {
    if matches!(request, Request::Cancel | Request::Pause) {
        owner.models.interrupt();
    }
    let files = beside.named_files();
    match request {
        Request::Beside { command } => {
            intake::answer(&owner, *command, input_files(beside)).await;
        }
        Request::Code { command } => intake::run_code(&owner, *command),
        Request::Report { command } => report_desk::answer(&owner, *command),
        Request::OpenModel { slot } => {
            let origin = match files.is_empty() {
                true => Origin::Default,
                false => Origin::chosen(files),
            };
            models::open(&owner, slot, origin).await;
        }
        Request::OpenKept { slot, id } => match models::kept(&id).await {
            Ok(origin) => models::open(&owner, slot, origin).await,
            Err(sentence) => send(&Response::ModelFailed { sentence }),
        },
        Request::CloseModel { slot } => models::close(&owner, slot).await,
        Request::KeepModel { slot } => models::keep(&owner, slot).await,
        Request::Remove { id } => models::remove(id).await,
        Request::Perplexity { plan, cpu } => perplexity_run::run(owner, plan, cpu).await,
        Request::Encode {
            plan,
            paths,
            name,
            cpu,
        } => {
            let order = encoder_run::Order {
                plan,
                paths,
                name,
                cpu,
            };
            encoder_run::run(owner, order, files).await;
        }
        Request::ForgetEncoded => {
            owner.session.borrow_mut().forget_compared();
            owner.scores.session_changed(&[]);
        }
        Request::Pause | Request::Cancel => {}
        Request::LoadRatings if owner_desk::take_files(&owner, &input_files(beside)).await => {}
        Request::LoadRatings => load_ratings(&owner, files).await,
        Request::UndoRatings => {
            owner.session.borrow_mut().undo_ratings();
            rated_anew(&owner);
        }
        Request::LeaveOut { rater, out } => {
            let event = owner.session.borrow_mut().leave_out(rater, out);
            match event {
                Some(event) => {
                    let command = OwnerCommand::Decide { event };
                    owner_desk::answer(&owner, command, files).await;
                }
                None => rated_anew(&owner),
            }
        }
        Request::Ratings { baseline } => {
            send(&owner.session.borrow().ratings_view(baseline.as_deref()));
        }
        Request::Rater { command } => rater_desk::answer(&owner, command, files).await,
        Request::Owner { command } => owner_desk::answer(&owner, command, files).await,
    }
}

/// Tells that judgements are others, and makes them metrics.
pub fn rated_anew(owner: &Rc<Owner>) {
    send(&Response::RatingsChanged);
    ANNOUNCER.with(|announcer| announcer.changed(&RATINGS));
    owner.session.borrow_mut().give();
    owner.scores.session_changed(&[]);
}

/// Takes a file of judgements; without one, those that go with the example.
async fn load_ratings(owner: &Rc<Owner>, files: Vec<File>) {
    let (name, bytes) = match files.first() {
        None => (DEMO_RATINGS_NAME.to_owned(), Ok(DEMO_RATINGS.into())),
        Some(file) => {
            let end = file.size().min(exchange::MAX_BYTES as f64 + 1.0);
            (file.name(), read_slice(file, 0.0, end).await)
        }
    };
    let Ok(bytes) = bytes else {
        let error = Box::new(ImportError::Unreadable { file: name });
        let error = ForeignError::Table { error };
        return send(&Response::RatingsFailed { error });
    };
    let loaded = owner.session.borrow_mut().load_ratings(&name, &bytes);
    match loaded {
        Ok(()) => rated_anew(owner),
        Err(error) => send(&Response::RatingsFailed { error }),
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
