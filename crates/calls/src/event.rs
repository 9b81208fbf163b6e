//! What a worker announces without having been asked: jobs, and that something changed. Owns the names of
//! topics and the numbers of their revisions.

use crate::jobs::{JobId, JobKind, JobOutcome, Progress};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A part of the worker's state whose changes are announced.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Topic(Cow<'static, str>);

impl Topic {
    /// A topic; declare it as a constant beside the calls that depend on it.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// How often a topic has changed since its worker started.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Revision(pub u32);

/// An announcement from a worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A job has begun.
    JobStarted {
        /// Its id.
        id: JobId,
        /// What it does.
        kind: JobKind,
    },
    /// A job has got further.
    JobProgress {
        /// Its id.
        id: JobId,
        /// How far.
        progress: Progress,
    },
    /// A job is over; nothing more is said of it.
    JobEnded {
        /// Its id.
        id: JobId,
        /// How it ended.
        outcome: JobOutcome,
    },
    /// A topic changed: replies that depend on it are out of date.
    Changed {
        /// The topic.
        topic: Topic,
        /// Its new revision.
        revision: Revision,
    },
}

type Listener = Rc<dyn Fn(Event)>;

/// Called with each topic that changes.
type Observer = Rc<dyn Fn(&Topic)>;

#[derive(Default)]
struct Inner {
    revisions: HashMap<Topic, Revision>,
    listener: Option<Listener>,
    /// Events from before anyone listened.
    early: Vec<Event>,
    /// Told within the worker of each topic that changes.
    observer: Option<Observer>,
}

/// Announces events to the page. Clones announce to the same page.
#[derive(Clone, Default)]
pub struct Announcer(Rc<RefCell<Inner>>);

impl Announcer {
    /// Announces that a topic changed.
    pub fn changed(&self, topic: &Topic) -> Revision {
        let mut inner = self.0.borrow_mut();
        let revision = inner.revisions.entry(topic.clone()).or_default();
        revision.0 = revision.0.wrapping_add(1);
        let revision = *revision;
        let observer = inner.observer.clone();
        drop(inner);
        if let Some(observer) = observer {
            observer(topic);
        }
        self.announce(Event::Changed {
            topic: topic.clone(),
            revision,
        });
        revision
    }

    /// How often a topic has changed.
    #[must_use]
    pub fn revision(&self, topic: &Topic) -> Revision {
        let inner = self.0.borrow();
        inner.revisions.get(topic).copied().unwrap_or_default()
    }

    /// Announces an event.
    pub fn announce(&self, event: Event) {
        let listener = self.0.borrow().listener.clone();
        match listener {
            // Called while nothing is borrowed, so that a listener may announce in turn.
            Some(listener) => listener(event),
            None => self.0.borrow_mut().early.push(event),
        }
    }

    /// Tells `observer`, which is within the worker, of each topic that changes from now on. There is one at most.
    pub fn observe(&self, observer: impl Fn(&Topic) + 'static) {
        self.0.borrow_mut().observer = Some(Rc::new(observer));
    }

    /// Sends events to `listener` from now on, first those that were announced before.
    pub fn connect(&self, listener: impl Fn(Event) + 'static) {
        let listener: Listener = Rc::new(listener);
        let early = std::mem::take(&mut self.0.borrow_mut().early);
        self.0.borrow_mut().listener = Some(listener.clone());
        early.into_iter().for_each(|event| listener(event));
    }
}
