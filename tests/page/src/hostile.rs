//! Files that can't be read, and texts that look like code or markup.

use crate::browser::{Browser, Site};
use crate::file;

#[tokio::test]
async fn bad_files_are_refused_in_words_and_nothing_is_lost() {
    let site = Site::start();
    let browser = Browser::start("zh-CN").await;
    let b = &browser;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.documentElement.lang == 'zh-CN' && document.querySelector('#demo')")
        .await;
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')").await;
    let columns: String = (0..5000).map(|i| format!("c{i},")).collect();
    let cases = [
        ("header.csv", "a,b\n".to_owned(), "只有表头"),
        ("nothing.csv", String::new(), "是空文件"),
        (
            "binary.csv",
            "\u{0}\u{1}\u{2}x\u{0}".repeat(99),
            "不是文本文件",
        ),
        ("wide.csv", format!("{columns}\n1,2\n"), "5,001"),
        ("broken.json", "{\"a\": [1, 2".to_owned(), "不是有效的 JSON"),
    ];
    for (name, text, words) in cases {
        b.choose_file(&file(name, &text)).await;
        b.until(&format!(
            "document.querySelector('[role=alert]')?.innerText.includes('{words}')"
        ))
        .await;
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
    b.until("document.querySelector('[role=alert]')?.innerText.includes('2,147 MB')")
        .await;
    std::fs::remove_file(sparse).unwrap();
    b.assert_clean(&site.origin).await;
    browser.client.clone().close().await.unwrap();
}

#[tokio::test]
async fn text_stays_text_wherever_it_is_shown() {
    let site = Site::start();
    let browser = Browser::start("en-US").await;
    let b = &browser;
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
    b.set("#roles tr:nth-child(5) select", "slice").await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    b.js("location.hash = '#/examples?row=1'").await;
    b.until("document.querySelector('#detail')").await;
    b.press("n").await;
    b.until("document.querySelector('#detail .gram')").await;
    assert_eq!(b.js("return document.title").await, "Assay");
    assert_eq!(b.count("main img, main script").await, 0);
    b.assert_clean(&site.origin).await;
    browser.client.clone().close().await.unwrap();
}

/// A link of the first version, as it is kept for ever.
const TASK: &str = include_str!("../../../crates/rating/tests/rating/envelopes/v1-task.txt");

#[tokio::test]
async fn bad_links_are_refused_in_words_and_a_good_one_still_opens() {
    let site = Site::start();
    let browser = Browser::start("zh-CN").await;
    let b = &browser;
    let task = TASK.trim();
    let (head, tail) = task.split_at(task.len() / 2);
    let letter = if tail.starts_with('A') { 'B' } else { 'A' };
    let altered = format!("{head}{letter}{}", &tail[1..]);
    let bomb = format!("{}{}", &task[..40], "A".repeat(30_000));
    let cases = [
        ("hello", "不是评分链接"),
        (head, "链接不完整"),
        (altered.as_str(), "被改动"),
        (bomb.as_str(), "被改动"),
    ];
    for (envelope, words) in cases {
        let link = format!("{}/#/rate/{envelope}", site.origin);
        b.client.goto("about:blank").await.unwrap();
        b.client.goto(&link).await.unwrap();
        b.until(&format!(
            "document.querySelector('[role=alert]')?.innerText.includes('{words}')"
        ))
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
    browser.client.clone().close().await.unwrap();
}
