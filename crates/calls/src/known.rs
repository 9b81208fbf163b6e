//! What the page knows from replies, and whether it still holds. A view asks again only when a topic that its
//! call depends on has changed; whether a reply is out of date is decided here and nowhere else.

use crate::call::Call;
use crate::event::{Event, Revision, Topic};
use crate::failure::CallFailure;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

/// Replies kept at most by a [`Known`] that was made by default.
const DEFAULT_LIMIT: usize = 64;

/// A moment in the history of a call's topics: two stamps are equal when nothing changed between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Stamp {
    worker: u32,
    revisions: u64,
}

/// The topics' revisions as announced to the page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Topics {
    revisions: HashMap<Topic, Revision>,
    /// Grows when the worker is started again, whose revisions start from zero.
    worker: u32,
}

impl Topics {
    /// Applies an event; returns whether a topic changed.
    pub fn apply(&mut self, event: &Event) -> bool {
        let Event::Changed { topic, revision } = event else {
            return false;
        };
        self.revisions.insert(topic.clone(), *revision);
        true
    }

    /// Notes that the worker was started again: everything known from the one before is out of date.
    pub fn worker_restarted(&mut self) {
        self.worker += 1;
        self.revisions.clear();
    }

    /// A topic's revision: a page compares two of them to see whether something of its own is out of date.
    #[must_use]
    pub fn revision(&self, topic: &Topic) -> Revision {
        self.revisions.get(topic).copied().unwrap_or_default()
    }

    /// Revisions only grow, so their sum stands still as long as all of them do.
    fn stamp<C: Call>(&self) -> Stamp {
        let revisions = C::TOPICS.iter().map(|t| u64::from(self.revision(t).0));
        Stamp {
            worker: self.worker,
            revisions: revisions.sum(),
        }
    }
}

/// What a call was answered. The reply is shared, as views hand it on.
pub type Replied<C> = Result<Rc<<C as Call>::Reply>, CallFailure<<C as Call>::Error>>;

/// What there is to show for a call.
pub enum Shown<'a, C: Call> {
    /// Nothing yet.
    Nothing,
    /// A reply that something has changed since; better than nothing until the next one comes.
    OutOfDate(&'a Replied<C>),
    /// The reply as it is now.
    Current(&'a Replied<C>),
}

impl<'a, C: Call> Shown<'a, C> {
    /// The reply, out of date or not.
    #[must_use]
    pub fn reply(&self) -> Option<&'a Replied<C>> {
        match self {
            Self::Nothing => None,
            Self::OutOfDate(reply) | Self::Current(reply) => Some(reply),
        }
    }

    /// Whether a newer reply is to come.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !matches!(self, Self::Current(_))
    }
}

/// A call that is to be asked now; its reply goes back with it to [`Known::receive`].
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket<C> {
    /// The call.
    pub call: C,
    stamp: Stamp,
}

struct Entry<C: Call> {
    reply: Option<(Stamp, Replied<C>)>,
    asked: Option<Stamp>,
    used: u64,
}

/// Replies by call. At most a limited number is kept, those used last.
pub struct Known<C: Call> {
    entries: HashMap<C, Entry<C>>,
    limit: usize,
    uses: u64,
}

impl<C: Call + Hash + Eq + Clone> Default for Known<C> {
    fn default() -> Self {
        Self::new(DEFAULT_LIMIT)
    }
}

impl<C: Call + Hash + Eq + Clone> Known<C> {
    /// Nothing yet; at most `limit` replies (and at least one) will be kept.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            entries: HashMap::new(),
            limit: limit.max(1),
            uses: 0,
        }
    }

    /// A view needs the reply to `call`. A ticket, where the call is to be asked now: it was not asked since
    /// its topics changed.
    pub fn need(&mut self, call: &C, topics: &Topics) -> Option<Ticket<C>> {
        let stamp = topics.stamp::<C>();
        self.uses += 1;
        let uses = self.uses;
        let entry = self.entries.entry(call.clone()).or_insert(Entry {
            reply: None,
            asked: None,
            used: uses,
        });
        entry.used = uses;
        let is_known = entry.reply.as_ref().is_some_and(|(at, _)| *at == stamp);
        if is_known || entry.asked == Some(stamp) {
            return None;
        }
        entry.asked = Some(stamp);
        self.forget_oldest();
        Some(Ticket {
            call: call.clone(),
            stamp,
        })
    }

    fn forget_oldest(&mut self) {
        while self.entries.len() > self.limit {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.used);
            let Some(call) = oldest.map(|(call, _)| call.clone()) else {
                return;
            };
            self.entries.remove(&call);
        }
    }

    /// Takes a reply. False where it is out of date: then it is shown as such, unless a newer one is there,
    /// and [`Known::need`] asks again.
    pub fn receive(
        &mut self,
        ticket: Ticket<C>,
        reply: Result<C::Reply, CallFailure<C::Error>>,
        topics: &Topics,
    ) -> bool {
        let is_current = ticket.stamp == topics.stamp::<C>();
        let Some(entry) = self.entries.get_mut(&ticket.call) else {
            // No view has needed it for long: it was forgotten.
            return is_current;
        };
        if entry.asked == Some(ticket.stamp) {
            entry.asked = None;
        }
        let has_newer = entry.reply.as_ref().is_some_and(|(at, _)| {
            at.worker > ticket.stamp.worker
                || (at.worker == ticket.stamp.worker && at.revisions > ticket.stamp.revisions)
        });
        if !has_newer {
            entry.reply = Some((ticket.stamp, reply.map(Rc::new)));
        }
        is_current
    }

    /// What there is to show for a call.
    #[must_use]
    pub fn get(&self, call: &C, topics: &Topics) -> Shown<'_, C> {
        let reply = self.entries.get(call).and_then(|e| e.reply.as_ref());
        match reply {
            None => Shown::Nothing,
            Some((at, reply)) if *at == topics.stamp::<C>() => Shown::Current(reply),
            Some((_, reply)) => Shown::OutOfDate(reply),
        }
    }

    /// Forgets everything, so that each call is asked again: after a failure, say.
    pub fn forget(&mut self) {
        self.entries.clear();
    }

    /// Forgets one call, so that it is asked again.
    pub fn forget_call(&mut self, call: &C) {
        self.entries.remove(call);
    }
}
