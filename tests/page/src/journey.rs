//! A person's way through the page, from import to export, offline too.

use crate::browser::{Browser, Site};
use crate::words::Words;
use crate::{file, sample};
use serde_json::Value;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn from_a_file_to_saved_results_in_both_languages_and_offline() {
    let (site, en) = (Site::start_kept(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;

    // Import, with a row set aside, and a role corrected.
    b.choose_file(&sample()).await;
    b.until("document.querySelector('#loaded')").await;
    let loaded = [("rows", "40"), ("files", "sample.csv")];
    en.say("loaded", &loaded)
        .assert_in(&b.text("#loaded").await);
    let problems = b.text("#problems").await;
    let line = [("file", "sample.csv"), ("line", "42")];
    en.say("line", &line).assert_in(&problems);
    let ragged = [("found", "2"), ("expected", "6")];
    en.say("reason-ragged", &ragged).assert_in(&problems);
    b.set_in_row("#roles", "notes", "ignored").await;
    b.until("[...document.querySelectorAll('#roles select')].map(s => s.value).join() == 'source,reference,hypothesis,hypothesis,slice,ignored'").await;

    // Scores.
    b.open_page("overview").await;
    b.scored().await;
    assert_eq!(b.count("#scores tbody tr").await, 8);
    let all = [
        ("system", "tuned"),
        ("baseline", "base"),
        ("better", "8"),
        ("total", "8"),
    ];
    let better = en.say("verdict-better", &all);
    better.assert_in(&b.text(".verdict").await);
    assert!(
        b.text("#scores tbody tr").await.contains("100"),
        "the tuned system is perfect"
    );
    assert!(
        b.text(".signature")
            .await
            .contains("tok:13a|smooth:exp|version:2.6.0")
    );

    // An option computes its metric again; another test and baseline compute what they touch.
    b.set("#tokenize", "char").await;
    b.until("document.querySelector('.signature')?.innerText.includes('tok:char')")
        .await;
    b.set("#test", "ar").await;
    b.until("location.hash.includes('test=ar')").await;
    b.scored().await;
    assert!(
        b.text("#scores").await.contains("p < 0.001"),
        "1 of 10,001 shufflings"
    );
    b.set("#baseline", "1").await;
    let turned = [
        ("system", "base"),
        ("baseline", "tuned"),
        ("worse", "8"),
        ("total", "8"),
    ];
    b.shows(".verdict", en.say("verdict-worse", &turned)).await;
    b.client.back().await.unwrap();
    b.shows(".verdict", better).await;

    // Charts as files.
    b.click("#metric .downloads button").await;
    let svg = b.downloaded("assay-BLEU-scores.svg").await;
    assert!(svg.starts_with("<svg") && svg.contains("tuned") && !svg.contains("href"));
    b.click_with("#metric .downloads button", "PNG").await;
    let png = b.downloaded_bytes("assay-BLEU-scores.png").await;
    assert!(png.starts_with(b"\x89PNG"));

    // Results as files.
    b.click("#export-json").await;
    let results: Value = serde_json::from_str(&b.downloaded("assay-results.json").await).unwrap();
    let tuned = &results["metrics"][0]["systems"][1];
    assert!((tuned["score"]["value"].as_f64().unwrap() - 100.0).abs() < 1e-9);
    assert_eq!(tuned["segments"].as_array().unwrap().len(), 40);
    assert_eq!(results["settings"]["test"]["kind"], "ar");
    b.click("#export-csv").await;
    let csv = b.downloaded("assay-results.csv").await;
    assert!(csv.contains("domain=law") && csv.contains("tok:char"));
    b.click("#export-segments").await;
    assert_eq!(b.downloaded("assay-segments.csv").await.lines().count(), 41);

    // The other language and the other theme, and they last.
    b.click("#language").await;
    b.until("document.documentElement.lang == 'zh-CN'").await;
    b.shows("body", Words::chinese().text("baseline")).await;
    let ground = "return getComputedStyle(document.body).backgroundColor";
    let before = b.js(ground).await;
    b.click("#theme").await;
    let dark = b.js(ground).await;
    assert_ne!(dark, before);

    // Offline: the files are kept, the server goes away, the page still opens and scores.
    b.until("navigator.serviceWorker.controller").await;
    b.assert_clean(&site.origin).await;
    site.open.store(false, Ordering::SeqCst);
    b.client.refresh().await.unwrap();
    b.until("document.documentElement.lang == 'zh-CN'").await;
    assert_eq!(b.js(ground).await, dark);
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#demo')").await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')?.innerText.includes('60')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    assert_eq!(b.count("#scores tbody tr").await, 8);
}

#[tokio::test]
async fn files_side_by_side_on_a_small_screen_and_back_to_what_was_there() {
    let (site, zh) = (Site::start(), Words::chinese());
    let b = &Browser::start("zh-CN").await;
    b.client.set_window_size(390, 844).await.unwrap();
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')?.innerText.includes('60')")
        .await;

    // Three plain files, one of them reference, joined by line.
    let lines = |text: &str| (0..30).map(|i| format!("{text} {i}\n")).collect::<String>();
    let files = [
        file(
            "reference.txt",
            &lines("今天 天气 很好 我们 一起 去 公园 散步 聊天 吃饭"),
        ),
        file("old.txt", &lines("今天 天气 我们 一起 公园 吃饭")),
        file(
            "new.txt",
            &lines("今天 天气 很好 我们 一起 去 公园 散步 聊天 吃饭"),
        ),
    ];
    let paths: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
    b.choose_file(std::path::Path::new(&paths.join("\n"))).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('30')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    let systems = [("system", "new"), ("baseline", "old")];
    zh.say("verdict-better", &systems)
        .assert_in(&b.text(".verdict").await);
    assert!(b.text(".signature").await.contains("tok:zh"));
    let wide = b
        .js("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .await;
    assert_eq!(wide, 0, "nothing pushes the page wider than the screen");

    // Back to the example.
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#undo')").await;
    b.click("#undo").await;
    b.until("document.querySelector('#loaded')?.innerText.includes('60')")
        .await;
    b.assert_clean(&site.origin).await;
}
