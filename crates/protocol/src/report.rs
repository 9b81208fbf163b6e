//! What page and data worker say to each other about the report.

use crate::saved::SavedError;
use assay_report::document::Document;
use assay_report::goals::{Goals, Measure};
use assay_report::link::LinkError;
use assay_report::rules::{Unit, Verdict};
use assay_results::scores::Domains;
use assay_stats::PairedTest;
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
}

impl Format {
    /// All, with their names.
    pub const ALL: [(Self, &str); 5] = [
        (Self::Html, "html"),
        (Self::Markdown, "markdown"),
        (Self::Latex, "latex"),
        (Self::Json, "json"),
        (Self::ModelIndex, "model-index"),
    ];
}

/// From the page. `language` is a tag, `day` a date as YYYY-MM-DD.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum ReportCommand {
    /// The report as it stands.
    View {
        /// In this language.
        language: String,
        /// The day.
        day: String,
    },
    /// What is stated beforehand.
    SetGoals {
        /// It.
        goals: Goals,
    },
    /// The report as a file.
    Write {
        /// In this format.
        format: Format,
        /// In this language.
        language: String,
        /// The day.
        day: String,
    },
    /// The report as letters of a link.
    Link {
        /// The day.
        day: String,
    },
    /// A report that came by a link.
    OpenLink {
        /// The link.
        text: String,
    },
    /// Back to one's own.
    CloseLink,
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

/// To the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum ReportNews {
    /// The report.
    View {
        /// It.
        view: Box<ReportView>,
    },
    /// The report is another: it is to be asked for.
    Changed,
    /// The letters of a link.
    Link {
        /// They.
        text: String,
    },
    /// A link holds no report.
    BadLink {
        /// Why.
        error: LinkError,
    },
    /// A file can't be restored; what was there stays.
    NotRestored {
        /// Why.
        error: SavedError,
    },
    /// A file was restored: its settings belong in the address.
    Restored {
        /// The baseline's place.
        baseline: usize,
        /// The test.
        test: PairedTest,
        /// What systems were trained on.
        domains: Option<Domains>,
    },
}
