//! Ratings by people and models: from files or a project, and what they mean.

use crate::projects::{ProjectView, ProjectsError};
use crate::topics::{DATA, RATINGS, SCORES};
use assay_calls::{NoError, calls};
use assay_platform::InputError;
use assay_rating::analysis::Analysis;
use assay_rating::analysis::reasons::{FoundReason, ReasonGroup, ReasonQuery};
use assay_rating::exchange::ForeignError;
use assay_rating::exchange::unused::{SkippedValues, UnusedColumn};
use assay_rating::judgements::RaterKind;
use assay_rating::pool::RaterKey;
use serde::{Deserialize, Serialize};

calls! {
    service "ratings";

    /// Takes the judgements in the file beside the call in place of those that are there. Files that hold rating
    /// links or saved projects are collected.
    Load {} -> (), JudgementsError;

    /// Adds the judgements in the files beside the call to those that are there: a judge's beside people's.
    Add {} -> (), JudgementsError;

    /// Takes the judgements that go with the example.
    LoadDemo {} -> (), JudgementsError;

    /// Takes the judgements that go with the example, and beside them those of a judge.
    LoadJudgeDemo {} -> (), JudgementsError;

    /// Takes a rater of a file for a person or a model, whatever its name says.
    SetKind {
        /// The rater.
        rater: RaterKey,
        /// What it is.
        kind: RaterKind,
    } -> (), NoError;

    /// Goes back to the judgements before the last ones, and forth again.
    Undo {} -> (), NoError;

    /// Leaves a rater out, or puts one back.
    SetExcluded {
        /// The rater.
        rater: RaterKey,
        /// Whether out.
        excluded: bool,
    } -> (), ProjectsError;

    /// What the judgements mean; nothing where there are none.
    #[derive(Eq, Hash)]
    View {
        /// The baseline's name; without one the first system.
        baseline: Option<String>,
    } -> Option<RatingsView>, NoError, [DATA, SCORES, RATINGS];

    /// What raters give as reasons: in groups, with the phrases that recur in each. Thousands take a second, and are a job
    /// that can be stopped.
    #[derive(Eq, Hash)]
    ReasonPhrases {} -> Vec<ReasonGroup>, ReasonsError, [DATA, RATINGS];

    /// The reasons that a query finds.
    #[derive(Eq, Hash)]
    FindReasons {
        /// What is looked for.
        query: ReasonQuery,
        /// How many are given at most.
        most: usize,
    } -> FoundReasons, NoError, [DATA, RATINGS];
}

/// Why a file gives no judgements; what was there stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum JudgementsError {
    /// There is no file.
    #[error("no file came along")]
    NoFile,
    /// It can't be read.
    #[error("{error}")]
    Unreadable {
        /// Why.
        error: InputError,
    },
    /// Nothing in it is a judgement.
    #[error("{error}")]
    File {
        /// Why.
        error: ForeignError,
    },
}

/// What the page shows of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RatingsView {
    /// The file's name, or the task's.
    pub file: String,
    /// Values and rows of the file that gave no judgement.
    pub skipped: Vec<SkippedValues>,
    /// Columns of the file that hold no ratings.
    pub unused: Vec<UnusedColumn>,
    /// Units whose row in the data is known.
    pub linked: usize,
    /// What it means.
    pub analysis: Analysis,
    /// What came of a task, where the judgements were gathered by link.
    pub project: Option<ProjectView>,
    /// What [`Undo`] brings back.
    pub earlier: Option<String>,
}

/// Why there are no phrases of reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ReasonsError {
    /// A person has stopped looking for them, or other reasons are looked through.
    #[error("looking for phrases was stopped")]
    Stopped,
}

/// Reasons that a query found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FoundReasons {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<FoundReason>,
}
