//! Files that come when data is loaded, settings of systems, and the question before the scores.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;

const BASE: &str = "id,reference,output\n1,the cat sat,a dog ran\n2,five words stand here now,four words\n3,six of them,six\n";
const TUNED: &str = "id,reference,output\n3,six of them,six of them\n2,five words stand here now,five words stand\n1,the cat sat,the cat\n";

#[tokio::test]
async fn a_later_file_is_asked_about_and_its_system_set_by_hand() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&file("base.csv", BASE)).await;
    b.until("document.querySelector('#loaded')").await;
    b.choose_file(&file("tuned.csv", TUNED)).await;
    b.until("document.querySelector('#later-system')?.checked")
        .await;
    b.until("document.activeElement?.id == 'later-files'").await;
    b.click("#later-take").await;
    b.until("document.querySelectorAll('#systems tbody tr').length == 2")
        .await;
    b.shows(
        "#baseline-why",
        en.say("baseline-named", &[("word", "base")]),
    )
    .await;
    b.set("#systems tbody tr:nth-child(2) input", "v2").await;
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelector('#scores thead')?.innerText.includes('v2')")
        .await;
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#undo-systems')").await;
    b.click("#undo-systems").await;
    b.until("[...document.querySelectorAll('#systems input')].some(i => i.value == 'tuned')")
        .await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn no_score_is_shown_before_a_join_in_doubt_is_settled() {
    let site = Site::start();
    let b = &Browser::start("zh-CN").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    let test = file(
        "test.csv",
        "id,reference\n1,the cat sat\n2,five words stand\n3,six of them\n",
    );
    let tuned = file(
        "tuned.csv",
        "index,output\n0,the cat\n1,five words\n2,six\n",
    );
    let both = format!("{}\n{}", test.display(), tuned.display());
    b.choose_file(std::path::Path::new(&both)).await;
    b.until("document.querySelector('#question')").await;
    b.js("location.hash = '#/overview'").await;
    b.until("document.querySelector('#question-as-it-is')")
        .await;
    assert_eq!(b.count("#scores").await, 0);
    b.click("#question-as-it-is").await;
    b.until("document.querySelector('#scores')").await;
    b.assert_clean(&site.origin).await;
}
