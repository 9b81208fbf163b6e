//! The examples: from a picture to its rows, filters, keys, what is marked.

use super::sample;
use crate::browser::{Browser, Site};
use crate::words::Words;

#[tokio::test]
async fn pictures_lead_to_rows_and_keys_walk_through_them() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&sample()).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;

    // A slice's rows, searched.
    b.open_part("slices").await;
    b.click("#slices a.group .title").await;
    let found = |count: &str| en.say("rows-found", &[("count", count)]);
    b.shows("#found", found("20")).await;
    b.js("const e = document.querySelector('#search'); e.value = 'Say 1'; e.dispatchEvent(new Event('input', {bubbles: true}))").await;
    b.until("location.hash.includes('text=Say%201')").await;
    b.shows("#found", found("5")).await;
    b.set("#search", "nowhere to be found").await;
    b.shows(".list", en.text("no-rows")).await;
    b.click("#clear").await;
    b.shows("#found", found("40")).await;

    // A bar's rows: the base system's segments in its first bin.
    b.js("location.hash = '#/overview?metric=3'").await;
    b.until("document.querySelector('#metric h2')?.innerText.startsWith('rouge1')")
        .await;
    let said = b
        .js("return document.querySelector('#metric .bin').dataset.tip")
        .await;
    b.click("#metric .bin .bar").await;
    b.until("location.hash.includes('below=')").await;
    b.until("document.querySelectorAll('.list .item').length > 0")
        .await;
    let shown = b.text("#found").await;
    let count: String = shown.chars().filter(char::is_ascii_digit).collect();
    let bin = [("system", "base"), ("count", count.as_str())];
    en.say("bin", &bin).assert_in(said.as_str().unwrap());

    // Lowest first, then by keys: next, next, previous; the row is in the address.
    b.js("location.hash = '#/examples?system=1&metric=1&order=drop'")
        .await;
    b.shows("#found", found("40")).await;
    b.press("j").await;
    b.until("document.querySelector('#detail')").await;
    let first = b.text("#detail h2").await;
    b.press("j").await;
    b.until(&format!(
        "document.querySelector('#detail h2')?.innerText.startsWith('#') && document.querySelector('#detail h2').innerText != '{first}'"
    ))
    .await;
    b.press("k").await;
    b.until(&format!(
        "document.querySelector('#detail h2')?.innerText == '{first}'"
    ))
    .await;
    b.until(&format!(
        "location.hash.endsWith('row={}')",
        first.trim_start_matches('#')
    ))
    .await;

    // What is marked: differences, then n-grams, then the wide pane and the list of keys.
    b.until("document.querySelector('#detail ins') && document.querySelector('#detail del')")
        .await;
    b.press("n").await;
    b.until("document.querySelector('#detail .output .gram.g4')")
        .await;
    // Unit under unit: of ten words three stay, one is another, six are missing.
    b.press("a").await;
    b.until("document.querySelector('#detail .aligned .pair.missing')")
        .await;
    let base = b.text("#detail .output").await;
    en.say("alignment-counts", &[]).assert_in(&base);
    assert!(base.contains("WER 0."), "{base}");
    b.press("w").await;
    b.until("document.querySelector('.wide-detail')").await;
    b.press("w?").await;
    b.until("document.querySelector('.keys') && !document.querySelector('.wide-detail')")
        .await;
    b.press("/").await;
    b.until("document.activeElement.id == 'search'").await;
    b.assert_clean(&site.origin).await;
}
