//! What judges wrote and how they differ: phrases with their counts on each side, the reasons behind one, and the effects
//! of raters who compare.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

/// Two judges who compare thirty items; one is sure of the tuned system, the other is not.
fn judgements() -> std::path::PathBuf {
    let mut text = String::from("judge,item,model_a,model_b,winner,rationale\n");
    for item in 0..30 {
        for (judge, every) in [("gpt-4", 10), ("gemini-pro", 3)] {
            let (winner, why) = match item % every {
                0 => ("base", "It is shorter and easier to read."),
                _ => ("tuned", "The answer cites its sources."),
            };
            text.push_str(&format!("{judge},{item},base,tuned,{winner},{why}\n"));
        }
    }
    file("reasons.csv", &text)
}

#[tokio::test]
async fn reasons_and_what_raters_differ_in_are_shown_and_searched() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.js("location.hash = '#/ratings'").await;
    b.until("document.querySelector('#ratings-file')").await;
    b.choose_file_in("#ratings-file", &judgements()).await;
    b.until("document.querySelectorAll('details.reasons').length == 2")
        .await;

    // A phrase leads to the reasons that have it.
    b.click("details.reasons summary").await;
    b.until(
        "document.querySelector('details.reasons tbody')?.innerText.includes('cites its sources')",
    )
    .await;
    let phrase = "[...document.querySelectorAll('details.reasons tbody button')].find(b => b.innerText.includes('cites its sources'))";
    b.js(&format!("{phrase}.click()")).await;
    let found = "document.querySelector('details.reasons [role=status]').innerText";
    b.until(&format!("/\\d/.test({found})")).await;
    let count = b.js(&format!("return {found}")).await;
    let counts = ["27", "20"];
    let is_counted = counts.iter().any(|n| count.as_str().unwrap().contains(n));
    assert!(is_counted, "{count}");

    // Both raters stand in the table of differences, and how clearly each tells the systems apart.
    let table = b.text(".raters-differ").await;
    for judge in ["gpt-4", "gemini-pro"] {
        assert!(table.contains(judge), "{table}");
    }
    let own = "['gpt-4', 'gemini-pro'].map(judge => [...document.querySelectorAll('.raters-differ tbody tr')].find(r => r.innerText.includes(judge))).map(r => parseFloat(r.querySelectorAll('td')[4].innerText))";
    let clarity = b.js(&format!("return {own}")).await;
    let clarity: Vec<f64> = serde_json::from_value(clarity).unwrap();
    assert!(clarity[0] > 1.0 && clarity[1] < 1.0, "{clarity:?}");

    b.click("#language").await;
    b.shows(".dimension", Words::chinese().text("raters-differ"))
        .await;
    b.hides(".dimension", en.text("raters-differ")).await;
    b.assert_clean(&site.origin).await;
}
