//! The data worker's side of the channel: reads files slice by slice, steps through evaluations,
//! and between steps listens for a newer request or a cancel.

use crate::dataset::DataSet;
use crate::dataset::import::{ImportError, Imported, Importer, PASTED};
use crate::worker::protocol::{Request, Response};
use crate::worker::session::Session;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

/// Bytes read at once.
const SLICE_BYTES: f64 = (4 << 20) as f64;

const DEMO_NAME: &str = "demo.csv";
const DEMO: &str = include_str!("../../www/demo/demo.csv");

struct Owner {
    session: RefCell<Session>,
    /// Grows with every request that ends what runs.
    generation: Cell<u64>,
}

/// Listens to the page.
pub fn start() {
    console_error_panic_hook::set_once();
    let owner = Rc::new(Owner {
        session: RefCell::default(),
        generation: Cell::new(0),
    });
    let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let field = |name: &str| Reflect::get(&data, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let files: Vec<File> = Array::from(&field("files"))
            .iter()
            .filter_map(|f| f.dyn_into().ok())
            .collect();
        let text = field("request").as_string().unwrap_or_default();
        if let Ok(request) = serde_json::from_str::<Request>(&text) {
            spawn_local(answer(owner.clone(), request, files));
        }
    });
    scope().set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    send(&Response::Ready);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn send(response: &Response) {
    if let Ok(text) = serde_json::to_string(response) {
        // Only a closed page can refuse a string.
        let _ = scope().post_message(&text.into());
    }
}

/// Lets waiting messages in.
async fn breathe() {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0);
    });
    let _ = JsFuture::from(promise).await;
}

async fn answer(owner: Rc<Owner>, request: Request, files: Vec<File>) {
    let ends_what_runs = !matches!(
        request,
        Request::Rows { .. }
            | Request::Detail { .. }
            | Request::Export { .. }
            | Request::SetOption { .. }
    );
    if ends_what_runs {
        owner.generation.set(owner.generation.get() + 1);
    }
    match request {
        Request::Import => import(&owner, files).await,
        Request::Paste { text } => load_text(&owner, PASTED, &text),
        Request::Demo => load_text(&owner, DEMO_NAME, DEMO),
        Request::SetRole { column, role } => {
            let summary = owner.session.borrow_mut().set_role(column, role);
            send(&Response::Loaded { summary });
        }
        Request::Evaluate { baseline } => evaluate(&owner, baseline).await,
        Request::SetOption {
            metric,
            option,
            value,
        } => {
            let mut session = owner.session.borrow_mut();
            session.set_option(metric, &option, &value);
            let total = session.metric_count();
            if let Some(result) = session.step(metric) {
                send(&Response::Metric {
                    index: metric,
                    total,
                    result,
                });
            }
        }
        Request::Cancel => {}
        Request::Rows {
            query,
            start,
            count,
        } => {
            send(&owner.session.borrow_mut().rows(query, start, count));
        }
        Request::Detail { row } => {
            if let Some(detail) = owner.session.borrow().detail(row) {
                send(&Response::Detail { detail });
            }
        }
        Request::Export { kind } => send(&owner.session.borrow().export(kind)),
    }
}

fn load_text(owner: &Owner, name: &str, text: &str) {
    let mut importer = Importer::new(name);
    let imported = importer
        .push(text.as_bytes())
        .and_then(|()| importer.finish());
    finish_import(owner, imported.map(|i| vec![i]));
}

fn finish_import(owner: &Owner, files: Result<Vec<Imported>, ImportError>) {
    match files.and_then(DataSet::join) {
        Ok(data) => {
            let summary = owner.session.borrow_mut().load(data);
            send(&Response::Loaded { summary });
        }
        Err(error) => send(&Response::Failed { error }),
    }
}

async fn import(owner: &Owner, files: Vec<File>) {
    let mine = owner.generation.get();
    let total: f64 = files.iter().map(|f| f.size()).sum();
    let mut done = 0.0;
    let mut imported = Vec::new();
    for file in &files {
        let mut importer = Importer::new(&file.name());
        let mut start = 0.0;
        while start < file.size() {
            let end = (start + SLICE_BYTES).min(file.size());
            let bytes = match read_slice(file, start, end).await {
                Ok(bytes) => bytes,
                Err(_) => {
                    return send(&Response::Failed {
                        error: ImportError::Unreadable { file: file.name() },
                    });
                }
            };
            if owner.generation.get() != mine {
                return send(&Response::Cancelled);
            }
            if let Err(error) = importer.push(&bytes) {
                return send(&Response::Failed { error });
            }
            done += end - start;
            start = end;
            send(&Response::Progress {
                done,
                total,
                rows: importer.rows(),
            });
            breathe().await;
        }
        match importer.finish() {
            Ok(file) => imported.push(file),
            Err(error) => return send(&Response::Failed { error }),
        }
    }
    finish_import(owner, Ok(imported));
}

async fn read_slice(file: &File, start: f64, end: f64) -> Result<Vec<u8>, JsValue> {
    let slice = file.slice_with_f64_and_f64(start, end)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn evaluate(owner: &Owner, baseline: usize) {
    let mine = owner.generation.get();
    let total = owner.session.borrow_mut().begin(baseline);
    for index in 0..total {
        send(&Response::Progress {
            done: index as f64,
            total: total as f64,
            rows: 0,
        });
        breathe().await;
        if owner.generation.get() != mine {
            return;
        }
        let result = owner.session.borrow_mut().step(index);
        if let Some(result) = result {
            send(&Response::Metric {
                index,
                total,
                result,
            });
        }
    }
}
