//! A rater at work on a rating link: opening it, one item at a time, the answers to be sent back.

use assay_calls::calls;
use assay_platform::{DiskError, InputError};
use assay_rating::answers;
use assay_rating::envelope::EnvelopeError;
use assay_rating::sitting::{self, Progress};
use assay_rating::task::{Field, Question};
use serde::{Deserialize, Serialize};

calls! {
    service "rater";

    /// Opens the task in a text that holds a link, or in the file beside the call.
    Open {
        /// The text.
        text: String,
    } -> Opening, OpenTaskError;

    /// Opens what is behind a passphrase.
    Unlock {
        /// The passphrase.
        passphrase: String,
    } -> Intro, OpenTaskError;

    /// Starts, or goes on from an earlier visit.
    Start {
        /// The rater's name; it may be empty.
        name: String,
        /// The rater's number from 0, when items are shared out.
        slot: Option<u16>,
    } -> Step, StartError;

    /// Shows an item; without a place the next that is to be answered.
    Show {
        /// The place.
        place: Option<usize>,
    } -> Step, RatingError;

    /// Takes an answer, and shows the next item.
    Answer {
        /// The place.
        place: usize,
        /// The answer.
        answer: answers::Answer,
    } -> Step, RatingError;

    /// Takes the last answer back, and shows where it was given.
    Undo {} -> Step, RatingError;

    /// How far the rater is.
    Summary {} -> Step, RatingError;

    /// Takes another name.
    Rename {
        /// The new name; it may be empty.
        name: String,
    } -> Step, RatingError;

    /// Makes the envelope of the answers.
    Finish {} -> String, RatingError;
}

/// What a link led to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Opening {
    /// A task behind a passphrase.
    Locked,
    /// A task.
    Intro(Box<Intro>),
}

/// Why a task can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum OpenTaskError {
    /// The file can't be read.
    #[error("{error}")]
    Unreadable {
        /// Why.
        error: InputError,
    },
    /// There is no task in the text, or none that can be used.
    #[error("{error}")]
    Envelope {
        /// Why.
        error: EnvelopeError,
    },
    /// A passphrase was given where no locked task is open, as after the worker was started again.
    #[error("no task is waiting for a passphrase; open the link again")]
    NothingLocked,
}

/// Why rating can't start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum StartError {
    /// No task is open, as after the worker was started again.
    #[error("no task is open; open the link again")]
    NoTask,
    /// Another tab works on the same task.
    #[error("the task is open in another tab")]
    OpenInAnotherTab,
    /// The browser has no random bytes, by which answers of two devices are told apart.
    #[error("this browser gives no random numbers, without which answers can't be told apart")]
    NoRandomness,
}

/// Why something can't be done while rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum RatingError {
    /// Rating has not started, as after the worker was started again.
    #[error("rating has not started; open the link again")]
    NotStarted,
    /// The answer is not taken.
    #[error("{error}")]
    Answer {
        /// Why.
        error: sitting::AnswerError,
    },
    /// The browser has no random bytes, without which answers can't be sealed.
    #[error("this browser gives no random numbers, without which answers can't be sealed")]
    NoRandomness,
}

/// Where the rater is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What is shown.
    pub shown: Shown,
    /// Why answers are not saved on this device; nothing where they are.
    pub not_saved: Option<DiskError>,
}

/// What a rater is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shown {
    /// An item.
    Item(Box<ItemView>),
    /// How far the rater is, where no item is shown.
    Summary(SummaryView),
}

/// What a rater reads where no item is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SummaryView {
    /// How far it is.
    pub progress: Progress,
    /// The rater's name.
    pub name: String,
    /// Whether an answer can be taken back.
    pub can_undo: bool,
    /// The code or the address by which a platform knows that the rater is done; nothing while an item is open, and
    /// where the task has none.
    pub completion: Option<String>,
}

/// What a rater should know first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Intro {
    /// The language's tag.
    pub language: String,
    /// What the task is called.
    pub title: String,
    /// Instructions in Markdown.
    pub instructions: String,
    /// What is asked.
    pub questions: Vec<Question>,
    /// How far the rater is already.
    pub progress: Progress,
    /// Whether time is recorded.
    pub timed: bool,
    /// Raters that items are shared out among; 0 where everyone rates everything.
    pub slots: u16,
    /// The rater's number from 0, where the link tells it.
    pub slot: Option<u16>,
    /// The name given at an earlier visit.
    pub name: String,
}

/// An item as a rater sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemView {
    /// The place among the rater's items.
    pub place: usize,
    /// What the systems were given; empty where it is not shown.
    pub source: String,
    /// A reference; empty where it is not shown.
    pub reference: String,
    /// The outputs in the order shown: the place in the item, the system's name where the task is not
    /// blind, the text.
    pub outputs: Vec<(usize, Option<String>, String)>,
    /// What is asked.
    pub questions: Vec<Question>,
    /// The places for values, as in [`assay_rating::Task::fields`].
    pub fields: Vec<Field>,
    /// What is answered so far, or what the item begins with: errors that are marked beforehand.
    pub answer: answers::Answer,
    /// Whether it was answered, and not passed over.
    pub is_answered: bool,
    /// How far the rater is.
    pub progress: Progress,
    /// Whether an answer can be taken back.
    pub can_undo: bool,
}
