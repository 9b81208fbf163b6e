//! People's judgements from a file: how they relate to the example's metrics, a rater left out, a bad
//! file, undo, export, both languages.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;
use serde_json::Value;

#[tokio::test]
async fn judgements_are_loaded_weighed_and_set_beside_the_metrics() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;

    // Judgements alone, without data.
    b.js("location.hash = '#/ratings'").await;
    b.until("document.querySelector('#ratings-demo')").await;
    b.click("#ratings-demo").await;
    let loaded = [("raters", "3"), ("items", "60")];
    b.shows("#ratings-loaded", en.say("ratings-loaded", &loaded))
        .await;
    en.say("follows-none", &[])
        .assert_in(&b.text("#follows").await);

    // With data loaded they have its rows and metrics.
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#demo')").await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/ratings'").await;
    b.until("document.querySelectorAll('#follows tbody tr').length == 16")
        .await;
    let better = [("system", "finetuned"), ("baseline", "base")];
    en.say("people-better", &better)
        .assert_in(&b.text(".dimension .verdict").await);
    // Whether answers may stop coming in.
    b.until("document.querySelector('.dimension .stopping')?.innerText.length > 20")
        .await;
    assert_eq!(b.count(".dimension").await, 2);
    b.until("document.querySelector('#hardest a[href*=\"examples\"]')")
        .await;

    // A rater is left out and put back; the numbers follow.
    let ratings = "document.querySelector('.dimension tbody td:nth-child(5)').innerText";
    let before = b.js(&format!("return {ratings}")).await;
    b.click("#raters input").await;
    b.until(&format!("{ratings} != {before}")).await;
    b.click("#raters input").await;
    b.until(&format!("{ratings} == {before}")).await;

    // With the other system as the baseline the sentence is reversed.
    b.set("#ratings-baseline", "finetuned").await;
    let worse = [("system", "base"), ("baseline", "finetuned")];
    b.shows(".dimension .verdict", en.say("people-worse", &worse))
        .await;

    // A file without ratings says so and changes nothing; another replaces them; undo brings them back.
    b.choose_file_in("#ratings-file", &file("none.csv", "a,b\n1,2\n"))
        .await;
    let nothing = en.say("foreign-error-nothing", &[("file", "none.csv")]);
    b.shows("[role=alert]", nothing).await;
    assert_eq!(b.count(".dimension").await, 2);
    let mut text = String::from("rater,item,model_a,model_b,winner\n");
    for i in 0..30 {
        for rater in ["Ann", "Ben"] {
            let winner = if i % 5 == 0 { "base" } else { "tuned" };
            text.push_str(&format!("{rater},{i},base,tuned,{winner}\n"));
        }
    }
    b.choose_file_in("#ratings-file", &file("pairs.csv", &text))
        .await;
    b.until("document.querySelector('.pairs')?.innerText.includes('80 %')")
        .await;
    let preferred = [("winner", "tuned"), ("loser", "base"), ("rate", "80")];
    en.say("pair-better", &preferred)
        .assert_in(&b.text(".dimension .verdict").await);
    assert!(b.text("#agreement").await.contains("1.000"));
    b.click("#ratings-undo").await;
    b.until("document.querySelectorAll('.dimension').length == 2")
        .await;

    // As files.
    b.click("#ratings-export-long").await;
    let long = b.downloaded("assay-ratings-long.csv").await;
    assert!(long.starts_with("rater,item,row,system,dimension,value\n"));
    b.click("#ratings-export-json").await;
    let json: Value = serde_json::from_str(&b.downloaded("assay-ratings.json").await).unwrap();
    assert_eq!(json["analysis"]["raters"].as_array().unwrap().len(), 3);

    // In Chinese, on a small screen.
    b.click("#language").await;
    b.shows("#agreement", Words::chinese().text("agreement"))
        .await;
    b.client.set_window_size(390, 844).await.unwrap();
    b.until("document.documentElement.scrollWidth == document.documentElement.clientWidth")
        .await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn a_judge_that_favours_what_comes_first_is_corrected_by_people() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.js("location.hash = '#/ratings'").await;
    b.until("document.querySelector('#judge-demo')").await;
    b.click("#judge-demo").await;
    b.until("document.querySelector('#judges')").await;
    let bias = [("rate", "70"), ("items", "60"), ("pairs", "60")];
    en.say("judge-position-first", &bias)
        .assert_in(&b.text("#judges").await);
    let corrected = b.text("#judges .corrected").await;
    assert!(
        corrected.contains("69 %") && corrected.contains("53 %"),
        "{corrected}"
    );
    // What people said stands alone above: nothing is sure.
    let same = [("winner", "base"), ("loser", "finetuned")];
    let sentences = "return [...document.querySelectorAll('.dimension .verdict')].map(e => e.innerText).join(' ')";
    en.say("pair-same", &same)
        .assert_in(b.js(sentences).await.as_str().unwrap());

    // Taken for a person, it is counted among them; and back.
    let last = "#raters tr:last-of-type .rater-kind";
    b.click(last).await;
    b.until("!document.querySelector('#judges')").await;
    b.click(last).await;
    b.until("document.querySelector('#judges')").await;

    b.click("#language").await;
    b.shows("#judges", Words::chinese().text("judges")).await;
    b.click("#ratings-undo").await;
    b.until("!document.querySelector('#judges')").await;
    b.assert_clean(&site.origin).await;
}
