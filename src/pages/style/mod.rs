//! The style page: every component with its states, so that a change of look is seen at once. It is for people who work
//! on the page: no step leads to it, and the optimised page is built without it (the feature `style-page`).

mod charts;
mod controls;
mod samples;
mod texts;

use crate::shell::context::use_page;
use yew::prelude::*;

/// The page.
#[function_component]
pub fn StylePage() -> Html {
    let page = use_page();
    let t = &*page.locale;
    html! {
        <div class="page" id="style">
            <section><h1>{ t.text("style") }</h1><p>{ t.text("style-hint") }</p></section>
            <controls::Controls />
            <texts::Texts />
            <charts::Charts />
        </div>
    }
}
