//! The filters above the list of rows, which stand in the address.

use super::View;
use crate::components::controls::choice;
use crate::components::number_field::NumberField;
use crate::components::text_field::{FieldKind, TextField};
use crate::shell::ask::Ask;
use assay_protocol::views::{AnnotationFilter, Order, Query};
use yew::prelude::*;

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
            if let Some((name, value)) = &q.slice {
                { chip(t.with("slice-is", &[("name", name.clone()), ("value", value.clone())]), |q| q.slice = None) }
            }
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
