//! Reports in the data worker: what was stated beforehand, what came by a link, and the answer to what the
//! Report page asks.

use super::beside::Beside;
use super::saved::{Saved, SavedError};
use super::session::Session;
use crate::evaluation::Domains;
use crate::locale::{Language, Locale};
use crate::report::content::Content;
use crate::report::document::Document;
use crate::report::goals::{Goal, Goals, Measure};
use crate::report::link::{LinkError, decode, encode};
use crate::report::rules::{Unit, Verdict, statements, verdict};
use crate::report::write::write;
use crate::report::{html, latex, markdown, model_index};
use crate::stats::PairedTest;
use crate::training::view::{Axis, Look, curves};
use serde::{Deserialize, Serialize};

/// Points of a curve in a report.
const CURVE_POINTS: usize = 120;

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

/// What the data worker keeps for reports.
#[derive(Default)]
pub struct Reports {
    /// What was stated beforehand.
    pub goals: Goals,
    /// What came by a link.
    pub foreign: Option<Content>,
}

/// The words of a tag.
fn locale(tag: &str) -> Locale {
    Locale::new(Language::preferred(tag))
}

impl Reports {
    /// All that is to be reported.
    pub fn content(&self, session: &Session, beside: &Beside, day: &str) -> Content {
        if let Some(foreign) = &self.foreign {
            return foreign.clone();
        }
        let (baseline, test) = session.settings();
        let mut trials = beside.views().to_vec();
        for trial in &mut trials {
            // Cells of the data are not the report's to pass on.
            trial.columns.iter_mut().for_each(|c| c.preview.clear());
        }
        let runs = beside.run_views();
        let losses = runs
            .iter()
            .flat_map(|r| r.losses.iter().flatten().cloned())
            .collect();
        let look = Look {
            series: losses,
            axis: Axis::Step,
            smoothing: 0.0,
            range: None,
            exp: false,
        };
        let mut drawn = curves(beside.runs(), &look).curves;
        for curve in &mut drawn {
            let step = curve.points.len().div_ceil(CURVE_POINTS).max(1);
            let last = curve.points.len().saturating_sub(1);
            let mut at = 0;
            curve.points.retain(|_| {
                let keep = at % step == 0 || at == last;
                at += 1;
                keep
            });
        }
        Content {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            day: day.to_owned(),
            data: session.report_data(),
            baseline,
            test,
            metrics: session.report_metrics(),
            runs,
            curves: drawn,
            trials,
            goals: self.goals.clone(),
        }
    }

    /// The report for the page.
    pub fn view(&self, content: &Content, language: &str) -> ReportView {
        let verdict = verdict(content);
        let document = write(content, &verdict, &locale(language));
        ReportView {
            document,
            verdict,
            goals: content.goals.clone(),
            candidates: candidates(content),
            foreign: self.foreign.is_some(),
            empty: content.is_empty(),
        }
    }

    /// Takes goals; those that are new are marked where results of their measure are there already.
    pub fn set_goals(&mut self, mut goals: Goals, content: &Content) {
        let known = statements(content);
        for goal in &mut goals.goals {
            let before = self.goals.goals.iter().find(|g| {
                g.measure == goal.measure && g.system == goal.system && g.least == goal.least
            });
            let seen = known
                .iter()
                .any(|s| goal.measure.means(&s.measure) && s.p_value.is_some());
            goal.after_results = before.map_or(seen, |g: &Goal| g.after_results);
        }
        self.goals = goals;
    }

    /// The report as a file: name, media type, contents. The whole evaluation has no file where what is
    /// shown came by a link.
    pub fn file(
        &self,
        format: Format,
        language: &str,
        session: &Session,
        beside: &Beside,
        content: Content,
    ) -> (String, String, String) {
        let document = || write(&content, &verdict(&content), &locale(language));
        let (name, mime, text) = match format {
            Format::Html => ("assay-report.html", "text/html", html::write(&document())),
            Format::Markdown => (
                "assay-report.md",
                "text/markdown",
                markdown::write(&document()),
            ),
            Format::Latex => (
                "assay-tables.tex",
                "application/x-tex",
                latex::write(&document()),
            ),
            Format::ModelIndex => (
                "model-index.md",
                "text/markdown",
                model_index::write(&content),
            ),
            Format::Json => {
                let saved = Saved::of(session, beside, content);
                let text = serde_json::to_string(&saved).unwrap_or_default();
                ("assay-evaluation.json", "application/json", text)
            }
        };
        (name.to_owned(), mime.to_owned(), text)
    }

    /// The letters of a link: the results without what only helps to look closer.
    pub fn link(content: Content) -> String {
        let mut content = content;
        for trial in &mut content.trials {
            let all = trial
                .outcomes
                .iter_mut()
                .chain(trial.segments.iter_mut().flat_map(|s| &mut s.outcomes));
            all.flat_map(|o| o.compared.iter_mut().flatten())
                .for_each(|c| c.looks.clear());
        }
        encode(&content)
    }

    /// Takes a link.
    ///
    /// # Errors
    /// Why it holds no report.
    pub fn open_link(&mut self, text: &str) -> Result<(), LinkError> {
        self.foreign = Some(decode(text)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests;

/// What goals may be set on: every measure that compares, with whom.
fn candidates(content: &Content) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    for s in statements(content)
        .into_iter()
        .filter(|s| s.slice.is_none())
    {
        match all.iter_mut().find(|c| c.measure == s.measure) {
            Some(known) => known.systems.push(s.system),
            None => all.push(Candidate {
                measure: s.measure,
                systems: vec![s.system],
                unit: s.unit,
            }),
        }
    }
    all
}
