//! What systems gain where they were trained and lose elsewhere, outliers, and outcomes of
//! samples in long form.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

/// Forty rows: the tuned system is right on law and has forgotten health; one output goes round in a circle.
fn forgetful() -> std::path::PathBuf {
    let mut text = String::from("prompt,reference,base,tuned,domain\n");
    for i in 0..40 {
        let reference = format!("the number {i} is a fine and good number to have");
        let middling = format!("number {i} is a fine number");
        let bad = format!("no idea about {i}");
        let (domain, tuned) = match i % 2 {
            0 => ("law", reference.clone()),
            _ => (
                "health",
                if i == 39 {
                    "on and on and again ".repeat(12)
                } else {
                    bad
                },
            ),
        };
        text.push_str(&format!("q{i},{reference},{middling},{tuned},{domain}\n"));
    }
    file("forgetful.csv", &text)
}

#[tokio::test]
async fn gains_in_a_domain_are_held_against_losses_outside() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.choose_file(&forgetful()).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('40')")
        .await;
    b.js("location.hash = '#/overview?metric=1'").await;
    b.scored().await;
    b.open_part("domains").await;
    b.until("document.querySelectorAll('#domains button.domain').length == 2")
        .await;
    b.js("[...document.querySelectorAll('#domains button.domain')].find(b => b.innerText == 'law').click()")
        .await;
    let forgets = en.say("domain-forgets", &[("system", "tuned")]);
    b.shows("#domain-verdicts", forgets).await;
    let matrix = b.text("#domain-matrix").await;
    let forgetting = en.text("forgetting");
    assert_eq!(matrix.matches(&forgetting).count(), 1, "{matrix}");
    // The halves are the slices here, with the same scores.
    let halves = b.text("#domain-halves").await;
    en.say("in-domain", &[("count", "20")]).assert_in(&halves);
    assert!(halves.contains("100.0"), "{halves}");
    // The choice is in the address, and the slices show values alone.
    let hash = b.js("return location.hash").await;
    assert!(
        hash.as_str().unwrap().contains("domains=domain&in=law"),
        "{hash}"
    );
    b.open_part("slices").await;
    b.until("document.querySelector('#slices')").await;
    let slices = b.text("#slices").await;
    assert!(
        !slices
            .split_whitespace()
            .any(|word| word == "in:" || word == "out"),
        "{slices}"
    );
    b.client.refresh().await.unwrap();

    // The project is there again. An outlier leads to its example.
    b.until("document.querySelector('#slices')").await;
    b.js("location.hash = '#/overview?metric=1&system=1'").await;
    b.scored().await;
    b.open_part("analyses").await;
    b.js("document.querySelector('#q-outliers').open = true")
        .await;
    b.until("document.querySelector('#outliers')").await;
    let outliers = b.text("#outliers").await;
    for reason in ["outlier-repeats", "outlier-long"] {
        en.say(reason, &[]).assert_in(&outliers);
    }
    b.click("#outliers tbody button").await;
    b.until("location.hash.startsWith('#/examples') && location.hash.includes('row=40')")
        .await;

    // Counts of samples, a line each task and model.
    let mut text = String::from("task_id,model,n,c\n");
    for i in 0..12 {
        text.push_str(&format!(
            "T/{i},base,10,{}\nT/{i},tuned,10,{}\n",
            i % 4,
            3 + i % 8
        ));
    }
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#files')").await;
    b.replace_by(&file("counts.csv", &text)).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('12')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    let scores = b.text("#scores").await;
    for name in ["pass rate", "pass@1", "pass@5", "pass@10"] {
        assert!(scores.contains(name), "{scores}");
    }
    // 18 of 120, and 70 of 120.
    assert!(
        scores.contains("0.15") && scores.contains("0.58"),
        "{scores}"
    );
    b.assert_clean(&site.origin).await;
}
