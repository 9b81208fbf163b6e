//! What ratings of a system say against those of the baseline, in sentences.

use crate::pages::people::view::decided;
use crate::verdict::{self, Decision, decimals, interval_of, p_text};
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::{Change, DimensionResult, SystemRating};
use assay_report::stopping::{Counted, stopping};
use assay_stats::{Direction, Interval};
use yew::prelude::*;

/// Whether a system's ratings differ from the baseline's, and whether they may stop coming in.
pub fn sentence(
    t: &Locale,
    view: &RatingsView,
    found: &DimensionResult,
    rating: &SystemRating,
) -> Option<Html> {
    let change = rating.change?;
    let said = decided(
        change.value,
        change.p_corrected,
        change.interval,
        change.units,
        found.dimension.lower_is_better(),
    );
    let words = [
        ("system", view.analysis.systems[rating.system].clone()),
        (
            "baseline",
            view.analysis.systems[view.analysis.baseline].clone(),
        ),
        (
            "change",
            signed(change.value, change.interval, found.dimension.most()),
        ),
        ("p", change.p_corrected.map_or_else(String::new, p_text)),
        ("items", t.count(change.units)),
    ];
    let key = match (said.decision(), said.obstacle()) {
        (Decision::NoEvidence, Some(_)) => "people-few",
        (Decision::Better, _) => "people-better",
        (Decision::Worse, _) => "people-worse",
        (Decision::NoEvidence, None) => "people-same",
    };
    Some(html! { <>
        <p class="verdict">{ t.with(key, &words) }</p>
        if !found.by_models { { may_stop(t, found, &change).unwrap_or_default() } }
    </> })
}

/// Whether answers may stop coming in, as far as a system and the baseline go.
fn may_stop(t: &Locale, found: &DimensionResult, change: &Change) -> Option<Html> {
    let sequential = change.sequential.as_ref()?;
    let direction = Direction::lower_is_better(found.dimension.lower_is_better());
    let items = change.units as f64;
    let evidence = sequential.evidence(change.value, items, direction);
    let digits = decimals(change.interval, found.dimension.most());
    let interval = interval_of(sequential.interval.map(|end| verdict::signed(end, digits)));
    let said = stopping(t, sequential, evidence, Counted::Items, items, interval);
    Some(html! { <p class="hint stopping">{ said }</p> })
}

/// A change with its sign.
pub fn signed(value: f64, interval: Option<Interval>, most: f64) -> String {
    verdict::signed(value, decimals(interval, most))
}
