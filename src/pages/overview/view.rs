//! What the parts of the Compare page share.

use crate::calls::Calls;
use crate::pages::overview::measure_groups::MeasureGroup;
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
    /// The groups in which measures are listed.
    pub groups: Vec<MeasureGroup>,
    /// The part of a measure's name that is searched for.
    pub sought: String,
    /// Searches for another.
    pub seek: Callback<String>,
    /// Whether scores are being computed.
    pub scoring: bool,
    /// Pixels for charts.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
    /// To the worker.
    pub calls: Calls,
}

/// Pixels from which the chosen measure stands beside the table of all measures.
const TWO_COLUMNS: f64 = 1100.0;
/// Systems up to which half a page is wide enough for that table.
const MOST_BESIDE: usize = 4;
/// Pixels of the space between two columns, and of the frames of their sections.
const BETWEEN: f64 = 50.0;
/// The widest chart that is still read at a glance.
const WIDEST_CHART: f64 = 1086.0;

impl View {
    /// Whether the chosen measure stands beside the table of all measures, and not below it.
    pub fn has_two_columns(&self) -> bool {
        let systems = self.summary.as_ref().map_or(0, |s| s.systems.len());
        self.width >= TWO_COLUMNS && systems <= MOST_BESIDE
    }

    /// Pixels for charts of the chosen measure.
    pub fn card_width(&self) -> f64 {
        match self.has_two_columns() {
            true => ((self.width - BETWEEN) / 2.0).floor(),
            false => self.width.min(WIDEST_CHART),
        }
    }

    /// A system's place in the palette.
    pub fn colour(&self, system: usize) -> usize {
        self.summary.as_ref().map_or(system, |s| s.colour(system))
    }
}
