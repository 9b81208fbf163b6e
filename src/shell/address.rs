//! Where the page is: what the address asks for, and where it leads after files or other data came.

use super::Shell;
use crate::browser::files as browser;
use crate::route::{Page, Route};
use assay_calls::Explanation;
use assay_protocol::data::{FoundInFiles, Restored};
use assay_protocol::projects::Collect;
use assay_protocol::report::OpenLink;
use assay_protocol::views::Summary;
use assay_rating::envelope::ANSWERS_MARK;
use assay_report::link::REPORT_MARK;
use std::rc::Rc;

impl Shell {
    /// Goes to the Ratings page, from wherever the page is.
    pub(super) fn ratings_page(&self) -> impl Fn() + use<> {
        let to = self.route.on_page(Page::Ratings);
        move || browser::set_hash(&to.to_hash())
    }

    /// Takes what the address asks for: a view, a task, or answers.
    pub(super) fn arrive(&mut self) {
        let hash = browser::hash();
        let text = format!("#{hash}");
        if text.starts_with(ANSWERS_MARK) {
            self.calls.order(Collect { text }, |()| {});
            let to = Route {
                page: Page::Ratings,
                ..Route::default()
            };
            browser::replace_hash(&to.to_hash());
        } else if text.starts_with(REPORT_MARK) {
            self.calls.order(OpenLink { text }, |()| {});
            let to = Route {
                page: Page::Report,
                ..Route::default()
            };
            browser::replace_hash(&to.to_hash());
        } else {
            self.route = Route::from_hash(&hash);
            self.configure_if_needed();
            self.keep_address();
        }
    }

    /// An import has ended: what was found may stand on a page of its own.
    pub(super) fn imported(&mut self, found: Option<FoundInFiles>) {
        self.imports -= 1;
        if let Some(found) = found {
            self.show_found(found);
        }
        self.take_summary();
    }

    fn show_found(&mut self, found: FoundInFiles) {
        if let Some(restored) = found.restored {
            self.show_restored(restored);
            return;
        }
        if found.outputs || found.programs {
            return;
        }
        let page = if found.judgements {
            Page::Ratings
        } else if found.runs {
            Page::Training
        } else if found.experiments {
            Page::Experiment
        } else {
            return;
        };
        if page != self.route.page {
            browser::set_hash(&self.route.on_page(page).to_hash());
        }
    }

    /// Shows the report of an evaluation that was restored, with the settings it was saved with.
    fn show_restored(&mut self, restored: Restored) {
        for problem in &restored.problems {
            self.calls.report(Explanation::of(problem));
        }
        let to = Route {
            page: Page::Report,
            baseline: restored.baseline,
            test: restored.test,
            domains: restored.domains,
            ..Route::default()
        };
        browser::set_hash(&to.to_hash());
        self.route = to;
        self.keeps_view = true;
    }

    /// A view of other data says nothing of this; one that came with the address is kept, and so is one of data to
    /// which something was added or whose systems were set otherwise.
    pub(super) fn settle_view(&mut self, before: Option<Rc<Summary>>) {
        let Some(summary) = &self.summary else {
            return;
        };
        if std::mem::take(&mut self.keeps_view) {
            return;
        }
        let unset = Route {
            page: self.route.page,
            ..Route::default()
        };
        let added = before
            .as_ref()
            .filter(|b| summary.files.starts_with(&b.files));
        let mut route = match (&before, added) {
            (Some(_), Some(before)) => same_systems(&self.route, before, summary),
            (None, _) if self.route != unset => return,
            _ => first_view(unset, summary),
        };
        route.page = self.route.page;
        // Where nothing is other the address stays: it may just have been changed by hand, of which the shell hears
        // only after this.
        if route != self.route {
            browser::replace_hash(&route.to_hash());
            self.route = route;
        }
    }
}

/// The view of data that is new: the baseline by the systems' names, and the first other system.
fn first_view(unset: Route, summary: &Summary) -> Route {
    let mut route = unset;
    route.baseline = summary.baseline.system;
    let others = 0..summary.systems.len();
    route.query.system = others
        .into_iter()
        .find(|s| *s != route.baseline)
        .unwrap_or(0);
    route
}

/// The same view where systems have other places, or some are hidden: a baseline that is hidden gives way.
fn same_systems(route: &Route, before: &Summary, summary: &Summary) -> Route {
    let columns = |summary: &Summary| -> Vec<usize> {
        summary.answers.iter().map(|system| system.column).collect()
    };
    let (old, new) = (columns(before), columns(summary));
    if old == new {
        return route.clone();
    }
    let place = |system: usize| {
        let column = old.get(system)?;
        new.iter().position(|other| other == column)
    };
    let mut moved = route.clone();
    moved.baseline = place(route.baseline).unwrap_or(summary.baseline.system);
    let other = (0..new.len()).find(|s| *s != moved.baseline).unwrap_or(0);
    let looked_at = place(route.query.system);
    moved.query.system = looked_at.filter(|s| *s != moved.baseline).unwrap_or(other);
    moved
}
