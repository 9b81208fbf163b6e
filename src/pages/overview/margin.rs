//! What a metric's differences mean beyond significance: how large they are, whether they matter, and how many rows
//! would show one that does.

use crate::components::number_field::NumberField;
use crate::pages::overview::view::View;
use crate::verdict::signed;
use assay_locale::Locale;
use assay_protocol::scores::SetMargin;
use assay_results::scores::{Comparison, MetricResult, SystemResult};
use assay_stats::Decision;
use assay_stats::effect::EffectSize;
use yew::prelude::*;

/// The size of a difference in words, by the spread of rows and by wins; nothing of measures that only describe.
pub fn size_words(t: &Locale, metric: &MetricResult, found: &Comparison) -> Option<String> {
    let effect = found.difference.effect.filter(|_| !metric.info.describes)?;
    let size = |size: Option<EffectSize>| {
        size.map_or(String::new(), |s| t.text(&format!("effect-{}", s.name())))
    };
    let share = found.win_share()?;
    let words = [
        ("size", size(found.difference.size())),
        ("d", signed(effect, 2)),
        ("share", format!("{:.0}", 100.0 * share)),
        ("share-size", size(EffectSize::of_share(share))),
    ];
    Some(t.with("effect-words", &words))
}

/// The field for the smallest difference that matters, and what it makes of each system's difference.
pub fn margin(page: &View, index: usize, metric: &MetricResult) -> Html {
    let t = &*page.locale;
    let listed = page.scores.metrics.get(index).map(|m| m.id);
    let Some(id) = listed.filter(|_| !metric.info.describes && metric.systems.len() > 1) else {
        return Html::default();
    };
    let calls = page.calls.clone();
    let set = Callback::from(move |margin: Option<f64>| {
        calls.order(SetMargin { metric: id, margin }, |()| {});
    });
    let systems = metric.systems.iter();
    let lines =
        systems.flat_map(|system| [held(t, metric, system), rows_needed(page, metric, system)]);
    html! {
        <div id="margin-part">
            <p class="row"><NumberField<Option<f64>> id="margin" label={t.text("margin")} value={metric.margin} {set} />
                <span class="hint">{ t.text("margin-hint") }</span></p>
            <ul class="margins">{ for lines.flatten().map(|line| html! { <li>{ line }</li> }) }</ul>
        </div>
    }
}

/// A number in a metric's unit, with no more digits than it needs.
fn amount(value: f64) -> String {
    format!("{}", (value * 1e6).round() / 1e6)
}

/// A system's difference beside the smallest that matters.
fn held(t: &Locale, metric: &MetricResult, system: &SystemResult) -> Option<String> {
    let found = metric.bearing(&system.comparison?.difference)?;
    let words = [
        ("system", system.name.clone()),
        ("baseline", baseline(metric)),
        ("margin", amount(metric.margin?)),
    ];
    Some(t.with(&format!("margin-{}", found.name()), &words))
}

/// How many rows or clusters would show a difference that matters, where none is shown.
fn rows_needed(page: &View, metric: &MetricResult, system: &SystemResult) -> Option<String> {
    let t = &*page.locale;
    let difference = system.comparison?.difference;
    if metric.decision(&difference)? != Decision::NoEvidence {
        return None;
    }
    let worth = metric.worth_seeing()?;
    let needed = metric.needed_to_see(&difference, worth)?;
    let words = [
        ("system", system.name.clone()),
        ("amount", amount(worth)),
        ("needed", t.count(needed as usize)),
        ("units", t.count(difference.units?)),
    ];
    let key = match &metric.resampled_by {
        Some(_) => "power-clusters",
        None => "power-rows",
    };
    Some(t.with(key, &words))
}

fn baseline(metric: &MetricResult) -> String {
    let baseline = metric.systems.iter().find(|s| s.comparison.is_none());
    baseline.map_or(String::new(), |s| s.name.clone())
}
