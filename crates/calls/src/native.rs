//! For native programs and tests: values as CBOR, and a worker within the same program, so that
//! services are tested in milliseconds and without a browser.

use crate::call::Call;
use crate::client::{Client, Transport};
use crate::codec::{Codec, CodecError};
use crate::event::Announcer;
use crate::failure::{CallFailure, ChannelFailure};
use crate::frame::{Build, ToWorker};
use crate::jobs::Jobs;
use crate::registry::{LocalFuture, Registry, Server};
use futures_executor::{LocalPool, LocalSpawner};
use futures_util::task::LocalSpawnExt;
use serde::{Serialize, de::DeserializeOwned};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

/// How deep values may be nested.
const MOST_DEPTH: usize = 2_000;

/// Values as CBOR: lossless and, as a browser's values are, read by types that ask for whatever comes.
#[derive(Debug, Clone, Copy)]
pub struct CborCodec;

impl Codec for CborCodec {
    type Value = Vec<u8>;

    fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, CodecError> {
        let mut bytes = Vec::new();
        ciborium::into_writer(value, &mut bytes).map_err(CodecError::new)?;
        Ok(bytes)
    }

    fn decode<T: DeserializeOwned>(bytes: Vec<u8>) -> Result<T, CodecError> {
        let mut rest = bytes.as_slice();
        let value = ciborium::de::from_reader_with_recursion_limit(&mut rest, MOST_DEPTH);
        match (value, rest.len()) {
            (Ok(value), 0) => Ok(value),
            (Ok(_), more) => Err(CodecError(format!("{more} bytes too many"))),
            (Err(error), _) => Err(CodecError::new(error)),
        }
    }
}

type Receive<A> = Rc<dyn Fn(ToWorker<Vec<u8>>, A) -> Option<LocalFuture<()>>>;

/// Hands frames over within the program.
struct Wire<A> {
    receive: RefCell<Option<Receive<A>>>,
    spawner: LocalSpawner,
}

impl<A: 'static> Transport<Vec<u8>, A> for Wire<A> {
    fn send(&self, frame: ToWorker<Vec<u8>>, attachments: A) -> Result<(), ChannelFailure> {
        let died = |detail: &str| ChannelFailure::WorkerDied {
            detail: detail.to_owned(),
        };
        let receive = self.receive.borrow().clone();
        let receive = receive.ok_or_else(|| died("no worker serves"))?;
        if let Some(handler) = receive(frame, attachments) {
            let spawned = self.spawner.spawn_local(handler);
            spawned.map_err(|error| died(&error.to_string()))?;
        }
        Ok(())
    }
}

/// A worker within the program: what a page's client talks to in native tests.
pub struct InMemoryWorker<A = ()> {
    client: Client<CborCodec, A>,
    build: Build,
    pool: RefCell<LocalPool>,
    wire: RefCell<Rc<Wire<A>>>,
    alive: RefCell<Rc<Cell<bool>>>,
}

impl<A: Default + 'static> Default for InMemoryWorker<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A: Default + 'static> InMemoryWorker<A> {
    /// A client whose worker does not serve yet.
    #[must_use]
    pub fn new() -> Self {
        let build = Build::new("native");
        let pool = LocalPool::new();
        let wire = Self::wire(&pool);
        let client = Client::new(build.clone(), || 0.0);
        client.connect(wire.clone());
        Self {
            client,
            build,
            pool: RefCell::new(pool),
            wire: RefCell::new(wire),
            alive: RefCell::default(),
        }
    }

    fn wire(pool: &LocalPool) -> Rc<Wire<A>> {
        Rc::new(Wire {
            receive: RefCell::new(None),
            spawner: pool.spawner(),
        })
    }

    /// Serves from now on. After [`InMemoryWorker::kill`] this is the worker that is started again.
    pub fn serve<Ctx: Clone + 'static>(
        &self,
        registry: Registry<Ctx, CborCodec, A>,
        context: Ctx,
        jobs: &Jobs,
        announcer: &Announcer,
    ) {
        self.serve_as(self.build.clone(), registry, context, jobs, announcer);
    }

    /// The same as a worker of another build.
    pub fn serve_as<Ctx: Clone + 'static>(
        &self,
        build: Build,
        registry: Registry<Ctx, CborCodec, A>,
        context: Ctx,
        jobs: &Jobs,
        announcer: &Announcer,
    ) {
        let alive = Rc::new(Cell::new(true));
        if let crate::WorkerStatus::Dead(_) = self.client.status() {
            let wire = Self::wire(&self.pool.borrow());
            self.client.connect(wire.clone());
            *self.wire.borrow_mut() = wire;
        }
        *self.alive.borrow_mut() = alive.clone();
        // The server says that it is ready while it starts; what waits is sent then and kept here until it
        // has started.
        let (client, early) = (self.client.clone(), Rc::new(RefCell::new(Some(Vec::new()))));
        let kept = early.clone();
        let send = move |frame, attachments: A| {
            if let Some(early) = kept.borrow_mut().as_mut() {
                return early.push((frame, attachments));
            }
            // What a dead worker's handlers still say reaches nobody.
            if alive.get() {
                client.receive(frame, attachments);
            }
        };
        let jobs = (jobs.clone(), announcer);
        let server = Server::start(build, registry, context, jobs, send);
        let receive: Receive<A> = Rc::new(move |frame, beside| server.receive(frame, beside));
        *self.wire.borrow().receive.borrow_mut() = Some(receive);
        let early = early.borrow_mut().take();
        for (frame, attachments) in early.into_iter().flatten() {
            self.client.receive(frame, attachments);
        }
    }

    /// The page's side.
    #[must_use]
    pub fn client(&self) -> Client<CborCodec, A> {
        self.client.clone()
    }

    /// Runs handlers and spawned tasks until all of them wait.
    pub fn run(&self) {
        self.pool.borrow_mut().run_until_stalled();
    }

    /// Runs a task beside the handlers.
    ///
    /// # Panics
    /// When the executor is gone, which it is only while this is dropped.
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        let spawned = self.pool.borrow().spawner().spawn_local(task);
        assert!(spawned.is_ok(), "the executor is gone");
    }

    /// Asks and runs until the reply is there.
    ///
    /// # Errors
    /// The service's error, or why there is no reply.
    ///
    /// # Panics
    /// When everything waits and there is no reply.
    pub fn ask<K: Call>(&self, call: K) -> Result<K::Reply, CallFailure<K::Error>> {
        self.finish(self.client.ask(call))
    }

    /// Runs until a future is done, and gives its result.
    ///
    /// # Panics
    /// When everything waits before it is done.
    pub fn finish<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> T {
        let result = Rc::new(RefCell::new(None));
        let slot = result.clone();
        self.spawn(async move {
            let value = future.await;
            *slot.borrow_mut() = Some(value);
        });
        self.run();
        let done = result.borrow_mut().take();
        done.unwrap_or_else(|| panic!("{} is not done", std::any::type_name::<T>()))
    }

    /// Ends the worker as a browser does: its handlers are dropped and say nothing more.
    pub fn kill(&self, failure: ChannelFailure) {
        self.alive.borrow().set(false);
        self.wire.borrow().receive.borrow_mut().take();
        *self.pool.borrow_mut() = LocalPool::new();
        self.client.fail(failure);
    }
}

impl<A> Drop for InMemoryWorker<A> {
    fn drop(&mut self) {
        // Client and server hold each other.
        self.wire.borrow().receive.borrow_mut().take();
    }
}
