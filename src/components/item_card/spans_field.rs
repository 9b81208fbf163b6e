//! Errors marked in a text: a tap on the first piece, a tap on the last; each has a category and is minor
//! or major. Marked text reads without colour: minor is underlined dotted, major with a heavy line.

use crate::state::item::ItemState;
use assay_locale::Locale;
use assay_rating::answers::{Span, Value};
use yew::prelude::*;

/// A change of the item in hand.
pub type Change = Box<dyn FnOnce(&mut ItemState)>;

/// The field.
pub fn spans_field(
    t: &Locale,
    state: &ItemState,
    place: usize,
    categories: &[String],
    change: &Callback<Change>,
) -> Html {
    let spans = state.spans(place);
    let none = state.answer.get(place) == Some(&Value::Spans(Vec::new()));
    let on = |act: fn(&mut ItemState, usize, usize), with: usize| {
        change.reform(move |_: MouseEvent| -> Change { Box::new(move |s| act(s, place, with)) })
    };
    html! {
        <>
            <p class="prose marked">{ text(state, place, &spans, &on) }</p>
            { brush(t, state, place, categories, &on) }
            // Always there, so that a screen reader hears of it when it says something.
            <p class="hint" role="status">if state.marking[place].from.is_some() { { t.text("mark-end") } }</p>
            <ul class="plain marks">{ for spans.iter().enumerate().map(|(i, span)| {
                let words: String = slice(state, place, span);
                let severity = t.text(if span.major { "mark-major" } else { "mark-minor" });
                let category = categories.get(usize::from(span.category)).cloned().unwrap_or_default();
                html! {
                    <li class="row"><span>{ category }{ t.text("comma") }{ severity }{ t.text("colon") }<q>{ words.clone() }</q></span>
                        <button type="button" class="quiet" aria-label={t.with("remove-name", &[("name", words)])}
                            onclick={on(|s, place, i| s.unmark(place, i), i)}>{ t.text("remove") }</button></li>
                }
            }) }</ul>
            <button type="button" class="choice" aria-pressed={none.to_string()}
                onclick={on(|s, place, _| s.set(place, Value::Spans(Vec::new())), 0)}>{ t.text("mark-none") }</button>
        </>
    }
}

type Act<'a> = dyn Fn(fn(&mut ItemState, usize, usize), usize) -> Callback<MouseEvent> + 'a;

fn slice(state: &ItemState, place: usize, span: &Span) -> String {
    let output = state.item.fields[place].output.unwrap_or_default();
    let chars = state.text(output).chars();
    let length = (span.end - span.start) as usize;
    chars.skip(span.start as usize).take(length).collect()
}

/// The text in pieces that can be pointed at.
fn text(state: &ItemState, place: usize, spans: &[Span], on: &Act) -> Html {
    let output = state.item.fields[place].output.unwrap_or_default();
    let chars: Vec<char> = state.text(output).chars().collect();
    let marking = state.marking[place];
    let here = state.here() == Some(place);
    let mut at = 0;
    let mut parts = Vec::new();
    for (i, piece) in state.pieces(place).into_iter().enumerate() {
        let gap: String = chars[at..piece.start as usize].iter().collect();
        at = piece.end as usize;
        let words: String = chars[piece.start as usize..at].iter().collect();
        let mark = spans
            .iter()
            .find(|s| s.start <= piece.start && piece.end <= s.end);
        let class = classes!(
            "piece",
            mark.map(|s| if s.major { "major" } else { "minor" }),
            (marking.from == Some(i)).then_some("from"),
            (here && marking.cursor == i).then_some("cursor"),
        );
        parts.push(html! {
            <>{ gap }<span {class} onclick={on(|s, place, i| s.point(place, i), i)}>{ words }</span></>
        });
    }
    let rest: String = chars[at..].iter().collect();
    html! { <>{ for parts }{ rest }</> }
}

/// What the next error will be.
fn brush(t: &Locale, state: &ItemState, place: usize, categories: &[String], on: &Act) -> Html {
    let marking = state.marking[place];
    let severity = |major: bool| {
        let key = if major { "mark-major" } else { "mark-minor" };
        let onclick = on(
            |s, place, major| s.marking[place].major = major == 1,
            major.into(),
        );
        html! { <button type="button" class="choice" aria-pressed={(marking.major == major).to_string()} {onclick}>{ t.text(key) }</button> }
    };
    html! {
        <div class="brush">
            <span class="hint">{ t.text("mark-next") }</span>
            { for categories.iter().enumerate().map(|(i, name)| {
                let onclick = on(|s, place, i| s.marking[place].category = i as u8, i);
                let pressed = usize::from(marking.category) == i;
                html! { <button type="button" class="choice" aria-pressed={pressed.to_string()} {onclick}>{ name }</button> }
            }) }
            <span class="segmented">{ severity(false) }{ severity(true) }</span>
        </div>
    }
}
