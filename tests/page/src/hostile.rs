//! Files that can't be read, and texts that look like code or markup.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;
use assay_testing::shared;
use std::path::Path;

#[tokio::test]
async fn bad_files_are_refused_in_words_and_nothing_is_lost() {
    let (site, zh) = (Site::start(), Words::chinese());
    let b = &Browser::start("zh-CN").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.documentElement.lang == 'zh-CN' && document.querySelector('#demo')")
        .await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')").await;
    let columns: String = (0..5000).map(|i| format!("c{i},")).collect();
    let cases = [
        ("header.csv", "a,b\n".to_owned(), "header-only"),
        ("nothing.csv", String::new(), "empty"),
        ("binary.csv", "\u{0}\u{1}\u{2}x\u{0}".repeat(99), "binary"),
        ("wide.csv", format!("{columns}\n1,2\n"), "too-many-columns"),
        ("broken.json", "{\"a\": [1, 2".to_owned(), "json"),
    ];
    for (name, text, error) in cases {
        b.choose_file(&file(name, &text)).await;
        let words = zh.say(&format!("import-error-{error}"), &[("file", name)]);
        b.shows("[role=alert]", words).await;
        assert!(
            b.text("#loaded").await.contains("60"),
            "the example is still loaded after {name}"
        );
    }
    // Two gigabytes that take no room on disk; not a byte of them is read.
    let sparse = file("huge.csv", "");
    std::fs::File::options()
        .write(true)
        .open(&sparse)
        .and_then(|f| f.set_len(2 << 30))
        .unwrap();
    b.choose_file(&sparse).await;
    let size = [("file", "huge.csv"), ("found_mb", "2,147")];
    b.shows("[role=alert]", zh.say("import-error-too-large", &size))
        .await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn text_stays_text_wherever_it_is_shown() {
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    let evil =
        "<img src=x onerror=\"document.title='gone'\"><script>document.title='gone'</script>";
    let quoted = evil.replace('"', "\"\"");
    let mut csv = format!("prompt,reference,\"{quoted}\",tuned,domain\n");
    for i in 0..8 {
        csv.push_str(&format!(
            "\"{quoted}\",\"{quoted} {i}\",\"{quoted} {i}\",\"x {quoted}\",\"{quoted}\"\n"
        ));
    }
    b.choose_file(&file("evil.csv", &csv)).await;
    b.until("document.querySelector('#loaded')").await;
    b.set_in_row("#roles", "domain", "slice").await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    b.js("location.hash = '#/examples?row=1'").await;
    b.until("document.querySelector('#detail')").await;
    b.press("n").await;
    b.until("document.querySelector('#detail .gram')").await;
    let title = format!(
        "{} · evil.csv · {}",
        Words::english().text("examples"),
        Words::english().text("title")
    );
    assert_eq!(b.js("return document.title").await, title.as_str());
    assert_eq!(b.count("main img, main script").await, 0);
    b.assert_clean(&site.origin).await;
}

/// Loads a file of the shared hostile ones, which has this many rows, and shows its scores.
async fn load(b: &Browser, path: &Path, rows: &str) {
    b.open_page("data").await;
    b.until("document.querySelector('#files')").await;
    match b.count("#loaded").await {
        0 => b.choose_file(path).await,
        _ => b.replace_by(path).await,
    }
    let name = path.file_name().unwrap().to_str().unwrap();
    let loaded = Words::english().say("loaded", &[("rows", rows), ("files", name)]);
    b.shows("#loaded", loaded).await;
    b.open_page("overview").await;
}

#[tokio::test]
async fn degenerate_tables_leave_every_panel_standing() {
    let Some(folder) = shared("cases/hostile") else {
        return;
    };
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();

    // One blank output among forty: every panel answers, and it stands out.
    load(b, &folder.join("blank.csv"), "40").await;
    b.scored().await;
    b.js("location.hash = '#/overview?metric=1&system=1'").await;
    b.open_part("analyses").await;
    // The first two measures order the rows alike, which is an answer too.
    let alike = format!("'{}'", en.text("apart-none"));
    for (panel, answer) in [
        ("q-pairs", "querySelector('table')"),
        ("q-outliers", "querySelector('table')"),
        ("q-agreement", "querySelector('table')"),
        ("q-apart", &format!("innerText.includes({alike})")),
        ("q-texts", "querySelector('table')"),
    ] {
        let panel = format!("document.querySelector('#{panel}')");
        b.until(&panel).await;
        b.js(&format!("{panel}.open = true")).await;
        b.until(&format!("{panel}.{answer}")).await;
    }
    b.shows("#outliers", en.text("outlier-blank")).await;

    // A class that is predicted and never true: its areas alone are undefined.
    load(b, &folder.join("never_true.csv"), "40").await;
    for key in ["accuracy", "f1-macro", "log-loss"] {
        b.shows("#classifiers", en.text(key)).await;
    }
    b.shows(".areas", en.text("area-undefined")).await;
    let rows = "[...document.querySelectorAll('.areas tbody tr')].map(r => [r.querySelector('th').innerText, r.querySelector('td').innerText])";
    let areas = b.js(&format!("return {rows}")).await;
    let undefined = en.text("area-undefined");
    for row in areas.as_array().unwrap() {
        let (class, area) = (row[0].as_str().unwrap(), row[1].as_str().unwrap());
        assert_eq!(area == undefined, class == "neutral", "{areas}");
    }

    // One class only: the scores are there, the areas are not.
    load(b, &folder.join("allones.csv"), "20").await;
    b.until("document.querySelector('.areas tbody th')?.innerText == '1'")
        .await;
    for key in ["accuracy", "precision-macro", "recall-macro", "f1-macro"] {
        b.shows("#classifiers", en.text(key)).await;
    }
    b.shows(".areas", undefined).await;

    // Probabilities that are none: the classes are scored all the same, and no figure is NaN.
    load(b, &folder.join("infscore.csv"), "50").await;
    b.shows("#classifiers", "1.0000 [0.929").await;
    let shown = b.text("main").await;
    assert!(!shown.contains("NaN"), "{shown}");
    b.assert_clean(&site.origin).await;
}

/// A link of the first version, as it is kept for ever.
const TASK: &str = include_str!("../../../crates/rating/tests/rating/envelopes/v1-task.txt");

#[tokio::test]
async fn bad_links_are_refused_in_words_and_a_good_one_still_opens() {
    let (site, zh) = (Site::start(), Words::chinese());
    let b = &Browser::start("zh-CN").await;
    let task = TASK.trim();
    let (head, tail) = task.split_at(task.len() / 2);
    let letter = if tail.starts_with('A') { 'B' } else { 'A' };
    let altered = format!("{head}{letter}{}", &tail[1..]);
    let bomb = format!("{}{}", &task[..40], "A".repeat(30_000));
    let cases = [
        ("hello", "no-envelope"),
        (head, "cut"),
        (altered.as_str(), "altered"),
        (bomb.as_str(), "altered"),
    ];
    for (envelope, error) in cases {
        let link = format!("{}/#/rate/{envelope}", site.origin);
        b.client.goto("about:blank").await.unwrap();
        b.client.goto(&link).await.unwrap();
        b.shows(
            "[role=alert]",
            zh.say(&format!("envelope-error-{error}"), &[]),
        )
        .await;
    }
    // The page stays usable: the whole link, pasted with words around it, opens.
    b.set(
        "#task-pasted",
        &format!("请打开 https://x.org/#/rate/{task} 谢谢"),
    )
    .await;
    b.click("#task-open").await;
    b.until("document.querySelector('#rate-begin')").await;
    b.assert_clean(&site.origin).await;
}
