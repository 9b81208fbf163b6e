//! Two models on the page: scored one after the other, compared, paused and resumed; a model and the
//! scores that are kept outlive a reload, and can be removed.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;
use assay_testing::shared;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Texts of two systems, in two domains.
fn texts() -> PathBuf {
    let row = |i: usize| {
        let domain = ["law", "health"][i % 2];
        json!({"prompt": format!("Say {i}"), "reference": format!("the number {i}"), "base": format!("a {i}"),
               "tuned": format!("the number {i} is good"), "domain": domain})
    };
    let rows: Vec<String> = (0..40).map(|i| row(i).to_string()).collect();
    file("two.jsonl", &rows.join("\n"))
}

async fn import(b: &Browser, path: &std::path::Path) {
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#files')").await;
    b.choose_file(path).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/perplexity'").await;
    b.until("document.querySelector('#default-model')").await;
}

const PROGRESS: &str = "(document.querySelector('#perplexity-progress')?.innerText ?? '')";

#[tokio::test]
async fn two_models_are_compared_and_what_is_kept_outlives_a_reload() {
    let (Some(first), Some(second)) = (
        shared("models/tiny-llama-F16.gguf"),
        shared("models/tiny-llama-Q4_K_M.gguf"),
    ) else {
        return;
    };
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    let path = texts();
    import(b, &path).await;
    assert_eq!(b.count("#model-file-2").await, 0);
    b.choose_file_in("#model-file", &first).await;
    b.until("document.querySelector('#model-name')?.innerText.startsWith('tiny-llama-F16')")
        .await;
    assert!(b.text("#model-needs").await.contains("MB"));
    b.choose_file_in("#model-file-2", &second).await;
    b.until("document.querySelector('#model-name-2')?.innerText.startsWith('tiny-llama-Q4_K_M')")
        .await;

    // Paused as soon as something is scored; the rest follows on Resume.
    b.click("#score-perplexity").await;
    b.long_until(&format!("/^[1-9]/.test({PROGRESS})")).await;
    b.click("#pause").await;
    b.until("document.querySelector('#resume')").await;
    let done = |text: &str| -> usize { text.split(' ').next().unwrap().parse().unwrap() };
    let paused = done(&b.text("#perplexity-progress").await);
    assert!(paused < 160, "{paused} texts before the pause");
    assert_eq!(b.count("#perplexity-results").await, 0);
    b.click("#resume").await;
    b.long_until("document.querySelectorAll('#perplexity-table td .worse, #perplexity-table td .better, #perplexity-table td .same').length == 2")
        .await;
    Words::english()
        .say("texts-done", &[("done", "160"), ("total", "160")])
        .assert_in(&b.text("#perplexity-progress").await);
    assert_eq!(b.count("#perplexity-table tbody tr").await, 4);
    for place in ["", "-2"] {
        assert!(
            b.text(&format!("#model-adapter{place}"))
                .await
                .contains("swiftshader")
        );
        assert!(
            b.text(&format!("#model-memory{place}"))
                .await
                .contains("MB")
        );
    }

    // The figures and the comparison are in the export, and the numbers are the page's.
    b.click("#export-models").await;
    let export: Value = serde_json::from_str(&b.downloaded("assay-results.json").await).unwrap();
    let models = &export["models"];
    assert_eq!(models["deployed"].as_array().unwrap().len(), 2);
    let speed = &models["deployed"][0]["figures"]["tokens_per_second"];
    assert!(speed.as_f64().unwrap() > 0.0);
    let tuned = &models["compared"][1];
    assert_eq!(tuned["name"], "tuned");
    let value = |model: usize| tuned["systems"][model]["score"]["value"].as_f64().unwrap();
    let change = &tuned["systems"][1]["comparison"]["difference"];
    assert!((change["value"].as_f64().unwrap() - (value(1) - value(0))).abs() < 1e-9);
    assert!(change["p_value"].as_f64().is_some());
    assert_eq!(tuned["systems"][1]["slices"].as_array().unwrap().len(), 2);

    // Both are in the Overview, and each text is shaded under both and by the change.
    b.js("location.hash = '#/overview'").await;
    b.until("[...document.querySelectorAll('#scores tbody th')].filter(e => e.innerText.startsWith('perplexity, tiny')).length == 2")
        .await;
    b.js("location.hash = '#/examples?row=1'").await;
    b.until("document.querySelector('#mark-shift')").await;
    b.click("#mark-surprise-2").await;
    b.until("document.querySelectorAll('#detail .output .token').length > 5")
        .await;
    b.click("#mark-shift").await;
    b.until("/^[+−]/.test(document.querySelector('#detail .output .token[title$=bits]')?.title)")
        .await;

    // A kept model and kept scores are there after a reload.
    b.js("location.hash = '#/perplexity'").await;
    b.until("document.querySelector('#keep-model:not(:disabled)')")
        .await;
    b.click("#keep-model").await;
    b.until("!document.querySelector('#keep-model') && document.querySelector('#keep-model-2')")
        .await;
    b.client.refresh().await.unwrap();
    // The project brings the results of both models back; they stay until one model alone is scored.
    b.until("document.querySelectorAll('#perplexity-table tbody tr').length == 4")
        .await;
    b.until("document.querySelector('.kept-model:not(:disabled)')")
        .await;
    b.click(".kept-model").await;
    b.until("document.querySelector('#model-name')?.innerText.startsWith('tiny-llama-F16')")
        .await;
    b.until("document.querySelector('#score-perplexity:not(:disabled)')")
        .await;
    b.click("#score-perplexity").await;
    b.until("document.querySelectorAll('#perplexity-table tbody tr').length == 2")
        .await;
    let shown: f64 = b
        .text("#perplexity-table tbody tr:nth-child(2) .score")
        .await
        .parse()
        .unwrap();
    assert!((shown - value(0)).abs() < 1.0, "{shown}, not {}", value(0));
    // No text was scored again: the weights were not even loaded.
    assert_eq!(b.count("#model-adapter").await, 0);

    // Another column is scored separately.
    let place = "return [...document.querySelectorAll('#column option')].find(o => o.innerText == 'reference').value";
    let place = b.js(place).await;
    b.set("#column", place.as_str().unwrap()).await;
    b.until("document.querySelector('#score-perplexity:not(:disabled)')")
        .await;
    b.click("#score-perplexity").await;
    b.long_until("document.querySelector('#perplexity-table tbody th')?.innerText == 'reference'")
        .await;

    // What is kept can be removed.
    b.until("document.querySelectorAll('#kept .remove:not(:disabled)').length == 2")
        .await;
    b.click("#kept summary").await;
    b.click("#kept li:nth-child(2) .remove").await;
    b.until("document.querySelectorAll('#kept .remove').length == 1")
        .await;
    b.click("#kept .remove").await;
    b.until("!document.querySelector('#kept')").await;
    b.assert_clean(&site.origin).await;
}
