//! The `workspace` service: projects on this device, each with all that was loaded, set and computed in it. The open
//! one is written through as it changes.

use crate::topics::WORKSPACE;
use assay_calls::{NoError, calls};
use assay_platform::DiskError;
use serde::{Deserialize, Serialize};

/// Why a project can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum WorkspaceError {
    /// It is not on this device.
    #[error("the project is no longer on this device")]
    Missing,
    /// Its list of contents can't be read.
    #[error("the project is damaged: {detail}")]
    Damaged {
        /// What the parser says.
        detail: String,
    },
    /// A later version of the page has written it.
    #[error(
        "the project was saved by a later version of this page (format {version}, {known} is known)"
    )]
    Newer {
        /// Its format.
        version: u32,
        /// The latest format that is known here.
        known: u32,
    },
    /// Another tab is writing it.
    #[error("the project is open in another tab")]
    OpenElsewhere,
    /// A name of nothing but white space.
    #[error("a project needs a name")]
    NoName,
    /// The disk.
    #[error("{error}")]
    Disk {
        /// Why.
        error: DiskError,
    },
}

impl From<DiskError> for WorkspaceError {
    fn from(error: DiskError) -> Self {
        Self::Disk { error }
    }
}

/// A part of a project that is damaged on the disk, and what that costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Damage {
    /// The texts, and with them all that is computed of them.
    #[error("the texts of the data set are damaged, so the data set could not be opened")]
    Texts,
    /// Roles, steps and file names of the data set.
    #[error("the description of the data set is damaged, so the data set could not be opened")]
    Data,
    /// The settings of the evaluation: the usual ones stand instead.
    #[error("the settings of the metrics are damaged; the usual ones are used")]
    Settings,
    /// A metric's results: they are computed again.
    #[error("{count} results are damaged and are computed again")]
    Scores {
        /// How many.
        count: usize,
    },
    /// What language models and encoders gave.
    #[error("the scores given by models are damaged; run the models again")]
    Models,
    /// Training runs.
    #[error("the training runs are damaged; open their logs again")]
    Runs,
    /// Experiments.
    #[error("the experiments are damaged; open their files again")]
    Experiments,
    /// Goals.
    #[error("the goals are damaged; state them again")]
    Goals,
    /// Judgements.
    #[error("the judgements are damaged; open their file again")]
    Judgements,
    /// Programs.
    #[error("the programs are damaged; open their files again")]
    Programs,
    /// The view.
    #[error("the view that was shown last is damaged")]
    View,
    /// Rounds.
    #[error("the rounds are damaged")]
    Rounds,
    /// Stars, tags and notes on rows.
    #[error("the stars, tags and notes on rows are damaged")]
    Annotations,
    /// A file that was imported; what was read of it is there.
    #[error("a file that was imported is damaged; choose it again to read it in another way")]
    Original,
    /// A rating task, and with it its answers.
    #[error("the rating task is damaged, so its answers could not be restored")]
    RatingTask,
    /// Answers to a rating task.
    #[error("the answers of raters are damaged; take them in again")]
    Answers,
    /// Scores of tokens under models.
    #[error("the scores per token are damaged; run the models again")]
    TokenScores,
    /// A backup's list of contents.
    #[error("the list of contents is damaged; the parts were found without it")]
    Contents,
}

/// How the open project stands on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum SaveState {
    /// There is nothing to be saved.
    #[default]
    Empty,
    /// Something is being written.
    Saving,
    /// All is on the disk.
    Saved,
    /// Something is in memory alone.
    NotSaved {
        /// Why.
        error: DiskError,
    },
    /// Another tab writes the project; changes made here are in memory alone.
    LookOnly,
    /// Another tab has removed the project; what is shown here is in memory alone.
    Removed,
}

/// What became of a tab that looks at a project which another tab writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Followed {
    /// Nothing was written since, or the project is written here.
    Unchanged,
    /// What was written is shown here too now.
    Taken,
    /// Something was written there and something else done here: this tab keeps what it has.
    Apart,
    /// The project was removed.
    Removed,
}

/// The open project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WorkspaceState {
    /// Its id; nothing before anything is loaded.
    pub id: Option<String>,
    /// The name that a person gave it.
    pub name: Option<String>,
    /// How it stands on the disk.
    pub saving: SaveState,
}

/// A project in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkspaceCard {
    /// Its id.
    pub id: String,
    /// The name that a person gave it.
    pub name: Option<String>,
    /// What is in it: names of files or runs.
    pub titles: Vec<String>,
    /// When it was changed last, in milliseconds since 1970.
    pub changed_ms: f64,
    /// Bytes on the disk.
    pub bytes: f64,
    /// Rows of its data set.
    pub rows: usize,
    /// Its result in a sentence, by the tag of a language.
    pub sentences: Vec<(String, String)>,
    /// Whether it was removed, and can be brought back.
    pub is_removed: bool,
    /// Why it can't be opened.
    pub error: Option<WorkspaceError>,
}

/// What came of opening a project.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OpenedProject {
    /// The project; nothing where none is open.
    pub id: Option<String>,
    /// The address that it was left with; empty where it has none.
    pub address: String,
    /// What of it is damaged.
    pub damage: Vec<Damage>,
    /// Why the project that was asked for is not open.
    pub failure: Option<WorkspaceError>,
}

calls! {
    service "workspace";

    /// Opens the project that a tab had open, or else the last one. To be called once, before all else; until then
    /// nothing is written.
    Start {
        /// The tab's project, as far as it has one.
        id: Option<String>,
        /// Whether a project is opened at all. One whose opening ended the worker is not opened again.
        opens: bool,
    } -> OpenedProject, NoError;

    /// The open project.
    #[derive(Eq, Hash)]
    State {} -> WorkspaceState, NoError, [WORKSPACE];

    /// The projects on this device, the latest first.
    #[derive(Eq, Hash)]
    List {} -> Vec<WorkspaceCard>, WorkspaceError, [WORKSPACE];

    /// Opens another project, or the same one as it is on the disk.
    Open {
        /// Its id.
        id: String,
    } -> OpenedProject, WorkspaceError;

    /// Takes what another tab has written to the project that this one only looks at.
    Follow {} -> Followed, WorkspaceError;

    /// Continues with an empty project.
    New {} -> (), NoError;

    /// Makes what is in memory a project of its own, which is saved from now on.
    KeepAsNew {} -> (), NoError;

    /// Tries again to save.
    Save {} -> (), NoError;

    /// Gives a project a name.
    Rename {
        /// Its id.
        id: String,
        /// The name.
        name: String,
    } -> (), WorkspaceError;

    /// Makes a copy of a project as it is on the disk.
    Duplicate {
        /// Its id.
        id: String,
    } -> (), WorkspaceError;

    /// Removes a project. For some minutes it can be brought back.
    Remove {
        /// Its id.
        id: String,
    } -> (), WorkspaceError;

    /// Brings a removed project back.
    Restore {
        /// Its id.
        id: String,
    } -> (), WorkspaceError;

    /// Notes the address, so that the project opens where it was left.
    SetAddress {
        /// What stands behind `#`.
        address: String,
    } -> (), NoError;
}
