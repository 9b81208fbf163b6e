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

/// Labels of the same rows, without outputs.
const TOPICS: &str = "id,topic\n1,animals\n2,numbers\n3,numbers\n";

/// Whether the table of roles has a column of this name.
fn has_column(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('#roles tbody th')].some(th => th.innerText.includes('{name}'))"
    )
}

#[tokio::test]
async fn each_of_several_later_files_is_asked_about() {
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.choose_file(&file("base.csv", BASE)).await;
    b.until("document.querySelector('#loaded')").await;
    let both = [file("tuned.csv", TUNED), file("topics.csv", TOPICS)];
    let both = both.map(|path| path.display().to_string()).join("\n");
    let both = std::path::Path::new(&both);

    // What each most likely is, is chosen; they are different, so each is asked about.
    b.choose_file(both).await;
    b.until("document.querySelector('#later-0-system')?.checked")
        .await;
    b.until("document.querySelector('#later-1-columns')?.checked && !document.querySelector('#later-same').checked")
        .await;
    assert_eq!(b.count("#later-1-system").await, 0, "it has no outputs");
    // All can be taken for the same, and each asked about again.
    b.click("#later-same").await;
    b.until(
        "document.querySelector('#later-columns') && !document.querySelector('#later-0-system')",
    )
    .await;
    b.click("#later-same").await;
    b.until("document.querySelector('#later-0-system')?.checked")
        .await;
    // Nothing is taken of files that the dialog is closed over.
    b.click("#later-cancel").await;
    b.until("!document.querySelector('#later-files')").await;
    assert!(
        !b.js(&format!("return {}", has_column("topic")))
            .await
            .as_bool()
            .unwrap()
    );

    // One is left out, the other becomes a column.
    b.choose_file(both).await;
    b.until("document.querySelector('#later-0-skip')").await;
    b.click("#later-0-skip").await;
    b.until("document.querySelector('#later-0-skip').checked")
        .await;
    b.click("#later-take").await;
    b.until(&has_column("topic")).await;
    assert_eq!(b.count("#systems tbody tr").await, 1);

    // The other is taken when it comes again.
    b.choose_file(&file("tuned.csv", TUNED)).await;
    b.until("document.querySelector('#later-system')?.checked")
        .await;
    b.click("#later-take").await;
    b.until("document.querySelectorAll('#systems tbody tr').length == 2")
        .await;
    b.until(&has_column("topic")).await;
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
