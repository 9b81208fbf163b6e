//! A rater at work on a task: what was answered, in what order, and what comes next. All of it follows
//! from a list of lines that whoever calls keeps as they come, so that a sitting goes on after a reload
//! or a dead battery with nothing lost but the answer in hand.

use super::answers::{Answer, Bundle, Entry, MAX_WORDS};
use super::order::{Seat, Showing, showings};
use super::task::Task;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Items that a rater's own pace is estimated from.
const PACE: usize = 3;
/// Milliseconds beyond which an item was left lying, and says nothing of the pace.
const LEFT_LYING: u32 = 15 * 60 * 1000;

/// Something that happened at a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    /// It began; always the first.
    Began {
        /// Where the rater sits.
        seat: Seat,
    },
    /// The rater gave a name.
    Named {
        /// It; it may be empty.
        name: String,
    },
    /// An item was answered, or passed over.
    Answered {
        /// The place among the showings.
        place: usize,
        /// The answer.
        answer: Answer,
    },
    /// The last answer was taken back.
    Undone,
}

/// Why an answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AnswerError {
    /// No item is shown at that place.
    #[error("there is no such item")]
    NoItem,
    /// A question that has to be answered is not.
    #[error("a required question is not answered")]
    Incomplete,
    /// A value that the question can't have.
    #[error("a value is none that the question can have")]
    DoesNotFit,
}

/// How far a rater is.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Items answered.
    pub answered: usize,
    /// Items passed over and not answered since.
    pub skipped: usize,
    /// Items in all, those shown twice counted twice.
    pub total: usize,
    /// About the seconds that the rest takes.
    pub seconds_left: f64,
}

/// A sitting.
#[derive(Debug, Clone)]
pub struct Sitting {
    task: Task,
    hash: [u8; 16],
    seat: Seat,
    name: String,
    showings: Vec<Showing>,
    answers: BTreeMap<usize, Answer>,
    /// Grows with each change of the answer at a place.
    stamps: BTreeMap<usize, u32>,
    /// Places and what was answered there before.
    undo: Vec<(usize, Option<Answer>)>,
}

impl Sitting {
    /// A sitting that begins.
    #[must_use]
    pub fn new(task: Task, seat: Seat) -> Self {
        Self {
            hash: task.hash(),
            showings: showings(&task, seat),
            task,
            seat,
            name: String::new(),
            answers: BTreeMap::new(),
            stamps: BTreeMap::new(),
            undo: Vec::new(),
        }
    }

    /// A sitting that goes on from its lines; `None` where the first does not say where the rater sits.
    /// A line that can't be read, as where a battery died in the middle of it, is passed over.
    #[must_use]
    pub fn resumed(task: Task, lines: &str) -> Option<Self> {
        let mut lines = lines
            .lines()
            .filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let Some(Line::Began { seat }) = lines.next() else {
            return None;
        };
        let mut sitting = Self::new(task, seat);
        lines.for_each(|line| sitting.replay(line));
        Some(sitting)
    }

    fn replay(&mut self, line: Line) {
        match line {
            Line::Began { .. } => {}
            Line::Named { name } => self.name = name,
            Line::Answered { place, answer } => {
                // The file is this task's, by its hash: only a line that another version of the page wrote can be
                // refused, and it is no answer to a question of this task.
                let _ = self.answer(place, answer);
            }
            Line::Undone => {
                self.undo();
            }
        }
    }

    /// The line that a new sitting's list begins with.
    #[must_use]
    pub fn beginning(&self) -> Line {
        Line::Began { seat: self.seat }
    }

    /// What is rated.
    #[must_use]
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// The rater's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The items in the order shown.
    #[must_use]
    pub fn showings(&self) -> &[Showing] {
        &self.showings
    }

    /// The answer at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&Answer> {
        self.answers.get(&place)
    }

    /// Whether an answer can be taken back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Takes the rater's name, cut to what a bundle may hold.
    pub fn call(&mut self, name: &str) -> Line {
        let mut end = name.len().min(MAX_WORDS);
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        name[..end].trim().clone_into(&mut self.name);
        Line::Named {
            name: self.name.clone(),
        }
    }

    /// Takes an answer.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn answer(&mut self, place: usize, mut answer: Answer) -> Result<Line, AnswerError> {
        let item = self.showings.get(place).ok_or(AnswerError::NoItem)?.item;
        if !answer.fits(&self.task, item) {
            return Err(AnswerError::DoesNotFit);
        }
        if !answer.skipped && !answer.is_complete(&self.task, item) {
            return Err(AnswerError::Incomplete);
        }
        if !self.task.timed {
            answer.millis = None;
        }
        let before = self.answers.insert(place, answer.clone());
        *self.stamps.entry(place).or_default() += 1;
        self.undo.push((place, before));
        Ok(Line::Answered { place, answer })
    }

    /// Takes the last answer back; the place it was given at.
    pub fn undo(&mut self) -> Option<(usize, Line)> {
        let (place, before) = self.undo.pop()?;
        // An answer that stands again was changed once more, for whoever has got the one taken back.
        *self.stamps.entry(place).or_default() += 1;
        match before {
            Some(answer) => self.answers.insert(place, answer),
            None => self.answers.remove(&place),
        };
        Some((place, Line::Undone))
    }

    /// The next place to answer: one that was not seen, from `from` on and round; else one from `from` on
    /// that was passed over. `None` where there is neither, so that passing over twice is no circle.
    #[must_use]
    pub fn next(&self, from: usize) -> Option<usize> {
        let total = self.showings.len();
        let mut round = (0..total).map(|i| (from + i) % total);
        let unseen = round.find(|p| !self.answers.contains_key(p));
        let passed_over = |p: &usize| self.answers.get(p).is_some_and(|a| a.skipped);
        unseen.or_else(|| (from..total).find(passed_over))
    }

    /// How far the rater is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let skipped = self.answers.values().filter(|a| a.skipped).count();
        let answered = self.answers.len() - skipped;
        let seconds = |place: usize| self.task.seconds(self.showings[place].item);
        let total = self.showings.len();
        let open = (0..total).filter(|p| self.answers.get(p).is_none_or(|a| a.skipped));
        let expected: f64 = open.map(seconds).sum();
        Progress {
            answered,
            skipped,
            total,
            seconds_left: expected * self.pace(seconds),
        }
    }

    /// The time that items took this rater, as a part of what was expected.
    fn pace(&self, seconds: impl Fn(usize) -> f64) -> f64 {
        let timed = self.answers.iter().filter_map(|(place, answer)| {
            let millis = answer
                .millis
                .filter(|m| *m < LEFT_LYING && !answer.skipped)?;
            Some((f64::from(millis) / 1000.0, seconds(*place)))
        });
        let timed: Vec<(f64, f64)> = timed.collect();
        let (took, expected) = timed
            .iter()
            .fold((0.0, 0.0), |(t, e), (took, exp)| (t + took, e + exp));
        if timed.len() < PACE || expected <= 0.0 {
            1.0
        } else {
            took / expected
        }
    }

    /// What goes back to the owner.
    #[must_use]
    pub fn bundle(&self) -> Bundle {
        let entry = |(place, answer): (&usize, &Answer)| {
            let showing = &self.showings[*place];
            Entry {
                item: showing.item as u16,
                again: showing.again,
                stamp: self.stamps.get(place).copied().unwrap_or_default(),
                answer: answer.clone(),
            }
        };
        Bundle {
            task: self.task.id,
            hash: self.hash,
            device: self.seat.device,
            slot: self.seat.slot,
            rater: self.name.clone(),
            entries: self.answers.iter().map(entry).collect(),
        }
    }
}
