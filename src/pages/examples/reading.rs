//! How the texts of a row are read: as what they show, or as they are. Without a choice the texts decide: what holds
//! Markdown, mathematics, JSON, a conversation or reasoning is shown as what it shows.

use crate::browser::files as browser;
use crate::calls::Answered;
use crate::components::markup::{MarkupText, use_parsed};
use assay_locale::Locale;
use assay_protocol::markup::{ParseTexts, Parsed, TextToParse};
use assay_protocol::views::Detail;
use std::rc::Rc;
use yew::prelude::*;

/// The name of the setting.
const SETTING: &str = "reading";
/// Characters up to which a field stands in one line with others.
const SHORT: usize = 24;

/// What a person has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As what they show.
    Rendered,
    /// As they are.
    Text,
}

impl Way {
    const ALL: [(Self, &str); 2] = [(Self::Rendered, "rendered"), (Self::Text, "text")];

    fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(way, _)| *way == self);
        found.map_or("text", |(_, name)| name)
    }

    fn kept() -> Option<Self> {
        let kept = browser::setting(SETTING)?;
        let mut all = Self::ALL.iter();
        all.find(|(_, name)| *name == kept).map(|(way, _)| *way)
    }
}

/// How the texts of the row are read.
#[derive(Clone, PartialEq)]
pub struct Reading {
    way: Option<Way>,
    set: Callback<Way>,
    /// The texts as trees, in the order of [`texts`]; nothing before they are read.
    parsed: Option<Rc<Vec<Parsed>>>,
    is_awaited: bool,
    failure: Option<Html>,
    more: Callback<usize>,
    outputs_from: usize,
}

impl Reading {
    /// Whether texts are shown as what they show.
    pub fn is_rendered(&self) -> bool {
        let is_marked = |texts: &Rc<Vec<Parsed>>| texts.iter().any(|text| text.is_marked);
        let parsed = self.parsed.as_ref();
        match self.way {
            Some(Way::Text) => false,
            Some(Way::Rendered) => parsed.is_some(),
            None => parsed.is_some_and(is_marked),
        }
    }

    /// Whether outputs are read first, before anything is marked in them: they are shown as what they show, or it is not
    /// known yet whether they are.
    pub fn comes_first(&self) -> bool {
        let outputs = self.parsed.iter().flat_map(|texts| texts.iter());
        let mut outputs = outputs.skip(self.outputs_from);
        self.is_awaited || self.is_rendered() && outputs.any(|text| text.is_marked)
    }

    /// The other way.
    pub fn other(&self) -> Way {
        match self.is_rendered() {
            true => Way::Text,
            false => Way::Rendered,
        }
    }

    /// Chooses.
    pub fn choose(&self, way: Way) {
        self.set.emit(way);
    }
}

/// The cells that are shown as facts, on one line, and those that are texts.
pub fn is_fact((_, text): &(String, String)) -> bool {
    text.chars().count() <= SHORT && !text.contains('\n')
}

/// The texts of a row in the order in which they are read: long cells, references, outputs as the file has them.
fn texts(detail: &Detail) -> (Vec<&str>, usize) {
    let cells = detail.fields.iter().filter(|field| !is_fact(field));
    let cells = cells.map(|(_, text)| text.as_str());
    let mut texts: Vec<&str> = cells.collect();
    texts.extend(detail.references.iter().map(String::as_str));
    let outputs_from = texts.len();
    let outputs = detail.outputs.iter();
    texts.extend(outputs.map(|o| o.raw.as_deref().unwrap_or(&o.text)));
    (texts, outputs_from)
}

/// How the texts of a row are read.
#[hook]
pub fn use_reading(detail: Option<&Rc<Detail>>) -> Reading {
    let way = use_state(Way::kept);
    // The texts of which all is asked for, and the row that they are of.
    let whole = use_state(|| (None, Vec::new()));
    let row = detail.map(|detail| detail.row);
    let asked = |place: usize| whole.0 == row && whole.1.contains(&place);
    let mut outputs_from = 0;
    let call = detail.filter(|_| *way != Some(Way::Text)).map(|detail| {
        let (texts, from) = texts(detail);
        outputs_from = from;
        let texts = texts.into_iter().enumerate();
        let texts = texts.map(|(place, text)| TextToParse {
            text: text.to_owned(),
            is_whole: asked(place),
        });
        ParseTexts {
            texts: texts.collect(),
        }
    });
    let is_asked = call.is_some();
    let answer = use_parsed(call);
    let (parsed, failure) = match answer {
        Answered::Current(texts) => (Some(texts), None),
        Answered::Failed(why) => (None, Some(why)),
        Answered::Nothing | Answered::OutOfDate(_) => (None, None),
    };
    let page = crate::shell::context::use_page();
    let failure = failure.map(|why| {
        let t = &page.locale;
        html! { <p class="hint" role="status">{ t.text("not-rendered") }{ " " }{ t.explained(&why) }</p> }
    });
    let more = {
        let whole = whole.clone();
        Callback::from(move |place: usize| {
            let mut places = if whole.0 == row {
                whole.1.clone()
            } else {
                Vec::new()
            };
            places.push(place);
            whole.set((row, places));
        })
    };
    let set = {
        let way = way.clone();
        Callback::from(move |chosen: Way| {
            browser::keep_setting(SETTING, chosen.name());
            way.set(Some(chosen));
        })
    };
    Reading {
        way: *way,
        set,
        is_awaited: is_asked && parsed.is_none() && failure.is_none(),
        parsed,
        failure,
        more,
        outputs_from,
    }
}

/// The switch between the two ways.
pub fn switch(t: &Locale, reading: &Reading, set: &Callback<Way>) -> Html {
    let current = if reading.is_rendered() {
        Way::Rendered
    } else {
        Way::Text
    };
    let button = |(way, name): &(Way, &'static str)| {
        let (way, pressed) = (*way, (*way == current).to_string());
        let onclick = set.reform(move |_: MouseEvent| way);
        let words = t.text(&format!("reading-{name}"));
        html! { <button id={format!("read-{name}")} aria-pressed={pressed} {onclick}>{ words }</button> }
    };
    html! {
        <div class="segmented" role="group" aria-label={t.text("reading-way")}>{ for Way::ALL.iter().map(button) }</div>
    }
}

/// Why texts can't be shown as what they show; nothing where they can.
pub fn trouble(reading: &Reading) -> Html {
    reading.failure.clone().unwrap_or_default()
}

/// The text at a place among the row's, as it is read.
pub fn body(t: &Rc<Locale>, reading: &Reading, place: usize, text: &str) -> Html {
    match reading.parsed.as_ref().filter(|_| reading.is_rendered()) {
        Some(texts) => html! {
            <MarkupText locale={t.clone()} texts={texts.clone()} {place} more={reading.more.clone()} />
        },
        None => html! { <p class="prose" dir="auto">{ text }</p> },
    }
}

/// The place of the first output among the row's texts.
pub fn outputs_from(detail: &Detail) -> usize {
    texts(detail).1
}
