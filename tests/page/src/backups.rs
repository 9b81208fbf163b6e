//! A project as one file: saved, restored as a new project, and opened with its passphrase. Rounds of a project.

use crate::browser::{Browser, Site};
use crate::files;
use crate::words::Words;
use fantoccini::Locator;
use std::path::PathBuf;

/// Opens the example as a project.
async fn demo(site: &Site, en: &Words) -> Browser {
    let b = Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')?.innerText.includes('60')")
        .await;
    b.shows("#saved", en.text("saved-here")).await;
    b
}

/// Saves the first project of the list, and gives the path of the file.
async fn backed_up(b: &Browser, passphrase: &str) -> PathBuf {
    b.click("#device-projects .back-up").await;
    let field = b.client.find(Locator::Css(".backup-form input")).await;
    field.unwrap().send_keys(passphrase).await.unwrap();
    b.click(".backup-form button").await;
    let day = "const d = new Date(), two = n => String(n).padStart(2, '0'); \
               return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`";
    let day = b.js(day).await;
    let name = format!("assay-demo.csv-{}.zip", day.as_str().unwrap());
    let bytes = b.downloaded_bytes(&name).await;
    b.forget_download(&name);
    let path = files::path(&name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[tokio::test]
async fn a_backup_is_saved_and_restored_as_a_new_project_with_its_scores() {
    let (site, en) = (Site::start(), Words::english());
    let b = &demo(&site, &en).await;
    b.open_page("overview").await;
    b.scored().await;
    b.shows("#saved", en.text("saved-here")).await;
    let scores = b.text("#scores").await;
    b.open_page("data").await;
    let path = backed_up(b, "").await;
    // Chosen where any file is chosen, it is recognised.
    b.choose_file(&path).await;
    b.until("document.querySelectorAll('#device-projects .remove').length == 2")
        .await;
    b.until("document.querySelector('#device-projects li:first-child[aria-current]')")
        .await;
    b.open_page("overview").await;
    b.scored().await;
    assert_eq!(b.text("#scores").await, scores);
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn a_locked_backup_asks_for_its_passphrase_until_it_is_right() {
    let (site, en) = (Site::start(), Words::english());
    let b = &demo(&site, &en).await;
    let path = backed_up(b, "four plain words here").await;
    b.choose_file_in("#restore-backup", &path).await;
    for (passphrase, is_right) in [
        ("three plain words", false),
        ("four plain words here", true),
    ] {
        b.until("document.querySelector('#unlock-backup')").await;
        let field = b.client.find(Locator::Css("#unlock-backup input")).await;
        let field = field.unwrap();
        field.clear().await.unwrap();
        field.send_keys(passphrase).await.unwrap();
        b.click("#unlock-backup button[type=submit]").await;
        if !is_right {
            b.long_until("document.querySelector('#unlock-backup .notice')")
                .await;
        }
    }
    b.long_until("!document.querySelector('#unlock-backup')")
        .await;
    b.until("document.querySelectorAll('#device-projects .remove').length == 2")
        .await;
    b.assert_clean(&site.origin).await;
}

#[tokio::test]
async fn a_round_is_kept_and_compared_with_the_scores_as_they_are() {
    let (site, en) = (Site::start(), Words::english());
    let b = &demo(&site, &en).await;
    b.open_page("overview").await;
    b.scored().await;
    b.open_part("rounds").await;
    b.click("#round-keep button").await;
    b.until("document.querySelector('#rounds li')").await;
    b.until("document.querySelectorAll('#rounds table tbody tr').length > 0")
        .await;
    b.shows("#rounds table", en.text("same")).await;
    b.shows("#saved", en.text("saved-here")).await;
    b.client.refresh().await.unwrap();
    b.until("document.querySelector('#rounds li')").await;
    // Removed by mistake, it is brought back.
    b.click("#rounds li button").await;
    b.until("!document.querySelector('#rounds li')").await;
    b.click("#undo-round").await;
    b.until("document.querySelector('#rounds li')").await;
    b.assert_clean(&site.origin).await;
}
