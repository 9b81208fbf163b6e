//! What the parts of the Ratings page share.

use crate::calls::Calls;
use crate::route::Route;
use crate::shell::ask::Ask;
use assay_locale::Locale;
use assay_protocol::projects::Sending;
use assay_stats::{Direction, Evidence, Interval};
use std::rc::Rc;
use yew::prelude::*;

/// What the page's parts show and use.
#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// The open project.
    pub sending: Option<Rc<Sending>>,
    /// Pixels for charts.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
    /// To the worker.
    pub calls: Calls,
}

/// What a difference is decided by, with the number of items that it rests on.
pub fn decided(
    value: f64,
    p_corrected: Option<f64>,
    interval: Option<Interval>,
    items: usize,
    lower_is_better: bool,
) -> Evidence {
    let direction = Direction::lower_is_better(lower_is_better);
    let evidence = Evidence::of(value, p_corrected, direction).on(Some(items as f64));
    evidence.within(interval.map(|i| [i.low, i.high]))
}
