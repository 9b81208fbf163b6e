//! The page "What happens to my data": the browser refuses what the page tries, and all that is stored goes.

use crate::browser::{Browser, Site};
use crate::words::Words;

/// Nothing and nobody but the browser's report of a refusal counts: the same requests from a page without a policy.
#[tokio::test]
async fn the_browser_refuses_what_the_page_tries_and_a_page_without_policy_says_so() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.shows("a.private", en.text("private")).await;
    b.click("a.private").await;
    b.shows("#privacy h1", en.text("privacy")).await;
    b.shows("#policy", "connect-src 'self'").await;
    b.assert_clean(&site.origin).await;

    b.click("#privacy-check").await;
    b.until("document.querySelectorAll('#privacy-tried .better').length == 2")
        .await;
    let tried = b.text("#privacy-tried").await;
    assert!(
        tried.contains("(connect-src)") && tried.contains("(img-src)"),
        "{tried}"
    );
    assert_eq!(b.count("#privacy-tried .worse").await, 0);

    // The check itself: where no event comes, it must not call a failed request a refusal.
    b.js("addEventListener('securitypolicyviolation', e => e.stopImmediatePropagation(), true)")
        .await;
    b.click("#privacy-check").await;
    b.until("document.querySelectorAll('#privacy-tried .worse').length == 2")
        .await;
}

/// What every worker's script runs first (`www/own-address.js`), run in the document, which has the same functions.
#[tokio::test]
async fn what_starts_a_worker_asks_the_pages_own_address_only() {
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.js("window.said = []; import('./own-address.js').then(async () => { \
          const other = await fetch('https://example.invalid/').catch(error => error.message); \
          const request = await fetch(new Request('https://example.invalid/')).catch(error => error.message); \
          const own = (await fetch('./icon.svg')).status; \
          window.said = [other, request, own, typeof WebSocket, typeof XMLHttpRequest]; })")
        .await;
    b.until("window.said.length == 5").await;
    let said = b.js("return window.said").await;
    for refused in [&said[0], &said[1]] {
        let words = refused.as_str().unwrap();
        assert!(
            words.starts_with("Nothing is asked of https://example.invalid"),
            "{words}"
        );
    }
    assert_eq!(said[2], 200);
    assert_eq!(
        (&said[3], &said[4]),
        (&"undefined".into(), &"undefined".into())
    );
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn what_is_stored_is_listed_and_removed_after_a_question_that_names_it() {
    let (site, en) = (Site::start_kept(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.click("#demo").await;
    b.shows("#saved", en.text("saved-here")).await;
    b.open_page("overview").await;
    b.scored().await;
    b.js("location.hash = '#/privacy'").await;
    b.shows("#stored-kinds", en.text("stored-projects")).await;

    b.js("window.confirm = question => { window.asked = question; return false; }")
        .await;
    b.click("#remove-all").await;
    let asked = b.js("return window.asked").await;
    let asked = asked.as_str().unwrap();
    assert!(
        asked.contains(&format!("{} (1)", en.text("stored-projects"))),
        "{asked}"
    );
    assert_eq!(
        b.count("#stored-kinds").await,
        1,
        "a person who says no keeps all"
    );

    b.js("window.before = true; window.confirm = () => true")
        .await;
    b.click("#remove-all").await;
    b.until("!window.before && document.querySelector('#stored-nothing')")
        .await;
    b.js("location.hash = '#/data'").await;
    b.shows("#device-projects", en.text("device-projects-hint"))
        .await;
    assert_eq!(b.count("#loaded").await, 0);
    b.assert_clean(&site.origin).await;
}
