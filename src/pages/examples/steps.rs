//! From row to row: by buttons, and by a swipe over the pane.

use super::view::{View, step};
use crate::calls::Calls;
use crate::shell::context::PageContext;
use web_sys::Element;
use yew::prelude::*;

/// How far a finger moves sideways in a swipe, in pixels.
const FAR: i32 = 60;

/// The buttons, and where the row stands among those that the filters let through.
pub(super) fn steps(view: &View, calls: &Calls) -> Html {
    let t = &*view.page.locale;
    let total = view.window.as_ref().map_or(0, |window| window.total);
    let button = |id: &'static str, sign: &'static str, key: &str, by: i64, is_end: bool| {
        let (calls, page) = (calls.clone(), view.page.clone());
        let onclick = Callback::from(move |_: MouseEvent| step(&calls, &page, by));
        let name = t.text(key);
        html! { <button {id} aria-label={name.clone()} title={name} disabled={is_end} {onclick}>{ sign }</button> }
    };
    let place = view.place.map(|place| place + 1);
    let words = place.map(|place| {
        let words = [("place", t.count(place)), ("total", t.count(total))];
        t.with("place-of-total", &words)
    });
    html! {
        <div class="row steps">
            { button("previous", "‹", "key-previous", -1, place == Some(1)) }
            <span class="hint number" id="place">{ words.unwrap_or_default() }</span>
            { button("next", "›", "key-next", 1, place == Some(total)) }
        </div>
    }
}

/// What the pane hears of pointers.
pub(super) struct Swipe {
    /// A pointer came down.
    pub(super) begin: Callback<PointerEvent>,
    /// It went up.
    pub(super) end: Callback<PointerEvent>,
    /// The browser took it for scrolling.
    pub(super) cancel: Callback<PointerEvent>,
}

/// A finger that moves sideways over the pane leads to the next row, or the one before. Not where it began on what scrolls
/// sideways itself, and not a mouse, which selects text that way.
#[hook]
pub(super) fn use_swipe(calls: &Calls, page: &PageContext) -> Swipe {
    let begun = use_mut_ref(|| None::<(i32, i32)>);
    let begin = {
        let begun = begun.clone();
        Callback::from(move |event: PointerEvent| {
            let target = event.target_dyn_into::<Element>();
            let scrolls =
                |e: Element| matches!(e.closest("pre, .scroll, textarea, input"), Ok(Some(_)));
            let counts = event.pointer_type() == "touch" && !target.is_some_and(scrolls);
            *begun.borrow_mut() = counts.then(|| (event.client_x(), event.client_y()));
        })
    };
    let end = {
        let (begun, calls, page) = (begun.clone(), calls.clone(), page.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((x, y)) = begun.borrow_mut().take() else {
                return;
            };
            let (across, down) = (event.client_x() - x, event.client_y() - y);
            if across.abs() < FAR || across.abs() < 2 * down.abs() {
                return;
            }
            // As pages turn: in scripts from left to right the next one comes from the right.
            step(&calls, &page, if across < 0 { 1 } else { -1 });
        })
    };
    let cancel = Callback::from(move |_: PointerEvent| *begun.borrow_mut() = None);
    Swipe { begin, end, cancel }
}
