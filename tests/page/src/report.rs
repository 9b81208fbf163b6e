//! From three dropped files to a report: outputs, a training log and an A/B test at once; the verdict against
//! goals; the report in every format; a link; and the whole evaluation restored from its file. Expected
//! values were computed with statsmodels 0.15.0, SciPy 1.17 and sacreBLEU 2.6.0.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::{Said, Words};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Validation loss at its lowest at step 20 of 50, and 25 % above that at the end.
fn log() -> PathBuf {
    let mut history = Vec::new();
    for step in 1..=50 {
        history.push(
            json!({"step": step, "epoch": f64::from(step) / 10.0, "loss": 2.0 / f64::from(step)}),
        );
        if step % 10 == 0 {
            let loss = [1.5, 1.2, 1.3, 1.4, 1.5][step as usize / 10 - 1];
            history.push(json!({"step": step, "epoch": f64::from(step) / 10.0, "eval_loss": loss}));
        }
    }
    let state = json!({"global_step": 50, "log_history": history, "best_model_checkpoint": null});
    file("trainer_state.json", &state.to_string())
}

/// Forty answers, of which the tuned system has all right.
fn answers() -> PathBuf {
    let mut text = String::from("prompt,reference,base,tuned,domain\n");
    for i in 0..40 {
        let domain = ["law", "health"][i % 2];
        text.push_str(&format!(
            "Say {i},the number {i} is a fine and good number,number {i} was bad,the number {i} is a fine and good number,{domain}\n"
        ));
    }
    file("answers.csv", &text)
}

fn totals() -> PathBuf {
    file(
        "orders.csv",
        "arm,users,orders\nold,1000,100\nnew,1000,150\n",
    )
}

async fn drop_three(b: &Browser) {
    let paths = [answers(), log(), totals()].map(|p| p.display().to_string());
    b.choose_file(&PathBuf::from(paths.join("\n"))).await;
    b.until("document.querySelector('#loaded')").await;
}

/// That the tuned system is better by BLEU.
fn bleu_is_better(words: &Words) -> Said {
    let known = [
        ("measure", "BLEU"),
        ("system", "tuned"),
        ("baseline", "base"),
        ("slice", ""),
    ];
    words.say("report-better", &known)
}

#[tokio::test]
async fn three_dropped_files_become_a_report_with_the_right_numbers() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;

    // Goals can be set before there are results.
    b.open_page("report").await;
    b.until("document.querySelector('#name-goal[open]')").await;
    b.set("#goal-name", "bleu").await;
    b.click("#goal-add").await;
    b.until("document.querySelector('#goal-least-0')").await;
    b.set("#goal-least-0", "5").await;
    b.until("document.querySelector('#goal-least-0')?.value == '5'")
        .await;
    b.open_page("data").await;
    drop_three(b).await;
    en.say("loaded", &[("rows", "40")])
        .assert_in(&b.text("#loaded").await);

    // A goal set before scores of outputs are seen, and one on the experiment.
    b.open_page("report").await;
    b.until("[...document.querySelectorAll('#add-goal option')].some(o => o.innerText == 'orders (orders)')").await;
    b.shows("#verdict", bleu_is_better(&en)).await;
    let pick = |name: &str| {
        format!(
            "const s = document.querySelector('#add-goal'); s.value = [...s.options].find(o => o.text == '{name}').value; s.dispatchEvent(new Event('change', {{bubbles: true}}))"
        )
    };
    b.js(&pick("orders (orders)")).await;
    b.until("document.querySelector('#goal-least-1')").await;
    b.set("#goal-least-1", "2").await;
    b.shows("#verdict", en.text("overall-pass")).await;
    b.set("#goal-least-1", "3").await;
    b.shows("#verdict", en.text("overall-undecided")).await;
    b.set("#goal-least-1", "9").await;
    b.shows("#verdict", en.text("overall-fail")).await;

    // Statements, against values that were computed separately.
    b.until("!document.querySelector('.report > [role=status]')")
        .await;
    b.click("#write-markdown").await;
    let text = b.downloaded("assay-report.md").await;
    // z-test p = 0.00072, Newcombe's interval 2.105 to 7.903 points, Wilson's 12.92 to 17.35 %.
    orders_are_better(&en).assert_in(&text);
    assert!(text.contains("15.0 % \\[12.9 %, 17.3 %\\]"), "{text}");
    bleu_from_to(&en).assert_in(&text);
    assert!(text.contains("| chrF2 ↑ | 23.81"), "{text}");
    let step = |step: &str| en.text_with("at-step", &[("step", step)]);
    let overfit = [
        ("least", "1.2"),
        ("at", &step("20")),
        ("last", "1.5"),
        ("above", "25.0 %"),
        ("since", &step("30")),
    ];
    en.say("finding-overfit", &overfit).assert_in(&text);
    en.say("note-few", &[("rows", "40")]).assert_in(&text);
    en.say("goals-after", &[]).assert_in(&text);

    // The evidence is a click away.
    b.js("[...document.querySelectorAll('#verdict a')].find(a => a.textContent.includes('orders')).click()").await;
    b.until("document.querySelector('#outcomes')").await;
    let tests = b.text("#tests").await;
    assert!(tests.contains("[+2.1, +7.9]"), "{tests}");
    en.say("method-shares", &[]).assert_in(&tests);
    b.open_page("training").await;
    b.until("document.querySelectorAll('.lines polyline').length == 2")
        .await;
    b.set("#evaluated-0", "50").await;
    b.until("document.querySelector('.lines .mark')").await;
    b.set("#curve", "perplexity").await;
    b.until(
        "document.querySelector('.lines')?.getAttribute('aria-label').startsWith('Perplexity')",
    )
    .await;
    b.js("document.querySelector('.zoom button').click()").await;
    b.until("!document.querySelector('#zoom-all')?.disabled")
        .await;

    every_format(b).await;
    by_link(b, &site.origin).await;
    restored(b).await;
    b.assert_clean(&site.origin).await;
}

/// That the new arm has more orders, as Markdown: z-test, Newcombe's interval.
fn orders_are_better(words: &Words) -> Said {
    let change = format!("+5.0{}", words.text("report-points"));
    let [sure, comma] = ["interval", "comma"].map(|key| words.text(key));
    let evidence = format!("{sure} \\[+2.1, +7.9\\]{comma}p \\< 0.001");
    let known = [
        ("measure", "orders (orders)"),
        ("system", "new"),
        ("baseline", "old"),
        ("slice", ""),
        ("from", "10.0 %"),
        ("to", "15.0 %"),
        ("change", &change),
        ("interval", &evidence),
        ("count", "1,000"),
    ];
    words.say("report-better", &known)
}

fn bleu_from_to(words: &Words) -> Said {
    let known = [
        ("measure", "BLEU"),
        ("system", "tuned"),
        ("baseline", "base"),
        ("slice", ""),
        ("from", "1.4"),
        ("to", "100.0"),
    ];
    words.say("report-better", &known)
}

/// That another checkpoint than the best one was evaluated.
fn not_the_best(words: &Words) -> Said {
    words.say("note-not-the-best", &[("evaluated", "50"), ("best", "20")])
}

async fn every_format(b: &Browser) {
    let (en, zh) = (Words::english(), Words::chinese());
    b.open_page("report").await;
    b.shows("#verdict", not_the_best(&en)).await;
    b.click("#write-html").await;
    let html = b.downloaded("assay-report.html").await;
    assert!(html.starts_with("<!doctype html>") && html.contains("default-src 'none'"));
    assert!(
        !html.contains("<script")
            && !html.contains("http://1")
            && html.matches("<svg").count() >= 3
    );
    b.click("#write-latex").await;
    let latex = b.downloaded("assay-tables.tex").await;
    assert!(
        latex.contains("\\toprule") && latex.contains("orders $\\uparrow$ & new & 15.0 \\%"),
        "{latex}"
    );
    b.click("#write-xlsx").await;
    let workbook = b.downloaded_bytes("assay-report.xlsx").await;
    assert!(workbook.starts_with(b"PK"), "a workbook is a zip archive");
    // The verdict, goals, scores, comparisons, slices, outcomes, training and examples.
    let holds = |sheet: &str| {
        let mut parts = workbook.windows(sheet.len());
        parts.any(|part| part == sheet.as_bytes())
    };
    assert!(holds("xl/worksheets/sheet8.xml") && !holds("xl/worksheets/sheet9.xml"));
    b.click("#write-model-index").await;
    let card = b.downloaded("model-index.md").await;
    assert!(
        card.contains("- name: \"tuned\"") && card.contains("type: \"bleu\""),
        "{card}"
    );
    b.click("#write-json").await;
    let saved: Value = serde_json::from_str(&b.downloaded("assay-evaluation.json").await).unwrap();
    assert_eq!(saved["kind"], "assay-evaluation");
    assert!(
        saved["results"]["metrics"][0]["result"]["signature"]
            .as_str()
            .unwrap()
            .contains("version:2.6.0")
    );
    // The other language, all of it.
    b.click("#language").await;
    b.shows("#report", zh.say("report-counts", &[])).await;
    b.forget_download("assay-report.md");
    b.click("#write-markdown").await;
    let text = b.downloaded("assay-report.md").await;
    orders_are_better(&zh).assert_in(&text);
    b.click("#language").await;
    b.shows("#report", en.say("report-counts", &[])).await;
}

/// The link opens in place of the project's own report, which is there again when it is closed, and holds no text of
/// the data.
async fn by_link(b: &Browser, origin: &str) {
    let en = Words::english();
    b.click("#make-link").await;
    b.until("document.querySelector('#report-link')?.value.includes('#/report/')")
        .await;
    let link = b
        .js("return document.querySelector('#report-link').value")
        .await;
    let link = link.as_str().unwrap().to_owned();
    b.client.goto("about:blank").await.unwrap();
    b.client.goto(&link).await.unwrap();
    b.until("document.querySelector('#close-report')").await;
    b.shows("#verdict", bleu_is_better(&en)).await;
    assert_eq!(
        b.count("#verdict a").await,
        0,
        "evidence of what is elsewhere"
    );
    let shown = b.text("#report").await;
    assert!(
        !shown.contains("is a fine and good number"),
        "no text of the data"
    );
    b.click("#close-report").await;
    b.until("!document.querySelector('#close-report') && document.querySelector('#verdict a')")
        .await;
    b.client.goto("about:blank").await.unwrap();
    b.client.goto(&link[..link.len() - 5]).await.unwrap();
    b.shows("[role=alert]", en.text("link-error-altered")).await;
    b.client.goto("about:blank").await.unwrap();
    // Without an address of its own the page opens the project where it was left.
    b.client.goto(&format!("{origin}#/data")).await.unwrap();
    b.until("document.querySelector('#files')").await;
}

/// The file restores data, scores, runs, trials and goals.
async fn restored(b: &Browser) {
    let en = Words::english();
    let saved = b.downloaded("assay-evaluation.json").await;
    b.choose_file(&file("again.json", &saved)).await;
    for said in [
        en.text("overall-fail").into(),
        bleu_from_to(&en),
        not_the_best(&en),
    ] {
        b.shows("#verdict", said).await;
    }
    b.open_page("overview").await;
    b.scored().await;
    assert_eq!(b.count("#scores tbody tr").await, 8);
}

#[tokio::test]
async fn the_example_fills_every_page_and_what_is_taken_away_comes_back() {
    let (site, zh) = (Site::start(), Words::chinese());
    let b = &Browser::start("zh-CN").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    // Empty pages say what they are for.
    for page in ["overview", "examples", "training", "business", "report"] {
        b.open_page(page).await;
        b.until("document.querySelector('.empty h1')").await;
    }
    b.click(".empty button").await;
    b.shows("#report", zh.say("report-better", &[("baseline", "base")]))
        .await;

    b.open_page("training").await;
    let at = zh.text_with("at-step", &[("step", "500")]);
    let overfit = [("run", "run-a"), ("at", at.as_str())];
    b.shows(".answer", zh.say("finding-overfit", &overfit))
        .await;
    b.until("document.querySelectorAll('.lines polyline').length == 4")
        .await;
    b.js("document.querySelector('#runs .forget-run').click()")
        .await;
    b.until("document.querySelectorAll('.lines polyline').length == 2")
        .await;
    b.click("#undo-runs").await;
    b.until("document.querySelectorAll('.lines polyline').length == 4")
        .await;

    // Another baseline reverses the difference, another role of a column its outcomes.
    b.open_page("business").await;
    b.until("document.querySelector('#outcomes')?.innerText.includes('+10.8')")
        .await;
    b.until("document.querySelector('.stopping p')?.innerText.includes('finetuned')")
        .await;
    b.set("#trial-baseline", "finetuned").await;
    b.until("document.querySelector('#outcomes')?.innerText.includes('−10.8')")
        .await;
    b.click("#trial-roles summary").await;
    b.set_in_row("#trial-roles", "escalated", "ignored").await;
    b.hides("#outcomes", "escalated").await;
    b.click("#undo-trials").await;
    b.shows("#outcomes", "escalated").await;
    b.set("#shares", "70:30").await;
    b.until("document.querySelector('#mismatch')").await;
    b.click("#plan summary").await;
    b.shows("#planned", zh.say("plan-answer", &[("each", "4,129")]))
        .await;
    b.click(".tabs a:nth-child(2)").await;
    b.until("document.querySelector('#funnel') && document.querySelector('#percentiles') && document.querySelector('#per-success')").await;
    b.assert_clean(&site.origin).await;
}
