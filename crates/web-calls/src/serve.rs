//! The worker's program: answers the side that started it, and reports to it what breaks the worker.

use crate::attachments::Attachments;
use crate::codec::JsCodec;
use crate::message::{of_from_worker, to_worker, words};
use crate::{Registry, build};
use assay_calls::{
    Announcer, CallId, ChannelFailure, CodecStep, FromWorker, Jobs, ReplyBody, Server,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, Event, MessageEvent, PromiseRejectionEvent};

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Answers calls for as long as the worker lives.
pub fn serve<Ctx: Clone + 'static>(
    registry: Registry<Ctx>,
    context: Ctx,
    jobs: &Jobs,
    announcer: &Announcer,
) {
    report_crashes();
    let jobs = (jobs.clone(), announcer);
    let server = Server::<Ctx, JsCodec, _>::start(build(), registry, context, jobs, post);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        match to_worker(&event.data()) {
            Ok((frame, beside)) => {
                if let Some(handler) = server.receive(frame, beside) {
                    spawn_local(handler);
                }
            }
            // Whose call it was can't be read, so all of them are failed.
            Err(error) => fatal(unreadable(error.0)),
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

/// A panic, a rejected promise that nobody waits for, a message that the browser can't read: after each of them
/// some call may never be answered.
fn report_crashes() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        let detail = panic.to_string();
        fatal(ChannelFailure::WorkerDied { detail });
    }));
    let on_rejection =
        Closure::<dyn FnMut(PromiseRejectionEvent)>::new(|event: PromiseRejectionEvent| {
            fatal(ChannelFailure::from_crash(&words(&event.reason()), None));
        });
    let on_message_error = Closure::<dyn FnMut(Event)>::new(|_| {
        fatal(unreadable("the browser can't read it".to_owned()));
    });
    let scope = scope();
    let listen = |name, then: &JsValue| {
        // It fails only for a closed scope, which has nobody left to report to.
        drop(scope.add_event_listener_with_callback(name, then.unchecked_ref()));
    };
    listen("unhandledrejection", on_rejection.as_ref());
    listen("messageerror", on_message_error.as_ref());
    on_rejection.forget();
    on_message_error.forget();
}

fn unreadable(detail: String) -> ChannelFailure {
    ChannelFailure::Undecodable {
        name: "message".to_owned(),
        step: CodecStep::DecodeCall,
        detail,
    }
}

fn fatal(failure: ChannelFailure) {
    post(FromWorker::Fatal { failure }, Attachments::default());
}

/// Posts a frame. A reply that the browser refuses to copy becomes a failure of its call.
fn post(frame: FromWorker<JsValue>, beside: Attachments) {
    let reply = match &frame {
        FromWorker::Reply { id, .. } => Some(*id),
        _ => None,
    };
    let message = of_from_worker(frame, &beside).map_err(|error| error.0);
    let posted = message.and_then(|message| {
        let transfer = beside.transfer();
        let posted = scope().post_message_with_transfer(&message, &transfer);
        posted.map_err(|error| words(&error))
    });
    if let Err(detail) = posted {
        refused(reply, detail);
    }
}

fn refused(reply: Option<CallId>, detail: String) {
    let failure = ChannelFailure::Undecodable {
        name: "reply".to_owned(),
        step: CodecStep::EncodeReply,
        detail,
    };
    let frame = match reply {
        Some(id) => FromWorker::Reply {
            id,
            body: ReplyBody::Failure(failure),
        },
        None => FromWorker::Fatal { failure },
    };
    // It holds nothing that can't be copied; where even that fails the page is gone.
    if let Ok(message) = of_from_worker(frame, &Attachments::default()) {
        drop(scope().post_message(&message));
    }
}
