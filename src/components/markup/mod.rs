//! Texts as what they show: Markdown, programs, formulas, JSON, conversations, reasoning. A worker reads them
//! (`crates/markup`), and each part of its tree becomes an element that is named here; what is in a text is only ever
//! a text.

mod blocks;
mod json;
mod math;

use self::blocks::blocks;
use crate::calls::{Answered, Calls, use_answer_of};
use assay_locale::Locale;
use assay_protocol::markup::{ParseTexts, Parsed};
use std::cell::OnceCell;
use std::rc::Rc;
use yew::prelude::*;

/// The worker that reads texts, started with the first text. One that ended is started again by its calls.
fn worker() -> Calls {
    thread_local!(static WORKER: OnceCell<Calls> = const { OnceCell::new() });
    let start = || Calls::start("./markup-boot.js", "markup", None);
    WORKER.with(|worker| worker.get_or_init(start).clone())
}

/// Texts as trees, once they are read.
#[hook]
pub fn use_parsed(call: Option<ParseTexts>) -> Answered<ParseTexts> {
    let calls = call.as_ref().map(|_| worker());
    use_answer_of(calls, call)
}

/// A text that was read.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The texts that were read with it.
    pub texts: Rc<Vec<Parsed>>,
    /// Its place among them.
    pub place: usize,
    /// Asks for more of it; nothing where there is no more.
    #[prop_or_default]
    pub more: Option<Callback<usize>>,
}

/// A text as what it shows.
#[function_component]
pub fn MarkupText(props: &Props) -> Html {
    let (t, place) = (&*props.locale, props.place);
    let Some(parsed) = props.texts.get(place) else {
        return Html::default();
    };
    let left_out = [("count", t.count(parsed.left_out))];
    let more = props.more.as_ref();
    let more = more.map(|more| more.reform(move |_: MouseEvent| place));
    html! {
        <div class="markup">
            { blocks(t, &parsed.blocks) }
            if parsed.left_out > 0 {
                <p class="hint">{ t.with("text-left-out", &left_out) }
                    if let Some(onclick) = more { { " " }<button class="quiet" {onclick}>{ t.text("show-all") }</button> }
                </p>
            }
        </div>
    }
}
