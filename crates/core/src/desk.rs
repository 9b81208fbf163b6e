//! A rater's desk in the data worker: the link that was opened, the sitting it leads to, and what of it
//! the page shows. Where lines are kept is the platform's.

use assay_protocol::links::{Intro, ItemView, RaterNews};
use assay_rating::answers::Answer;
use assay_rating::envelope;
use assay_rating::envelope::{Envelope, EnvelopeError, LockedTask};
use assay_rating::order::{Seat, Showing};
use assay_rating::sitting::{AnswerError, Line, Sitting};
use assay_rating::task::Task;

/// What lies on the desk.
#[derive(Debug, Default)]
pub struct Desk {
    locked: Option<LockedTask>,
    task: Option<Task>,
    slot: Option<u16>,
    sitting: Option<Sitting>,
    /// Whether lines are kept beyond the visit.
    pub kept: bool,
}

impl Desk {
    /// Opens the task in a text. `None` where it lies open on the desk after this.
    pub fn open(&mut self, text: &str) -> Option<RaterNews> {
        *self = Self::default();
        let tasks = envelope::find(text).into_iter().filter(|f| !f.answers);
        // A link that was copied without its mark is still one.
        let (letters, slot) = tasks
            .map(|f| (f.envelope, f.slot))
            .next()
            .unwrap_or_else(|| (text.trim().to_owned(), None));
        self.slot = slot;
        match envelope::open(&letters) {
            Ok(Envelope::Task(task)) => self.task = Some(*task),
            Ok(Envelope::Locked(locked)) => {
                self.locked = Some(locked);
                return Some(RaterNews::Locked);
            }
            Ok(Envelope::Answers(_)) => {
                let error = EnvelopeError::NoEnvelope;
                return Some(RaterNews::Failed { error });
            }
            Err(error) => return Some(RaterNews::Failed { error }),
        }
        None
    }

    /// Opens what is behind a passphrase. `None` where it lies open after this.
    pub fn unlock(&mut self, passphrase: &str) -> Option<RaterNews> {
        match self.locked.as_ref()?.unlock(passphrase) {
            Ok(task) => {
                self.task = Some(task);
                None
            }
            Err(error) => Some(RaterNews::Failed { error }),
        }
    }

    /// The name under which the lines of a rater's number are kept; without a number those of the link.
    #[must_use]
    pub fn log_name(&self, slot: Option<u16>) -> Option<String> {
        let task = self.task.as_ref()?;
        let hash = data_encoding::HEXLOWER.encode(&task.hash());
        let seat = slot.or(self.slot).filter(|_| task.slots > 0);
        Some(match seat {
            Some(slot) => format!("{hash}-{}.jsonl", slot + 1),
            None => format!("{hash}.jsonl"),
        })
    }

    /// What the rater should know first, beside the lines of an earlier visit.
    #[must_use]
    pub fn intro(&self, lines: &str) -> Option<RaterNews> {
        let task = self.task.clone()?;
        let seat = Seat {
            slot: self.slot.or((task.slots > 0).then_some(0)),
            device: 0,
        };
        let sitting = Sitting::resumed(task.clone(), lines);
        let sitting = sitting.unwrap_or_else(|| Sitting::new(task.clone(), seat));
        let intro = Intro {
            progress: sitting.progress(),
            name: sitting.name().to_owned(),
            language: task.language,
            title: task.title,
            instructions: task.instructions,
            questions: task.questions,
            timed: task.timed,
            slots: task.slots,
            slot: self.slot,
        };
        let intro = Box::new(intro);
        Some(RaterNews::Intro { intro })
    }

    /// Sits down, to go on from lines or to begin on a device. The lines that are to be kept besides.
    pub fn sit(&mut self, lines: &str, name: &str, seat: Seat) -> Vec<Line> {
        let Some(task) = self.task.clone() else {
            return Vec::new();
        };
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
        fresh
    }

    /// Another name; the line to be kept.
    pub fn call(&mut self, name: &str) -> Option<Line> {
        Some(self.sitting.as_mut()?.call(name))
    }

    /// Takes an answer; the line to be kept.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn answer(&mut self, place: usize, answer: Answer) -> Result<Line, AnswerError> {
        let sitting = self.sitting.as_mut().ok_or(AnswerError::NoItem)?;
        sitting.answer(place, answer)
    }

    /// Takes the last answer back: its place, and the line to be kept.
    pub fn undo(&mut self) -> Option<(usize, Line)> {
        self.sitting.as_mut()?.undo()
    }

    /// An item, or the next to be answered from a place on; the summary where there is none.
    #[must_use]
    pub fn show(&self, place: Option<usize>, from: usize) -> Option<RaterNews> {
        let sitting = self.sitting.as_ref()?;
        let known = place.filter(|p| *p < sitting.showings().len());
        let Some(place) = known.or_else(|| sitting.next(from)) else {
            return self.summary();
        };
        let showing = &sitting.showings()[place];
        let mut view = item_view(sitting.task(), showing);
        view.place = place;
        view.answer = sitting.at(place).cloned().unwrap_or_default();
        view.progress = sitting.progress();
        view.can_undo = sitting.can_undo();
        view.kept = self.kept;
        let item = Box::new(view);
        Some(RaterNews::Item { item })
    }

    /// How far it is.
    #[must_use]
    pub fn summary(&self) -> Option<RaterNews> {
        let sitting = self.sitting.as_ref()?;
        Some(RaterNews::Summary {
            progress: sitting.progress(),
            name: sitting.name().to_owned(),
            can_undo: sitting.can_undo(),
            kept: self.kept,
        })
    }

    /// The answers' envelope, sealed under a random nonce.
    #[must_use]
    pub fn finish(&self, nonce: [u8; 12]) -> Option<RaterNews> {
        let sitting = self.sitting.as_ref()?;
        let key = &sitting.task().key;
        let envelope = envelope::of_answers(&sitting.bundle(), key, nonce);
        Some(RaterNews::Answers { envelope })
    }
}

/// An item as it is shown, with nothing answered.
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
        answer: Answer::default(),
        progress: Default::default(),
        can_undo: false,
        kept: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_rating::envelope::{Lock, TASK_MARK, of_task};
    use assay_rating::template::Template;
    use assay_rating::{Item, Preference, Value};

    fn task(slots: u16) -> Task {
        let item = |i: usize| Item {
            outputs: vec![format!("first {i}"), format!("second {i}")],
            ..Item::default()
        };
        Task {
            id: 1,
            seed: 2,
            key: [3; 32],
            language: "en".into(),
            title: "T".into(),
            instructions: String::new(),
            questions: Template::Pairwise.questions(false),
            items: (0..6).map(item).collect(),
            slots,
            overlap: u16::from(slots > 0),
            repeats: 0,
            timed: false,
        }
    }

    fn shown(news: Option<RaterNews>) -> ItemView {
        match news {
            Some(RaterNews::Item { item }) => *item,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_link_leads_through_its_items_to_answers() {
        let mut desk = Desk::default();
        let link = format!("https://x.org/a/{TASK_MARK}{}", of_task(&task(0), None));
        assert_eq!(desk.open(&link), None);
        let seat = Seat {
            slot: None,
            device: 9,
        };
        assert_eq!(desk.sit("", "Ann", seat).len(), 2);
        let mut news = desk.show(None, 0);
        for round in 0..6 {
            let item = shown(news);
            assert_eq!(item.place, round);
            let mut answer = Answer::default();
            answer.set(0, Some(Value::Prefer(Preference::Tie)));
            desk.answer(item.place, answer).unwrap();
            news = desk.show(None, item.place + 1);
        }
        assert!(matches!(news, Some(RaterNews::Summary { .. })));
        let Some(RaterNews::Answers { envelope }) = desk.finish([0; 12]) else {
            panic!("no answers");
        };
        let Ok(Envelope::Answers(sealed)) = envelope::open(&envelope) else {
            panic!("no envelope");
        };
        let bundle = sealed.open(&[3; 32]).unwrap();
        assert_eq!((bundle.rater.as_str(), bundle.entries.len()), ("Ann", 6));
    }

    #[test]
    fn a_passphrase_and_a_number_are_asked_for() {
        let lock = Lock {
            passphrase: "otter",
            salt: [1; 16],
            nonce: [2; 12],
        };
        let mut desk = Desk::default();
        let link = format!("{TASK_MARK}{}~3", of_task(&task(3), Some(lock)));
        assert_eq!(desk.open(&link), Some(RaterNews::Locked));
        let error = EnvelopeError::WrongPassphrase;
        assert_eq!(desk.unlock("beaver"), Some(RaterNews::Failed { error }));
        assert_eq!(desk.unlock("otter"), None);
        assert!(desk.log_name(None).unwrap().ends_with("-3.jsonl"));
        let Some(RaterNews::Intro { intro }) = desk.intro("") else {
            panic!("no introduction");
        };
        assert_eq!((intro.slot, intro.progress.total), (Some(2), 2));
    }
}
