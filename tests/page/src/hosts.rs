//! Hosts that send wrong types or lack a file, and a page that was opened without any.

use crate::browser::{Browser, Site, built_page};
use crate::deploys::copy;
use crate::files;
use xtask::serve::Host;

/// The built page from a host that sends files of these endings under other types.
fn careless(other_types: &'static [(&'static str, &'static str)]) -> Site {
    let host = Host {
        other_types,
        ..Host::default()
    };
    Site::with(built_page(), host)
}

/// Waits until the page, whose programs don't start, says why in both languages.
async fn says_what_it_needs(b: &Browser, needed: &str) {
    b.until("getComputedStyle(document.querySelector('.late')).visibility === 'visible'")
        .await;
    let text = b.text(".late").await;
    assert!(
        text.contains(needed) && text.contains("网页服务器"),
        "{text}"
    );
}

#[tokio::test]
async fn programs_that_come_as_plain_bytes_run() {
    let site = careless(&[("wasm", "application/octet-stream")]);
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')").await;
    b.open_page("overview").await;
    b.scored().await;
}

#[tokio::test]
async fn scripts_that_come_as_plain_text_leave_a_page_that_says_which_type_they_need() {
    let site = careless(&[("js", "text/plain")]);
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    says_what_it_needs(b, "text/javascript").await;
}

#[tokio::test]
async fn a_page_whose_worker_does_not_start_is_there_and_says_so() {
    let folder = files::path("without-worker");
    copy(&built_page(), &folder);
    std::fs::remove_file(folder.join("worker_bg.wasm")).unwrap();
    let site = Site::of(folder);
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#start-trouble')").await;
    b.until("document.querySelector('#demo')").await;
}

#[tokio::test]
async fn a_page_opened_from_a_folder_says_what_it_needs() {
    let b = &Browser::start("en-US").await;
    let page = format!("file://{}", built_page().join("index.html").display());
    b.client.goto(&page).await.unwrap();
    says_what_it_needs(b, "file://").await;
}
