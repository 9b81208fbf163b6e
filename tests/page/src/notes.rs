//! Stars, tags and notes on rows: kept at once, counted, filtered, undone, scored as slices, and in exported files.

use super::sample;
use crate::browser::{Browser, Site};
use crate::words::Words;
use fantoccini::Locator;

const NOTE: &str = "return document.querySelector('#note')?.value";

async fn start(b: &Browser, site: &Site, en: &Words) {
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&sample()).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/examples?row=3'").await;
    b.until("document.querySelector('#note') && !document.querySelector('#note').readOnly")
        .await;
    b.shows("#saved", en.text("saved-here")).await;
}

/// Types a tag into a field, and takes it.
async fn tag(b: &Browser, field: &str, tag: &str) {
    b.js(&format!(
        "const f = document.querySelector('{field}'); f.value = '{tag}'; f.form.requestSubmit()"
    ))
    .await;
}

#[tokio::test]
async fn stars_tags_and_notes_are_there_after_a_reload_filter_rows_and_are_undone() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    start(b, &site, &en).await;
    let found = |count: &str| en.say("rows-found", &[("count", count)]);

    // By keys: a star, then a note, letter by letter, while answers come.
    b.press("S").await;
    b.until("document.querySelector('#star')?.ariaPressed == 'true'")
        .await;
    b.press("N").await;
    b.until("document.activeElement?.id == 'note'").await;
    let note = "repeats the prompt, then stops; see row 7";
    let field = b.client.find(Locator::Css("#note")).await.unwrap();
    for letter in note.chars() {
        field.send_keys(&letter.to_string()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
    }
    assert_eq!(b.js(NOTE).await, note, "no letter is lost");
    tag(b, "#tag", "odd, too short").await;
    b.until("document.querySelectorAll('#annotation .chip').length == 2")
        .await;

    // All rows of a filter at once: eleven rows say it.
    b.js("location.hash = '#/examples?text=Say%201'").await;
    b.shows("#found", found("11")).await;
    b.js("document.querySelector('#with-rows').open = true")
        .await;
    tag(b, "#tag-all", "odd").await;
    b.until("document.querySelectorAll('.list .item .tag').length >= 11")
        .await;
    b.shows(
        "#undo-annotation",
        en.say(
            "annotation-tag",
            &[("tag", "odd"), ("rows", "11"), ("row", "2")],
        ),
    )
    .await;
    b.shows("#saved", en.text("saved-here")).await;

    // Another visit has all of it.
    b.client.refresh().await.unwrap();
    b.js("location.hash = '#/examples?tag=odd'").await;
    b.shows("#found", found("12")).await;
    b.js("location.hash = '#/examples?noted=1&row=3'").await;
    b.shows("#found", found("1")).await;
    b.until(&format!(
        "document.querySelector('#note')?.value == '{note}'"
    ))
    .await;
    b.until("document.querySelector('#star')?.ariaPressed == 'true'")
        .await;
    b.js("location.hash = '#/examples?untagged=odd'").await;
    b.shows("#found", found("28")).await;

    // Undone and made again; what was typed into a note is one step.
    b.js("location.hash = '#/examples?starred=1&row=3'").await;
    b.shows("#found", found("1")).await;
    b.click("#star").await;
    b.shows("#found", found("0")).await;
    b.click("#undo-annotation").await;
    b.shows("#found", found("1")).await;
    b.click("#redo-annotation").await;
    b.shows("#found", found("0")).await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn a_tag_is_scored_as_a_slice_and_goes_into_files() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    start(b, &site, &en).await;
    b.js("location.hash = '#/examples?text=1&row=3'").await;
    b.until("document.querySelector('#with-rows')").await;
    b.js("document.querySelector('#with-rows').open = true")
        .await;
    tag(b, "#tag-all", "=cmd").await;
    b.until("document.querySelector('.list .item .tag')").await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    b.open_part("slices").await;
    // With the tag and without it, each with its score, and leading to its rows.
    b.shows("#slices", en.say("tagged", &[("tag", "=cmd")]))
        .await;
    b.shows("#slices", en.say("untagged", &[("tag", "=cmd")]))
        .await;
    b.js("location.hash = '#/examples?tag=%3Dcmd'").await;
    b.until("document.querySelector('#with-rows')").await;
    b.js("document.querySelector('#with-rows').open = true")
        .await;
    for (name, start) in [("csv", "row,"), ("jsonl", "{\"row\":"), ("xlsx", "PK")] {
        b.click(&format!("#rows-{name}")).await;
        let file = b.downloaded_bytes(&format!("assay-rows.{name}")).await;
        assert!(file.starts_with(start.as_bytes()), "{name}");
        if name == "csv" {
            let text = String::from_utf8(file).unwrap();
            assert!(text.contains(",'=cmd,"), "no spreadsheet runs it: {text}");
        }
    }
    b.assert_clean(&site.origin).await;
}
