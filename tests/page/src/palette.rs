//! What is typed: the command palette finds pages and measures, and a field keeps its letters while the page is drawn
//! again.

use crate::browser::{Browser, Site};
use crate::sample;
use crate::words::Words;
use fantoccini::Locator;

/// Types into a field as a person does: the page hears of it, and the field is not left.
fn typed(css: &str, text: &str) -> String {
    format!(
        "const e = document.querySelector('{css}'); e.focus(); e.value = '{text}'; \
         e.dispatchEvent(new Event('input', {{bubbles: true}}))"
    )
}

/// Presses a key in the palette's field.
async fn press(b: &Browser, key: &str) {
    let field = b.client.find(Locator::Css("#palette input")).await;
    field.unwrap().send_keys(key).await.unwrap();
}

/// A key with Ctrl, wherever the focus is.
const CONTROL_K: &str = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', \
    {key: 'k', ctrlKey: true, bubbles: true, cancelable: true}))";

#[tokio::test]
async fn pages_and_measures_are_found_by_typing_and_typing_is_never_lost() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&sample()).await;
    b.until("document.querySelector('#loaded')").await;
    b.open_page("overview").await;
    b.scored().await;

    b.js(CONTROL_K).await;
    b.until("document.activeElement?.closest('#palette')").await;
    b.js(&typed("#palette input", "rouge2")).await;
    b.until("document.querySelectorAll('#commands li').length == 1")
        .await;
    press(b, "\u{e007}").await;
    b.until("!document.querySelector('#palette')").await;
    b.until("document.querySelector('#metric h2')?.innerText.startsWith('rouge2')")
        .await;
    // By its button and Escape nothing happens.
    b.click("#find").await;
    b.until("document.activeElement?.closest('#palette')").await;
    press(b, "\u{e00c}").await;
    b.until("!document.querySelector('#palette')").await;
    b.until("location.hash.startsWith('#/overview')").await;
    let title = format!(
        "{} · sample.csv · {}",
        en.text("overview"),
        en.text("title")
    );
    assert_eq!(b.js("return document.title").await, title.as_str());

    // The page is drawn again while a word is being typed: the draft's other field is taken meanwhile.
    b.js("location.hash = '#/task'").await;
    b.until("document.querySelector('#task-instructions')")
        .await;
    b.js(&typed("#task-instructions", "Read both")).await;
    b.click("#theme").await;
    b.js(&typed("#task-title", "A title with a space ")).await;
    b.click("#theme").await;
    let values = "return [document.querySelector('#task-title').value, document.querySelector('#task-instructions').value].join('|')";
    assert_eq!(
        b.js(values).await,
        "A title with a space |Read both",
        "what stands in the fields is what was typed"
    );
    b.until("!document.querySelector('#task-undo').disabled")
        .await;
    b.click("#task-undo").await;
    b.until("!document.querySelector('#task-redo').disabled")
        .await;
    b.click("#task-redo").await;
    b.until("document.querySelector('#task-title').value == 'A title with a space '")
        .await;
    b.assert_clean(&site.origin).await;
}
