//! Projects on this device: what is there after the page is loaded again, in a second tab, and in another project.

use crate::browser::{Browser, Site};
use crate::sample;
use crate::words::Words;

/// Notes whether a job of scoring is ever shown from now on.
const WATCH_JOBS: &str = "window.jobsSeen = 0; new MutationObserver(() => { \
    window.jobsSeen += document.querySelectorAll('.jobs progress').length; \
    }).observe(document.querySelector('.jobs'), { childList: true, subtree: true });";

async fn saved(b: &Browser, en: &Words) {
    b.shows("#saved", en.text("saved-here")).await;
}

#[tokio::test]
async fn everything_is_there_after_a_reload_and_nothing_is_scored_again() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.shows("#device-projects", en.text("device-projects-hint"))
        .await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')?.innerText.includes('60')")
        .await;
    b.open_page("overview").await;
    b.scored().await;
    b.set("#baseline", "1").await;
    b.scored().await;
    saved(b, &en).await;
    let scores = b.text("#scores").await;
    let verdict = b.text(".verdict").await;

    // Loaded again at the same address.
    b.client.refresh().await.unwrap();
    b.until("document.querySelector('.jobs')").await;
    b.js(WATCH_JOBS).await;
    b.scored().await;
    assert_eq!(b.text("#scores").await, scores);
    assert_eq!(b.text(".verdict").await, verdict);
    b.open_page("training").await;
    b.until("document.querySelector('main svg')").await;
    saved(b, &en).await;
    assert_eq!(b.js("return window.jobsSeen").await, 0, "a job ran");

    // Opened without an address: the project opens where it was left.
    b.client.goto("about:blank").await.unwrap();
    b.client.goto(&site.origin).await.unwrap();
    b.until("location.hash.startsWith('#/training')").await;
    b.open_page("overview").await;
    b.scored().await;
    assert_eq!(b.text("#scores").await, scores);
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn a_second_tab_looks_on_and_another_project_begins_empty() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.click("#demo").await;
    saved(b, &en).await;
    let first = b.client.window().await.unwrap();

    let second = b.client.new_window(true).await.unwrap();
    b.client.switch_to_window(second.handle).await.unwrap();
    b.client
        .goto(&format!("{}#/data", site.origin))
        .await
        .unwrap();
    b.shows("#look-only", en.text("look-only")).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('60')")
        .await;
    b.click("#look-only-keep").await;
    saved(b, &en).await;
    b.until("document.querySelectorAll('#device-projects li').length == 2")
        .await;
    b.client.close_window().await.unwrap();
    b.client.switch_to_window(first).await.unwrap();

    b.js("location.hash = '#/data'").await;
    b.click("#device-project-new").await;
    b.until("!document.querySelector('#loaded')").await;
    b.click("#device-projects li:last-child .remove").await;
    b.click("#device-projects .undo-remove").await;
    b.until("document.querySelectorAll('#device-projects .remove').length == 2")
        .await;
    b.click("#device-projects li:last-child .open-device-project")
        .await;
    b.until("document.querySelector('#loaded')?.innerText.includes('60')")
        .await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn a_tab_that_looks_on_shows_what_the_other_does_and_that_it_removed_the_project() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&sample()).await;
    saved(b, &en).await;
    let first = b.client.window().await.unwrap();
    let second = b.client.new_window(true).await.unwrap().handle;
    b.client.switch_to_window(second.clone()).await.unwrap();
    b.client
        .goto(&format!("{}#/data", site.origin))
        .await
        .unwrap();
    b.shows("#look-only", en.text("look-only")).await;

    b.client.switch_to_window(first.clone()).await.unwrap();
    b.set_in_row("#roles", "notes", "slice").await;
    saved(b, &en).await;
    b.client.switch_to_window(second.clone()).await.unwrap();
    let last_role = "[...document.querySelectorAll('#roles select')].pop()?.value == 'slice'";
    b.until(last_role).await;
    b.until("document.querySelector('#look-only')").await;

    b.client.switch_to_window(first).await.unwrap();
    b.click("#device-projects .remove").await;
    b.until("!document.querySelector('#loaded')").await;
    b.client.switch_to_window(second).await.unwrap();
    b.shows("#removed-elsewhere", en.text("removed-elsewhere"))
        .await;
    // What is here can be kept.
    b.click("#removed-keep").await;
    saved(b, &en).await;
    b.until("document.querySelector('#loaded') && !document.querySelector('#removed-elsewhere')")
        .await;
    b.assert_clean(&site.origin).await;
}
