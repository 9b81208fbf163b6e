//! What a rater sees: instructions, questions and items. A task carries no system's name unless the
//! owner wants it shown, and nothing of how the items were chosen; that stays with the owner
//! ([`super::project`]).

mod error;

pub use error::TaskError;

use super::bounded;
pub use super::layout::{Layout, Sealing};
pub use super::marks::MAX_CATEGORIES;
use super::marks::prefilled::Prefilled;
use super::marks::{ErrorCategory, ErrorScheme};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Items a task may have.
pub const MAX_ITEMS: usize = 5_000;
/// Outputs of an item, so that each has a letter.
pub const MAX_OUTPUTS: usize = 26;
/// Questions of a task.
pub const MAX_QUESTIONS: usize = 30;
/// Points of a scale, so that each has a digit.
pub const MAX_POINTS: usize = 10;
/// The greatest score that an output can get.
pub const MAX_SCORE: u8 = 100;
/// Outputs whose errors are marked beforehand.
const MAX_PREFILLED: usize = MAX_ITEMS * MAX_OUTPUTS;
/// Characters of the code or the address that raters see when they are done.
pub const MAX_COMPLETION: u32 = 300;
/// Raters that items can be shared out among.
pub const MAX_SLOTS: u16 = 500;

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The same for all versions of a task.
    pub id: u64,
    /// Where all shuffling begins.
    pub seed: u64,
    /// What answers are sealed with, as [`Task::sealing`] says.
    pub key: [u8; 32],
    /// The tag of the language that its words are in, such as `zh-CN`.
    pub language: String,
    /// What it is called.
    pub title: String,
    /// What raters should know, in Markdown.
    pub instructions: String,
    /// What is asked of each item.
    #[serde(deserialize_with = "bounded::list::<_, _, MAX_QUESTIONS>")]
    pub questions: Vec<Question>,
    /// What is judged.
    #[serde(deserialize_with = "bounded::list::<_, _, MAX_ITEMS>")]
    pub items: Vec<Item>,
    /// Raters that the items are shared out among; 0 where everyone rates everything.
    pub slots: u16,
    /// Raters who see each item, when they are shared out.
    pub overlap: u16,
    /// Items that each rater sees a second time, near the end.
    pub repeats: u16,
    /// Whether the time that each item takes is recorded.
    pub timed: bool,
    /// Who opens answers. Tasks of the first versions end before this field.
    #[serde(default)]
    pub sealing: Sealing,
    /// What raters see once no item is open: the code, or the address, by which a platform knows that they are done;
    /// empty without. Tasks of version 4 end before this field.
    #[serde(default)]
    pub completion: String,
    /// The errors that outputs begin with, which raters correct. Tasks of version 5 end before this field.
    #[serde(default, deserialize_with = "bounded::list::<_, _, MAX_PREFILLED>")]
    pub prefilled: Vec<Prefilled>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// In a word or two: what a column of results is called.
    pub name: String,
    /// The question in a sentence.
    pub help: String,
    /// How it is answered.
    pub kind: Kind,
    /// Whether an item counts as rated only with it.
    pub required: bool,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A point on a scale for each output, each point with its words (which may be empty), the worst
    /// first.
    Scale(#[serde(deserialize_with = "bounded::list::<_, _, MAX_POINTS>")] Vec<String>),
    /// Yes or no for each output; yes is the better one.
    YesNo,
    /// Which of two outputs is better.
    Pairwise {
        /// Whether they may be called equally good.
        tie: bool,
        /// Whether both may be called bad.
        both_bad: bool,
    },
    /// All outputs from best to worst.
    Ranking,
    /// Errors marked in each output, each of one of these categories, minor or major.
    Spans(#[serde(deserialize_with = "bounded::list::<_, _, MAX_CATEGORIES>")] Vec<String>),
    /// Words on the item.
    Comment,
    /// Errors marked in each output, with weights for their severities and categories. From version 6 on.
    Marks(ErrorScheme),
    /// A score from 0 to 100 for each output. From version 6 on.
    Score,
}

impl Kind {
    /// Whether it is asked of each output and not once of the item.
    pub fn is_per_output(&self) -> bool {
        !matches!(self, Self::Pairwise { .. } | Self::Ranking | Self::Comment)
    }

    /// How errors are marked, where it asks for that.
    #[must_use]
    pub fn errors(&self) -> Option<Cow<'_, ErrorScheme>> {
        match self {
            Self::Spans(names) => {
                let categories = names.iter().map(|name| ErrorCategory::plain(name));
                let scheme = ErrorScheme::minor_and_major(categories.collect());
                Some(Cow::Owned(scheme))
            }
            Self::Marks(scheme) => Some(Cow::Borrowed(scheme)),
            _ => None,
        }
    }

    /// Its name in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Scale(_) => "scale",
            Self::YesNo => "yes_no",
            Self::Pairwise { .. } => "pairwise",
            Self::Ranking => "ranking",
            Self::Spans(_) => "spans",
            Self::Comment => "comment",
            Self::Marks(_) => "marks",
            Self::Score => "score",
        }
    }
}

/// What is judged at once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Item {
    /// What the systems were given; empty where raters don't see it.
    pub source: String,
    /// A reference; empty where raters don't see it.
    pub reference: String,
    /// The outputs.
    #[serde(deserialize_with = "bounded::list::<_, _, MAX_OUTPUTS>")]
    pub outputs: Vec<String>,
    /// The systems' names where the task is not blind; else nothing.
    #[serde(deserialize_with = "bounded::list::<_, _, MAX_OUTPUTS>")]
    pub labels: Vec<String>,
}

/// A place for a value: a question, and which output it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The question's place.
    pub question: usize,
    /// The output's place in the item, for a question that is asked of each.
    pub output: Option<usize>,
}

impl Task {
    /// Whether the parts of the task fit together. A task that came from outside is believed only
    /// after this.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self) -> Result<(), TaskError> {
        if self.questions.is_empty() {
            return Err(TaskError::NoQuestion);
        }
        if self.items.is_empty() {
            return Err(TaskError::NoItem);
        }
        let (items, most) = (self.items.len(), MAX_ITEMS);
        if items > most {
            return Err(TaskError::TooManyItems { items, most });
        }
        let shared = self.slots > 0;
        if shared && !(1..=self.slots.min(MAX_SLOTS)).contains(&self.overlap) {
            let (overlap, slots) = (self.overlap, self.slots);
            return Err(TaskError::Overlap { overlap, slots });
        }
        for (place, question) in self.questions.iter().enumerate() {
            self.check_question(place, question)?;
        }
        match self.prefilled.iter().find(|p| !self.takes(p)) {
            Some(wrong) => Err(TaskError::Prefilled {
                item: usize::from(wrong.item) + 1,
            }),
            None => Ok(()),
        }
    }

    /// Whether errors that are marked beforehand belong to an output and a question of this task.
    fn takes(&self, prefilled: &Prefilled) -> bool {
        let item = self.items.get(usize::from(prefilled.item));
        let output = item.and_then(|i| i.outputs.get(usize::from(prefilled.output)));
        let question = self.questions.get(usize::from(prefilled.question));
        let scheme = question.and_then(|q| q.kind.errors());
        let fits = |(output, scheme): (&String, Cow<'_, ErrorScheme>)| {
            scheme.takes_all(&prefilled.marks, output.chars().count() as u32)
        };
        !prefilled.marks.is_empty() && output.zip(scheme).is_some_and(fits)
    }

    fn check_question(&self, place: usize, question: &Question) -> Result<(), TaskError> {
        let name = question.name.clone();
        let earlier = &self.questions[..place];
        if name.trim().is_empty() || earlier.iter().any(|q| q.name == name) {
            return Err(TaskError::Name { question: name });
        }
        let fits = match &question.kind {
            Kind::Scale(points) => (2..=MAX_POINTS).contains(&points.len()),
            Kind::Spans(categories) => (1..=MAX_CATEGORIES).contains(&categories.len()),
            _ => true,
        };
        if !fits {
            return Err(TaskError::Choices { question: name });
        }
        if matches!(&question.kind, Kind::Marks(scheme) if !scheme.is_usable()) {
            return Err(TaskError::Severities { question: name });
        }
        let allowed = match question.kind {
            Kind::Pairwise { .. } => 2..=2,
            Kind::Ranking => 2..=MAX_OUTPUTS,
            _ => 1..=MAX_OUTPUTS,
        };
        let bad = self.items.iter().position(|item| {
            let labels = item.labels.len();
            !allowed.contains(&item.outputs.len()) || (labels > 0 && labels != item.outputs.len())
        });
        match bad {
            Some(item) => Err(TaskError::Outputs {
                item: item + 1,
                outputs: self.items[item].outputs.len(),
                question: name,
            }),
            None => Ok(()),
        }
    }

    /// What the task is known by: it changes with every word of it.
    pub fn hash(&self) -> [u8; 16] {
        let digest = Sha256::digest(self.to_bytes());
        std::array::from_fn(|i| digest[i])
    }

    /// The task as it stands in its envelope, before it is packed.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Postcard can't fail on a structure that stands in memory.
        let mut bytes = postcard::to_stdvec(self).unwrap_or_default();
        let unwritten = self.layout().unwritten().len();
        bytes.truncate(bytes.len().saturating_sub(unwritten));
        bytes
    }

    /// Which of its fields are written. A task of the first versions has no room for what came later.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let later = |q: &Question| matches!(q.kind, Kind::Marks(_) | Kind::Score);
        let has_marks = !self.prefilled.is_empty() || self.questions.iter().any(later);
        match self.sealing {
            Sealing::SharedKey => Layout::SharedKey,
            Sealing::OwnerKey if has_marks => Layout::Marks,
            Sealing::OwnerKey if self.completion.is_empty() => Layout::OwnerKey,
            Sealing::OwnerKey => Layout::Completion,
        }
    }

    /// The places for values of an item, question by question.
    pub fn fields(&self, item: usize) -> Vec<Field> {
        let outputs = self.items.get(item).map_or(0, |i| i.outputs.len());
        let mut fields = Vec::new();
        for (question, asked) in self.questions.iter().enumerate() {
            if asked.kind.is_per_output() {
                let each = (0..outputs).map(Some);
                fields.extend(each.map(|output| Field { question, output }));
            } else {
                fields.push(Field {
                    question,
                    output: None,
                });
            }
        }
        fields
    }

    /// About the seconds that an item takes a rater: reading at 240 words a minute (or 300
    /// characters of a script without spaces; Brysbaert 2019 for English), and four seconds a choice.
    pub fn seconds(&self, item: usize) -> f64 {
        let Some(found) = self.items.get(item) else {
            return 0.0;
        };
        let texts = [&found.source, &found.reference];
        let reading: f64 = texts
            .into_iter()
            .chain(&found.outputs)
            .map(|t| reading_seconds(t))
            .sum();
        let choices = self.fields(item).into_iter();
        let choices = choices.filter(|f| self.questions[f.question].required);
        reading + 4.0 * choices.count() as f64
    }
}

fn reading_seconds(text: &str) -> f64 {
    let wide = text
        .chars()
        .filter(|c| assay_text::script::is_cjk(*c))
        .count();
    let words = text.split_whitespace().count();
    wide as f64 / 5.0 + words as f64 / 4.0
}
