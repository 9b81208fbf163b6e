//! The page's side: asks, and matches replies to calls by id. Calls made before the worker listens wait; when
//! the worker dies, every call that waits fails, and the worker can be started again.

use crate::call::Call;
use crate::codec::{Codec, CodecError};
use crate::event::Event;
use crate::failure::{CallFailure, ChannelFailure, CodecStep};
use crate::frame::{Build, CallId, FromWorker, ReplyBody, ToWorker};
use crate::jobs::JobId;
use futures_channel::oneshot;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::Rc;

/// Carries frames to one worker.
pub trait Transport<V, A> {
    /// Sends a frame with the files and buffers beside it.
    ///
    /// # Errors
    /// When the channel can't take it; the worker then counts as dead where the failure says so.
    fn send(&self, frame: ToWorker<V>, attachments: A) -> Result<(), ChannelFailure>;
}

/// How the worker is.
#[derive(Debug, Clone, PartialEq)]
pub enum WorkerStatus {
    /// It was started and does not listen yet.
    Starting,
    /// It listens.
    Ready,
    /// It answers nothing more until it is started again.
    Dead(ChannelFailure),
}

/// What a client reports to its page unasked.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientEvent {
    /// The worker announced something.
    Event(Event),
    /// The worker became ready or died, or a new one was started.
    Status(WorkerStatus),
    /// A message could not be understood; the person should be notified, as something may be missing.
    Problem(ChannelFailure),
}

/// A reply with the files and buffers beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<R, A> {
    /// The reply.
    pub reply: R,
    /// What travelled beside it.
    pub attachments: A,
}

/// A call that waits for its reply, as [`Client::pending`] lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingCall {
    /// The call's name.
    pub name: &'static str,
    /// When it was asked, by the client's clock, in milliseconds.
    pub asked_ms: f64,
}

/// A reply as it came, with what travelled beside it, or why there is none.
pub type Outcome<V, A> = Result<(ReplyBody<V>, A), ChannelFailure>;

type Receiver<V, A> = oneshot::Receiver<Outcome<V, A>>;

/// Waits for the reply to a call of this name.
async fn arrival<V, A>(
    sent: Result<Receiver<V, A>, ChannelFailure>,
    name: &'static str,
) -> Outcome<V, A> {
    match sent?.await {
        Ok(outcome) => outcome,
        // The client is gone, and its page with it.
        Err(oneshot::Canceled) => Err(ChannelFailure::NoAnswer {
            name: name.to_owned(),
        }),
    }
}

/// The reply to a call of kind `K`, read.
///
/// # Errors
/// The service's error, or why there is no reply.
pub fn decoded<K: Call, C: Codec, A>(
    outcome: Outcome<C::Value, A>,
) -> Result<Answer<K::Reply, A>, CallFailure<K::Error>> {
    let (body, attachments) = outcome?;
    let decoded = match body {
        ReplyBody::Value(value) => C::decode(value).map(Ok),
        ReplyBody::Error(value) => C::decode(value).map(Err),
        ReplyBody::Failure(failure) => return Err(failure.into()),
    };
    match decoded {
        Ok(Ok(reply)) => Ok(Answer { reply, attachments }),
        Ok(Err(error)) => Err(CallFailure::Service(error)),
        Err(error) => Err(undecodable(K::NAME, CodecStep::DecodeReply, error.0).into()),
    }
}

struct Waiting<V, A> {
    call: PendingCall,
    reply: oneshot::Sender<Outcome<V, A>>,
}

struct Inner<C: Codec, A> {
    build: Build,
    status: WorkerStatus,
    transport: Option<Rc<dyn Transport<C::Value, A>>>,
    queue: Vec<(ToWorker<C::Value>, A)>,
    waiting: BTreeMap<CallId, Waiting<C::Value, A>>,
    /// The only call that is sent now; nothing where all are.
    held_for: Option<&'static str>,
    next_id: u32,
    listener: Option<Rc<dyn Fn(ClientEvent)>>,
    clock: Rc<dyn Fn() -> f64>,
}

impl<C: Codec, A> Inner<C, A> {
    /// Whether the frame has to wait although the worker listens.
    fn holds(&self, frame: &ToWorker<C::Value>) -> bool {
        let is_first = |first| matches!(frame, ToWorker::Call { name, .. } if name == first);
        self.held_for.is_some_and(|first| !is_first(first))
    }
}

/// Asks one worker. Clones ask the same one.
pub struct Client<C: Codec, A>(Rc<RefCell<Inner<C, A>>>);

impl<C: Codec, A> Clone for Client<C, A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<C: Codec, A> PartialEq for Client<C, A> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<C: Codec, A: Default + 'static> Client<C, A> {
    /// A client without a worker: calls wait until [`Client::connect`] gives it one. `clock` returns
    /// milliseconds.
    #[must_use]
    pub fn new(build: Build, clock: impl Fn() -> f64 + 'static) -> Self {
        Self(Rc::new(RefCell::new(Inner {
            build,
            status: WorkerStatus::Starting,
            transport: None,
            queue: Vec::new(),
            waiting: BTreeMap::new(),
            held_for: None,
            next_id: 0,
            listener: None,
            clock: Rc::new(clock),
        })))
    }

    /// Sets the listener for events, changes of the worker's state and messages that can't be understood.
    pub fn listen(&self, listener: impl Fn(ClientEvent) + 'static) {
        self.0.borrow_mut().listener = Some(Rc::new(listener));
    }

    /// Gives the client a worker, the first or one in place of one that died. Calls that wait for the worker
    /// before fail; calls that were not sent yet go to this one.
    pub fn connect(&self, transport: Rc<dyn Transport<C::Value, A>>) {
        let restarted = ChannelFailure::WorkerDied {
            detail: "the worker was started again".to_owned(),
        };
        let mut inner = self.0.borrow_mut();
        let queued: Vec<CallId> = inner.queue.iter().filter_map(|(f, _)| call_id(f)).collect();
        let all: Vec<CallId> = inner.waiting.keys().copied().collect();
        let lost = all.iter().filter(|id| !queued.contains(id));
        let lost: Vec<_> = lost.filter_map(|id| inner.waiting.remove(id)).collect();
        inner.transport = Some(transport);
        inner.status = WorkerStatus::Starting;
        drop(inner);
        settle(lost, &restarted);
        self.emit(ClientEvent::Status(WorkerStatus::Starting));
    }

    /// Keeps all calls but those of this name until [`Client::release`]: a worker that was started again has nothing yet
    /// of what they are about.
    pub fn hold_for(&self, name: &'static str) {
        self.0.borrow_mut().held_for = Some(name);
    }

    /// Sends what was kept, in its order.
    pub fn release(&self) {
        let mut inner = self.0.borrow_mut();
        inner.held_for = None;
        let is_ready = inner.status == WorkerStatus::Ready;
        let queue = match is_ready {
            true => std::mem::take(&mut inner.queue),
            false => Vec::new(),
        };
        drop(inner);
        for (frame, attachments) in queue {
            self.post(frame, attachments);
        }
    }

    /// How the worker is.
    #[must_use]
    pub fn status(&self) -> WorkerStatus {
        self.0.borrow().status.clone()
    }

    /// The calls that wait for a reply, the oldest first: a worker that does not answer shows here.
    #[must_use]
    pub fn pending(&self) -> Vec<PendingCall> {
        let inner = self.0.borrow();
        inner.waiting.values().map(|w| w.call.clone()).collect()
    }

    /// Asks, and waits for the reply. The call is sent at once, whether or not the future is polled.
    ///
    /// # Errors
    /// The service's error, or why there is no reply.
    pub fn ask<K: Call>(
        &self,
        call: K,
    ) -> impl Future<Output = Result<K::Reply, CallFailure<K::Error>>> + use<K, C, A> {
        let answer = self.ask_with(call, A::default());
        async move { Ok(answer.await?.reply) }
    }

    /// The same with files and buffers beside call and reply.
    ///
    /// # Errors
    /// The service's error, or why there is no reply.
    pub fn ask_with<K: Call>(
        &self,
        call: K,
        attachments: A,
    ) -> impl Future<Output = Result<Answer<K::Reply, A>, CallFailure<K::Error>>> + use<K, C, A>
    {
        let outcome = self.ask_encoded::<K>(&call, attachments);
        async move { decoded::<K, C, A>(outcome.await) }
    }

    /// The same with the reply as it came, for [`decoded`]. Whatever differs from call to call is compiled for each of
    /// them; what waits for a reply is the same for all.
    pub fn ask_encoded<K: Call>(
        &self,
        call: &K,
        attachments: A,
    ) -> impl Future<Output = Outcome<C::Value, A>> + use<K, C, A> {
        arrival::<C::Value, A>(self.send(K::NAME, C::encode(call), attachments), K::NAME)
    }

    /// Stops a job; its end is announced like any other.
    pub fn stop(&self, job: JobId) {
        self.post(ToWorker::Stop { job }, A::default());
    }

    fn send(
        &self,
        name: &'static str,
        body: Result<C::Value, CodecError>,
        attachments: A,
    ) -> Result<Receiver<C::Value, A>, ChannelFailure> {
        let mut inner = self.0.borrow_mut();
        if let WorkerStatus::Dead(failure) = &inner.status {
            return Err(failure.clone());
        }
        let body = body.map_err(|error| undecodable(name, CodecStep::EncodeCall, error.0))?;
        let id = CallId(inner.next_id);
        inner.next_id = inner.next_id.wrapping_add(1);
        let (reply, receiver) = oneshot::channel();
        let call = PendingCall {
            name,
            asked_ms: (inner.clock)(),
        };
        inner.waiting.insert(id, Waiting { call, reply });
        let frame = ToWorker::Call {
            build: inner.build.clone(),
            id,
            name: name.to_owned(),
            body,
        };
        drop(inner);
        self.post(frame, attachments);
        Ok(receiver)
    }

    /// Sends a frame, or keeps it until the worker listens. To a dead worker only `Stop` can come here, and
    /// its jobs are over.
    fn post(&self, frame: ToWorker<C::Value>, attachments: A) {
        let mut inner = self.0.borrow_mut();
        let transport = match (&inner.status, &inner.transport) {
            (WorkerStatus::Ready, Some(transport)) if !inner.holds(&frame) => transport.clone(),
            (WorkerStatus::Dead(_), _) => return,
            _ => return inner.queue.push((frame, attachments)),
        };
        drop(inner);
        let id = call_id(&frame);
        // Nothing is borrowed here: a transport within one program may answer at once.
        if let Err(failure) = transport.send(frame, attachments) {
            self.not_sent(id, failure);
        }
    }

    fn not_sent(&self, id: Option<CallId>, failure: ChannelFailure) {
        if failure.ends_worker() {
            return self.fail(failure);
        }
        let waiting = id.and_then(|id| self.0.borrow_mut().waiting.remove(&id));
        match waiting {
            Some(waiting) => settle(vec![waiting], &failure),
            None => self.emit(ClientEvent::Problem(failure)),
        }
    }

    /// Takes a frame from the worker, with what came beside it.
    pub fn receive(&self, frame: FromWorker<C::Value>, attachments: A) {
        match frame {
            FromWorker::Ready { build } => self.ready(&build),
            FromWorker::Reply { id, body } => {
                let waiting = self.0.borrow_mut().waiting.remove(&id);
                match waiting {
                    // The caller may be gone (its page was left): then the reply is not needed.
                    Some(waiting) => drop(waiting.reply.send(Ok((body, attachments)))),
                    None => self.problem("reply", format!("call {} is not waiting", id.0)),
                }
            }
            FromWorker::Event { body } => match C::decode::<Event>(body) {
                Ok(event) => self.emit(ClientEvent::Event(event)),
                Err(error) => self.problem("event", error.0),
            },
            FromWorker::Fatal { failure } => self.fail(failure),
        }
    }

    /// Reports a message that can't be read.
    pub fn problem(&self, what: &str, detail: String) {
        let failure = undecodable(what, CodecStep::DecodeEvent, detail);
        self.emit(ClientEvent::Problem(failure));
    }

    /// Takes the worker for dead: every call that waits fails, and so does each one until
    /// [`Client::connect`]. Of several reports of one death the first counts.
    pub fn fail(&self, failure: ChannelFailure) {
        let mut inner = self.0.borrow_mut();
        if matches!(inner.status, WorkerStatus::Dead(_)) {
            return;
        }
        inner.status = WorkerStatus::Dead(failure.clone());
        inner.queue.clear();
        inner.transport = None;
        let waiting = std::mem::take(&mut inner.waiting);
        drop(inner);
        settle(waiting.into_values().collect(), &failure);
        self.emit(ClientEvent::Status(WorkerStatus::Dead(failure)));
    }

    fn ready(&self, worker: &Build) {
        let mut inner = self.0.borrow_mut();
        if inner.build != *worker {
            let failure = ChannelFailure::BuildMismatch {
                page: inner.build.id().to_owned(),
                worker: worker.id().to_owned(),
            };
            drop(inner);
            return self.fail(failure);
        }
        inner.status = WorkerStatus::Ready;
        let queue = std::mem::take(&mut inner.queue);
        drop(inner);
        // First what waited, so that nothing asked from now on overtakes it.
        for (frame, attachments) in queue {
            self.post(frame, attachments);
        }
        self.emit(ClientEvent::Status(WorkerStatus::Ready));
    }

    fn emit(&self, event: ClientEvent) {
        let listener = self.0.borrow().listener.clone();
        if let Some(listener) = listener {
            listener(event);
        }
    }
}

fn call_id<V>(frame: &ToWorker<V>) -> Option<CallId> {
    match frame {
        ToWorker::Call { id, .. } => Some(*id),
        ToWorker::Stop { .. } => None,
    }
}

fn settle<V, A>(waiting: Vec<Waiting<V, A>>, failure: &ChannelFailure) {
    for one in waiting {
        // The caller may be gone: then the failure is not needed.
        drop(one.reply.send(Err(failure.clone())));
    }
}

fn undecodable(name: &str, step: CodecStep, detail: String) -> ChannelFailure {
    ChannelFailure::Undecodable {
        name: name.to_owned(),
        step,
        detail,
    }
}
