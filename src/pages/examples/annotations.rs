//! The star, the tags and the note of the row that is looked at.

use super::note::NoteField;
use crate::calls::{Answered, use_answer, use_calls};
use crate::components::controls::TagInput;
use crate::shell::context::use_page;
use assay_protocol::annotations::{
    AddTag, AnnotationCounts, AnnotationOf, RemoveTag, RowsToTag, ToggleStar,
};
use std::rc::Rc;
use yew::prelude::*;

/// The row.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Its place in the table.
    pub row: usize,
    /// What is noted on all rows, counted.
    pub counts: Rc<AnnotationCounts>,
}

/// What a person notes on a row.
#[function_component]
pub fn AnnotationPane(props: &Props) -> Html {
    let page = use_page();
    let calls = use_calls();
    let row = props.row;
    let answer = use_answer(AnnotationOf { row });
    // Of what is out of date the note is not shown: what is typed counts.
    let note = match &answer {
        Answered::Current(found) => Some(AttrValue::from(found.note.clone())),
        _ => None,
    };
    let Some(found) = answer.reply() else {
        return Html::default();
    };
    let t = &*page.locale;
    let toggle = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(ToggleStar { row }, |()| {}))
    };
    let add = {
        let calls = calls.clone();
        Callback::from(move |tag: String| {
            let to = RowsToTag::Row { row };
            calls.order(AddTag { to, tag }, |()| {});
        })
    };
    let tag = |tag: &String| {
        let (calls, gone) = (calls.clone(), tag.clone());
        let name = t.with("remove-name", &[("name", tag.clone())]);
        let remove = Callback::from(move |_: MouseEvent| {
            let (from, tag) = (RowsToTag::Row { row }, gone.clone());
            calls.order(RemoveTag { from, tag }, |()| {});
        });
        html! { <button key={tag.clone()} class="chip" aria-label={name} onclick={remove}>{ tag }{ " ×" }</button> }
    };
    let known = props.counts.tags.iter();
    let known = known.filter(|known| !found.tags.contains(&known.tag));
    let known: Vec<String> = known.map(|known| known.tag.clone()).collect();
    html! {
        <section id="annotation" aria-label={t.text("annotations")}>
            <p class="row">
                <button id="star" aria-pressed={found.is_starred.to_string()} onclick={toggle}>
                    <span aria-hidden="true">{ if found.is_starred { "★" } else { "☆" } }</span>{ t.text("star") }
                </button>
                { for found.tags.iter().map(tag) }
                <TagInput id="tag" label={t.text("add-tag")} known={known} add={add} />
            </p>
            <NoteField {row} {note} calls={calls.clone()} label={t.text("note")} saving={t.text("saving-here")} />
        </section>
    }
}
