//! What page and data worker say to each other about rating links: a rater at work on one, an owner
//! who makes them and gathers what comes back.

use assay_rating::answers::Answer;
use assay_rating::draft::Draft;
use assay_rating::envelope::EnvelopeError;
use assay_rating::project::{Event, Outcome, ProjectError};
use assay_rating::sitting::{AnswerError, Progress};
use assay_rating::task::{Field, Question, TaskError};
use serde::{Deserialize, Serialize};

/// From a rater's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RaterCommand {
    /// Open the task in a text that holds a link; without one in the file that comes along.
    Open {
        /// The text.
        text: String,
    },
    /// Open what is behind a passphrase.
    Unlock {
        /// The passphrase.
        passphrase: String,
    },
    /// Begin, or go on.
    Begin {
        /// The rater's name; it may be empty.
        name: String,
        /// The rater's number from 0, when items are shared out.
        slot: Option<u16>,
    },
    /// Show an item; without a place the next that is to be answered.
    Show {
        /// The place.
        place: Option<usize>,
    },
    /// Take an answer, and show the next item.
    Answer {
        /// The place.
        place: usize,
        /// The answer.
        answer: Answer,
    },
    /// Take the last answer back, and show where it was given.
    Undo,
    /// How far it is.
    Summary,
    /// Another name.
    Name {
        /// It.
        name: String,
    },
    /// Make the answers' envelope.
    Finish,
}

/// To a rater's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RaterNews {
    /// The link can't be opened.
    Failed {
        /// Why.
        error: EnvelopeError,
    },
    /// It takes a passphrase.
    Locked,
    /// It is open.
    Intro {
        /// What the rater should know first.
        intro: Box<Intro>,
    },
    /// Another tab of this browser works on the same task.
    Elsewhere,
    /// An item.
    Item {
        /// It.
        item: Box<ItemView>,
    },
    /// An answer is not taken.
    Refused {
        /// Why.
        error: AnswerError,
    },
    /// How far it is, where no item is shown.
    Summary {
        /// It.
        progress: Progress,
        /// The rater's name.
        name: String,
        /// Whether an answer can be taken back.
        can_undo: bool,
        /// Whether answers outlive the visit.
        kept: bool,
    },
    /// The answers, to be sent.
    Answers {
        /// The envelope.
        envelope: String,
    },
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
    /// What is answered so far.
    pub answer: Answer,
    /// How far the rater is.
    pub progress: Progress,
    /// Whether an answer can be taken back.
    pub can_undo: bool,
    /// Whether answers outlive the visit.
    pub kept: bool,
}

impl ItemView {
    /// Whether it was answered, and not passed over.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        !self.answer.skipped && !self.answer.values.is_empty()
    }
}

/// From an owner's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OwnerCommand {
    /// The projects that are kept on this device.
    List,
    /// What a draft comes to.
    Plan {
        /// The draft.
        draft: Box<Draft>,
        /// Whether it will be behind a passphrase.
        locked: bool,
    },
    /// Make a task of a draft.
    Make {
        /// The draft.
        draft: Box<Draft>,
        /// The passphrase; empty for none.
        passphrase: String,
    },
    /// Open a project.
    Open {
        /// Its id.
        id: String,
    },
    /// Remove a project with its answers from this device.
    Remove {
        /// Its id.
        id: String,
    },
    /// Take the answers in a text and in the files that come along.
    Collect {
        /// The text.
        text: String,
    },
    /// Decide something about the open project.
    Decide {
        /// What.
        event: Event,
    },
    /// A picture of a link.
    Qr {
        /// The link.
        text: String,
    },
    /// The open project with all its answers, as a file.
    Save,
}

/// To an owner's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OwnerNews {
    /// The projects that are kept on this device, the latest first.
    Projects {
        /// They.
        list: Vec<ProjectCard>,
    },
    /// What a draft comes to.
    Planned {
        /// It.
        plan: Box<PlanView>,
    },
    /// A draft comes to nothing.
    PlanFailed {
        /// Why.
        error: TaskError,
    },
    /// A project is open; what is asked about it from now on is about this one.
    Opened {
        /// What is sent to raters.
        sending: Sending,
    },
    /// What became of what came in.
    Collected {
        /// The projects that it belongs to.
        projects: Vec<String>,
        /// Each piece.
        outcomes: Vec<Outcome>,
    },
    /// What came in belongs to no project on this device.
    Homeless {
        /// Links with answers.
        answers: usize,
        /// Links with tasks.
        tasks: usize,
    },
    /// A file that looks like a saved project is none.
    BadProject {
        /// Why.
        error: ProjectError,
    },
    /// A picture of a link, as a path in a square of so many modules; nothing where it is too long.
    Qr {
        /// Modules a side.
        size: usize,
        /// The path of the dark modules.
        path: String,
    },
    /// This browser keeps nothing.
    NotKept {
        /// The browser's words.
        detail: String,
    },
}

/// A project in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectCard {
    /// Its id.
    pub id: String,
    /// What the task is called.
    pub title: String,
    /// Items.
    pub items: usize,
    /// The systems' names.
    pub systems: Vec<String>,
    /// When it was made, in milliseconds since 1970.
    pub made: f64,
}

/// What is sent to raters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sending {
    /// The project's id.
    pub id: String,
    /// What the task is called.
    pub title: String,
    /// The task's envelope.
    pub envelope: String,
    /// Whether it is behind a passphrase.
    pub locked: bool,
    /// Raters that items are shared out among; 0 where everyone rates everything.
    pub slots: u16,
}

/// What a draft comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanView {
    /// Items in all.
    pub items: usize,
    /// Items that the rater with most to do sees, those shown twice counted twice.
    pub each: usize,
    /// About the seconds that this takes.
    pub seconds: f64,
    /// Characters of the envelope; `None` where a link can't hold it in any case.
    pub characters: Option<usize>,
    /// The first item as a rater sees it.
    pub first: Option<ItemView>,
}
