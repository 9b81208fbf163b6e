//! What the parts of the Overview share.

use crate::calls::Calls;
use crate::route::Route;
use crate::shell::ask::Ask;
use assay_locale::Locale;
use assay_protocol::scores::ScoresView;
use assay_protocol::views::Summary;
use std::rc::Rc;
use yew::Callback;

/// All that the parts of the page show.
pub struct View {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// What is loaded.
    pub summary: Option<Rc<Summary>>,
    /// The metrics with their results so far.
    pub scores: Rc<ScoresView>,
    /// Whether scores are being computed.
    pub scoring: bool,
    /// Pixels for charts.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
    /// To the worker.
    pub calls: Calls,
}

impl View {
    /// A system's place in the palette.
    pub fn colour(&self, system: usize) -> usize {
        self.summary.as_ref().map_or(system, |s| s.colour(system))
    }
}
