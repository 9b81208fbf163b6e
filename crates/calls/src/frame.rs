//! What crosses between page and worker. `V` is the codec's value; files and buffers travel beside a frame.

use crate::failure::ChannelFailure;
use crate::jobs::JobId;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Says which build a program is from; page and worker of different builds don't talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Build(Cow<'static, str>);

impl Build {
    /// A build's id.
    #[must_use]
    pub fn new(id: impl Into<Cow<'static, str>>) -> Self {
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }
}

/// A call's number, unique within a page's visit: the reply carries it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub u32);

/// To the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum ToWorker<V> {
    /// A call; it gets exactly one [`FromWorker::Reply`].
    Call {
        /// The page's build.
        build: Build,
        /// The call's number.
        id: CallId,
        /// [`Call::NAME`](crate::Call::NAME).
        name: String,
        /// The call itself.
        body: V,
    },
    /// Stop a job.
    Stop {
        /// The job's number.
        job: JobId,
    },
}

/// From the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum FromWorker<V> {
    /// The worker listens.
    Ready {
        /// Its build.
        build: Build,
    },
    /// The reply to a call.
    Reply {
        /// The call's number.
        id: CallId,
        /// The reply, or why there is none.
        body: ReplyBody<V>,
    },
    /// An [`Event`](crate::Event).
    Event {
        /// The event.
        body: V,
    },
    /// The worker crashed and answers nothing more.
    Fatal {
        /// Why.
        failure: ChannelFailure,
    },
}

/// What a reply holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplyBody<V> {
    /// The call's [`Reply`](crate::Call::Reply).
    Value(V),
    /// The call's [`Error`](crate::Call::Error).
    Error(V),
    /// The call did not reach its service, or the service gave no answer.
    Failure(ChannelFailure),
}
