//! JSON, a line a value, in which lists and objects fold.

use super::blocks::piece;
use assay_locale::Locale;
use assay_protocol::markup::{Json, Piece};
use yew::prelude::*;

/// Characters up to which a list or an object stands on one line.
const ONE_LINE: usize = 60;
/// Values up to which all of it is unfolded at first; deeper ones of a longer one are folded.
const SHORT: usize = 40;
/// How deep a long one is unfolded.
const OPEN_DEPTH: usize = 2;

/// A value.
pub(super) fn json(t: &Locale, value: &Json) -> Html {
    let depth = if values(value) <= SHORT {
        usize::MAX
    } else {
        OPEN_DEPTH
    };
    line(t, None, value, depth)
}

fn values(value: &Json) -> usize {
    match value {
        Json::Scalar { .. } => 1,
        Json::List { items } => 1 + items.iter().map(values).sum::<usize>(),
        Json::Object { entries } => 1 + entries.iter().map(|(_, v)| values(v)).sum::<usize>(),
    }
}

/// A value with its name, on a line or folded.
fn line(t: &Locale, name: Option<&str>, value: &Json, depth: usize) -> Html {
    let head = |rest: Html| {
        let name = name
            .map(|name| html! { <><span class="name">{ format!("\"{name}\"") }</span>{ ": " }</> });
        html! { <>{ name.unwrap_or_default() }{ rest }</> }
    };
    let (signs, count) = match value {
        Json::Scalar { .. } => return html! { <div>{ head(flat(value)) }</div> },
        _ if width(value).is_some_and(|w| w <= ONE_LINE) => {
            return html! { <div>{ head(flat(value)) }</div> };
        }
        Json::List { items } => (["[", "]"], items.len()),
        Json::Object { entries } => (["{", "}"], entries.len()),
    };
    let inner = depth.saturating_sub(1);
    let parts: Html = match value {
        Json::List { items } => items
            .iter()
            .map(|item| line(t, None, item, inner))
            .collect(),
        Json::Object { entries } => {
            let lines = entries.iter();
            lines
                .map(|(name, value)| line(t, Some(name), value, inner))
                .collect()
        }
        Json::Scalar { .. } => Html::default(),
    };
    let count = t.with("json-values", &[("count", t.count(count))]);
    html! {
        <details open={depth > 0}>
            <summary>{ head(html! { { signs[0] } }) }<small>{ count }</small></summary>
            <div class="inside">{ parts }</div>
            <div>{ signs[1] }</div>
        </details>
    }
}

/// Characters of a value on one line; nothing where something in it holds more than scalars.
fn width(value: &Json) -> Option<usize> {
    let scalar = |value: &Json| match value {
        Json::Scalar { text, .. } => Some(text.chars().count() + 2),
        _ => None,
    };
    match value {
        Json::Scalar { .. } => scalar(value),
        Json::List { items } => items.iter().map(scalar).sum(),
        Json::Object { entries } => {
            let entries = entries.iter();
            let widths = entries.map(|(name, v)| Some(name.chars().count() + 4 + scalar(v)?));
            widths.sum()
        }
    }
}

/// A value on one line.
fn flat(value: &Json) -> Html {
    let comma = |at: usize| if at > 0 { ", " } else { "" };
    match value {
        Json::Scalar { piece: kind, text } => piece(*kind, text),
        Json::List { items } => html! {
            <>{ "[" }{ for items.iter().enumerate().map(|(i, item)| html! { <>{ comma(i) }{ flat(item) }</> }) }{ "]" }</>
        },
        Json::Object { entries } => html! {
            <>{ "{" }{ for entries.iter().enumerate().map(|(i, (name, value))| html! {
                <>{ comma(i) }{ piece(Piece::Other, &format!("\"{name}\": ")) }{ flat(value) }</>
            }) }{ "}" }</>
        },
    }
}
