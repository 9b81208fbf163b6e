//! Calls from the page to the data worker: one client, what is known from its replies, the jobs that run and
//! the notices for the person. Components reach it through the hooks [`use_calls`], [`use_answer`] and
//! [`use_jobs`]; the shell owns it and hands it down as a yew context.

mod hooks;

pub use hooks::{
    Answered, use_answer, use_answer_if, use_answer_of, use_calls, use_has_orders, use_jobs,
    use_last_reply,
};

use crate::browser::files as browser;
use crate::state::notices::Notices;
use assay_calls::{
    Call, CallFailure, ChannelFailure, ClientEvent, Event, Explanation, JobId, JobList, JobOutcome,
    Known, ReplyBody, Topic, Topics, WorkerStatus, decoded,
};
use assay_protocol::topics::SCORE;
use assay_web_calls::{Attachments, Client, JsCodec, WorkerHost};
use js_sys::ArrayBuffer;
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::{Future, ready};
use std::hash::Hash;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Restarts of a worker within [`RESTART_MS`] after which it is left dead.
const MOST_RESTARTS: usize = 3;
/// The time in which restarts are counted, in milliseconds.
const RESTART_MS: f64 = 60_000.0;

/// A reply as it came from the worker, or why there is none.
type Arrived = Result<(ReplyBody<JsValue>, Attachments), ChannelFailure>;
type Awaited = Pin<Box<dyn Future<Output = Arrived>>>;

/// Hands a reply on once it comes. One function for all calls: what differs is in `receive`.
async fn deliver(awaited: Awaited, receive: Box<dyn FnOnce(Arrived)>) {
    receive(awaited.await);
}

/// A reply, read.
fn read<C: Call>(arrived: Arrived) -> Result<C::Reply, CallFailure<C::Error>> {
    Ok(decoded::<C, JsCodec, Attachments>(arrived)?.reply)
}

/// What changed, for those who show it.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A topic of the worker's state.
    Topic(Topic),
    /// Everything: the worker was started again.
    Restarted,
    /// The jobs that run.
    Jobs,
    /// A job has ended.
    JobEnded(JobId, JobOutcome),
    /// A reply to a call of this type came.
    Reply(TypeId),
    /// The notices.
    Notices,
    /// Whether something that was done here is not answered yet.
    Orders,
}

/// A listener to changes: it hears of each until it is dropped.
pub struct Subscription {
    calls: Calls,
    id: u32,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut listeners = self.calls.0.listeners.borrow_mut();
        listeners.retain(|(id, _)| *id != self.id);
    }
}

struct Inner {
    /// The call that brings back what the worker before had.
    opens: Option<&'static str>,
    host: RefCell<Option<WorkerHost>>,
    topics: RefCell<Topics>,
    jobs: RefCell<JobList>,
    known: RefCell<HashMap<TypeId, Box<dyn Any>>>,
    notices: RefCell<Notices>,
    listeners: RefCell<Vec<(u32, Callback<Change>)>>,
    next_listener: Cell<u32>,
    /// How many changes were announced.
    changes: Cell<u64>,
    /// Orders that are not answered yet.
    orders: Cell<usize>,
    /// When the worker was started again, in milliseconds.
    restarts: RefCell<Vec<f64>>,
}

/// The page's calls. Clones are the same.
#[derive(Clone)]
pub struct Calls(Rc<Inner>);

impl PartialEq for Calls {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Calls {
    /// Starts the worker whose program the script `boot` loads. Where it has to be started again, calls wait until the one
    /// called `opens` has brought back what they are about and [`Calls::opened`] says so.
    #[must_use]
    pub fn start(boot: &str, name: &'static str, opens: Option<&'static str>) -> Self {
        let calls = Self(Rc::new(Inner {
            opens,
            host: RefCell::default(),
            topics: RefCell::default(),
            jobs: RefCell::default(),
            known: RefCell::default(),
            notices: RefCell::default(),
            listeners: RefCell::default(),
            next_listener: Cell::new(0),
            changes: Cell::new(0),
            orders: Cell::new(0),
            restarts: RefCell::default(),
        }));
        let heard = calls.clone();
        let host = WorkerHost::start(boot, name, move |event| heard.hear(event));
        *calls.0.host.borrow_mut() = Some(host);
        calls
    }

    /// What the worker before had is back, or can't be had: calls that waited for it are sent.
    pub fn opened(&self) {
        if let Some(client) = self.client() {
            client.release();
        }
    }

    /// The client; nothing while the worker is being started.
    fn client(&self) -> Option<Client> {
        self.0.host.borrow().as_ref().map(WorkerHost::client)
    }

    fn hear(&self, event: ClientEvent) {
        match event {
            ClientEvent::Event(event) => self.take(&event),
            ClientEvent::Status(WorkerStatus::Dead(failure)) => self.worker_died(failure),
            ClientEvent::Status(_) => {}
            ClientEvent::Problem(failure) => self.report(Explanation::of(&failure)),
        }
    }

    fn take(&self, event: &Event) {
        if self.0.topics.borrow_mut().apply(event)
            && let Event::Changed { topic, .. } = event
        {
            self.announce(&Change::Topic(topic.clone()));
            return;
        }
        let ended = self.0.jobs.borrow_mut().apply(event, browser::now());
        self.announce(&Change::Jobs);
        if let Some((job, outcome)) = ended {
            // No call waits for the end of scoring, which would tell why.
            if let JobOutcome::Failed(explanation) = &outcome
                && job.kind == SCORE
            {
                self.report(explanation.clone());
            }
            self.announce(&Change::JobEnded(job.id, outcome));
        }
    }

    /// Says what happened, and starts the worker again: what it kept on the device is there, what it held in
    /// memory alone is not.
    fn worker_died(&self, failure: ChannelFailure) {
        self.report(Explanation::of(&failure));
        self.0.jobs.borrow_mut().worker_died();
        self.0.topics.borrow_mut().worker_restarted();
        let now = browser::now();
        let mut restarts = self.0.restarts.borrow_mut();
        restarts.retain(|at| now - at < RESTART_MS);
        let again = restarts.len() < MOST_RESTARTS
            && !matches!(failure, ChannelFailure::BuildMismatch { .. });
        if again {
            restarts.push(now);
        }
        drop(restarts);
        let host = self.0.host.borrow().clone();
        if let Some(host) = host.filter(|_| again) {
            if let Some(first) = self.0.opens {
                host.client().hold_for(first);
            }
            host.restart();
        }
        self.announce(&Change::Jobs);
        self.announce(&Change::Restarted);
    }

    /// Asks, and hands the reply to whoever awaits it.
    ///
    /// # Errors
    /// The service's error, or why there is no reply.
    pub async fn ask<C: Call>(&self, call: C) -> Result<C::Reply, CallFailure<C::Error>> {
        self.ask_with(call, Attachments::default()).await
    }

    /// The same with files or buffers beside the call.
    ///
    /// # Errors
    /// The service's error, or why there is no reply.
    pub async fn ask_with<C: Call>(
        &self,
        call: C,
        beside: Attachments,
    ) -> Result<C::Reply, CallFailure<C::Error>> {
        read::<C>(self.encoded(&call, beside).await)
    }

    /// Asks, and hands the reply to whoever awaits it, with the bytes beside it.
    ///
    /// # Errors
    /// The service's error, or why there is no reply.
    pub async fn ask_for_bytes<C: Call>(
        &self,
        call: C,
    ) -> Result<(C::Reply, ArrayBuffer), CallFailure<C::Error>> {
        let Some(client) = self.client() else {
            let detail = "it was not started".to_owned();
            return Err(ChannelFailure::WorkerDied { detail }.into());
        };
        let answer = client.ask_with(call, Attachments::default()).await?;
        let mut buffers = answer.attachments.buffers.into_iter();
        let bytes = buffers.next().unwrap_or_else(|| ArrayBuffer::new(0));
        Ok((answer.reply, bytes))
    }

    /// Asks, runs `then` on the reply, and tells the person of a failure.
    pub fn order<C: Call>(&self, call: C, then: impl FnOnce(C::Reply) + 'static) {
        self.order_with(call, Attachments::default(), then);
    }

    /// The same with files or buffers beside the call.
    pub fn order_with<C: Call>(
        &self,
        call: C,
        beside: Attachments,
        then: impl FnOnce(C::Reply) + 'static,
    ) {
        let calls = self.clone();
        self.count_orders(self.0.orders.get() + 1);
        let receive = Box::new(move |outcome| {
            calls.count_orders(calls.0.orders.get().saturating_sub(1));
            match read::<C>(outcome) {
                Ok(reply) => then(reply),
                Err(failure) => calls.report(failure.explanation()),
            }
        });
        spawn_local(deliver(self.encoded(&call, beside), receive));
    }

    fn count_orders(&self, orders: usize) {
        let before = self.0.orders.replace(orders);
        if (before == 0) != (orders == 0) {
            self.announce(&Change::Orders);
        }
    }

    /// Whether something that was done here is not answered yet.
    #[must_use]
    pub fn has_orders(&self) -> bool {
        self.0.orders.get() > 0
    }

    /// The reply as it will come.
    fn encoded<C: Call>(&self, call: &C, beside: Attachments) -> Awaited {
        match self.client() {
            Some(client) => Box::pin(client.ask_encoded(call, beside)),
            None => {
                let detail = "it was not started".to_owned();
                Box::pin(ready(Err(ChannelFailure::WorkerDied { detail })))
            }
        }
    }

    /// Runs a future on the page's thread, which must not compute.
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        spawn_local(future);
    }

    /// Stops a job.
    pub fn stop(&self, job: JobId) {
        if let Some(client) = self.client() {
            client.stop(job);
        }
        self.0.jobs.borrow_mut().stopping(job);
        self.announce(&Change::Jobs);
    }

    /// The jobs that run.
    #[must_use]
    pub fn jobs(&self) -> JobList {
        self.0.jobs.borrow().clone()
    }

    /// Tells the person.
    pub fn report(&self, explanation: Explanation) {
        self.0.notices.borrow_mut().add(explanation);
        self.announce(&Change::Notices);
    }

    /// Takes a notice away.
    pub fn dismiss(&self, id: u32) {
        self.0.notices.borrow_mut().dismiss(id);
        self.announce(&Change::Notices);
    }

    /// Takes all notices away: the person went on to something else.
    pub fn dismiss_all(&self) {
        if self.0.notices.borrow_mut().dismiss_all() {
            self.announce(&Change::Notices);
        }
    }

    /// What the person is told.
    #[must_use]
    pub fn notices(&self) -> Notices {
        self.0.notices.borrow().clone()
    }

    /// Tells `listener` of every change until the subscription is dropped.
    #[must_use]
    pub fn subscribe(&self, listener: Callback<Change>) -> Subscription {
        let id = self.0.next_listener.get();
        self.0.next_listener.set(id + 1);
        self.0.listeners.borrow_mut().push((id, listener));
        Subscription {
            calls: self.clone(),
            id,
        }
    }

    /// How many changes were announced: what was drawn under another number may be out of date.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.0.changes.get()
    }

    fn announce(&self, change: &Change) {
        self.0.changes.set(self.0.changes.get() + 1);
        // Copied, so that a listener may subscribe or leave in turn.
        let listeners = self.0.listeners.borrow().clone();
        for (_, listener) in listeners {
            listener.emit(change.clone());
        }
    }

    fn with_known<C, R>(&self, then: impl FnOnce(&mut Known<C>, &Topics) -> R) -> R
    where
        C: Call + Hash + Eq + Clone,
    {
        let topics = self.0.topics.borrow();
        let mut known = self.0.known.borrow_mut();
        let entry = known
            .entry(TypeId::of::<C>())
            .or_insert_with(|| Box::new(Known::<C>::default()));
        match entry.downcast_mut::<Known<C>>() {
            Some(known) => then(known, &topics),
            // The entry is made above under this type's own id.
            None => then(&mut Known::default(), &topics),
        }
    }

    /// Asks `call` unless its reply is known and still holds; listeners are told when it comes.
    pub fn need<C: Call + Hash + Eq + Clone>(&self, call: &C) {
        let ticket = self.with_known::<C, _>(|known, topics| known.need(call, topics));
        let Some(ticket) = ticket else { return };
        let calls = self.clone();
        let awaited = self.encoded(&ticket.call, Attachments::default());
        let receive = Box::new(move |outcome| {
            let reply = read::<C>(outcome);
            calls.with_known::<C, _>(|known, topics| known.receive(ticket, reply, topics));
            calls.announce(&Change::Reply(TypeId::of::<C>()));
        });
        spawn_local(deliver(awaited, receive));
    }

    /// What is known of the reply to `call`.
    #[must_use]
    pub fn known<C: Call + Hash + Eq + Clone>(&self, call: &C) -> Answered<C> {
        self.with_known::<C, _>(|known, topics| Answered::of(&known.get(call, topics)))
    }
}
