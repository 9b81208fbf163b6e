//! Comparing by meaning: the default encoder in the page, on WebGPU, held to values of the reference tools.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

#[tokio::test]
#[cfg_attr(
    feature = "firefox",
    ignore = "needs WebGPU, which Firefox does not have on Linux"
)]
async fn outputs_are_compared_by_meaning() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    // Pairs of `crates/lm/tests/lm/encoder.json`, and a system that repeats the reference.
    let text = "reference,first,same\n\
        A cat was sitting on the mat.,The cat sat on the mat.,A cat was sitting on the mat.\n\
        Stock prices fell sharply on Tuesday.,The cat sat on the mat.,Stock prices fell sharply on Tuesday.\n\
        He said yes.,He did not say yes.,He said yes.\n";
    b.choose_file(&file("meaning.csv", text)).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('3')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    b.click("#encoder summary").await;
    b.click("#encode").await;
    b.long_until("document.querySelector('#encoded')").await;
    b.scored().await;
    let encoded = [("name", "all-MiniLM-L6-v2"), ("layers", "6")];
    en.say("encoded-by", &encoded)
        .assert_in(&b.text("#encoded").await);
    let value = |metric: &str, column: usize| {
        format!(
            "return parseFloat([...document.querySelectorAll('#scores tbody tr')]\
             .find(r => r.innerText.startsWith('{metric}')).querySelectorAll('.score')[{column}].innerText)"
        )
    };
    let gold: serde_json::Value =
        serde_json::from_str(include_str!("../../../crates/lm/tests/lm/encoder.json")).unwrap();
    let mean = |values: &serde_json::Value| -> f64 {
        [0, 1, 11]
            .iter()
            .map(|i| values[*i].as_f64().unwrap())
            .sum::<f64>()
            / 3.0
    };
    // As far as the digits that are shown go.
    for (metric, expected) in [
        ("BERTScore", mean(&gold["bertscore"][0]["F"])),
        ("sentence cosine", mean(&gold["cosine"])),
    ] {
        let found = b.js(&value(metric, 0)).await.as_f64().unwrap();
        assert!(
            (found - expected).abs() < 6e-3,
            "{metric}: {found}, {expected}"
        );
        let same = b.js(&value(metric, 1)).await.as_f64().unwrap();
        assert!((same - 1.0).abs() < 1e-3, "{metric}: {same}");
    }
    b.click("#forget-encoded").await;
    b.hides("#scores", "BERTScore").await;
    // On the CPU, with rare tokens weighing more.
    b.set("#encoder-cpu", "true").await;
    b.set("#encoder-idf", "true").await;
    b.click("#encode").await;
    let place = en.text("cpu");
    b.long_shows("#encoded", en.say("encoded-by", &[("place", &place)]))
        .await;
    b.scored().await;
    b.assert_clean(&site.origin).await;
}
