//! What is done to all rows that the filters let through: tags, and files. And what is undone.

use crate::browser::files as browser;
use crate::calls::use_calls;
use crate::components::controls::TagInput;
use crate::components::number_field::NumberField;
use crate::shell::context::use_page;
use crate::typed::Range;
use assay_locale::Locale;
use assay_protocol::annotations::{
    AddTag, AnnotationChange, AnnotationCounts, RedoAnnotation, RemoveTag, RowsToTag,
    UndoAnnotation,
};
use assay_protocol::rows::{ExportRows, RowsFormat};
use std::rc::Rc;
use yew::prelude::*;

/// The rows that the filters let through.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is noted on all rows, counted.
    pub counts: Rc<AnnotationCounts>,
    /// How many rows the filters let through.
    pub total: usize,
}

/// The buttons below the filters.
#[function_component]
pub fn SelectedRows(props: &Props) -> Html {
    let page = use_page();
    let calls = use_calls();
    let (t, counts) = (&*page.locale, &props.counts);
    let query = page.route.query.clone();
    let typed = use_state(|| None::<usize>);
    // A number for other rows does not count.
    let first = (*typed).filter(|first| *first < props.total);
    let chosen = [("count", t.count(first.unwrap_or(props.total)))];
    let rows = [("count", t.count(props.total))];
    let set_first = {
        let typed = typed.clone();
        Callback::from(move |rows: usize| typed.set(Some(rows)))
    };
    let add = {
        let (calls, query) = (calls.clone(), query.clone());
        Callback::from(move |tag: String| {
            let query = Box::new(query.clone());
            let to = RowsToTag::Selected { query, first };
            calls.order(AddTag { to, tag }, |()| {});
        })
    };
    let remove = query.annotations.tag.clone().map(|tag| {
        let words = [rows[0].clone(), ("tag", tag.clone())];
        let (calls, query) = (calls.clone(), query.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (query, tag) = (Box::new(query.clone()), tag.clone());
            let from = RowsToTag::Selected { query, first: None };
            calls.order(RemoveTag { from, tag }, |()| {});
        });
        html! { <button id="untag-all" {onclick}>{ t.with("untag-all", &words) }</button> }
    });
    let export = |(format, name): &(RowsFormat, &str)| {
        let (calls, query, format) = (calls.clone(), query.clone(), *format);
        let language = t.language.tag().to_owned();
        let onclick = Callback::from(move |_: MouseEvent| {
            let (query, language) = (query.clone(), language.clone());
            let call = ExportRows {
                query,
                format,
                language,
            };
            calls.order(call, |file| {
                browser::save(&file.name, &file.mime, &file.bytes.0);
            });
        });
        html! { <button id={format!("rows-{name}")} {onclick}>{ t.text(&format!("rows-as-{name}")) }</button> }
    };
    let known: Vec<String> = counts.tags.iter().map(|found| found.tag.clone()).collect();
    let undo = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(UndoAnnotation {}, |()| {}))
    };
    let redo = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(RedoAnnotation {}, |()| {}))
    };
    let changed =
        |key: &str, change: &AnnotationChange| t.with(key, &[("change", change_words(t, change))]);
    html! {
        <div id="selected-rows" class="row">
            if let Some(change) = &counts.undo {
                <button id="undo-annotation" onclick={undo}>{ changed("system-undo", change) }</button>
            }
            if let Some(change) = &counts.redo {
                <button id="redo-annotation" onclick={redo}>{ changed("system-redo", change) }</button>
            }
            if props.total > 0 {
                <details id="with-rows">
                    <summary>{ t.with("with-rows", &rows) }</summary>
                    <div class="row">
                        <NumberField<usize> id="tag-first" label={t.text("tag-first")} value={first.unwrap_or(props.total)}
                            range={Range::Between(1, props.total)} set={set_first} />
                        <TagInput id="tag-all" label={t.with("tag-all", &chosen)} {known} {add} />
                        { remove.unwrap_or_default() }
                        { for RowsFormat::ALL.iter().map(export) }
                    </div>
                    <p class="hint">{ t.text("tags-hint") }</p>
                </details>
            }
            if counts.elsewhere > 0 {
                <span class="hint">{ t.with("annotations-elsewhere", &[("count", t.count(counts.elsewhere))]) }</span>
            }
        </div>
    }
}

fn change_words(t: &Locale, change: &AnnotationChange) -> String {
    let words = [
        ("tag", change.tag.clone()),
        ("rows", t.count(change.rows)),
        ("row", t.count(change.first + 1)),
    ];
    t.with(&format!("annotation-{}", change.kind.name()), &words)
}
