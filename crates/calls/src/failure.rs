//! Why a call has no reply. Every way to fail has a kind and arguments ([`Explanation`]), which the page words
//! in the person's language.

use crate::explain::{Argument, Explanation};
use serde::{Deserialize, Serialize};

/// Which step of a call could not be written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CodecStep {
    /// The page could not write the call.
    EncodeCall,
    /// The worker could not read the call.
    DecodeCall,
    /// The worker could not write the reply.
    EncodeReply,
    /// The page could not read the reply.
    DecodeReply,
    /// The page could not read an event, or a whole message.
    DecodeEvent,
}

/// Why there is no reply although the service named no error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ChannelFailure {
    /// A call, reply or event could not be written or read: a fault of the program.
    #[error("{name} can't be exchanged with the worker ({step:?}): {detail}")]
    Undecodable {
        /// The call's name, or what else it was.
        name: String,
        /// The step that failed.
        step: CodecStep,
        /// The codec's message.
        detail: String,
    },
    /// The worker knows no such call: a fault of the program.
    #[error("the worker knows no call {name}")]
    UnknownCall {
        /// The call's name.
        name: String,
    },
    /// The worker's part for this call ended without an answer: a fault of the program.
    #[error("{name} got no answer")]
    NoAnswer {
        /// The call's name.
        name: String,
    },
    /// The worker crashed, could not start or was ended.
    #[error("the worker ended: {detail}")]
    WorkerDied {
        /// The browser's message.
        detail: String,
    },
    /// The worker crashed because memory ran out.
    #[error("the worker ran out of memory: {detail}")]
    OutOfMemory {
        /// The browser's message.
        detail: String,
    },
    /// Page and worker are of different builds; the page has to be loaded again.
    #[error("the page is of build {page}, the worker of {worker}")]
    BuildMismatch {
        /// The page's build.
        page: String,
        /// The worker's build.
        worker: String,
    },
}

impl ChannelFailure {
    /// Classifies a worker's crash by the browser's message and the panic hook's.
    /// `panic_message` is what the panic hook reported, if it ran.
    ///
    /// A Rust program that can't allocate traps with "unreachable" and runs no panic hook.
    #[must_use]
    pub fn from_crash(browser_message: &str, panic_message: Option<&str>) -> Self {
        const MEMORY: [&str; 5] = [
            "out of memory",
            "allocation failed",
            "could not allocate",
            "invalid array buffer length",
            "memory allocation of",
        ];
        let lower = browser_message.to_lowercase();
        let detail = panic_message.unwrap_or(browser_message).to_owned();
        let trapped = lower.contains("unreachable") && panic_message.is_none();
        if trapped || MEMORY.iter().any(|words| lower.contains(words)) {
            Self::OutOfMemory { detail }
        } else {
            Self::WorkerDied { detail }
        }
    }

    /// Whether the worker has to be started again before anything can be asked.
    #[must_use]
    pub fn ends_worker(&self) -> bool {
        matches!(
            self,
            Self::WorkerDied { .. } | Self::OutOfMemory { .. } | Self::BuildMismatch { .. }
        )
    }
}

/// Why a call failed: its service's own error, or the way there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CallFailure<E> {
    /// The service can't, and says why.
    #[error("{0}")]
    Service(E),
    /// The call did not reach its service, or its reply did not come back.
    #[error(transparent)]
    Channel(ChannelFailure),
}

impl<E> From<ChannelFailure> for CallFailure<E> {
    fn from(failure: ChannelFailure) -> Self {
        Self::Channel(failure)
    }
}

impl<E: Serialize> CallFailure<E> {
    /// Kind and arguments, ready to be worded by the page.
    #[must_use]
    pub fn explanation(&self) -> Explanation {
        match self {
            Self::Service(error) => Explanation::of(error),
            Self::Channel(failure) => Explanation::of(failure),
        }
    }
}

/// The error of calls that can't fail: it has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum NoError {}

impl Explanation {
    /// The value of an argument as text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let found = self.arguments.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| match value {
            Argument::Text(text) => text.clone(),
            Argument::Number(number) => number.to_string(),
        })
    }
}
