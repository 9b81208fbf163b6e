//! Classifiers on the Overview: scores, matrix, classes, curves, and the comparison of two.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

#[tokio::test]
async fn classifiers_are_scored_and_compared() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;

    // One classifier with probabilities: 30 of 40 right.
    let mut text = String::from("label,pred,p0,p1\n");
    for i in 0..40 {
        let (label, wrong) = (i % 2, i % 4 == 0);
        let predicted = if wrong { 1 - label } else { label };
        let sure = 0.55 + 0.01 * f64::from(i % 30);
        let second = if predicted == 1 { sure } else { 1.0 - sure };
        text.push_str(&format!(
            "{label},{predicted},{:.2},{second:.2}\n",
            1.0 - second
        ));
    }
    b.choose_file(&file("classes.csv", &text)).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('40')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelector('#classifiers')").await;
    let scores = b.text("#classifiers").await;
    assert!(scores.contains("0.7500 [0.598, 0.858]"), "{scores}");
    let auc = format!("{} ({})", en.text("roc-auc"), en.text("auc-binary"));
    assert!(scores.contains(&auc), "{scores}");
    assert_eq!(
        b.text(".confusion tbody tr:first-child td:last-child")
            .await,
        "10"
    );
    assert_eq!(b.count(".squares svg.chart").await, 3);
    assert_eq!(b.count(".squares .band").await, 2, "both curves with bands");
    en.say("area-interval", &[])
        .assert_in(&b.text(".areas").await);

    // The threshold: everything is found at the lowest, and errors cost what the person says.
    let lowest = "const e = document.querySelector('#threshold-0'); e.value = 0; \
                  e.dispatchEvent(new Event('input', {bubbles: true}));";
    b.js(lowest).await;
    let found = [("right", "20"), ("positive", "20"), ("wrong", "20")];
    b.shows("#threshold-found-0", en.say("threshold-found", &found))
        .await;
    b.set("#cost-wrong-0", "3").await;
    b.until("document.querySelector('.thresholds tbody')?.innerText.includes('60')")
        .await;
    b.click("#cheapest-0").await;
    b.until("!document.querySelector('.thresholds tbody').innerText.includes('60')")
        .await;

    // A cell of the matrix leads to its rows, and Back leads out of them.
    assert_eq!(
        b.text(".confusion tbody tr:first-child td:last-child")
            .await,
        "10"
    );
    b.click(".confusion tbody tr:first-child td:last-child a")
        .await;
    b.shows("#found", en.say("rows-found", &[("count", "10")]))
        .await;
    let cell = en.say("pair-is", &[("truth", "0"), ("predicted", "1")]);
    cell.assert_in(&b.text(".filters .chip").await);
    b.click(".item:not(.head)").await;
    b.until("document.querySelector('#detail')?.innerText.includes('label')")
        .await;
    b.client.back().await.unwrap();
    b.until("document.querySelector('#classifiers')").await;

    // Two classifiers: the second has right what the first has, and more.
    let mut text = String::from("label,prediction,prediction_tuned\n");
    for i in 0..40 {
        let label = ["cat", "dog", "owl"][i % 3];
        let first = if i % 2 == 0 { label } else { "cow" };
        text.push_str(&format!("{label},{first},{label}\n"));
    }
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#files')").await;
    let path = file("two-classes.csv", &text);
    b.replace_by(&path).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('two-classes')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelector('#classification .verdict')")
        .await;
    let better = [
        ("system", "prediction_tuned"),
        ("baseline", "prediction"),
        ("p", "p < 0.001"),
        ("own", "20"),
        ("first", "0"),
    ];
    en.say("classifier-better", &better)
        .assert_in(&b.text("#classification .verdict").await);
    // Sets of labels.
    let text = "label,pred\nred|blue,red\nblue,blue\n,\nred,red|blue\n";
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#files')").await;
    b.replace_by(&file("sets.csv", text)).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('sets')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelector('#classifiers')?.innerText.includes('0.2500')")
        .await;
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#files')").await;
    b.replace_by(&path).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('two-classes')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelector('#classification .verdict')")
        .await;
    b.click("#language").await;
    b.shows(
        "#classification",
        Words::chinese().text("balanced-accuracy"),
    )
    .await;
    b.client.set_window_size(390, 844).await.unwrap();
    b.until("document.documentElement.scrollWidth == document.documentElement.clientWidth")
        .await;
    b.assert_clean(&site.origin).await;
}
