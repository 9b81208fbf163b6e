//! A task by MQM from the form to the result: errors marked in advance from a column, a rater who corrects them, and the
//! score of each system; the same page takes no score of ESA before the errors are marked.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

/// Two rows; the tuned system's output has an error marked in advance in the first.
fn rows() -> std::path::PathBuf {
    let marked =
        r#"[{""start"": 0, ""end"": 3, ""severity"": ""major"", ""category"": ""Style""}]"#;
    file(
        "marked.csv",
        &format!(
            "prompt,reference,base,tuned,tuned_errors\n\
             Say 0,the number 0 is fine,bad number 0,the number 0 is fine,\"{marked}\"\n\
             Say 1,the number 1 is fine,bad number 1,the number 1 is fine,[]\n"
        ),
    )
}

/// The form for a task of the rows, with the questions of a template.
async fn form(b: &Browser, origin: &str, template: &str) {
    b.client.goto(origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.choose_file(&rows()).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/ratings'").await;
    b.until("document.querySelector('#new-task')").await;
    b.click("#new-task").await;
    b.until("document.querySelector('#task-extent')").await;
    b.click(&format!("#template-{template}")).await;
    b.set("#task-rows", "all").await;
    b.set("#task-title", "Errors").await;
}

/// Which of the two outputs shown says something, from 1.
async fn output(b: &Browser, said: &str) -> usize {
    let outputs = "[...document.querySelectorAll('.rate-output .prose')]";
    let place = format!("return {outputs}.findIndex(p => p.innerText.includes('{said}'))");
    let place = b.js(&place).await.as_u64().unwrap();
    place as usize + 1
}

/// Marks the first word of an output as an error of a severity.
async fn mark(b: &Browser, output: usize, severity: &str) {
    let of = format!(".rate-output:nth-of-type({output})");
    b.click(&format!("{of} .brush .{severity}")).await;
    for _ in 0..2 {
        b.click(&format!("{of} .piece")).await;
    }
    b.until(&format!("document.querySelector('{of} .piece.{severity}')"))
        .await;
}

#[tokio::test]
async fn a_task_by_mqm_goes_from_the_form_over_a_rater_to_scores() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    form(b, &site.origin, "mqm").await;
    b.set("#task-marks-1", "tuned_errors").await;
    b.until("document.querySelector('#task-preview .brush .critical')")
        .await;
    b.click("#task-make").await;
    b.until("document.querySelector('#task-link')").await;
    let link = b.js("return document.querySelector('#task-link').value");
    let link = link.await.as_str().unwrap().to_owned();

    let rater = &Browser::start("en-US").await;
    rater.client.goto(&link).await.unwrap();
    rater.until("document.querySelector('#rate-begin')").await;
    rater.click("#rate-begin").await;
    for round in 0..2 {
        let behind = format!("document.querySelector('.rate-progress progress')?.value == {round}");
        rater.until(&behind).await;
        let tuned = output(rater, "fine").await;
        let of = format!(".rate-output:nth-of-type({tuned})");
        // In one of the items an error is marked already: it becomes a minor one.
        let marked = rater.count(&format!("{of} .piece.major")).await;
        if marked > 0 {
            rater.click(&format!("{of} .marks button")).await;
            rater
                .until(&format!("!document.querySelector('{of} .piece.major')"))
                .await;
            mark(rater, tuned, "minor").await;
        } else {
            rater.click(&format!("{of} .mark-none")).await;
        }
        let base = output(rater, "bad").await;
        mark(rater, base, "critical").await;
        rater.click("#rate-next").await;
    }
    rater.until("document.querySelector('#rate-send')").await;
    rater.click("#rate-send").await;
    rater.until("document.querySelector('#answers-link')").await;
    let answers = rater.js("return document.querySelector('#answers-link').value");
    let answers = answers.await.as_str().unwrap().to_owned();
    rater.assert_clean(&site.origin).await;

    b.set("#answers", &answers).await;
    b.click("#answers-take").await;
    b.until("document.querySelector('.dimension tbody')").await;
    let dimension = b.text(".dimension").await;
    // Two critical errors of base, and a minor one of tuned, in two rows: means and medians are the same.
    let medians = "return [...document.querySelectorAll('.dimension .ratings tbody tr')].map(r => r.querySelectorAll('td')[2].innerText)";
    let medians = b.js(medians).await;
    assert_eq!(medians, serde_json::json!(["25", "0.5"]), "{dimension}");
    assert!(dimension.contains(&en.text("lower")), "{dimension}");
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn a_score_of_esa_waits_for_the_errors() {
    let site = Site::start();
    let b = &Browser::start("zh-CN").await;
    form(b, &site.origin, "esa").await;
    b.until("document.querySelectorAll('#task-preview .score-field input:disabled').length == 4")
        .await;
    b.click("#task-make").await;
    b.until("document.querySelector('#task-link')").await;
    let link = b.js("return document.querySelector('#task-link').value");
    let link = link.await.as_str().unwrap().to_owned();
    b.client.set_window_size(390, 844).await.unwrap();
    b.client.goto(&link).await.unwrap();
    b.until("document.querySelector('#rate-begin')").await;
    b.click("#rate-begin").await;
    b.until("document.querySelectorAll('.score-field input:disabled').length == 4")
        .await;
    b.click(".rate-output:nth-of-type(1) .mark-none").await;
    b.until("document.querySelectorAll('.score-field input:disabled').length == 2")
        .await;
    b.set(
        ".rate-output:nth-of-type(1) .score-field input[type=number]",
        "83",
    )
    .await;
    b.until("document.querySelector('.score-field input[type=range]').value == '83'")
        .await;
    b.until("document.documentElement.scrollWidth == document.documentElement.clientWidth")
        .await;
    b.assert_clean(&site.origin).await;
}
