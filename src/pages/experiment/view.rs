//! What the parts of the Business page share: what they show, and how an outcome is written.

use crate::route::Route;
use crate::shell::ask::Ask;
use crate::state::beside::BesideState;
use assay_experiment::view::OutcomeView;
use assay_locale::Locale;
use assay_report::rules::Unit;
use std::rc::Rc;
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// The trials.
    pub beside: Rc<BesideState>,
    /// Pixels for charts.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// How an outcome's values are written.
pub fn unit(outcome: &OutcomeView) -> Unit {
    if outcome.is_share {
        Unit::Share
    } else {
        Unit::Plain
    }
}
