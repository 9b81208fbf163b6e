//! What the Overview shows besides scores, and what it shows without a reference.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

#[tokio::test]
async fn results_are_questioned_and_texts_without_a_reference_measured() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;

    // Ten questions: the first has three right, the second all, by a letter, a number or JSON.
    let mut text = String::from("question,reference,output_first,output_second\n");
    for i in 0..10u8 {
        let right = format!("The answer is {i}.");
        // The last one looks like the reference and has no number.
        let words = if i < 9 { "I have no idea of" } else { "####" };
        let wrong = format!("{words} {}", char::from(b'a' + i));
        let first = if i < 3 { &right } else { &wrong };
        text.push_str(&format!("q{i},#### {i},{first},{right}\n"));
    }
    b.choose_file(&file("answers.csv", &text)).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('10')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    // References that come to numbers: the number is what is compared first.
    en.say("kind-number", &[]).assert_in(&b.text("#kind").await);
    let row = b.text("#scores tbody tr:first-child").await;
    assert!(
        row.starts_with("number match") && row.contains("0.3") && row.contains("1.0"),
        "{row}"
    );
    b.set("#add-metric", "chrf").await;
    b.until(
        "document.querySelector('#scores tbody tr:last-child th')?.innerText.startsWith('chrF')",
    )
    .await;
    b.scored().await;
    let last = b.count("#scores tbody tr").await - 1;

    // Seven segments that only the second has right: McNemar's p is 2 / 2^7.
    b.open_part("analyses").await;
    b.js("document.querySelector('#q-pairs').open = true").await;
    b.until("document.querySelector('#q-pairs table')").await;
    let tests = b.text("#q-pairs table").await;
    assert!(
        tests.contains("+0.7000") && tests.contains("p = 0.016"),
        "{tests}"
    );
    b.js("document.querySelector('#q-agreement').open = true")
        .await;
    b.until("document.querySelector('#q-agreement table')")
        .await;
    b.js("document.querySelector('#q-apart').open = true").await;
    b.until("document.querySelector('#apart-second')").await;
    b.set("#apart-second", &last.to_string()).await;
    b.until("document.querySelector('#apart thead')?.innerText.includes('chrF')")
        .await;
    b.click("#apart tbody button").await;
    b.until("location.hash.startsWith('#/examples') && document.querySelector('main')?.innerText.includes('q9')")
        .await;

    // Without a reference there are measures that need none.
    let text = "prompt,output_a,output_b\nx,again and again and again,\"{\"\"a\"\": 1}\"\ny,one two three four,plain words\n";
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#files')").await;
    b.replace_by(&file("alone.csv", text)).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('alone.csv')")
        .await;
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    let scores = b.text("#scores").await;
    assert!(
        scores.contains("distinct-1") && scores.contains("rep-4"),
        "{scores}"
    );
    en.say("no-reference", &[]).assert_in(&b.text("main").await);
    assert_eq!(b.count("#measures option[value=bleu]").await, 0);
    b.set("#add-metric", "json").await;
    b.until("document.querySelector('#scores tbody tr:last-child th')?.innerText.startsWith('valid JSON')")
        .await;
    b.scored().await;
    let row = b.text("#scores tbody tr:last-child").await;
    assert!(row.contains("0.5"), "{row}");

    // The same question of other data is asked again; an invalid schema changes nothing.
    let last = b.count("#scores tbody tr").await - 1;
    b.open_part("analyses").await;
    b.js("document.querySelector('#q-texts').open = true").await;
    b.until("document.querySelector('#q-texts table')").await;
    en.say("texts-characters", &[])
        .assert_in(&b.text("#q-texts table").await);
    b.js(&format!("location.hash = '#/overview?metric={last}'"))
        .await;
    b.until("document.querySelector('#metric h2')?.innerText.startsWith('valid JSON')")
        .await;
    b.js("document.querySelector('.options').open = true").await;
    b.set("#schema", "{\"type\": \"array\"}").await;
    b.until("document.querySelector('#metric h2')?.innerText.startsWith('JSON of schema')")
        .await;
    b.scored().await;
    let row = b.text("#scores tbody tr:last-child").await;
    assert!(!row.contains("0.5"), "{row}");
    b.assert_clean(&site.origin).await;
}
