//! What is to be decided: asked after a file, kept, and followed by goals and the report.

use super::sample;
use crate::browser::{Browser, Site};
use crate::words::Words;

#[tokio::test]
async fn what_is_to_be_decided_sets_goals_and_says_what_is_missing() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.open_data(&site).await;
    b.choose_file(&sample()).await;
    b.until("document.querySelector('#loaded')").await;

    // A decision that takes what the file lacks: each piece of evidence has its way.
    b.click("#aim-cost").await;
    b.shows("#aim h2", en.text("aim-cost")).await;
    b.until("document.querySelector('#need-latency.missing a')")
        .await;
    assert_eq!(b.count("#need-systems.there").await, 1);
    assert_eq!(b.count("#need-systems a").await, 0);

    // Another one: its goals are stated on the report.
    b.click("#aim-change").await;
    b.click("#aim-task").await;
    b.shows("#aim h2", en.text("aim-task")).await;
    b.until("document.querySelector('#aim-results')").await;
    b.click("#aim-results").await;
    b.scored().await;
    b.until("document.querySelector('#scores tbody tr:first-child.chosen') && document.querySelector('#metric')")
        .await;
    b.open_page("report").await;
    b.until("document.querySelector('#aim-goals, .goals li')")
        .await;
    if b.count("#aim-goals").await > 0 {
        b.click("#aim-goals").await;
    }
    b.until("document.querySelectorAll('.goals li').length == 1 && document.querySelector('#judged li')")
        .await;
    b.shows("#report", en.text("aim-task")).await;

    // It is there again after a reload.
    b.shows("#saved", en.text("saved-here")).await;
    b.client.refresh().await.unwrap();
    b.shows("#aim h2", en.text("aim-task")).await;
    assert_eq!(b.count(".goals li").await, 1);
}
