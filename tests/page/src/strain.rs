//! A text of megabytes, two hundred columns, fifty systems in the page: the worker cuts what it sends, so that the page
//! draws it in short tasks. Sizes of replies, time and memory are held by `crates/core/tests/strain`.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;
use serde_json::json;
use std::fmt::Write;
use std::path::PathBuf;

/// Notes every task of more than 50 ms from now on.
const WATCH: &str = "window.longTasks = []; new PerformanceObserver((list) => \
    list.getEntries().forEach((e) => window.longTasks.push(Math.round(e.duration))))\
    .observe({ type: 'longtask' });";

/// Text that a page holds at most.
const MOST_TEXT: u64 = 1_500_000;

fn long_text() -> PathBuf {
    let words = |word: &str| word.repeat(10_000_000 / word.len());
    let (reference, output) = (words("some words of it "), words("other ones here "));
    let rows = format!("id,reference,base,tuned\n1,r,a,b\n2,{reference},{output},b\n");
    file("long-text.csv", &rows)
}

fn columns() -> PathBuf {
    let names: Vec<String> = (0..200).map(|c| format!("column {c}")).collect();
    let mut text = names.join(",") + "\n";
    for row in 0..50 {
        let cells: Vec<String> = (0..200)
            .map(|c| format!("{} {c} {row}", "words ".repeat(200)))
            .collect();
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    file("columns.csv", &text)
}

fn systems() -> PathBuf {
    let names: Vec<String> = (0..50).map(|s| format!("model_{s}")).collect();
    let mut text = format!("id,reference,{}\n", names.join(","));
    for row in 0..20 {
        write!(text, "{row},the answer to number {row} is written here").unwrap();
        for system in 0..50 {
            let word = ["is", "was"][(row + system) % 2];
            write!(
                text,
                ",the answer to number {row} {word} written by {system}"
            )
            .unwrap();
        }
        text.push('\n');
    }
    file("fifty.csv", &text)
}

/// Prints the longest task since the page was watched, and holds that there is no more text in it than can be drawn at
/// once. Times are printed only: how long a task takes depends on the machine and what else it does.
async fn settle(b: &Browser, what: &str) {
    let longest = b.js("return Math.max(0, ...window.longTasks)").await;
    let longest = longest.as_u64().unwrap();
    let text = b.js("return document.body.textContent.length").await;
    println!("{what}: a task of {longest} ms at most, {text} characters in the page");
    assert!(text.as_u64().unwrap() <= MOST_TEXT, "{what}: {text}");
    b.js("window.longTasks = []").await;
}

#[tokio::test]
async fn what_is_large_is_shown_cut() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.open_data(&site).await;
    b.js(WATCH).await;
    for (what, path, row, rows) in [
        ("a text of 10 MB", long_text(), 2, "2"),
        ("two hundred columns", columns(), 1, "50"),
        ("fifty systems", systems(), 4, "20"),
    ] {
        b.js("location.hash = '#/data'").await;
        b.until("document.querySelector('#files')").await;
        match b.count("#loaded").await {
            0 => b.choose_file(&path).await,
            _ => b.replace_by(&path).await,
        }
        b.long_until(&format!(
            "document.querySelector('#loaded')?.innerText.includes({})",
            json!(path.file_name().unwrap().to_string_lossy())
        ))
        .await;
        settle(b, &format!("{what}, imported")).await;
        if what == "two hundred columns" {
            assert_eq!(b.count("#roles tbody tr").await, 40);
            b.click("#more-columns").await;
            b.until("document.querySelectorAll('#roles tbody tr').length == 80")
                .await;
        }
        b.js(&format!("location.hash = '#/examples?row={row}'"))
            .await;
        b.until("document.querySelector('#detail')").await;
        b.shows("#found", en.say("rows-found", &[("count", rows)]))
            .await;
        settle(b, &format!("{what}, a row")).await;
        for marking in ["alignment", "ngrams", "differences"] {
            b.click(&format!("#mark-{marking}")).await;
        }
        settle(b, &format!("{what}, its markings")).await;
    }
    b.open_page("overview").await;
    b.until("document.querySelector('main h1, main h2')").await;
    settle(b, "fifty systems, compared").await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn a_long_text_is_cut_and_the_page_says_so() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.open_data(&site).await;
    b.choose_file(&long_text()).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/examples?row=2'").await;
    b.shows(
        "#detail .bounds",
        en.say("detail-cut", &[("characters", "20,000")]),
    )
    .await;
    b.shows("#detail .bounds", en.text("detail-unmarked")).await;
    b.js("location.hash = '#/examples?row=1'").await;
    b.until("document.querySelector('#detail') && !document.querySelector('#detail .bounds')")
        .await;
}
