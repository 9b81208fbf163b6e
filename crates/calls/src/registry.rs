//! The worker's side: which handler answers which call. Each call gets exactly one reply, because the reply
//! is owned by a [`ReplyHandle`] that sends one when it is dropped unused: when a handler is
//! dropped before it ended, or panics where panics unwind.

use crate::call::Call;
use crate::codec::Codec;
use crate::event::Announcer;
use crate::failure::{ChannelFailure, CodecStep};
use crate::frame::{Build, CallId, FromWorker, ReplyBody, ToWorker};
use crate::jobs::Jobs;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// A future on one thread.
pub type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// What a handler leaves to be sent: a body, with what travels beside it.
type Answered<V, A> = (ReplyBody<V>, A);
type Handler<Ctx, V, A> = Box<dyn Fn(Ctx, V, A) -> LocalFuture<Answered<V, A>>>;

/// The calls that a worker answers. `Ctx` is what handlers share (an `Rc` of services, say), `A` what
/// travels beside a frame: files and buffers.
pub struct Registry<Ctx, C: Codec, A> {
    handlers: BTreeMap<&'static str, Handler<Ctx, C::Value, A>>,
}

impl<Ctx, C: Codec, A> Default for Registry<Ctx, C, A> {
    fn default() -> Self {
        Self {
            handlers: BTreeMap::new(),
        }
    }
}

impl<Ctx: 'static, C: Codec, A: Default + 'static> Registry<Ctx, C, A> {
    /// Without handlers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers the handler of a call. It gets the context, the call and what came beside it.
    ///
    /// # Panics
    /// When the call has a handler already.
    pub fn on<K, F, Fut>(&mut self, handler: F) -> &mut Self
    where
        K: Call,
        F: Fn(Ctx, K, A) -> Fut + 'static,
        Fut: Future<Output = Result<K::Reply, K::Error>> + 'static,
    {
        self.on_with_attachments(move |ctx, call: K, attachments| {
            let answer = handler(ctx, call, attachments);
            async move { answer.await.map(|reply| (reply, A::default())) }
        })
    }

    /// The same, with a handler whose reply has files or buffers beside it.
    ///
    /// # Panics
    /// When the call has a handler already.
    pub fn on_with_attachments<K, F, Fut>(&mut self, handler: F) -> &mut Self
    where
        K: Call,
        F: Fn(Ctx, K, A) -> Fut + 'static,
        Fut: Future<Output = Result<(K::Reply, A), K::Error>> + 'static,
    {
        let handler = Rc::new(handler);
        let erased: Handler<Ctx, C::Value, A> = Box::new(move |ctx, body, attachments| {
            let handler = handler.clone();
            Box::pin(async move {
                let call = match C::decode::<K>(body) {
                    Ok(call) => call,
                    Err(error) => {
                        let failure = undecodable::<K>(CodecStep::DecodeCall, error.0);
                        return (ReplyBody::Failure(failure), A::default());
                    }
                };
                let (encoded, beside) = match handler(ctx, call, attachments).await {
                    Ok((reply, beside)) => (C::encode(&reply).map(ReplyBody::Value), beside),
                    Err(error) => (C::encode(&error).map(ReplyBody::Error), A::default()),
                };
                match encoded {
                    Ok(body) => (body, beside),
                    Err(error) => {
                        let failure = undecodable::<K>(CodecStep::EncodeReply, error.0);
                        (ReplyBody::Failure(failure), A::default())
                    }
                }
            })
        });
        let before = self.handlers.insert(K::NAME, erased);
        assert!(before.is_none(), "{} has two handlers", K::NAME);
        self
    }

    /// The names of the calls that have a handler, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.handlers.keys().copied()
    }
}

fn undecodable<K: Call>(step: CodecStep, detail: String) -> ChannelFailure {
    ChannelFailure::Undecodable {
        name: K::NAME.to_owned(),
        step,
        detail,
    }
}

/// Sends frames to the page, with what travels beside them.
type Send<V, A> = Rc<dyn Fn(FromWorker<V>, A)>;

/// The one reply to a call. Dropped unused, it sends `NoAnswer`.
struct ReplyHandle<V, A: Default> {
    id: CallId,
    name: String,
    send: Option<Send<V, A>>,
}

impl<V, A: Default> ReplyHandle<V, A> {
    fn reply(mut self, body: ReplyBody<V>, attachments: A) {
        if let Some(send) = self.send.take() {
            send(FromWorker::Reply { id: self.id, body }, attachments);
        }
    }

    fn refuse(self, failure: ChannelFailure) {
        self.reply(ReplyBody::Failure(failure), A::default());
    }
}

impl<V, A: Default> Drop for ReplyHandle<V, A> {
    fn drop(&mut self) {
        if let Some(send) = self.send.take() {
            let name = std::mem::take(&mut self.name);
            let body = ReplyBody::Failure(ChannelFailure::NoAnswer { name });
            send(FromWorker::Reply { id: self.id, body }, A::default());
        }
    }
}

/// A worker that listens: a registry with its context, its jobs and the way back to the page.
pub struct Server<Ctx, C: Codec, A> {
    build: Build,
    registry: Registry<Ctx, C, A>,
    context: Ctx,
    jobs: Jobs,
    send: Send<C::Value, A>,
}

impl<Ctx: Clone + 'static, C: Codec, A: Default + 'static> Server<Ctx, C, A> {
    /// Begins to serve: says that the worker is ready, then sends what `announcer` announces.
    pub fn start(
        build: Build,
        registry: Registry<Ctx, C, A>,
        context: Ctx,
        (jobs, announcer): (Jobs, &Announcer),
        send: impl Fn(FromWorker<C::Value>, A) + 'static,
    ) -> Self {
        let send: Send<C::Value, A> = Rc::new(send);
        let ready = FromWorker::Ready {
            build: build.clone(),
        };
        send(ready, A::default());
        let to_page = send.clone();
        announcer.connect(move |event| {
            let frame = match C::encode(&event) {
                Ok(body) => FromWorker::Event { body },
                // Events are this crate's own types: a codec that can't write them can write nothing.
                Err(error) => FromWorker::Fatal {
                    failure: ChannelFailure::Undecodable {
                        name: "event".to_owned(),
                        step: CodecStep::EncodeReply,
                        detail: error.0,
                    },
                },
            };
            to_page(frame, A::default());
        });
        Self {
            build,
            registry,
            context,
            jobs,
            send,
        }
    }

    /// Takes a frame from the page. The future, where there is one, runs the handler and has to be
    /// spawned; dropped before its end it replies that there is no answer.
    pub fn receive(&self, frame: ToWorker<C::Value>, attachments: A) -> Option<LocalFuture<()>> {
        let (build, id, name, body) = match frame {
            ToWorker::Stop { job } => {
                // A job that has ended in the meantime needs no stop; its end is announced already.
                self.jobs.stop(job);
                return None;
            }
            ToWorker::Call {
                build,
                id,
                name,
                body,
            } => (build, id, name, body),
        };
        let handle = ReplyHandle {
            id,
            name: name.clone(),
            send: Some(self.send.clone()),
        };
        if build != self.build {
            handle.refuse(ChannelFailure::BuildMismatch {
                page: build.id().to_owned(),
                worker: self.build.id().to_owned(),
            });
            return None;
        }
        let Some(handler) = self.registry.handlers.get(name.as_str()) else {
            handle.refuse(ChannelFailure::UnknownCall { name });
            return None;
        };
        let answer = handler(self.context.clone(), body, attachments);
        Some(Box::pin(async move {
            let (body, beside) = answer.await;
            handle.reply(body, beside);
        }))
    }
}
