//! Was it trained on the test? Training files are dropped on their place, and what is found is a slice.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

/// A sentence that no other number has.
fn sentence(number: usize) -> String {
    let words = (0..10).map(|place| format!("w{number}x{place}"));
    words.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn rows_that_were_trained_on_are_named_and_become_a_slice() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    let mut test = String::from("prompt,reference,base,tuned\n");
    for i in 0..40 {
        let reference = sentence(i);
        test.push_str(&format!("Say {i},{reference},number {i},{reference}\n"));
    }
    b.choose_file(&file("sample.csv", &test)).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('40')")
        .await;

    // The references of three rows are dropped as a training file; the page does not load it as data.
    let line = |i| format!("{{\"text\": \"{}!\"}}\\n", sentence(i).to_uppercase());
    let text: String = [3, 5, 8].map(line).concat();
    let drop = format!(
        "const files = new DataTransfer(); files.items.add(new File(['{text}'], 'train.jsonl')); \
         document.querySelector('#overlap').dispatchEvent(new DragEvent('drop', \
         {{bubbles: true, cancelable: true, dataTransfer: files}}))"
    );
    b.js(&drop).await;
    b.until("document.querySelector('.overlap-verdict')").await;
    let found = [
        ("rows", "40"),
        ("found", "3"),
        ("files", "train.jsonl"),
        ("training", "3"),
    ];
    let verdict = b.text(".overlap-verdict").await;
    en.say("overlap-found", &found).assert_in(&verdict);
    assert_eq!(b.count("#later-files").await, 0, "the page asks about data");
    b.js("document.querySelector('#overlap details').open = true")
        .await;
    let rows = b.text("#overlap table").await;
    let place = en.text_with("overlap-place-is", &[("file", "train.jsonl"), ("row", "2")]);
    assert!(rows.contains(&place), "{rows}");

    // With and without them, under every measure.
    let column = en.text_with("overlap-column", &[("files", "train.jsonl")]);
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    b.open_part("slices").await;
    b.until("document.querySelector('#slices')").await;
    let slices = b.text("#slices").await;
    assert!(slices.contains(&column), "{slices}");

    // On the next visit both are there.
    b.client.refresh().await.unwrap();
    b.until("document.querySelector('#slices')").await;
    b.js("location.hash = '#/data'").await;
    b.shows(".overlap-verdict", en.say("overlap-found", &found))
        .await;

    // In a file with nothing of it, nothing is found, and a file that can't be read is told.
    let other = file(
        "other.csv",
        "text,n\nsomething quite different stands in here,1\n",
    );
    b.choose_file_in("#training-files", &other).await;
    let none = en.say(
        "overlap-none-found",
        &[("rows", "40"), ("files", "other.csv"), ("training", "1")],
    );
    b.shows("#overlap .overlap:last-child .overlap-verdict", none)
        .await;
    b.assert_clean(&site.origin).await;
}
