//! An owner's rating projects: a draft planned and made a task, answers collected, decisions, the project as a
//! file.

use crate::rater::ItemView;
use crate::topics::{PROJECTS, RATINGS};
use assay_calls::{NoError, calls};
use assay_platform::{DiskError, InputError};
use assay_rating::draft::Draft;
use assay_rating::pool::{Place, RaterKey};
use assay_rating::project::{Outcome, ProjectError};
use assay_rating::task::TaskError;
use serde::{Deserialize, Serialize};

calls! {
    service "projects";

    /// The projects on this device, the latest first.
    #[derive(Eq, Hash)]
    List {} -> Vec<ProjectCard>, DiskError, [PROJECTS];

    /// How many items a draft makes, and how long they take a rater.
    Plan {
        /// The draft.
        draft: Draft,
        /// Whether it will be behind a passphrase.
        locked: bool,
    } -> PlanView, CreateError;

    /// Makes a draft a task, and opens its project.
    Create {
        /// The draft.
        draft: Draft,
        /// The passphrase; empty for none.
        passphrase: String,
    } -> (), CreateError;

    /// Opens a project: its judgements take the place of those that are there.
    Open {
        /// Its id.
        id: String,
    } -> (), ProjectsError;

    /// The open project.
    #[derive(Eq, Hash)]
    Current {} -> Option<Sending>, NoError, [PROJECTS, RATINGS];

    /// Removes a project with its answers from this device.
    Remove {
        /// Its id.
        id: String,
    } -> (), ProjectsError;

    /// Takes the answers and saved projects in a text and in the files beside the call.
    Collect {
        /// The text.
        text: String,
    } -> (), NoError;

    /// Saves tasks again that were removed in another tab, with the answers that came for them since.
    BringBack {} -> (), ProjectsError;

    /// What became of what was collected last.
    #[derive(Eq, Hash)]
    Received {} -> Option<Collected>, NoError, [PROJECTS];

    /// Why the open project is not saved on this device; nothing where it is.
    #[derive(Eq, Hash)]
    NotSaved {} -> Option<DiskError>, NoError, [PROJECTS];

    /// Decides something about the open project.
    Decide {
        /// What the owner decided.
        decision: Decision,
    } -> (), ProjectsError;

    /// A picture of a link; nothing where it is too long for one.
    #[derive(Eq, Hash)]
    DrawQrCode {
        /// The link.
        text: String,
    } -> Option<QrCode>, NoError;

    /// The open project with all its answers, as the text of a file.
    Export {} -> String, ProjectsError;
}

/// Why a draft does not become a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CreateError {
    /// The draft can't be used.
    #[error("{error}")]
    Task {
        /// Why.
        error: TaskError,
    },
    /// The browser has no random bytes, without which the task has no key.
    #[error("this browser gives no random numbers, without which a task can't be made")]
    NoRandomness,
    /// The worker that packs the task did not.
    #[error("the task could not be packed: {detail}")]
    NotPacked {
        /// Why.
        detail: String,
    },
}

/// Why something can't be done with a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ProjectsError {
    /// No project is open.
    #[error("no rating task is open")]
    NotOpen,
    /// The project is not on this device any more: it was removed, as in another tab.
    #[error("the task {title} was removed from this device, and nothing was added to it")]
    Removed {
        /// What the task is called.
        title: String,
    },
    /// The project is not on this device: it was removed, as in another tab.
    #[error("the task is not on this device any more")]
    Missing,
    /// A file can't be read.
    #[error("{error}")]
    Unreadable {
        /// Why.
        error: InputError,
    },
    /// The disk can't be used.
    #[error("{error}")]
    Disk {
        /// Why.
        error: DiskError,
    },
    /// What should be a project can't be used.
    #[error("{error}")]
    Unusable {
        /// Why.
        error: ProjectError,
    },
}

/// Something that an owner decides about a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Decision {
    /// A device is a rater of its own.
    Separate {
        /// The device.
        device: u64,
    },
    /// In a conflict one device's answer stands.
    Prefer {
        /// The rater.
        rater: RaterKey,
        /// What was answered twice.
        place: Place,
        /// The device.
        device: u64,
    },
    /// The last thing that was done to the project is taken back.
    Undo,
}

/// What became of what came in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Collected {
    /// The titles of the projects that it belongs to.
    pub projects: Vec<String>,
    /// Each piece.
    pub outcomes: Vec<Outcome>,
    /// Links with answers that belong to no project on this device.
    pub unmatched_answers: usize,
    /// Links with tasks.
    pub tasks: usize,
    /// What could not be taken, and why.
    pub failures: Vec<ProjectsError>,
    /// Saved projects that were opened.
    pub restored: usize,
}

/// A picture of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Modules a side.
    pub size: usize,
    /// The path of the dark modules, in a square with sides of `size` modules.
    pub path: String,
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
    /// For each rater's number the secret of the invitation in its link; none for tasks of versions without invitations.
    pub invitations: Vec<String>,
}

/// The items that a draft makes, the time they take, and the size of the link.
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

/// What the page shows of an open project beside its judgements.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProjectView {
    /// Its id.
    pub id: String,
    /// Whether something can be taken back.
    pub can_undo: bool,
    /// What became of what came in, the latest last.
    pub outcomes: Vec<Outcome>,
    /// Answers that contradict each other.
    pub conflicts: Vec<ConflictView>,
    /// Numbers, from 1, from which nothing came yet, when items are shared out.
    pub silent: Vec<u16>,
}

/// Answers of one rater to one item that contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictView {
    /// The rater.
    pub rater: RaterKey,
    /// The rater's name.
    pub name: String,
    /// The item.
    pub place: Place,
    /// The row, from 1.
    pub row: usize,
    /// The devices, and what was said on each.
    pub answers: Vec<(u64, String)>,
}
