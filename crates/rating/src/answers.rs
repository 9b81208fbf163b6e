//! What a rater has answered, and the bundle that goes back to the owner. Outputs are named by their
//! places in the item, never by the place at which they were shown.

use super::bounded;
use super::marks::{MAX_MARKS, Mark, Severity};
use super::task::{Kind, MAX_ITEMS, MAX_OUTPUTS, MAX_QUESTIONS, MAX_SCORE, Task};
use assay_sorting::sort_by;
use serde::{Deserialize, Serialize};

/// Values an item can have.
const MAX_VALUES: usize = MAX_QUESTIONS * MAX_OUTPUTS;
/// Bytes of a comment or of a rater's name.
pub const MAX_WORDS: usize = 10_000;

/// Which of two outputs is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Preference {
    /// The item's first.
    First,
    /// The item's second.
    Second,
    /// Neither.
    Tie,
    /// Neither, because both are bad.
    BothBad,
}

impl Preference {
    /// The same where the two have changed places.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
            neither => neither,
        }
    }
}

/// A marked error: characters from `start` up to `end`, counted as Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: u32,
    /// Behind the last character.
    pub end: u32,
    /// The category's place.
    pub category: u8,
    /// Whether it is a major error.
    pub major: bool,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Value {
    /// A point on a scale, from 1.
    Point(u8),
    /// Yes or no.
    Yes(bool),
    /// A preference.
    Prefer(Preference),
    /// The outputs from best to worst.
    Order(#[serde(deserialize_with = "bounded::list::<_, _, MAX_OUTPUTS>")] Vec<u8>),
    /// Marked errors; none means that there are none.
    Spans(#[serde(deserialize_with = "bounded::list::<_, _, MAX_MARKS>")] Vec<Span>),
    /// Words.
    Comment(String),
    /// Marked errors of one of several severities; none means that there are none.
    Marks(#[serde(deserialize_with = "bounded::list::<_, _, MAX_MARKS>")] Vec<Mark>),
    /// A score from 0 to 100.
    Score(u8),
}

impl Value {
    /// Marked errors as a question of this kind takes them.
    #[must_use]
    pub fn of_marks(kind: &Kind, marks: Vec<Mark>) -> Self {
        if !matches!(kind, Kind::Spans(_)) {
            return Self::Marks(marks);
        }
        let span = |mark: Mark| Span {
            start: mark.start,
            end: mark.end,
            category: mark.category,
            major: mark.severity >= Severity::Major,
        };
        Self::Spans(marks.into_iter().map(span).collect())
    }

    /// The marked errors, where it is some.
    #[must_use]
    pub fn marks(&self) -> Option<Vec<Mark>> {
        let mark = |span: &Span| Mark {
            start: span.start,
            end: span.end,
            category: span.category,
            severity: match span.major {
                true => Severity::Major,
                false => Severity::Minor,
            },
        };
        match self {
            Self::Spans(spans) => Some(spans.iter().map(mark).collect()),
            Self::Marks(marks) => Some(marks.clone()),
            _ => None,
        }
    }
}

/// A rater's answer to an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Values by their places among [`Task::fields`], in order.
    #[serde(deserialize_with = "bounded::list::<_, _, MAX_VALUES>")]
    pub values: Vec<(u16, Value)>,
    /// Whether the rater passed over it.
    pub skipped: bool,
    /// Milliseconds that it took, where the task records them.
    pub millis: Option<u32>,
}

impl Answer {
    /// What an item begins with: the errors that are marked beforehand.
    #[must_use]
    pub fn prefilled(task: &Task, item: usize) -> Self {
        let mut answer = Self::default();
        let own = task.prefilled.iter();
        for prefilled in own.filter(|p| usize::from(p.item) == item) {
            let place = task.fields(item).into_iter().position(|field| {
                field.question == usize::from(prefilled.question)
                    && field.output == Some(prefilled.output.into())
            });
            let question = task.questions.get(usize::from(prefilled.question));
            if let (Some(place), Some(question)) = (place, question) {
                let value = Value::of_marks(&question.kind, prefilled.marks.clone());
                answer.set(place, Some(value));
            }
        }
        answer
    }

    /// The value in a field.
    pub fn get(&self, field: usize) -> Option<&Value> {
        let found = self.values.iter().find(|(f, _)| usize::from(*f) == field);
        found.map(|(_, value)| value)
    }

    /// Sets a field's value, or takes it away.
    pub fn set(&mut self, field: usize, value: Option<Value>) {
        self.values.retain(|(f, _)| usize::from(*f) != field);
        if let Some(value) = value {
            self.values.push((field as u16, value));
            sort_by(&mut self.values, |a, b| a.0.cmp(&b.0));
        }
        self.skipped = false;
    }

    /// Whether it answers what an item requires.
    pub fn is_complete(&self, task: &Task, item: usize) -> bool {
        let mut fields = task.fields(item).into_iter().enumerate();
        fields.all(|(place, field)| {
            let question = &task.questions[field.question];
            !question.required || self.get(place).is_some()
        })
    }

    /// Whether every value is one that the item's questions can have.
    pub fn fits(&self, task: &Task, item: usize) -> bool {
        let fields = task.fields(item);
        let mut last = None;
        self.values.iter().all(|(place, value)| {
            let in_order = last.replace(*place).is_none_or(|l| l < *place);
            let Some(field) = fields.get(usize::from(*place)) else {
                return false;
            };
            let item = &task.items[item];
            let output = field.output.map_or("", |o| &item.outputs[o]);
            let kind = &task.questions[field.question].kind;
            in_order && value_fits(value, kind, output, item.outputs.len())
        })
    }
}

fn value_fits(value: &Value, kind: &Kind, output: &str, outputs: usize) -> bool {
    match (value, kind) {
        (Value::Point(p), Kind::Scale(points)) => (1..=points.len()).contains(&usize::from(*p)),
        (Value::Yes(_), Kind::YesNo) => true,
        (Value::Prefer(p), Kind::Pairwise { tie, both_bad }) => match p {
            Preference::First | Preference::Second => true,
            Preference::Tie => *tie,
            Preference::BothBad => *both_bad,
        },
        (Value::Order(order), Kind::Ranking) => {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            sorted.into_iter().map(usize::from).eq(0..outputs)
        }
        (Value::Spans(spans), Kind::Spans(categories)) => {
            let length = output.chars().count() as u32;
            let fits = |s: &Span| {
                s.start < s.end && s.end <= length && usize::from(s.category) < categories.len()
            };
            spans.len() <= MAX_MARKS && spans.iter().all(fits)
        }
        (Value::Marks(marks), Kind::Marks(scheme)) => {
            scheme.takes_all(marks, output.chars().count() as u32)
        }
        (Value::Score(score), Kind::Score) => *score <= MAX_SCORE,
        (Value::Comment(words), Kind::Comment) => words.len() <= MAX_WORDS,
        _ => false,
    }
}

/// One answer in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The item.
    pub item: u16,
    /// Whether it is the item's second showing.
    pub again: bool,
    /// Grows each time that the device changes this answer; it tells no time.
    pub stamp: u32,
    /// The answer.
    pub answer: Answer,
}

/// What a rater sends back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// [`Task::id`].
    pub task: u64,
    /// [`Task::hash`].
    pub hash: [u8; 16],
    /// The device's random number.
    pub device: u64,
    /// The rater's number when items are shared out.
    pub slot: Option<u16>,
    /// The name that the rater gives; it may be empty.
    pub rater: String,
    /// The answers.
    #[serde(deserialize_with = "bounded::list::<_, _, { 2 * MAX_ITEMS }>")]
    pub entries: Vec<Entry>,
}

impl Bundle {
    /// Whether all of it can be an answer to `task`.
    pub fn fits(&self, task: &Task) -> bool {
        let slot_fits = match self.slot {
            Some(slot) => slot < task.slots,
            None => task.slots == 0,
        };
        slot_fits
            && self.rater.len() <= MAX_WORDS
            && self.entries.iter().all(|entry| {
                let item = usize::from(entry.item);
                item < task.items.len() && entry.answer.fits(task, item)
            })
    }
}
