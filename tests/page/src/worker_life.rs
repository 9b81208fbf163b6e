//! A worker of typed calls that answers, panics, runs out of memory and is started again, with the page that is
//! told of it: `tests/codec/src/bin/worker_life.rs`.

use crate::browser::{Browser, Site};

#[tokio::test]
async fn a_worker_answers_crashes_and_is_started_again() {
    let folder = xtask::codec::worker_life_folder();
    assert!(
        folder.join("index.html").is_file(),
        "`cargo xtask codec` builds the page of this test, and so does `cargo xtask test`"
    );
    let site = Site::of(folder);
    let b = Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.long_until("document.body.textContent").await;
    assert_eq!(b.js("return document.body.textContent").await, "passed");
}
