//! A rater's session: the link that was opened, the items it leads to, and what of them the page shows. Where
//! lines are saved is the service's.

use assay_protocol::rater::{Intro, ItemView, OpenTaskError, RatingError, Shown, SummaryView};
use assay_rating::answers::Answer;
use assay_rating::envelope::{self, Envelope, EnvelopeError, LockedTask};
use assay_rating::order::{Seat, Showing};
use assay_rating::owner::{INVITATION_CHARACTERS, Invitation};
use assay_rating::sitting::{Line, Sitting};
use assay_rating::task::Task;

/// The task that is open, and how far the rater is.
#[derive(Debug, Default)]
pub(crate) struct RaterSession {
    locked: Option<LockedTask>,
    task: Option<Task>,
    slot: Option<u16>,
    /// The secret in the link for the rater's number.
    invitation: Option<Invitation>,
    sitting: Option<Sitting>,
}

/// What a link led to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// A task behind a passphrase.
    Locked,
    /// A task, which is open now.
    Task,
}

fn unusable(error: EnvelopeError) -> OpenTaskError {
    OpenTaskError::Envelope { error }
}

impl RaterSession {
    /// Opens the task in a text.
    pub(crate) fn open(&mut self, text: &str) -> Result<Opened, OpenTaskError> {
        *self = Self::default();
        let mut tasks = envelope::find(text).into_iter().filter(|f| !f.answers);
        // A link that was copied without its mark is still one.
        let (letters, slot, invitation) = tasks
            .next()
            .map(|f| (f.envelope, f.slot, f.invitation))
            .unwrap_or_else(|| (text.trim().to_owned(), None, String::new()));
        self.slot = slot;
        if !invitation.is_empty() {
            let missing = INVITATION_CHARACTERS.saturating_sub(invitation.len());
            let whole = Invitation::from_text(&invitation);
            self.invitation = Some(whole.ok_or(unusable(match missing {
                0 => EnvelopeError::Altered,
                missing => EnvelopeError::Cut { missing },
            }))?);
        }
        match envelope::open(&letters).map_err(unusable)? {
            Envelope::Task(task) => {
                self.task = Some(*task);
                Ok(Opened::Task)
            }
            Envelope::Locked(locked) => {
                self.locked = Some(locked);
                Ok(Opened::Locked)
            }
            Envelope::Answers(_) => Err(unusable(EnvelopeError::NoEnvelope)),
        }
    }

    /// Opens what is behind a passphrase.
    pub(crate) fn unlock(&mut self, passphrase: &str) -> Result<(), OpenTaskError> {
        let locked = self.locked.as_ref().ok_or(OpenTaskError::NothingLocked)?;
        self.task = Some(locked.unlock(passphrase).map_err(unusable)?);
        Ok(())
    }

    /// The name under which the lines of a rater's number are saved; without a number those of the link.
    pub(crate) fn log_name(&self, slot: Option<u16>) -> Option<String> {
        let task = self.task.as_ref()?;
        let hash = data_encoding::HEXLOWER.encode(&task.hash());
        let seat = slot.or(self.slot).filter(|_| task.slots > 0);
        Some(match seat {
            Some(slot) => format!("{hash}-{}.jsonl", slot + 1),
            None => format!("{hash}.jsonl"),
        })
    }

    /// What the rater should know first, with the lines of an earlier visit.
    pub(crate) fn intro(&self, lines: &str) -> Option<Intro> {
        let task = self.task.clone()?;
        let seat = Seat {
            slot: self.slot.or((task.slots > 0).then_some(0)),
            device: 0,
        };
        let sitting = Sitting::resumed(task.clone(), lines);
        let sitting = sitting.unwrap_or_else(|| Sitting::new(task.clone(), seat));
        Some(Intro {
            progress: sitting.progress(),
            name: sitting.name().to_owned(),
            language: task.language,
            title: task.title,
            instructions: task.instructions,
            questions: task.questions,
            timed: task.timed,
            slots: task.slots,
            slot: self.slot,
        })
    }

    /// Starts, or goes on from lines. The lines that are to be saved besides; nothing where no task is open.
    pub(crate) fn start(&mut self, lines: &str, name: &str, seat: Seat) -> Option<Vec<Line>> {
        let task = self.task.clone()?;
        let slot = self.slot.or(seat.slot).filter(|_| task.slots > 0);
        let seat = Seat { slot, ..seat };
        let mut fresh = Vec::new();
        let resumed = Sitting::resumed(task.clone(), lines);
        let mut sitting = resumed.unwrap_or_else(|| {
            let sitting = Sitting::new(task, seat);
            fresh.push(sitting.beginning());
            sitting
        });
        if sitting.name() != name.trim() {
            fresh.push(sitting.call(name));
        }
        self.sitting = Some(sitting);
        Some(fresh)
    }

    fn sitting(&mut self) -> Result<&mut Sitting, RatingError> {
        self.sitting.as_mut().ok_or(RatingError::NotStarted)
    }

    /// Another name; the line to be saved.
    pub(crate) fn rename(&mut self, name: &str) -> Result<Line, RatingError> {
        Ok(self.sitting()?.call(name))
    }

    /// Takes an answer; the line to be saved.
    pub(crate) fn answer(&mut self, place: usize, answer: Answer) -> Result<Line, RatingError> {
        let taken = self.sitting()?.answer(place, answer);
        taken.map_err(|error| RatingError::Answer { error })
    }

    /// Takes the last answer back: its place, and the line to be saved.
    pub(crate) fn undo(&mut self) -> Result<Option<(usize, Line)>, RatingError> {
        Ok(self.sitting()?.undo())
    }

    /// An item, or the next to be answered from a place on; the summary where there is none.
    pub(crate) fn show(&self, place: Option<usize>, from: usize) -> Result<Shown, RatingError> {
        let sitting = self.sitting.as_ref().ok_or(RatingError::NotStarted)?;
        let known = place.filter(|p| *p < sitting.showings().len());
        let Some(place) = known.or_else(|| sitting.next(from)) else {
            return self.summary();
        };
        let showing = &sitting.showings()[place];
        let item = item_view(sitting.task(), showing);
        let given = sitting.at(place);
        let is_answered = given.is_some_and(|a| !a.skipped && !a.values.is_empty());
        // An item that was passed over begins again with what is marked beforehand.
        let given = given.filter(|a| !a.values.is_empty()).cloned();
        let view = ItemView {
            place,
            answer: given.unwrap_or_else(|| item.answer.clone()),
            is_answered,
            progress: sitting.progress(),
            can_undo: sitting.can_undo(),
            ..item
        };
        Ok(Shown::Item(Box::new(view)))
    }

    /// How far it is.
    pub(crate) fn summary(&self) -> Result<Shown, RatingError> {
        let sitting = self.sitting.as_ref().ok_or(RatingError::NotStarted)?;
        let progress = sitting.progress();
        let is_done =
            progress.answered > 0 && progress.answered + progress.skipped == progress.total;
        let completion = Some(sitting.task().completion.clone());
        Ok(Shown::Summary(SummaryView {
            completion: completion.filter(|code| is_done && !code.is_empty()),
            progress,
            name: sitting.name().to_owned(),
            can_undo: sitting.can_undo(),
        }))
    }

    /// The answers' envelope, sealed with random bytes that are used for no other, with the proof of the link's invitation
    /// where it holds one for this rater's number.
    pub(crate) fn finish(&self, random: [u8; 32]) -> Result<String, RatingError> {
        let sitting = self.sitting.as_ref().ok_or(RatingError::NotStarted)?;
        let bundle = sitting.bundle();
        let invitation = self.invitation.filter(|_| bundle.slot == self.slot);
        let task = sitting.task();
        Ok(envelope::of_answers(&bundle, task, invitation, random))
    }
}

/// An item as it is shown before it is answered, with the errors that are marked beforehand.
#[must_use]
pub fn item_view(task: &Task, showing: &Showing) -> ItemView {
    let item = &task.items[showing.item];
    let output = |&place: &usize| {
        let label = item.labels.get(place).cloned();
        (place, label, item.outputs[place].clone())
    };
    ItemView {
        place: 0,
        source: item.source.clone(),
        reference: item.reference.clone(),
        outputs: showing.outputs.iter().map(output).collect(),
        questions: task.questions.clone(),
        fields: task.fields(showing.item),
        answer: Answer::prefilled(task, showing.item),
        is_answered: false,
        progress: Default::default(),
        can_undo: false,
    }
}
