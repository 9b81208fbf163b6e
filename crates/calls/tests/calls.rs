//! Every call gets exactly one reply, whatever becomes of its handler, its worker and its words.

use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::{
    Announcer, Build, CallFailure, CallId, ChannelFailure, Client, ClientEvent, Codec, CodecStep,
    FromWorker, Jobs, NoError, Registry, ReplyBody, Server, ToWorker, Transport, WorkerStatus,
    calls,
};
use std::cell::{Cell, RefCell};
use std::future::pending;
use std::rc::Rc;

calls! {
    service "test";

    /// Adds.
    Add {
        /// One number.
        a: u64,
        /// The other.
        b: u64,
    } -> u64, Overflow;

    /// Never answers.
    Hang -> (), NoError;

    /// Panics.
    Panic -> (), NoError;

    /// Has no handler.
    Unanswered -> (), NoError;

    /// Turns a buffer around.
    Reverse -> usize, NoError;
}

/// Why numbers can't be added.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Overflow {
    /// The sum is too large.
    TooLarge {
        /// What is too much.
        by: u64,
    },
}

type Buffers = Vec<Vec<u8>>;

fn registry() -> Registry<(), CborCodec, Buffers> {
    let mut registry = Registry::<(), CborCodec, Buffers>::new();
    registry.on(|(), call: Add, _| async move {
        let by = call.b.wrapping_sub(u64::MAX - call.a);
        let sum = call.a.checked_add(call.b);
        sum.ok_or(Overflow::TooLarge { by })
    });
    registry.on(|(), _: Hang, _| pending());
    registry.on(|(), _: Panic, _| async move { panic!("a fault of the handler") });
    registry.on_with_attachments(|(), _: Reverse, mut buffers| async move {
        buffers.iter_mut().for_each(|b| b.reverse());
        Ok((buffers.len(), buffers))
    });
    registry
}

fn serve(worker: &InMemoryWorker<Buffers>) {
    let announcer = Announcer::default();
    worker.serve(registry(), (), &Jobs::new(announcer.clone()), &announcer);
}

fn worker() -> InMemoryWorker<Buffers> {
    let worker = InMemoryWorker::new();
    serve(&worker);
    worker
}

fn died(detail: &str) -> ChannelFailure {
    ChannelFailure::WorkerDied {
        detail: detail.to_owned(),
    }
}

#[test]
fn a_call_is_answered_by_its_value_or_its_error() {
    let worker = worker();
    assert_eq!(worker.ask(Add { a: 2, b: 3 }), Ok(5));
    let (a, b) = (u64::MAX, 7);
    let error = CallFailure::Service(Overflow::TooLarge { by: 7 });
    assert_eq!(worker.ask(Add { a, b }), Err(error.clone()));
    let explained = error.explanation();
    assert_eq!(explained.kind, "overflow-too-large");
    assert_eq!(explained.text("by").unwrap(), "7");
}

#[test]
fn buffers_travel_beside_call_and_reply() {
    let worker = worker();
    let asked = worker.client().ask_with(Reverse {}, vec![vec![1, 2, 3]]);
    let answer = worker.finish(asked).unwrap();
    assert_eq!((answer.reply, answer.attachments), (1, vec![vec![3, 2, 1]]));
}

#[test]
fn replies_find_their_calls_whatever_their_order() {
    let worker = worker();
    let client = worker.client();
    let hanging = client.ask(Hang {});
    let first = client.ask(Add { a: 1, b: 1 });
    let second = client.ask(Add { a: 2, b: 2 });
    assert_eq!(worker.finish(second), Ok(4));
    assert_eq!(worker.finish(first), Ok(2));
    assert_eq!(client.pending().len(), 1);
    assert_eq!(client.pending()[0].name, "test.Hang");
    drop(hanging);
}

#[test]
fn calls_before_the_worker_listens_wait_and_keep_their_order() {
    let worker = InMemoryWorker::<Buffers>::new();
    let client = worker.client();
    let first = client.ask(Add { a: 1, b: 1 });
    let second = client.ask(Add { a: 2, b: 2 });
    worker.run();
    assert_eq!(client.pending().len(), 2);
    assert_eq!(client.status(), WorkerStatus::Starting);
    serve(&worker);
    assert_eq!(client.status(), WorkerStatus::Ready);
    assert_eq!(worker.finish(first), Ok(2));
    assert_eq!(worker.finish(second), Ok(4));
    assert!(client.pending().is_empty());
}

#[test]
fn an_unknown_call_is_refused_by_name() {
    let failure = ChannelFailure::UnknownCall {
        name: "test.Unanswered".into(),
    };
    let asked = worker().ask(Unanswered {});
    assert_eq!(asked, Err(CallFailure::Channel(failure)));
}

#[test]
fn a_dead_worker_fails_what_waits_and_what_comes_until_it_is_started_again() {
    let worker = worker();
    let client = worker.client();
    let received = listen(&client);
    let waiting = client.ask(Hang {});
    worker.run();
    worker.kill(died("unplugged"));
    let failed = Err(CallFailure::Channel(died("unplugged")));
    assert_eq!(worker.finish(waiting), failed);
    assert_eq!(worker.ask(Hang {}), failed);
    let dead = ClientEvent::Status(WorkerStatus::Dead(died("unplugged")));
    assert_eq!(*received.borrow(), [dead]);
    // A second report of the same death changes nothing.
    client.fail(died("once more"));
    assert_eq!(client.status(), WorkerStatus::Dead(died("unplugged")));
    serve(&worker);
    assert_eq!(worker.ask(Add { a: 1, b: 2 }), Ok(3));
}

#[test]
fn calls_that_are_held_are_sent_in_their_order_after_the_one_that_they_wait_for() {
    let worker = InMemoryWorker::<Buffers>::new();
    let client = worker.client();
    worker.kill(died("unplugged"));
    client.hold_for(<Add as assay_calls::Call>::NAME);
    let order = Rc::new(RefCell::new(Vec::new()));
    let noted = order.clone();
    let mut registry = Registry::<(), CborCodec, Buffers>::new();
    let heard = noted.clone();
    registry.on(move |(), call: Add, _| {
        heard.borrow_mut().push("add");
        async move { Ok(call.a + call.b) }
    });
    registry.on_with_attachments(move |(), _: Reverse, buffers| {
        noted.borrow_mut().push("reverse");
        async move { Ok((buffers.len(), buffers)) }
    });
    let announcer = Announcer::default();
    worker.serve(registry, (), &Jobs::new(announcer.clone()), &announcer);
    let held = client.ask(Reverse {});
    worker.run();
    assert_eq!(
        *order.borrow(),
        [""; 0],
        "it waits although the worker listens"
    );
    assert_eq!(worker.ask(Add { a: 1, b: 2 }), Ok(3));
    let later = client.ask(Add { a: 2, b: 2 });
    client.release();
    assert_eq!(worker.finish(held), Ok(0));
    assert_eq!(worker.finish(later), Ok(4));
    assert_eq!(*order.borrow(), ["add", "add", "reverse"]);
    assert_eq!(worker.ask(Reverse {}), Ok(0), "nothing is held any more");
}

#[test]
fn calls_that_are_held_fail_with_their_worker() {
    let worker = worker();
    let client = worker.client();
    client.hold_for("test.Add");
    let held = client.ask(Reverse {});
    worker.run();
    worker.kill(died("unplugged"));
    let failed = Err(CallFailure::Channel(died("unplugged")));
    assert_eq!(worker.finish(held), failed);
}

fn listen<A: Default + 'static>(client: &Client<CborCodec, A>) -> Rc<RefCell<Vec<ClientEvent>>> {
    let received = Rc::new(RefCell::new(Vec::new()));
    let kept = received.clone();
    client.listen(move |event| kept.borrow_mut().push(event));
    received
}

#[test]
fn a_worker_of_another_build_is_not_talked_to() {
    let worker = InMemoryWorker::<Buffers>::new();
    let asked = worker.client().ask(Add { a: 1, b: 2 });
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    worker.serve_as(Build::new("older"), registry(), (), &jobs, &announcer);
    let failure = ChannelFailure::BuildMismatch {
        page: "native".into(),
        worker: "older".into(),
    };
    assert_eq!(worker.finish(asked), Err(CallFailure::Channel(failure)));
}

/// A server whose frames are collected.
type Frames = Rc<RefCell<Vec<FromWorker<Vec<u8>>>>>;

fn server() -> (Server<(), CborCodec, Buffers>, Frames) {
    let frames = Frames::default();
    let kept = frames.clone();
    let announcer = Announcer::default();
    let jobs = (Jobs::new(announcer.clone()), &announcer);
    let send = move |frame, _| kept.borrow_mut().push(frame);
    let server = Server::start(Build::new("b"), registry(), (), jobs, send);
    frames.borrow_mut().clear();
    (server, frames)
}

fn call(name: &str, body: Vec<u8>) -> ToWorker<Vec<u8>> {
    ToWorker::Call {
        build: Build::new("b"),
        id: CallId(9),
        name: name.to_owned(),
        body,
    }
}

fn failure(frames: &Frames) -> ChannelFailure {
    match frames.borrow().as_slice() {
        [
            FromWorker::Reply {
                id: CallId(9),
                body: ReplyBody::Failure(failure),
            },
        ] => failure.clone(),
        other => panic!("not one failure but {other:?}"),
    }
}

#[test]
fn a_handler_that_is_dropped_replies_that_there_is_no_answer() {
    let (server, frames) = server();
    let body = CborCodec::encode(&Hang {}).unwrap();
    let handler = server.receive(call("test.Hang", body), Vec::new());
    assert!(frames.borrow().is_empty());
    drop(handler);
    let name = "test.Hang".into();
    assert_eq!(failure(&frames), ChannelFailure::NoAnswer { name });
}

#[test]
fn a_handler_that_panics_replies_that_there_is_no_answer() {
    let (server, frames) = server();
    let body = CborCodec::encode(&Panic {}).unwrap();
    let handler = server.receive(call("test.Panic", body), Vec::new());
    let run = || futures_executor::block_on(handler.unwrap());
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    let name = "test.Panic".into();
    assert_eq!(failure(&frames), ChannelFailure::NoAnswer { name });
}

#[test]
fn a_call_that_cannot_be_read_is_refused() {
    let (server, frames) = server();
    let handler = server.receive(call("test.Add", vec![1]), Vec::new());
    futures_executor::block_on(handler.unwrap());
    let failure = failure(&frames);
    let ChannelFailure::Undecodable { name, step, .. } = &failure else {
        panic!("{failure}");
    };
    assert_eq!((name.as_str(), *step), ("test.Add", CodecStep::DecodeCall));
}

#[test]
fn a_call_of_another_build_is_refused() {
    let (server, frames) = server();
    let ToWorker::Call { id, name, body, .. } = call("test.Hang", Vec::new()) else {
        unreachable!()
    };
    let build = Build::new("c");
    let frame = ToWorker::Call {
        build,
        id,
        name,
        body,
    };
    assert!(server.receive(frame, Vec::new()).is_none());
    let (page, worker) = ("c".into(), "b".into());
    assert_eq!(
        failure(&frames),
        ChannelFailure::BuildMismatch { page, worker }
    );
}

/// A transport that keeps what is sent, or refuses it.
#[derive(Default)]
struct Line {
    sent: Cell<usize>,
    refuses: Option<ChannelFailure>,
}

impl Transport<Vec<u8>, Buffers> for Line {
    fn send(&self, _: ToWorker<Vec<u8>>, _: Buffers) -> Result<(), ChannelFailure> {
        self.sent.set(self.sent.get() + 1);
        self.refuses.clone().map_or(Ok(()), Err)
    }
}

fn client(line: Rc<Line>) -> Client<CborCodec, Buffers> {
    let client = Client::new(Build::new("b"), || 5.0);
    client.connect(line);
    let build = Build::new("b");
    client.receive(FromWorker::Ready { build }, Vec::new());
    client
}

#[test]
fn a_reply_that_cannot_be_read_fails_its_call() {
    let client = client(Rc::default());
    let asked = client.ask(Add { a: 1, b: 2 });
    assert_eq!(client.pending()[0].asked_ms, 5.0);
    let body = ReplyBody::Value(Vec::new());
    client.receive(
        FromWorker::Reply {
            id: CallId(0),
            body,
        },
        Vec::new(),
    );
    let answer = futures_executor::block_on(asked);
    let Err(CallFailure::Channel(ChannelFailure::Undecodable { step, .. })) = &answer else {
        panic!("{answer:?}");
    };
    assert_eq!(*step, CodecStep::DecodeReply);
}

#[test]
fn unreadable_messages_are_reported() {
    let client = client(Rc::default());
    let received = listen(&client);
    client.receive(FromWorker::Event { body: vec![99] }, Vec::new());
    let body = ReplyBody::Value(Vec::new());
    client.receive(
        FromWorker::Reply {
            id: CallId(7),
            body,
        },
        Vec::new(),
    );
    let problems = received.borrow();
    assert_eq!(problems.len(), 2);
    assert!(
        problems
            .iter()
            .all(|p| matches!(p, ClientEvent::Problem(_)))
    );
}

#[test]
fn a_call_that_the_channel_refuses_fails_alone() {
    let refuses = ChannelFailure::Undecodable {
        name: "test.Add".into(),
        step: CodecStep::EncodeCall,
        detail: "can't be cloned".into(),
    };
    let line = Rc::new(Line {
        refuses: Some(refuses.clone()),
        ..Line::default()
    });
    let client = client(line);
    let asked = client.ask(Add { a: 1, b: 2 });
    let answer = futures_executor::block_on(asked);
    assert_eq!(answer, Err(CallFailure::Channel(refuses)));
    assert_eq!(client.status(), WorkerStatus::Ready);
}

#[test]
fn a_worker_in_place_of_one_that_hangs_gets_no_call_twice() {
    let line = Rc::new(Line::default());
    let client = client(line.clone());
    let asked = client.ask(Add { a: 1, b: 2 });
    let other = Rc::new(Line::default());
    client.connect(other.clone());
    let waiting = client.ask(Hang {});
    let build = Build::new("b");
    client.receive(FromWorker::Ready { build }, Vec::new());
    let answer = futures_executor::block_on(asked);
    assert!(matches!(
        answer,
        Err(CallFailure::Channel(ChannelFailure::WorkerDied { .. }))
    ));
    assert_eq!((line.sent.get(), other.sent.get()), (1, 1));
    drop(waiting);
}

#[test]
fn running_out_of_memory_is_distinguished_from_other_failures() {
    let of = ChannelFailure::from_crash;
    let panicked = of("RuntimeError: unreachable", Some("index out of bounds"));
    assert_eq!(panicked, died("index out of bounds"));
    for message in [
        "Uncaught RuntimeError: unreachable",
        "RangeError: Array buffer allocation failed",
        "Uncaught RangeError: WebAssembly.Memory(): could not allocate memory",
    ] {
        let failure = of(message, None);
        assert!(
            matches!(failure, ChannelFailure::OutOfMemory { .. }),
            "{message}"
        );
    }
    assert_eq!(of("SyntaxError: x", None), died("SyntaxError: x"));
}
