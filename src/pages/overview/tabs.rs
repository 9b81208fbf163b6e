//! The tabs of the Compare page. Each part has an address of its own.

use crate::route::{Part, Route};
use assay_locale::Locale;
use yew::prelude::*;

/// Links to the parts that there are.
pub fn tabs(t: &Locale, route: &Route, parts: &[Part]) -> Html {
    html! {
        <nav class="tabs" aria-label={t.text("page-parts")}>{ for parts.iter().map(|part| {
            let current = (*part == shown(route, parts)).then_some("page");
            html! {
                <a id={format!("tab-{}", part.name())} href={route.to_part(*part).href()} aria-current={current}>{ t.text(&format!("part-{}", part.name())) }</a>
            }
        }) }</nav>
    }
}

/// The part that the address names, or else the first.
pub fn shown(route: &Route, parts: &[Part]) -> Part {
    let named = parts.iter().find(|part| **part == route.part);
    named.copied().unwrap_or_default()
}
