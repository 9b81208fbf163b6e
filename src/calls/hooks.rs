//! Hooks for function components.

use super::{Calls, Change};
use assay_calls::{Call, Explanation, JobList, Shown};
use assay_locale::Locale;
use std::any::TypeId;
use std::hash::Hash;
use std::rc::Rc;
use yew::prelude::*;

/// What there is to show for a call.
pub enum Answered<C: Call> {
    /// Nothing yet.
    Nothing,
    /// A reply that something has changed since: shown until the next one comes.
    OutOfDate(Rc<C::Reply>),
    /// The reply as it is now.
    Current(Rc<C::Reply>),
    /// There is no reply, and why.
    Failed(Explanation),
}

impl<C: Call> Answered<C> {
    /// The reply, out of date or not.
    #[must_use]
    pub fn reply(&self) -> Option<&Rc<C::Reply>> {
        match self {
            Self::OutOfDate(reply) | Self::Current(reply) => Some(reply),
            Self::Nothing | Self::Failed(_) => None,
        }
    }

    /// Why there is no reply, in words; nothing where there is one or it is still awaited.
    #[must_use]
    pub fn failure(&self, t: &Locale) -> Option<Html> {
        match self {
            Self::Failed(why) => {
                Some(html! { <p class="notice" role="alert">{ t.explained(why) }</p> })
            }
            _ => None,
        }
    }

    /// The reply, or what stands in its place: that it is awaited, or why there is none.
    ///
    /// # Errors
    /// Where there is no reply.
    pub fn shown(&self, t: &Locale) -> Result<&Rc<C::Reply>, Html> {
        self.reply().ok_or_else(|| {
            let awaited = || html! { <p class="hint" role="status">{ t.text("calculating") }</p> };
            self.failure(t).unwrap_or_else(awaited)
        })
    }
}

impl<C: Call> Answered<C> {
    pub(super) fn of(shown: &Shown<'_, C>) -> Self {
        match shown {
            Shown::Nothing => Self::Nothing,
            Shown::OutOfDate(Ok(reply)) => Self::OutOfDate(reply.clone()),
            Shown::Current(Ok(reply)) => Self::Current(reply.clone()),
            Shown::OutOfDate(Err(_)) => Self::Nothing,
            Shown::Current(Err(failure)) => Self::Failed(failure.explanation()),
        }
    }
}

/// The page's calls.
///
/// # Panics
/// Outside the shell, which provides them.
#[hook]
pub fn use_calls() -> Calls {
    use_context::<Calls>().expect("the shell provides the calls to all components")
}

/// The reply to a call: asked when the component first shows, and again whenever a topic that it depends on
/// has changed.
#[hook]
pub fn use_answer<C>(call: C) -> Answered<C>
where
    C: Call + Hash + Eq + Clone,
{
    use_answer_if(Some(call))
}

/// The same, where there may be nothing to ask.
#[hook]
pub fn use_answer_if<C>(call: Option<C>) -> Answered<C>
where
    C: Call + Hash + Eq + Clone,
{
    let calls = use_calls();
    use_answer_of(Some(calls), call)
}

/// The same from a worker of one's own; nothing while there is none.
#[hook]
pub fn use_answer_of<C>(calls: Option<Calls>, call: Option<C>) -> Answered<C>
where
    C: Call + Hash + Eq + Clone,
{
    let update = use_force_update();
    let drawn_at = calls.as_ref().map(Calls::changes);
    use_effect_with(calls.clone(), move |calls| {
        // The browser may have brought replies between drawing and this.
        if calls.as_ref().map(Calls::changes) != drawn_at {
            update.force_update();
        }
        let concerns = |change: &Change| match change {
            Change::Topic(topic) => C::TOPICS.contains(topic),
            Change::Reply(of) => *of == TypeId::of::<C>(),
            Change::Restarted => true,
            Change::Jobs | Change::JobEnded(..) | Change::Notices | Change::Orders => false,
        };
        let listener = Callback::from(move |change| {
            if concerns(&change) {
                update.force_update();
            }
        });
        let subscription = calls.as_ref().map(|calls| calls.subscribe(listener));
        move || drop(subscription)
    });
    let (Some(calls), Some(call)) = (calls, call) else {
        return Answered::Nothing;
    };
    calls.need(&call);
    calls.known(&call)
}

/// The answer with the last reply that there was while the first one to another call is awaited.
#[hook]
pub fn use_last_reply<C: Call>(answer: Answered<C>) -> Answered<C> {
    let last = use_mut_ref(|| None::<Rc<C::Reply>>);
    if let Some(reply) = answer.reply() {
        *last.borrow_mut() = Some(reply.clone());
    }
    match (answer, &*last.borrow()) {
        (Answered::Nothing, Some(reply)) => Answered::OutOfDate(reply.clone()),
        (answer, _) => answer,
    }
}

/// Draws anew with the changes that `concerns` says.
#[hook]
fn use_changes(concerns: fn(&Change) -> bool) -> Calls {
    let calls = use_calls();
    let update = use_force_update();
    let drawn_at = calls.changes();
    use_effect_with(calls.clone(), move |calls| {
        if calls.changes() != drawn_at {
            update.force_update();
        }
        let subscription = calls.subscribe(Callback::from(move |change| {
            if concerns(&change) {
                update.force_update();
            }
        }));
        move || drop(subscription)
    });
    calls
}

/// The jobs that run, as they go on.
#[hook]
pub fn use_jobs() -> JobList {
    use_changes(|change| matches!(change, Change::Jobs | Change::Restarted)).jobs()
}

/// Whether something that was done here is not answered yet.
#[hook]
pub fn use_has_orders() -> bool {
    use_changes(|change| *change == Change::Orders).has_orders()
}
