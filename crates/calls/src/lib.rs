#![doc = include_str!("../README.md")]

mod call;
mod client;
mod codec;
mod event;
mod explain;
mod failure;
mod frame;
mod history;
pub mod jobs;
mod known;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
mod plain_serializer;
mod registry;
pub mod testing;

pub use call::{Call, VisitCalls};
pub use client::{
    Answer, Client, ClientEvent, Outcome, PendingCall, Transport, WorkerStatus, decoded,
};
pub use codec::{Codec, CodecError};
pub use event::{Announcer, Event, Revision, Topic};
pub use explain::{Argument, Explanation};
pub use failure::{CallFailure, ChannelFailure, CodecStep, NoError};
pub use frame::{Build, CallId, FromWorker, ReplyBody, ToWorker};
pub use history::History;
pub use jobs::{Job, JobId, JobKind, JobList, JobOutcome, Jobs, Progress, StopToken, Unit};
pub use known::{Known, Replied, Shown, Ticket, Topics};
pub use registry::{LocalFuture, Registry, Server};
#[doc(hidden)]
pub use serde;
