//! The rounds of a project: scores of every row as they were at a time, and two of them compared. The scores as they are
//! count as a round without a number.

mod compare;
mod round;
#[cfg(test)]
mod tests;

pub(crate) use round::Round;

use crate::platform::Clock;
use crate::session::Session;
use assay_calls::{Announcer, Codec, Registry};
use assay_protocol::rounds::{
    CompareRounds, KeepRound, ListRounds, RemoveRound, RoundCard, RoundComparison, RoundError,
};
use assay_protocol::topics::ROUNDS;
use compare::compare;
use std::cell::RefCell;
use std::rc::Rc;

/// Rounds of a project.
const MOST: usize = 100;

/// The rounds of the open project.
pub struct RoundsService {
    session: Rc<RefCell<Session>>,
    rounds: RefCell<Vec<Rc<Round>>>,
    clock: Rc<dyn Clock>,
    announcer: Announcer,
}

impl RoundsService {
    /// Without rounds.
    #[must_use]
    pub fn new(session: Rc<RefCell<Session>>, clock: Rc<dyn Clock>, announcer: Announcer) -> Self {
        Self {
            session,
            rounds: RefCell::default(),
            clock,
            announcer,
        }
    }

    /// The rounds, to be kept.
    pub(crate) fn kept(&self) -> Vec<Rc<Round>> {
        self.rounds.borrow().clone()
    }

    /// Takes the rounds of a project that is opened.
    pub(crate) fn reopen(&self, rounds: Vec<Round>) {
        self.rounds
            .replace(rounds.into_iter().map(Rc::new).collect());
        self.announcer.changed(&ROUNDS);
    }

    fn keep(&self, name: &str) -> Result<(), RoundError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(RoundError::NoName);
        }
        let mut rounds = self.rounds.borrow_mut();
        if rounds.len() >= MOST {
            return Err(RoundError::TooMany { most: MOST });
        }
        let mut round = Round::of(&self.session.borrow()).ok_or(RoundError::NoScores)?;
        name.clone_into(&mut round.name);
        round.made_ms = self.clock.now_ms();
        round.id = rounds
            .iter()
            .map(|round| round.id)
            .max()
            .map_or(1, |id| id + 1);
        rounds.push(Rc::new(round));
        drop(rounds);
        self.announcer.changed(&ROUNDS);
        Ok(())
    }

    fn remove(&self, id: u32) -> Result<(), RoundError> {
        let mut rounds = self.rounds.borrow_mut();
        let place = rounds.iter().position(|round| round.id == id);
        rounds.remove(place.ok_or(RoundError::Missing)?);
        drop(rounds);
        self.announcer.changed(&ROUNDS);
        Ok(())
    }

    fn round(&self, id: Option<u32>) -> Result<Rc<Round>, RoundError> {
        let Some(id) = id else {
            let now = Round::of(&self.session.borrow());
            return now.map(Rc::new).ok_or(RoundError::NoScores);
        };
        let rounds = self.rounds.borrow();
        let found = rounds.iter().find(|round| round.id == id);
        found.cloned().ok_or(RoundError::Missing)
    }

    fn compare(&self, call: &CompareRounds) -> Result<RoundComparison, RoundError> {
        let (before, after) = (self.round(call.before)?, self.round(call.after)?);
        let keys = round::keys(self.session.borrow().data());
        Ok(compare(&before, &after, &keys))
    }

    fn list(&self) -> Vec<RoundCard> {
        self.rounds.borrow().iter().map(|r| r.card()).collect()
    }
}

/// Registers what the service answers.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<RoundsService>,
) {
    registry.on_service(service, |s, call: KeepRound, _| async move {
        s.keep(&call.name)
    });
    registry.on_service(service, |s, _: ListRounds, _| async move { Ok(s.list()) });
    registry.on_service(service, |s, call: RemoveRound, _| async move {
        s.remove(call.id)
    });
    registry.on_service(service, |s, call: CompareRounds, _| async move {
        s.compare(&call)
    });
}
