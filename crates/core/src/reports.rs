//! Reports: goals, a report that came by a link, and what the Report page shows.

mod cells;
mod service;
mod trials;
pub(crate) mod workbook;

pub use service::{ReportService, register};

use super::experiments::ExperimentService;
use super::saved::Saved;
use super::session::Session;
use super::training::TrainingService;
use assay_containers::NewSheet;
use assay_locale::{Language, Locale, REPORT_WORDS};
use assay_metrics::registry::{ALL, MetricSpec};
use assay_protocol::file_bytes::FileBytes;
use assay_protocol::report::{Candidate, Format, ReportView, WriteError};
use assay_protocol::views::ExportedFile;
use assay_report::content::Content;
use assay_report::goals::{Goal, Goals};
use assay_report::link::{LinkError, bytes, decode};
use assay_report::rules::{statements, verdict};
use assay_report::write::write;
use assay_report::{html, latex, markdown, model_index};
use assay_training::view::{Axis, Look};

/// Points of a curve in a report.
const CURVE_POINTS: usize = 120;

/// What the data worker keeps for reports.
#[derive(Default)]
pub struct Reports {
    /// What was stated beforehand.
    pub goals: Goals,
    /// What came by a link.
    pub foreign: Option<Content>,
}

/// A report as it is written.
pub enum Written {
    /// The whole file.
    File(ExportedFile),
    /// The sheets of a workbook, whose bytes the program that reads containers makes.
    Workbook(Vec<NewSheet>),
}

/// A workbook's file.
#[must_use]
pub fn workbook_file(bytes: FileBytes) -> ExportedFile {
    ExportedFile {
        name: "assay-report.xlsx".to_owned(),
        mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        bytes,
    }
}

/// The words of a tag.
fn locale(tag: &str) -> Locale {
    Locale::of(Language::preferred(tag), REPORT_WORDS)
}

impl Reports {
    /// All that is to be reported.
    pub fn content(
        &self,
        session: &Session,
        training: &TrainingService,
        experiments: &ExperimentService,
        day: &str,
    ) -> Content {
        if let Some(foreign) = &self.foreign {
            return foreign.clone();
        }
        let (baseline, test) = session.settings();
        let mut trials = experiments.views();
        for trial in &mut trials {
            // Cells of the data are not the report's to pass on.
            trial.columns.iter_mut().for_each(|c| c.preview.clear());
        }
        let runs = training.views();
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
        let mut drawn = training.curves(&look).curves;
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
            preset: session.preset_name(),
            metrics: session.report_metrics(),
            runs,
            curves: drawn,
            trials,
            goals: self.goals.clone(),
            looks: session.rating_looks(),
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
            measures: measure_names(),
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

    /// The report in a format.
    ///
    /// # Errors
    /// [`WriteError::FromLink`] for the whole evaluation where what is shown came by a link.
    pub fn written(
        &self,
        format: Format,
        language: &str,
        content: Content,
        session: &Session,
        saved: impl FnOnce(Content) -> Saved,
    ) -> Result<Written, WriteError> {
        if format == Format::Json && self.foreign.is_some() {
            return Err(WriteError::FromLink);
        }
        let document = || write(&content, &verdict(&content), &locale(language));
        let (name, mime, text) = match format {
            Format::Xlsx => {
                let details = self.foreign.is_none().then(|| session.workbook_details());
                let of = (&content, &verdict(&content), &document());
                let sheets = workbook::sheets(of, details.as_ref(), &locale(language));
                return Ok(Written::Workbook(sheets));
            }
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
                let text =
                    serde_json::to_string(&saved(content)).map_err(|error| WriteError::Failed {
                        detail: error.to_string(),
                    })?;
                ("assay-evaluation.json", "application/json", text)
            }
        };
        Ok(Written::File(ExportedFile {
            name: name.to_owned(),
            mime: mime.to_owned(),
            bytes: text.into(),
        }))
    }

    /// What is packed into a link: the results without what only helps to look closer.
    ///
    /// # Errors
    /// [`LinkError::NotWritten`].
    pub fn link_bytes(content: Content) -> Result<Vec<u8>, LinkError> {
        let mut content = content;
        for trial in &mut content.trials {
            let all = trial
                .outcomes
                .iter_mut()
                .chain(trial.segments.iter_mut().flat_map(|s| &mut s.outcomes));
            all.flat_map(|o| o.compared.iter_mut().flatten())
                .for_each(|c| c.looks.clear());
        }
        bytes(&content)
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

/// The names of all metrics, as results show them.
fn measure_names() -> Vec<String> {
    let specs = ALL.iter().filter_map(|name| MetricSpec::named(name).ok());
    specs.map(|spec| spec.scoring().name()).collect()
}
