//! The default model in the page: on WebGPU (Chromium's software adapter) and on the CPU, compared
//! with reference values, the example among them; a file that is not a model; what is scored joins the other results.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;
use assay_testing::gold;
use serde_json::Value;

#[tokio::test]
#[cfg_attr(
    feature = "firefox",
    ignore = "needs WebGPU, which Firefox does not have on Linux"
)]
async fn outputs_are_scored_under_the_default_model_on_both_backends() {
    let Some(gold) = gold("lm_smollm2") else {
        return;
    };
    let text = |i: usize| gold["texts"][i]["text"].as_str().unwrap();
    let expected = |i: usize| gold["texts"][i]["ppl"].as_f64().unwrap();
    let rows = format!(
        "{}\n{}\n",
        serde_json::json!({"reference": "a reference", "base": text(0), "tuned": text(1)}),
        serde_json::json!({"reference": "another one", "base": text(0), "tuned": text(1)}),
    );
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&file("texts.jsonl", &rows)).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/perplexity'").await;
    b.until("document.querySelector('#default-model:not(:disabled)')")
        .await;

    // A file that is not a model is refused, with the reason.
    b.choose_file_in("#model-file", &file("no.gguf", "nothing"))
        .await;
    b.shows("[role=alert]", en.say("gguf-error-magic", &[]))
        .await;

    b.click("#default-model").await;
    b.until("document.querySelector('#model-family')?.innerText.includes('llama')")
        .await;
    assert!(b.text("#model-kind").await.contains("Q4_1"));
    assert!(b.text("#model-licence").await.contains("apache-2.0"));
    for backend in ["gpu", "cpu"] {
        if backend == "cpu" {
            // Another convention is another plan, so that nothing of the first is taken over.
            b.set("#convention", "sliding").await;
        }
        b.set("#backend", backend).await;
        b.until("document.querySelector('#score-perplexity:not(:disabled)')")
            .await;
        b.click("#score-perplexity").await;
        if backend == "cpu" {
            // Stopped at once and begun again while the first run still winds down.
            b.until("document.querySelector('#stop')").await;
            b.click("#stop").await;
            b.until("document.querySelector('#score-perplexity:not(:disabled)')")
                .await;
            b.click("#score-perplexity").await;
        }
        let convention = if backend == "cpu" { "sliding" } else { "text" };
        b.long_until(&format!(
            "document.querySelector('#perplexity-results .signature')?.innerText.includes('conv:{convention}')"
        ))
        .await;
        for (row, i) in [(1, 0), (2, 1)] {
            let cell = format!("#perplexity-table tbody tr:nth-child({row}) .score");
            let shown: f64 = b.text(&cell).await.parse().unwrap();
            let apart = (shown / expected(i) - 1.0).abs();
            assert!(apart < 0.005, "{backend}: {shown}, not {}", expected(i));
        }
    }

    // It is listed with the other metrics, where it describes and decides nothing, and in the detail pane.
    b.js("location.hash = '#/overview'").await;
    let describes = serde_json::json!(en.text("obstacle-describes"));
    b.until(&format!("[...document.querySelectorAll('#scores tbody tr')].some(r => r.innerText.startsWith('perplexity') && r.innerText.includes({describes}))"))
        .await;
    b.js("location.hash = '#/examples?row=1'").await;
    b.until("document.querySelector('#detail')").await;
    b.press("s").await;
    b.until("document.querySelectorAll('#detail .token[title*=bits]').length > 60")
        .await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
#[cfg_attr(
    feature = "firefox",
    ignore = "needs WebGPU, which Firefox does not have on Linux"
)]
async fn the_demo_set_scores_under_the_default_model_as_an_independent_pass_has_it() {
    // Made by crates/lm/tests/lm/make_demo.py.
    let expected: Value = serde_json::from_str(include_str!("demo_perplexity.json")).unwrap();
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/perplexity'").await;
    b.until("document.querySelector('#default-model:not(:disabled)')")
        .await;
    b.click("#default-model").await;
    b.until("document.querySelector('#model-name')").await;
    // The longer column on the CPU: the software adapter takes minutes for each.
    for (column, backend) in [("finetuned", "cpu"), ("base", "gpu")] {
        let place = format!(
            "return [...document.querySelectorAll('#column option')].find(o => o.innerText == '{column}').value"
        );
        let place = b.js(&place).await;
        b.set("#column", place.as_str().unwrap()).await;
        b.set("#backend", backend).await;
        b.until("document.querySelector('#score-perplexity:not(:disabled)')")
            .await;
        b.click("#score-perplexity").await;
        b.hour_until(&format!(
            "document.querySelector('#perplexity-table tbody th')?.innerText == '{column}'"
        ))
        .await;
        b.click("#export-models").await;
        let export: Value =
            serde_json::from_str(&b.downloaded("assay-results.json").await).unwrap();
        b.forget_download("assay-results.json");
        let score = &export["models"]["compared"][0]["systems"][0]["score"];
        let shown = score["value"].as_f64().unwrap();
        let gold = expected[column]["ppl"].as_f64().unwrap();
        println!("{column} on {backend}: {shown}, the reference has {gold}");
        assert!(
            (shown / gold - 1.0).abs() < 0.001,
            "{column}: {shown}, not {gold}"
        );
        let details = score["details"].as_array().unwrap();
        let tokens = details.iter().find(|d| d[0] == "tokens").unwrap();
        assert_eq!(tokens[1].as_f64(), expected[column]["tokens"].as_f64());
    }
    b.assert_clean(&site.origin).await;
}
