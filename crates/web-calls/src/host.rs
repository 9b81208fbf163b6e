//! The side that starts a worker: the page, or a worker with workers of its own. Owns the browser's `Worker`,
//! detects its death in every way a browser reports it, and restarts it.

use crate::attachments::Attachments;
use crate::message::{from_worker, of_to_worker, words};
use crate::{Client, build};
use assay_calls::{ChannelFailure, ClientEvent, CodecStep, FromWorker, ToWorker, Transport};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// A trap is reported twice: by the browser as an error event, and by the worker's panic hook with the reason.
/// Their order is not guaranteed, so the error event waits this long for the better message.
const REASON_MS: i32 = 100;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &JsValue, ms: i32) -> JsValue;
}

/// One life of the worker, from its start to its end.
struct Life {
    client: Client,
    worker: Worker,
    is_over: Cell<bool>,
}

impl Life {
    /// Ends it with the reason; later reports of the same end are ignored.
    fn fail(&self, failure: ChannelFailure) {
        if !self.is_over.get() {
            self.end();
            self.client.fail(failure);
        }
    }

    fn end(&self) {
        self.is_over.set(true);
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}

/// A life with its listeners.
struct Running {
    life: Rc<Life>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
    _on_message_error: Closure<dyn FnMut(Event)>,
}

struct Posting(Worker);

impl Transport<JsValue, Attachments> for Posting {
    fn send(&self, frame: ToWorker<JsValue>, beside: Attachments) -> Result<(), ChannelFailure> {
        let name = match &frame {
            ToWorker::Call { name, .. } => name.clone(),
            ToWorker::Stop { .. } => "stop".to_owned(),
        };
        let refused = |detail| ChannelFailure::Undecodable {
            name: name.clone(),
            step: CodecStep::EncodeCall,
            detail,
        };
        let message = of_to_worker(frame, &beside).map_err(|error| refused(error.0))?;
        let posted = self
            .0
            .post_message_with_transfer(&message, &beside.transfer());
        posted.map_err(|error| refused(words(&error)))
    }
}

struct Inner {
    script: String,
    name: String,
    client: Client,
    running: RefCell<Option<Running>>,
}

/// A worker and the client that asks it.
#[derive(Clone)]
pub struct WorkerHost(Rc<Inner>);

impl WorkerHost {
    /// Starts the module worker at `script`, under a name that it can read. `listener` receives events and
    /// changes of the worker's state, a refusal by the browser among them.
    pub fn start(script: &str, name: &str, listener: impl Fn(ClientEvent) + 'static) -> Self {
        let client = Client::new(build(), js_sys::Date::now);
        client.listen(listener);
        let host = Self(Rc::new(Inner {
            script: script.to_owned(),
            name: name.to_owned(),
            client,
            running: RefCell::default(),
        }));
        host.run();
        host
    }

    /// Asks the worker.
    #[must_use]
    pub fn client(&self) -> Client {
        self.0.client.clone()
    }

    /// Starts the worker again, dead or not. Calls that wait for the one before fail; calls from now on go to the
    /// new one. It may be called from the listener.
    pub fn restart(&self) {
        self.run();
    }

    /// Ends the worker; calls that wait fail with `failure`.
    pub fn end(&self, failure: ChannelFailure) {
        if let Some(running) = self.0.running.borrow().as_ref() {
            running.life.end();
        }
        self.0.client.fail(failure);
    }

    fn run(&self) {
        if let Some(before) = self.0.running.borrow_mut().take() {
            before.life.end();
            // One of its listeners may be what is running now.
            spawn_local(async move { drop(before) });
        }
        match spawn(&self.0.script, &self.0.name, &self.0.client) {
            Ok(running) => {
                let transport = Rc::new(Posting(running.life.worker.clone()));
                *self.0.running.borrow_mut() = Some(running);
                self.0.client.connect(transport);
            }
            Err(error) => {
                let detail = words(&error);
                self.0.client.fail(ChannelFailure::WorkerDied { detail });
            }
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(running) = self.running.get_mut() {
            running.life.end();
        }
    }
}

fn spawn(script: &str, name: &str, client: &Client) -> Result<Running, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(name);
    let life = Rc::new(Life {
        client: client.clone(),
        worker: Worker::new_with_options(script, &options)?,
        is_over: Cell::new(false),
    });
    let of = life.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        match from_worker(&event.data()) {
            Ok((FromWorker::Fatal { failure }, _)) => of.fail(failure),
            Ok((frame, beside)) => of.client.receive(frame, beside),
            Err(error) => of.fail(unreadable(error.0)),
        }
    });
    let of = life.clone();
    let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let error = event.dyn_ref::<ErrorEvent>();
        let message = error.map(ErrorEvent::message).filter(|m| !m.is_empty());
        let message = message.unwrap_or_else(|| "its program can't be loaded".to_owned());
        let failure = ChannelFailure::from_crash(&message, None);
        let of = of.clone();
        let then = Closure::once_into_js(move || of.fail(failure));
        set_timeout(&then, REASON_MS);
    });
    let of = life.clone();
    let on_message_error = Closure::<dyn FnMut(Event)>::new(move |_| {
        // Which call it answers can't be known, so none is left waiting.
        of.fail(unreadable("the browser can't read it".to_owned()));
    });
    let worker = &life.worker;
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    worker.set_onmessageerror(Some(on_message_error.as_ref().unchecked_ref()));
    Ok(Running {
        life,
        _on_message: on_message,
        _on_error: on_error,
        _on_message_error: on_message_error,
    })
}

fn unreadable(detail: String) -> ChannelFailure {
    ChannelFailure::Undecodable {
        name: "message".to_owned(),
        step: CodecStep::DecodeEvent,
        detail,
    }
}
