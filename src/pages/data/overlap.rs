//! Was it trained on the test? Training files are dropped or chosen here; what of the data stands in them is said in
//! words, and each row is shown with its place in them.

use crate::browser::files::{Dropped, dropped, files_within};
use crate::calls::{use_answer, use_calls, use_jobs};
use crate::components::file_button::{Choice, FileButton};
use crate::components::table::{Table, cell, column, head, number, number_column, row_heading};
use crate::route::Page;
use crate::shell::context::{PageContext, use_page};
use assay_data::overlaps::OverlapWords;
use assay_locale::Locale;
use assay_overlap::{Found, Kind, OverlapReport, Place};
use assay_protocol::overlap::{FindOverlap, ListOverlaps, OverlapView, RemoveOverlap};
use assay_protocol::topics::FIND_OVERLAP;
use assay_web_calls::Attachments;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

/// The panel: where training files are dropped, and what was found in each.
#[function_component]
pub fn OverlapPanel() -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let found = use_answer(ListOverlaps {});
    let is_looking = use_jobs().of_kind(&FIND_OVERLAP).is_some();
    let look = {
        let (calls, locale) = (calls.clone(), page.locale.clone());
        Callback::from(move |files: Vec<File>| {
            let words = words(&locale, &files);
            calls.dismiss_all();
            calls.order_with(FindOverlap { words }, Attachments::files(files), |()| {});
        })
    };
    let ondrop = {
        let look = look.clone();
        Callback::from(move |e: DragEvent| {
            // The page would load the files as data.
            e.prevent_default();
            match dropped(e.data_transfer()) {
                Dropped::Files(files) if files.is_empty() => {}
                Dropped::Files(files) => look.emit(files),
                Dropped::Entries(entries) => {
                    let look = look.clone();
                    spawn_local(async move { look.emit(files_within(entries).await.files) });
                }
            }
        })
    };
    let views = found.reply().map(|views| (**views).clone());
    html! {
        <section id="overlap" {ondrop}>
            <h2>{ t.text("overlap") }</h2>
            <p class="hint">{ t.text("overlap-hint") }</p>
            if !is_looking {
                <p class="row">
                    <FileButton id="training-files" label={t.text("overlap-choose")} choice={Choice::Files} open={look} />
                </p>
            }
            { found.failure(t).unwrap_or_default() }
            { for views.unwrap_or_default().into_iter().enumerate().map(|(place, view)| {
                let key = view.report.files.join("\n");
                html! { <OneOverlap {key} {place} {view} /> }
            }) }
        </section>
    }
}

/// What the slice is called in the page's language.
fn words(t: &Locale, files: &[File]) -> OverlapWords {
    let names: Vec<String> = files.iter().map(File::name).collect();
    OverlapWords {
        column: t.with("overlap-column", &[("files", listed(t, &names))]),
        found: t.text("overlap-yes"),
        not_found: t.text("overlap-no"),
    }
}

/// The first names of files, and that there are more.
fn listed(t: &Locale, names: &[String]) -> String {
    const SHOWN: usize = 3;
    let first: Vec<String> = names.iter().take(SHOWN).cloned().collect();
    let more = if names.len() > SHOWN { " …" } else { "" };
    format!("{}{more}", first.join(&t.text("list-comma")))
}

#[derive(Properties, PartialEq)]
struct OneProps {
    place: usize,
    view: OverlapView,
}

/// What was found in the files of one look.
#[function_component]
fn OneOverlap(props: &OneProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let report = &props.view.report;
    let named = [("name", listed(t, &report.files))];
    let place = props.place;
    let remove = Callback::from(move |_: MouseEvent| calls.order(RemoveOverlap { place }, |()| {}));
    let slice = props.view.column.clone().map(|column| {
        html! {
            <p>{ t.with("overlap-slice", &[("column", column)]) }{ " " }
                <a href={page.route.on_page(Page::Overview).href()}>{ t.text("overlap-see") }</a></p>
        }
    });
    html! {
        <div class="overlap">
            <p class="row">
                <strong class="overlap-verdict">{ verdict(t, report) }</strong>
                <button class="quiet" aria-label={t.with("remove-name", &named)} onclick={remove}>{ t.text("remove") }</button>
            </p>
            { slice.unwrap_or_default() }
            <p class="hint">{ notes(t, report) }</p>
            if !report.examples.is_empty() {
                <details>
                    <summary>{ t.text("overlap-rows") }</summary>
                    { rows(&page, &props.view) }
                    <p class="hint">{ t.text("overlap-rules") }</p>
                </details>
            }
        </div>
    }
}

fn verdict(t: &Locale, report: &OverlapReport) -> String {
    let key = if report.found > 0 {
        "overlap-found"
    } else {
        "overlap-none-found"
    };
    let words = [
        ("found", t.count(report.found)),
        ("rows", t.count(report.rows)),
        ("training", t.count(report.training_rows)),
        ("files", listed(t, &report.files)),
    ];
    t.with(key, &words)
}

/// Sentences about rows that are a part of those found, or can't be told.
fn notes(t: &Locale, report: &OverlapReport) -> String {
    let counts = [
        ("overlap-by-reference", report.by_reference),
        ("overlap-with-13", report.with_13),
        ("overlap-not-compared", report.not_compared),
    ];
    let sentences = counts.into_iter().filter(|(_, count)| *count > 0);
    let sentences = sentences.map(|(key, count)| t.with(key, &[("count", t.count(count))]));
    sentences.collect::<Vec<_>>().join(" ")
}

fn rows(page: &PageContext, view: &OverlapView) -> Html {
    let t = &*page.locale;
    let columns = [
        column(t.text("overlap-row")),
        column(t.text("overlap-in")),
        number_column(t.text("overlap-share-8")),
        number_column(t.text("overlap-share-13")),
        number_column(t.text("overlap-similarity")),
        column(t.text("overlap-place")),
    ];
    html! {
        <Table label={t.text("overlap-rows")} frame="tall-list">
            { head(columns) }
            <tbody>{ for view.report.examples.iter().zip(&view.texts).map(|(found, text)| {
                row(page, &view.report, found, text)
            }) }</tbody>
        </Table>
    }
}

fn row(page: &PageContext, report: &OverlapReport, found: &Found, text: &str) -> Html {
    let t = &*page.locale;
    let share = |share: Option<f64>| number(share.map_or("–".to_owned(), percent));
    let kind = match found.kind {
        Some(Kind::Reference) => "overlap-in-reference",
        _ => "overlap-in-prompt",
    };
    let similarity = found
        .similarity
        .map_or("–".to_owned(), |s| format!("{s:.2}"));
    html! {
        <tr>
            { row_heading(html! { <>
                <a href={page.route.to_row(found.row).href()}>{ found.row + 1 }</a>
                if found.is_found() == Some(true) { <small>{ " " }{ t.text("overlap-is-found") }</small> }
            </> }) }
            { cell(html! { <><small>{ t.text(kind) }</small><div class="preview">{ text }</div></> }) }
            { share(found.share_8) }
            { share(found.share_13) }
            { number(similarity) }
            { cell(found.place.as_ref().map_or_else(Html::default, |at| place(t, report, at))) }
        </tr>
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

fn place(t: &Locale, report: &OverlapReport, place: &Place) -> Html {
    let file = report.files.get(place.file).cloned().unwrap_or_default();
    let words = [("file", file), ("row", t.count(place.row))];
    html! { <><small>{ t.with("overlap-place-is", &words) }</small><div class="preview">{ &place.text }</div></> }
}
