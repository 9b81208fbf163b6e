//! The rounds of a project: scores of every row as they were at a time, and two of them compared. The scores as they are
//! count as a round without a number.

mod compare;
mod round;
#[cfg(test)]
mod tests;

pub(crate) use round::Round;

use crate::pace::{Pace, Stopped};
use crate::platform::{Clock, ComputePool, Platform};
use crate::session::Session;
use assay_calls::{Announcer, Codec, History, Jobs, Registry};
use assay_protocol::rounds::{
    CompareRounds, KeepRound, ListRounds, RedoRound, RemoveRound, RoundCard, RoundChange,
    RoundChangeKind, RoundComparison, RoundError, RoundHistory, RoundSteps, UndoRound,
};
use assay_protocol::topics::{COMPARE_ROUNDS, ROUNDS};
use compare::compare;
use round::Keys;
use std::cell::RefCell;
use std::rc::Rc;

/// Rounds of a project.
const MOST: usize = 100;
/// Rounds that were kept or removed and can be undone.
const MOST_UNDONE: usize = 20;
/// Rows whose keys are made at once.
const PIECE: usize = 1024;

impl From<Stopped> for RoundError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// The rounds with those before a change.
type Rounds = History<Vec<Rc<Round>>, RoundChange>;

/// The rounds of the open project.
pub struct RoundsService {
    session: Rc<RefCell<Session>>,
    rounds: RefCell<Rounds>,
    clock: Rc<dyn Clock>,
    compute: Rc<dyn ComputePool>,
    jobs: Jobs,
    announcer: Announcer,
}

impl RoundsService {
    /// Without rounds.
    #[must_use]
    pub fn new(
        session: Rc<RefCell<Session>>,
        platform: &Platform,
        (jobs, announcer): (Jobs, Announcer),
    ) -> Self {
        Self {
            session,
            rounds: RefCell::new(Rounds::new(Vec::new(), MOST_UNDONE)),
            clock: platform.clock.clone(),
            compute: platform.compute.clone(),
            jobs,
            announcer,
        }
    }

    /// The rounds, to be kept.
    pub(crate) fn kept(&self) -> Vec<Rc<Round>> {
        self.rounds.borrow().current().clone()
    }

    /// Takes the rounds of a project that is opened.
    pub(crate) fn reopen(&self, rounds: Vec<Round>) {
        let rounds = rounds.into_iter().map(Rc::new).collect();
        self.rounds.replace(Rounds::new(rounds, MOST_UNDONE));
        self.announcer.changed(&ROUNDS);
    }

    /// Puts other rounds in place of those that are there.
    fn change(&self, kind: RoundChangeKind, name: &str, rounds: Vec<Rc<Round>>) {
        let name = name.to_owned();
        self.rounds
            .borrow_mut()
            .set(RoundChange { kind, name }, rounds);
        self.announcer.changed(&ROUNDS);
    }

    async fn keep(&self, name: &str) -> Result<(), RoundError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(RoundError::NoName);
        }
        let mut pace = Pace::new(self.clock.clone(), self.jobs.clone(), COMPARE_ROUNDS);
        let mut round = self.now(&mut pace).await?;
        pace.finish();
        let mut rounds = self.kept();
        if rounds.len() >= MOST {
            return Err(RoundError::TooMany { most: MOST });
        }
        name.clone_into(&mut round.name);
        round.made_ms = self.clock.now_ms();
        round.id = rounds
            .iter()
            .map(|round| round.id)
            .max()
            .map_or(1, |id| id + 1);
        rounds.push(Rc::new(round));
        self.change(RoundChangeKind::Keep, name, rounds);
        Ok(())
    }

    fn remove(&self, id: u32) -> Result<(), RoundError> {
        let mut rounds = self.kept();
        let place = rounds.iter().position(|round| round.id == id);
        let gone = rounds.remove(place.ok_or(RoundError::Missing)?);
        self.change(RoundChangeKind::Remove, &gone.name, rounds);
        Ok(())
    }

    fn step(&self, step: fn(&mut Rounds) -> bool) -> Result<(), RoundError> {
        if !step(&mut self.rounds.borrow_mut()) {
            return Err(RoundError::NothingToUndo);
        }
        self.announcer.changed(&ROUNDS);
        Ok(())
    }

    /// The scores as they are, as a round.
    async fn now(&self, pace: &mut Pace) -> Result<Round, RoundError> {
        let round = Round::unkeyed(&self.session.borrow());
        let mut round = round.ok_or(RoundError::NoScores)?;
        round.keys = self.keys(pace).await?;
        Ok(round)
    }

    /// What the rows of the data are known by, made in pieces.
    async fn keys(&self, pace: &mut Pace) -> Result<Keys, RoundError> {
        let (revision, mut maker) = {
            let session = self.session.borrow();
            (session.texts().0, Keys::maker(session.data()))
        };
        loop {
            {
                let session = self.session.borrow();
                let (now, data) = session.texts();
                let (from, rows) = (maker.keys.len(), data.table.rows());
                if now != revision {
                    // Other data came meanwhile; the page asks again.
                    return Err(RoundError::Stopped);
                }
                if from == rows {
                    break;
                }
                maker.take(data, from..rows.min(from + PIECE));
            }
            pace.step().await?;
        }
        Ok(Keys::made(maker))
    }

    async fn round(&self, id: Option<u32>, pace: &mut Pace) -> Result<Rc<Round>, RoundError> {
        let Some(id) = id else {
            return self.now(pace).await.map(Rc::new);
        };
        let rounds = self.rounds.borrow();
        let found = rounds.current().iter().find(|round| round.id == id);
        found.cloned().ok_or(RoundError::Missing)
    }

    async fn compare(&self, call: &CompareRounds) -> Result<RoundComparison, RoundError> {
        let mut pace = Pace::new(self.clock.clone(), self.jobs.clone(), COMPARE_ROUNDS);
        let found = self.compared(call, &mut pace).await;
        pace.finish();
        found
    }

    async fn compared(
        &self,
        call: &CompareRounds,
        pace: &mut Pace,
    ) -> Result<RoundComparison, RoundError> {
        let before = self.round(call.before, pace).await?;
        let after = self.round(call.after, pace).await?;
        let keys = match (call.before, call.after) {
            (_, None) => after.keys.clone(),
            (None, _) => before.keys.clone(),
            _ => self.keys(pace).await?,
        };
        compare(&before, &after, &keys, &*self.compute, pace).await
    }

    fn list(&self) -> Vec<RoundCard> {
        let rounds = self.rounds.borrow();
        rounds.current().iter().map(|r| r.card()).collect()
    }

    fn steps(&self) -> RoundSteps {
        let rounds = self.rounds.borrow();
        RoundSteps {
            undo: rounds.undo_label().cloned(),
            redo: rounds.redo_label().cloned(),
        }
    }
}

/// Registers what the service answers.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<RoundsService>,
) {
    registry.on_service(service, |s, call: KeepRound, _| async move {
        s.keep(&call.name).await
    });
    registry.on_service(service, |s, _: ListRounds, _| async move { Ok(s.list()) });
    registry.on_service(
        service,
        |s, _: RoundHistory, _| async move { Ok(s.steps()) },
    );
    registry.on_service(service, |s, call: RemoveRound, _| async move {
        s.remove(call.id)
    });
    registry.on_service(
        service,
        |s, _: UndoRound, _| async move { s.step(Rounds::undo) },
    );
    registry.on_service(
        service,
        |s, _: RedoRound, _| async move { s.step(Rounds::redo) },
    );
    registry.on_service(service, |s, call: CompareRounds, _| async move {
        s.compare(&call).await
    });
}
