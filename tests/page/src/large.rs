//! Large data: memory while it is imported, stopping, and the list's far end.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

const ROWS: usize = 150_000;

/// Rows of about 200 bytes.
fn table() -> String {
    let mut text = String::with_capacity(ROWS * 200);
    text.push_str("id,prompt,reference,base,tuned\n");
    for i in 0..ROWS {
        text.push_str(&format!(
            "{i},translate the sentence of number {i} please,the sentence with the number {i} is translated like this,the sentence of number {i} is translated so,the sentence with number {i} is translated like that\n"
        ));
    }
    text
}

#[tokio::test]
async fn memory_stays_below_three_times_the_file_and_the_list_reaches_its_end() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    let text = table();
    let bytes = text.len() as f64;
    let path = file("large.csv", &text);
    b.choose_file(&path).await;
    b.until("document.querySelector('#loaded')").await;
    en.say("loaded", &[("rows", "150,000")])
        .assert_in(&b.text("#loaded").await);
    let memory = b
        .js("return +document.querySelector('#memory').dataset.bytes")
        .await;
    let memory = memory.as_f64().unwrap();
    assert!(
        memory < 3.0 * bytes,
        "{memory} bytes of memory for a file of {bytes}"
    );

    // Scoring is stopped; what is loaded stays.
    b.until("document.querySelector('#stop')").await;
    b.click("#stop").await;
    b.until("!document.querySelector('.jobs progress')").await;

    // It is resumed where its scores are shown, and stopped again.
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelector('#resume-scoring')").await;
    b.click("#resume-scoring").await;
    b.until("document.querySelector('#stop') && !document.querySelector('#resume-scoring')")
        .await;
    b.click("#stop").await;
    b.until("document.querySelector('#resume-scoring')").await;
    b.js("location.hash = '#/examples'").await;
    b.shows("#found", en.say("rows-found", &[("count", "150,000")]))
        .await;
    b.js("const l = document.querySelector('.list'); l.scrollTop = l.scrollHeight")
        .await;
    b.until("[...document.querySelectorAll('.list .item')].some(e => e.innerText.startsWith('150,000'))")
        .await;
    let held = b.count(".list .item").await;
    assert!(held < 200, "{held} rows are held");
    b.assert_clean(&site.origin).await;
}
