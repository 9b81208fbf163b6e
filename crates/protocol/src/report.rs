//! The `report` service: the verdict and its evidence, goals, files, and reports in links.

use crate::topics::{DATA, EXPERIMENTS, PERPLEXITY, RATINGS, REPORT, RUNS, SCORES};
use crate::views::ExportedFile;
use assay_calls::{ChannelFailure, NoError, calls};
use assay_data::WorkbookError;
use assay_report::aim::Aim;
use assay_report::document::Document;
use assay_report::evidence::Need;
use assay_report::goals::{Goal, Goals, Measure};
use assay_report::link::LinkError;
use assay_report::rules::{Unit, Verdict};
use serde::{Deserialize, Serialize};

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One HTML file.
    Html,
    /// Markdown.
    Markdown,
    /// LaTeX tables.
    Latex,
    /// The whole evaluation, to be restored.
    Json,
    /// A model card's evaluation section.
    ModelIndex,
    /// A workbook of sheets, with examples.
    Xlsx,
}

impl Format {
    /// All, with their names.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Html, "html"),
        (Self::Markdown, "markdown"),
        (Self::Latex, "latex"),
        (Self::Json, "json"),
        (Self::ModelIndex, "model-index"),
        (Self::Xlsx, "xlsx"),
    ];
}

/// Something that a goal may be set on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The measure.
    pub measure: Measure,
    /// Who it is measured of.
    pub systems: Vec<String>,
    /// How its values are written.
    pub unit: Unit,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    /// The verdict.
    pub verdict: Verdict,
    /// The report.
    pub document: Document,
    /// What was stated beforehand.
    pub goals: Goals,
    /// What goals may be set on.
    pub candidates: Vec<Candidate>,
    /// The names of all measures that goals can be set on before there are results.
    pub measures: Vec<String>,
    /// Whether it came by a link.
    pub foreign: bool,
    /// Whether there is nothing to report.
    pub empty: bool,
}

/// What is to be decided, and what that takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AimView {
    /// What is to be decided; nothing before the person has said it.
    pub aim: Option<Aim>,
    /// The evidence that it takes.
    pub needs: Vec<Need>,
    /// Goals that fit and are not stated yet.
    pub goals: Vec<Goal>,
    /// The names of the measures of the outputs that the decision rests on, the most telling first.
    pub measures: Vec<String>,
}

/// Why a report is not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum WriteError {
    /// It came by a link: there is no evaluation that could be restored.
    #[error("a report that came by a link holds no evaluation to save")]
    FromLink,
    /// It can't be written.
    #[error("the report can't be written: {detail}")]
    Failed {
        /// Why.
        detail: String,
    },
    /// A workbook can't be written.
    #[error("{error}")]
    Workbook {
        /// Why.
        error: WorkbookError,
    },
    /// The worker that writes workbooks does not answer.
    #[error("{error}")]
    Writer {
        /// Why.
        error: ChannelFailure,
    },
}

calls! {
    service "report";

    /// The report as it stands.
    #[derive(Eq, Hash)]
    View {
        /// The tag of its language.
        language: String,
        /// The day, as YYYY-MM-DD.
        day: String,
    } -> ReportView, NoError, [DATA, SCORES, RATINGS, RUNS, EXPERIMENTS, REPORT];

    /// What is to be decided, and which evidence that takes.
    #[derive(Eq, Hash)]
    ShowAim {} -> AimView, NoError, [DATA, SCORES, PERPLEXITY, RATINGS, RUNS, EXPERIMENTS, REPORT];

    /// Sets what is to be decided, with goals that fit where the person stated none of their own.
    SetAim {
        /// It; nothing to be asked again.
        aim: Option<Aim>,
    } -> (), NoError;

    /// States the goals that fit what is to be decided.
    TakeGoals {} -> (), NoError;

    /// Sets the purpose and the goals.
    SetGoals {
        /// Both.
        goals: Goals,
    } -> (), NoError;

    /// The report as a file.
    Write {
        /// In this format.
        format: Format,
        /// The tag of its language.
        language: String,
        /// The day, as YYYY-MM-DD.
        day: String,
    } -> ExportedFile, WriteError;

    /// The report as the letters of a link.
    Link {
        /// The day, as YYYY-MM-DD.
        day: String,
    } -> String, LinkError;

    /// Shows a report that came by a link in place of the person's own.
    OpenLink {
        /// The link.
        text: String,
    } -> (), LinkError;

    /// Back to the person's own report.
    CloseLink {} -> (), NoError;
}
