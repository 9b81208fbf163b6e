//! Measures beyond the usual ones: added, described, set, removed.

use crate::browser::{Browser, Site};
use crate::words::Words;

/// Whether the page's program and the synonyms are kept for use without a network.
const KEPT: &str = "const kept = (name) => caches.match('./' + name).then(Boolean); \
    return Promise.all([kept('app.js'), kept('wordnet.bin')])";

#[tokio::test]
async fn a_measure_is_added_explained_set_and_taken_away() {
    let (site, en) = (Site::start_kept(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    // On a first visit workers may start before the service worker takes over, and load past it.
    b.until("navigator.serviceWorker.controller").await;
    b.client.refresh().await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    let usual = b.count("#scores tbody tr").await;
    assert_eq!(b.js(KEPT).await, serde_json::json!([true, false]));

    for (name, shown) in [
        ("ter", "TER"),
        ("meteor", "METEOR (exact+stem)"),
        ("cer", "CER"),
    ] {
        b.set("#add-metric", name).await;
        b.until(&format!(
            "document.querySelector('#scores tbody tr:last-child th')?.innerText.startsWith('{shown}')"
        ))
        .await;
        b.scored().await;
    }
    assert_eq!(b.count("#scores tbody tr").await, usual + 3);

    // METEOR with synonyms, whose file is loaded only now.
    b.js(&format!(
        "location.hash = '#/overview?metric={}'",
        usual + 1
    ))
    .await;
    b.until("document.querySelector('#metric h2')?.innerText.startsWith('METEOR')")
        .await;
    let score =
        "document.querySelectorAll('#scores tbody tr')[9].querySelector('.score').innerText";
    let before: f64 = b
        .js(&format!("return {score}"))
        .await
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    b.js("document.querySelector('.options').open = true").await;
    b.set("#modules", "exact+stem+wordnet").await;
    b.until("document.querySelector('#metric h2')?.innerText.startsWith('METEOR') && !document.querySelector('#metric h2').innerText.includes('exact')")
        .await;
    b.scored().await;
    let after: f64 = b
        .js(&format!("return {score}"))
        .await
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(after >= before && after < 1.0, "{before} {after}");
    assert_eq!(b.js(KEPT).await, serde_json::json!([true, true]));
    assert!(
        b.text(".signature")
            .await
            .contains("modules:exact+stem+wordnet")
    );

    // What it is, in words.
    b.js("document.querySelector('.about').open = true").await;
    en.say("what-meteor", &[])
        .assert_in(&b.text(".about").await);
    assert_eq!(b.count(".about a[href='./wordnet-licence.txt']").await, 1);

    // TER is better when lower, and goes.
    b.js(&format!("location.hash = '#/overview?metric={usual}'"))
        .await;
    b.until("document.querySelector('#metric h2')?.innerText.startsWith('TER')")
        .await;
    en.say("lower", &[]).assert_in(&b.text("#metric h2").await);
    b.click("#remove-metric").await;
    b.until(&format!(
        "document.querySelectorAll('#scores tbody tr').length == {}",
        usual + 2
    ))
    .await;
    assert!(!b.text("#scores").await.contains("TER"));

    // In Chinese.
    b.click("#language").await;
    let about = Words::chinese().say("about-metric", &[("metric", "METEOR")]);
    b.shows("#metric", about).await;
    b.assert_clean(&site.origin).await;
}
