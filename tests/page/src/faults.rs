//! What goes wrong beneath the page: the data worker crashes or has no memory left, the clock is set back, the tab is
//! frozen, the browser refuses its storage. What becomes of each call then is in `worker_life.rs`, a browser that is killed
//! in `killed.rs`; a GPU that is lost is tested natively (`crates/core/src/models/tests`).

use super::sample;
use crate::browser::built_page;
use crate::browser::{Browser, Site};
use crate::deploys::copy;
use crate::files;
use crate::words::Words;
use serde_json::json;
use std::time::Duration;
use xtask::{offline, process};

/// Run by the data worker after it has started.
const FAULTS: &str = r#"
const faults = new BroadcastChannel("faults");
let back_ms = 0;
const now = Date.now.bind(Date);
Date.now = () => now() - back_ms;
faults.onmessage = ({ data }) => {
  if (data === "back") back_ms = 86_400_000;
  if (data === "crash") setTimeout(() => { throw new Error("a crash of the test"); });
  if (data === "memory") setTimeout(() => new WebAssembly.Memory({ initial: 65536, maximum: 65536 }).grow(1));
};
"#;

/// The page with a data worker that has faults, beginning with these lines.
fn faulty(name: &str, first: &str) -> Site {
    let folder = files::path(name);
    copy(&built_page(), &folder);
    let script = folder.join("worker-boot.js");
    let text = std::fs::read_to_string(&script).unwrap();
    std::fs::write(&script, format!("{first}\n{text}\n{FAULTS}")).unwrap();
    let template = process::root().join("www/offline.js");
    offline::write_service_worker(&template, &folder).unwrap();
    Site::of(folder)
}

async fn load(b: &Browser, site: &Site, en: &Words) {
    b.open_data(site).await;
    b.choose_file(&sample()).await;
    b.shows("#saved", en.text("saved-here")).await;
}

async fn fault(b: &Browser, name: &str) {
    b.js(&format!(
        "new BroadcastChannel('faults').postMessage('{name}')"
    ))
    .await;
}

/// Sets a role, waits until that is saved, and finds it at the next visit.
async fn works(b: &Browser, en: &Words, role: &str) {
    b.until("document.querySelector('#roles select')").await;
    b.set_in_row("#roles", "notes", role).await;
    let shown = format!(
        "[...document.querySelectorAll('#roles select')].map(s => s.value).pop() == '{role}'"
    );
    b.until(&shown).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    b.shows("#saved", en.text("saved-here")).await;
    b.client.refresh().await.unwrap();
    b.until(&shown).await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_loses_nothing() {
    let (site, en) = (faulty("clock", ""), Words::english());
    let b = &Browser::start("en-US").await;
    load(b, &site, &en).await;
    fault(b, "back").await;
    works(b, &en, "slice").await;

    // What is removed while the clock is a day behind can be brought back once it is right again.
    fault(b, "back").await;
    b.click("#device-projects .remove").await;
    b.until("document.querySelector('#device-projects .undo-remove')")
        .await;
    b.client.refresh().await.unwrap();
    b.click("#device-projects .undo-remove").await;
    b.click("#device-projects .open-device-project").await;
    b.until("document.querySelector('#loaded')?.innerText.includes('40')")
        .await;
}

#[tokio::test]
#[cfg_attr(
    feature = "firefox",
    ignore = "asks Chromium's own protocol for developers"
)]
async fn a_tab_that_was_frozen_goes_on() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    load(b, &site, &en).await;
    b.set_in_row("#roles", "notes", "ignored").await;
    b.devtools("Page.setWebLifecycleState", json!({"state": "frozen"}));
    tokio::time::sleep(Duration::from_secs(2)).await;
    b.devtools("Page.setWebLifecycleState", json!({"state": "active"}));
    works(b, &en, "slice").await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn without_storage_the_page_works_in_memory_and_says_so() {
    let refused = "navigator.storage.getDirectory = () => \
         Promise.reject(new DOMException('refused by the test', 'SecurityError'));";
    let (site, en) = (faulty("refused", refused), Words::english());
    let b = &Browser::start("en-US").await;
    b.open_data(&site).await;
    b.choose_file(&sample()).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('40')")
        .await;
    b.shows("#not-saved-here", en.say("not-saved-here", &[]))
        .await;
    b.open_page("overview").await;
    b.scored().await;
    b.js("location.hash = '#/examples?row=2'").await;
    b.until("document.querySelector('#note') && !document.querySelector('#note').readOnly")
        .await;
    b.press("S").await;
    b.until("document.querySelector('#star')?.ariaPressed == 'true'")
        .await;
    // A backup is the way out.
    b.until("document.querySelector('#not-saved-here .back-up')")
        .await;
}

#[tokio::test]
async fn a_data_worker_that_crashes_or_has_no_memory_is_started_again_with_its_project() {
    let (site, en) = (faulty("crash", ""), Words::english());
    let b = &Browser::start("en-US").await;
    load(b, &site, &en).await;
    for (name, role) in [("crash", "ignored"), ("memory", "slice")] {
        let notices = b.count(".notice").await;
        fault(b, name).await;
        // The page says so once it takes the worker for dead.
        b.until(&format!(
            "document.querySelectorAll('.notice').length > {notices}"
        ))
        .await;
        // What is done while the worker is on its way waits for it and for its project.
        works(b, &en, role).await;
    }
}
