//! The filters above the list of rows, which stand in the address.

use super::view::View;
use crate::components::controls::choice;
use crate::components::number_field::NumberField;
use crate::components::text_field::{FieldKind, TextField};
use crate::shell::ask::Ask;
use assay_locale::Locale;
use assay_protocol::views::{AgainstBaseline, AnnotationFilter, Order, Query};
use assay_results::scores::{SliceKind, SliceResult};
use yew::prelude::*;

/// Columns of slices that are offered.
const MOST_COLUMNS: usize = 4;
/// Values of a column that are chips; more are a choice.
const MOST_CHIPS: usize = 6;

/// Changes the query in the address.
fn go<T: 'static>(view: &View, change: impl Fn(&mut Query, T) + 'static) -> Callback<T> {
    let route = view.page.route.clone();
    view.page.ask.reform(move |value: T| {
        let mut route = (*route).clone();
        change(&mut route.query, value);
        Ask::Go(route)
    })
}

/// The filters above the list, and how many rows they let through.
pub(super) fn filters(view: &View) -> Html {
    let t = &*view.page.locale;
    let q = &view.page.route.query;
    let named = |names: Vec<String>| -> Vec<(String, String)> {
        let numbered = names.into_iter().enumerate();
        numbered.map(|(i, name)| (i.to_string(), name)).collect()
    };
    let metrics = named(
        view.scores
            .results
            .iter()
            .map(|m| m.result.name.clone())
            .collect(),
    );
    let systems = named(
        view.summary
            .as_ref()
            .map_or(Vec::new(), |s| s.systems.clone()),
    );
    let orders = Order::ALL
        .iter()
        .map(|(_, n)| ((*n).to_owned(), t.text(&format!("order-{n}"))))
        .collect();
    let order = Order::ALL.iter().find(|(o, _)| *o == q.order);
    let chip = |text: String, clear: fn(&mut Query)| {
        let onclick = go(view, move |q, _: MouseEvent| clear(q));
        html! { <button class="chip" {onclick}>{ text }{ " ×" }</button> }
    };
    let filtered = !q.text.is_empty()
        || q.slice.is_some()
        || q.pair.is_some()
        || q.least.is_some()
        || q.most.is_some()
        || q.below.is_some()
        || q.against_baseline.is_some()
        || q.annotations != AnnotationFilter::default();
    let clear = go(view, |q, _: MouseEvent| {
        *q = Query {
            metric: q.metric,
            system: q.system,
            order: q.order,
            ..Query::default()
        }
    });
    html! {
        <div class="filters row">
            <TextField id="search" label={t.text("search")} kind={FieldKind::Search} value={q.text.clone()} set={go(view, |q, v| q.text = v)} />
            if !systems.is_empty() {
            { choice("system", t.text("system"), systems, &q.system.to_string(), &go(view, |q, v: String| q.system = v.parse().unwrap_or(0))) }
            { choice("metric", t.text("measure"), metrics, &q.metric.to_string(), &go(view, |q, v: String| q.metric = v.parse().unwrap_or(0))) }
            { choice("order", t.text("order"), orders, order.map_or("file", |(_, n)| n), &go(view, |q, v: String| {
                q.order = Order::ALL.iter().find(|(_, n)| *n == v).map_or(Order::File, |(o, _)| *o);
            })) }
            <NumberField<Option<f64>> id="least" label={t.text("from")} value={q.least} set={go(view, |q, bound| q.least = bound)} />
            <NumberField<Option<f64>> id="most" label={t.text("to")} value={q.most} set={go(view, |q, bound| q.most = bound)} />
            }
            if let Some(pair) = &q.pair {
                { chip(t.with("pair-is", &[("truth", pair.truth.clone()), ("predicted", pair.predicted.clone())]), |q| q.pair = None) }
            }
            { against_baseline(view) }
            if let Some((name, value)) = q.slice.as_ref().filter(|slice| !is_offered(view, slice)) {
                { chip(t.with("slice-is", &[("name", name.clone()), ("value", value.clone())]), |q| q.slice = None) }
            }
            { slice_filters(view) }
            { annotation_filters(view) }
            if let Some(tag) = &q.annotations.without {
                { chip(t.with("untagged", &[("tag", tag.clone())]), |q| q.annotations.without = None) }
            }
            if let Some(below) = q.below {
                { chip(t.with("below", &[("value", below.to_string())]), |q| q.below = None) }
            }
            if filtered { <button id="clear" onclick={clear}>{ t.text("clear") }</button> }
            <span id="found" class="hint" aria-live="polite">{ view.window.as_ref().map_or(String::new(), |w| t.with("rows-found", &[("count", t.count(w.total))])) }</span>
        </div>
    }
}

/// Rows that are better or worse than the baseline, or neither; nothing where the system is the baseline.
fn against_baseline(view: &View) -> Html {
    let t = &*view.page.locale;
    let (query, systems) = (
        &view.page.route.query,
        view.summary.as_ref().map_or(0, |s| s.systems.len()),
    );
    if systems < 2 || query.system == view.page.route.baseline || view.scores.results.is_empty() {
        return Html::default();
    }
    let chips = AgainstBaseline::ALL.iter().map(|(kind, name)| {
        let (kind, is_on) = (*kind, query.against_baseline == Some(*kind));
        let onclick = go(view, move |q, _: MouseEvent| {
            q.against_baseline = (!is_on).then_some(kind);
        });
        let words = t.text(&format!("row-{name}"));
        html! { <button id={format!("row-{name}")} class="chip" aria-pressed={is_on.to_string()} {onclick}>{ words }</button> }
    });
    html! { <span class="row chips" role="group" aria-label={t.text("against-baseline")}>{ for chips }</span> }
}

/// The slices of the rows: columns with their values, each with its rows.
fn slices(view: &View) -> Vec<(&str, Vec<&SliceResult>)> {
    let metric = view.scores.results.first();
    let slices = metric.and_then(|m| m.result.systems.first());
    let slices = slices.iter().flat_map(|system| &system.slices);
    let mut columns: Vec<(&str, Vec<&SliceResult>)> = Vec::new();
    for slice in slices.filter(|slice| slice.kind == SliceKind::Value) {
        match columns.iter_mut().find(|(name, _)| *name == slice.column) {
            Some((_, values)) => values.push(slice),
            None => columns.push((&slice.column, vec![slice])),
        }
    }
    columns
}

/// Whether the slice stands among those that can be chosen, so that it needs no chip of its own.
fn is_offered(view: &View, (name, value): &(String, String)) -> bool {
    let columns = slices(view);
    let mut columns = columns.iter().take(MOST_COLUMNS);
    let found = columns.find(|(column, _)| column == name);
    found.is_some_and(|(_, values)| values.iter().any(|slice| slice.value == *value))
}

/// The slices, as chips where a column has few values.
fn slice_filters(view: &View) -> Html {
    let columns = slices(view);
    let t = &*view.page.locale;
    html! { <>{ for columns.iter().take(MOST_COLUMNS).map(|(name, values)| slice_filter(t, view, name, values)) }</> }
}

fn slice_filter(t: &Locale, view: &View, name: &str, values: &[&SliceResult]) -> Html {
    let chosen = view.page.route.query.slice.as_ref();
    let chosen = chosen
        .filter(|(column, _)| column == name)
        .map(|(_, value)| value.as_str());
    let set = {
        let name = name.to_owned();
        go(view, move |q, value: String| {
            q.slice = (!value.is_empty()).then(|| (name.clone(), value));
        })
    };
    let words = |slice: &SliceResult| {
        let words = [
            ("tag", slice.value.clone()),
            ("count", t.count(slice.segments)),
        ];
        t.with("tag-count", &words)
    };
    if values.len() > MOST_CHIPS {
        let mut options = vec![(String::new(), t.text("any-value"))];
        options.extend(
            values
                .iter()
                .map(|slice| (slice.value.clone(), words(slice))),
        );
        let id = format!("slice-{name}");
        return choice(
            id,
            name.to_owned(),
            options,
            chosen.unwrap_or_default(),
            &set,
        );
    }
    let chips = values.iter().map(|slice| {
        let is_on = chosen == Some(slice.value.as_str());
        let value = if is_on { String::new() } else { slice.value.clone() };
        let onclick = set.reform(move |_: MouseEvent| value.clone());
        html! { <button class="chip" dir="auto" aria-pressed={is_on.to_string()} {onclick}>{ words(slice) }</button> }
    });
    html! { <span class="row chips" role="group" aria-label={name.to_owned()}><small dir="auto">{ name }</small>{ for chips }</span> }
}

/// The head of the list, whose columns order the rows.
pub(super) fn list_head(view: &View) -> Html {
    let (t, order) = (&*view.page.locale, view.page.route.query.order);
    let systems = view.summary.iter().flat_map(|s| &s.systems);
    let system = systems.skip(view.page.route.query.system).take(1).cloned();
    let head = |id: &'static str, name: String, first: Order, second: Order| {
        let next = if order == first { second } else { first };
        let sign = match order {
            current if current != first && current != second => "",
            Order::Highest | Order::Rise => " ↓",
            _ => " ↑",
        };
        let onclick = go(view, move |q, _: MouseEvent| q.order = next);
        let found = Order::ALL.iter().find(|(kind, _)| *kind == next);
        let title = t.text(&format!("order-{}", found.map_or("file", |(_, name)| name)));
        let pressed = (!sign.is_empty()).to_string();
        html! { <button {id} class="number" {title} aria-pressed={pressed} {onclick}>{ name }{ sign }</button> }
    };
    html! {
        <div class="item head" role="group" aria-label={t.text("order")}>
            { head("sort-file", "#".to_owned(), Order::File, Order::File) }
            <span class="text">{ system.collect::<String>() }</span>
            { head("sort-score", t.text("score"), Order::Lowest, Order::Highest) }
            { head("sort-change", t.text("change"), Order::Drop, Order::Rise) }
        </div>
    }
}

/// What lets rows through by their stars, notes and tags, each with its count; nothing where there are none.
fn annotation_filters(view: &View) -> Html {
    let (t, noted) = (&*view.page.locale, &view.noted);
    let filter = &view.page.route.query.annotations;
    let switch = |id: &'static str, key: &str, is_on: bool, count: usize, set: fn(&mut Query)| {
        let onclick = go(view, move |q, _: MouseEvent| set(q));
        let words = t.with(key, &[("count", t.count(count))]);
        let pressed = is_on.to_string();
        match count > 0 || is_on {
            true => html! { <button {id} aria-pressed={pressed} {onclick}>{ words }</button> },
            false => Html::default(),
        }
    };
    let mut tags = vec![(String::new(), t.text("any-tag"))];
    tags.extend(noted.tags.iter().map(|found| {
        let words = [("tag", found.tag.clone()), ("count", t.count(found.rows))];
        (found.tag.clone(), t.with("tag-count", &words))
    }));
    let chosen = filter.tag.clone().unwrap_or_default();
    if !chosen.is_empty() && !tags.iter().any(|(tag, _)| *tag == chosen) {
        let words = [("tag", chosen.clone()), ("count", t.count(0))];
        tags.push((chosen.clone(), t.with("tag-count", &words)));
    }
    let set_tag = go(view, |q, tag: String| {
        q.annotations.tag = (!tag.is_empty()).then_some(tag);
    });
    html! {
        <>
            { switch("starred", "starred-count", filter.starred, noted.starred, |q| q.annotations.starred ^= true) }
            { switch("noted", "noted-count", filter.noted, noted.noted, |q| q.annotations.noted ^= true) }
            if tags.len() > 1 { { choice("tagged", t.text("tag"), tags, &chosen, &set_tag) } }
        </>
    }
}
