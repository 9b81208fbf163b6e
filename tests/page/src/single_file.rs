//! The page as one file, opened from a folder: everything but the default models and Python works, no request is made,
//! and a rater's file has its task inside.

use crate::browser::{Browser, Site, built_page};
use crate::file;
use crate::files::path;
use crate::words::Words;
use assay_testing::shared;
use std::path::{Path, PathBuf};
use xtask::single_file::{self, Effort};

/// The address of a file.
fn address(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// Outputs of two systems, a file each, joined by their ids; those of the tuned one are right.
fn outputs() -> PathBuf {
    let lines = |output: &dyn Fn(usize) -> String| -> String {
        let line = |i: usize| {
            let reference = format!("the number {i} is a fine and good number");
            serde_json::json!({"id": i, "prompt": format!("Say {i}"), "reference": reference, "output": output(i)})
        };
        (0..40).map(|i| format!("{}\n", line(i))).collect()
    };
    let base = file("base.jsonl", &lines(&|i| format!("number {i} was bad")));
    let right = |i| format!("the number {i} is a fine and good number");
    let tuned = file("tuned.jsonl", &lines(&right));
    PathBuf::from(format!("{}\n{}", base.display(), tuned.display()))
}

#[tokio::test]
async fn from_files_to_a_report_and_perplexity_without_any_server() {
    let page = path("assay.html");
    single_file::write_page(&built_page(), &page, Effort::Quick).unwrap();
    let en = Words::english();
    let b = &Browser::start("en-US").await;
    b.client.goto(&address(&page)).await.unwrap();
    b.shows("#single-file", en.text("single-file")).await;

    // Scores, a test, and a measure that reads WordNet.
    b.choose_file(&outputs()).await;
    b.until("document.querySelector('#loaded')").await;
    b.open_page("overview").await;
    b.scored().await;
    let better = [("system", "tuned"), ("baseline", "base")];
    b.shows(".verdict", en.say("verdict-better", &better)).await;
    b.set("#test", "ar").await;
    b.until("document.querySelector('#scores').innerText.includes('p < 0.001')")
        .await;
    let measures = b.count("#scores tbody tr").await;
    b.set("#add-metric", "meteor").await;
    b.scored().await;
    b.js(&format!("location.hash = '#/overview?metric={measures}'"))
        .await;
    b.shows("#metric h2", "METEOR").await;
    b.js("document.querySelector('.options').open = true").await;
    b.set("#modules", "exact+stem+wordnet").await;
    b.hides("#metric h2", "exact").await;
    b.scored().await;

    // Rows, and the report as a file.
    b.js("location.hash = '#/examples?row=2'").await;
    b.shows("#detail", "the number 1 is a fine and good number")
        .await;
    b.open_page("report").await;
    b.click("#write-html").await;
    let report = b.downloaded("assay-report.html").await;
    assert!(report.contains("tuned") && report.contains("BLEU"));
    b.click("#write-xlsx").await;
    let workbook = b.downloaded_bytes("assay-report.xlsx").await;
    assert!(workbook.starts_with(b"PK"), "by the reader's worker");

    // Nothing is kept: the page says so, and gives a backup.
    let not_saved = en.say("not-saved-here", &[]);
    b.shows("#not-saved-here", not_saved).await;
    assert_eq!(b.count("#not-saved-here button").await, 2);

    // What is not in the file is not offered; a model of one's own scores.
    b.js("location.hash = '#/perplexity'").await;
    b.shows("#model", en.text("model-places-alone")).await;
    assert_eq!(b.count("#default-model").await, 0);
    if let Some(model) = shared("models/tiny-llama-F16.gguf") {
        b.choose_file_in("#model-file", &model).await;
        b.until("document.querySelector('#model-name')?.innerText.startsWith('tiny-llama')")
            .await;
        b.set("#backend", "cpu").await;
        b.click("#score-perplexity").await;
        b.until("document.querySelector('#perplexity-results')")
            .await;
    }
    b.assert_asked_nothing().await;
}

/// The browser's own reports of what it refused are errors on its console, so they have a test of their own.
#[tokio::test]
async fn the_policy_of_the_file_refuses_every_request() {
    let page = path("assay.html");
    single_file::write_page(&built_page(), &page, Effort::Quick).unwrap();
    let en = Words::english();
    let b = &Browser::start("en-US").await;
    b.client
        .goto(&format!("{}#/privacy", address(&page)))
        .await
        .unwrap();
    b.shows("#policy", "connect-src 'none'").await;
    b.shows("#privacy", en.text("privacy-policy-alone")).await;
    b.click("#privacy-check").await;
    b.until("document.querySelectorAll('#privacy-tried .better').length == 2")
        .await;
}

#[tokio::test]
async fn a_raters_file_is_rated_from_a_folder_and_its_answers_come_back_as_text() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&outputs()).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/ratings'").await;
    b.click("#new-task").await;
    b.click("#template-pairwise").await;
    b.set("#task-title", "Which number?").await;
    for (field, value) in [("#task-rows", "first"), ("#task-count", "2")] {
        b.set(field, value).await;
    }
    b.until("document.querySelectorAll('#task-preview .rate-output').length == 2")
        .await;
    b.click("#task-make").await;
    b.click("#rater-file").await;
    let name = "assay-task-Which-number.html";
    b.downloaded_bytes(name).await;

    let rater = &Browser::start("en-US").await;
    let page = b.download_path(name);
    rater.client.goto(&address(&page)).await.unwrap();
    rater.click("#rate-begin").await;
    rater.until("document.querySelector('.rate-item')").await;
    for done in 0..2 {
        let bar = format!("document.querySelector('.rate-progress progress')?.value == {done}");
        rater.until(&bar).await;
        rater.press("a").await;
        rater.press("\u{e007}").await;
    }
    rater
        .shows("#rate-not-kept", en.text("rate-not-kept"))
        .await;
    rater.click("#rate-send").await;
    rater.shows(".send", en.text("rate-answers-text")).await;
    let answers = rater
        .js("return document.querySelector('#answers-link').value")
        .await;
    let answers = answers.as_str().unwrap().to_owned();
    assert!(answers.starts_with("#/answers/"), "no path of the rater's");
    rater.assert_asked_nothing().await;

    b.set("#answers", &format!("Here are mine: {answers}"))
        .await;
    b.click("#answers-take").await;
    b.shows("#received", en.say("outcome-merged", &[("added", "2")]))
        .await;
    b.assert_clean(&site.origin).await;
}
