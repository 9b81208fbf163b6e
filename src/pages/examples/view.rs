//! What the parts of the Examples page share: the rows, the row that is looked at, and the steps between rows.

use super::list::PAGE;
use super::reading::{Reading, use_reading};
use crate::calls::{Answered, Calls, use_answer, use_answer_if, use_last_reply};
use crate::route::Route;
use crate::shell::ask::Ask;
use crate::shell::context::{PageContext, use_page};
use assay_protocol::annotations::{AnnotationCounts, CountAnnotations};
use assay_protocol::data::Summarize;
use assay_protocol::rows::{RowDetail, RowWindow, Step, Window};
use assay_protocol::scores::{Metrics, ScoresView};
use assay_protocol::views::{Detail, Summary};
use std::rc::Rc;
use yew::prelude::*;

/// All that the parts of the page show.
pub(super) struct View {
    /// What the shell hands down.
    pub(super) page: PageContext,
    /// What is loaded.
    pub(super) summary: Option<Rc<Summary>>,
    /// The scores.
    pub(super) scores: Rc<ScoresView>,
    /// What is noted on rows, counted.
    pub(super) noted: Rc<AnnotationCounts>,
    /// The rows in sight, or what stands in their place.
    pub(super) window: Result<Rc<RowWindow>, Html>,
    /// Whether rows are still to come.
    pub(super) searching: bool,
    /// The row that is looked at, or what stands in its place; the one before it stays in sight until it comes.
    /// Nothing where no row is looked at.
    pub(super) detail: Option<Result<Rc<Detail>, Html>>,
    /// How its texts are read.
    pub(super) reading: Reading,
    /// The system that its outputs are compared with; nothing where it is the reference.
    pub(super) against: Option<usize>,
    /// Its place in the list.
    pub(super) place: Option<usize>,
}

/// What the page shows of the view's query and row; `start` is the first row of the window, `against` the system that a
/// person has chosen to compare outputs with.
#[hook]
pub(super) fn use_view(start: usize, against: Option<usize>) -> View {
    let page = use_page();
    let data = use_answer(Summarize {});
    let scores = use_answer(Metrics {});
    let noted = use_answer(CountAnnotations {});
    let query = page.route.query.clone();
    let rows = use_answer(Window {
        query: query.clone(),
        start,
        count: PAGE,
    });
    let searching = !matches!(rows, Answered::Current(_) | Answered::Failed(_));
    let window = use_last_reply(rows);
    let window = window.shown(&page.locale).cloned();
    let loaded = data.reply().and_then(|loaded| (**loaded).clone());
    let summary = loaded.map(|loaded| Rc::new(loaded.summary));
    let count = summary.as_ref().map_or(0, |s| s.rows);
    let chosen = page.route.row.filter(|row| *row < count);
    let against = compared_with(summary.as_deref(), against);
    let detail = use_answer_if(chosen.map(|row| RowDetail { row, against }));
    let detail = use_last_reply(detail);
    let detail = chosen.map(|_| detail.shown(&page.locale).cloned());
    let reading = use_reading(detail.as_ref().and_then(|detail| detail.as_ref().ok()));
    let step = |row| Step {
        query,
        row: Some(row),
        by: 0,
    };
    let place = use_answer_if(chosen.map(step));
    let place = place.reply().and_then(|place| **place);
    View {
        summary,
        scores: scores.reply().cloned().unwrap_or_default(),
        noted: noted.reply().cloned().unwrap_or_default(),
        window,
        searching,
        detail,
        reading,
        against,
        place: place.map(|place| place.place),
        page,
    }
}

/// The system that outputs are compared with: the chosen one; without a choice the reference, and the first system where
/// there is none.
fn compared_with(summary: Option<&Summary>, chosen: Option<usize>) -> Option<usize> {
    let summary = summary?;
    let systems = summary.systems.len();
    let chosen = chosen.filter(|system| *system < systems);
    chosen.or_else(|| (!summary.has_reference && systems > 1).then_some(0))
}

impl View {
    /// The row that is looked at.
    pub(super) fn detail(&self) -> Option<&Rc<Detail>> {
        self.detail.as_ref()?.as_ref().ok()
    }
}

/// Looks at the row some places further.
pub(super) fn step(calls: &Calls, page: &PageContext, by: i64) {
    let call = Step {
        query: page.route.query.clone(),
        row: page.route.row,
        by,
    };
    let page = page.clone();
    calls.order(call, move |found| {
        let row = found.map(|found| found.row);
        if row.is_some() && row != page.route.row {
            let route = (*page.route).clone();
            page.ask.emit(Ask::Replace(Route { row, ..route }));
        }
    });
}
