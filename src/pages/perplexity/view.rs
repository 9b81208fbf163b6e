//! What the parts of the Perplexity page share.

use crate::calls::Calls;
use crate::route::Route;
use crate::shell::ask::Ask;
use assay_calls::JobList;
use assay_calls::jobs::JobEntry;
use assay_locale::Locale;
use assay_protocol::models::{ColumnComparison, ModelsView, RunProgress};
use assay_protocol::topics::{LOAD_MODEL, RUN_PERPLEXITY};
use assay_protocol::views::{MetricView, Summary};
use std::rc::Rc;
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// What is loaded.
    pub summary: Option<Rc<Summary>>,
    /// Results so far.
    pub metrics: Rc<Vec<MetricView>>,
    /// The page's width in pixels.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// What the parts of the page share.
pub(super) struct View<'p> {
    /// What the page shows.
    pub props: &'p Props,
    /// To the worker.
    pub calls: Calls,
    /// The models that are open and kept.
    pub models: Rc<ModelsView>,
    /// The models compared, for each column.
    pub comparison: Rc<Vec<ColumnComparison>>,
    /// The jobs that run.
    pub jobs: JobList,
}

impl View<'_> {
    /// Whether a model is open.
    pub fn is_open(&self) -> bool {
        self.models.open.iter().any(Option::is_some)
    }

    /// Whether anything runs.
    pub fn is_working(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// The job of scoring, or of loading the model for it.
    pub fn run(&self) -> Option<&JobEntry> {
        let scoring = self.jobs.of_kind(&RUN_PERPLEXITY);
        scoring.or_else(|| self.jobs.of_kind(&LOAD_MODEL))
    }

    /// How far scoring is: as its job says, or where it was stopped.
    pub fn progress(&self) -> Option<RunProgress> {
        let job = self.jobs.of_kind(&RUN_PERPLEXITY);
        let running = job.and_then(|job| job.progress).map(|p| RunProgress {
            done: p.done as usize,
            total: p.total as usize,
        });
        running.or(self.models.run)
    }
}
