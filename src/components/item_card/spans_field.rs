//! Errors marked in a text: a tap on the first piece, a tap on the last; each has a severity, and a category where there
//! are some. Marked text reads without colour: the graver an error, the heavier the line under it.

use crate::state::item::ItemState;
use assay_locale::Locale;
use assay_rating::marks::{ErrorScheme, Mark, Severity};
use assay_rating::task::Kind;
use yew::prelude::*;

/// A change of the item in hand.
pub type Change = Box<dyn FnOnce(&mut ItemState)>;

/// The field, for a question of this kind that marks errors.
pub fn spans_field(
    t: &Locale,
    state: &ItemState,
    place: usize,
    kind: &Kind,
    change: &Callback<Change>,
) -> Html {
    let Some(scheme) = kind.errors() else {
        return Html::default();
    };
    let marks = state.marks(place);
    let none = marks.is_empty() && state.answer.get(place).is_some();
    let on = |act: fn(&mut ItemState, usize, usize), with: usize| {
        change.reform(move |_: MouseEvent| -> Change { Box::new(move |s| act(s, place, with)) })
    };
    html! {
        <>
            <p class="prose marked">{ text(state, place, &marks, &on) }</p>
            { brush(t, state, place, &scheme, &on) }
            // Always there, so that a screen reader hears of it when it says something.
            <p class="hint" role="status">if state.marking[place].from.is_some() { { t.text("mark-end") } }</p>
            <ul class="plain marks">{ for marks.iter().enumerate().map(|(i, mark)| {
                let words = slice(t, state, place, mark);
                html! {
                    <li class="row"><span>{ named(t, &scheme, mark) }{ t.text("colon") }<q>{ words.clone() }</q></span>
                        <button type="button" class="quiet" aria-label={t.with("remove-name", &[("name", words)])}
                            onclick={on(|s, place, i| s.unmark(place, i), i)}>{ t.text("remove") }</button></li>
                }
            }) }</ul>
            <p class="row">
                <button type="button" class="choice mark-none" aria-pressed={none.to_string()}
                    onclick={on(|s, place, _| s.set_marks(place, Vec::new()), 0)}>{ t.text("mark-none") }</button>
                if matches!(kind, Kind::Marks(_)) {
                    <button type="button" class="quiet mark-missing"
                        onclick={on(|s, place, _| s.mark_missing(place), 0)}>{ t.text("mark-missing") }</button>
                }
            </p>
        </>
    }
}

type Act<'a> = dyn Fn(fn(&mut ItemState, usize, usize), usize) -> Callback<MouseEvent> + 'a;

/// A severity in words.
pub fn severity_words(t: &Locale, severity: Severity) -> String {
    t.text(&format!("mark-{}", severity.name()))
}

/// An error's category, where there are some, and its severity.
fn named(t: &Locale, scheme: &ErrorScheme, mark: &Mark) -> String {
    let severity = severity_words(t, mark.severity);
    match scheme.categories.get(usize::from(mark.category)) {
        Some(category) => format!("{}{}{severity}", category.name, t.text("comma")),
        None => severity,
    }
}

fn slice(t: &Locale, state: &ItemState, place: usize, mark: &Mark) -> String {
    if mark.is_missing() {
        return t.text("mark-missing");
    }
    let output = state.item.fields[place].output.unwrap_or_default();
    let chars = state.text(output).chars();
    let length = (mark.end - mark.start) as usize;
    chars.skip(mark.start as usize).take(length).collect()
}

/// The text in pieces that can be pointed at.
fn text(state: &ItemState, place: usize, marks: &[Mark], on: &Act) -> Html {
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
        // Marks that were made elsewhere may end within a piece; the gravest of several shows.
        let over = marks
            .iter()
            .filter(|m| m.start < piece.end && piece.start < m.end);
        let gravest = over.map(|m| m.severity).max();
        let class = classes!(
            "piece",
            gravest.map(Severity::name),
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
fn brush(t: &Locale, state: &ItemState, place: usize, scheme: &ErrorScheme, on: &Act) -> Html {
    let marking = state.marking[place];
    let severity = |severity: Severity| {
        let onclick = on(
            |s, place, chosen| {
                let severities = Severity::ALL.into_iter();
                let chosen = severities.filter(|s| *s as usize == chosen);
                chosen.for_each(|severity| s.marking[place].severity = severity);
            },
            severity as usize,
        );
        let pressed = marking.severity == severity;
        html! { <button type="button" class={classes!("choice", severity.name())} aria-pressed={pressed.to_string()} {onclick}>{ severity_words(t, severity) }</button> }
    };
    html! {
        <div class="brush">
            <span class="hint">{ t.text("mark-next") }</span>
            { for scheme.categories.iter().enumerate().map(|(i, category)| {
                let onclick = on(|s, place, i| s.marking[place].category = i as u8, i);
                let pressed = usize::from(marking.category) == i;
                html! { <button type="button" class="choice" aria-pressed={pressed.to_string()} {onclick}>{ &category.name }</button> }
            }) }
            <span class="segmented">{ for scheme.severities.iter().map(|w| severity(w.severity)) }</span>
        </div>
    }
}
