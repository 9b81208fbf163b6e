//! A newer build of the page on the same host, and a page that can't start.

use crate::browser::{Browser, Site};
use crate::files;
use crate::words::Words;
use serde_json::json;
use std::path::{Path, PathBuf};
use xtask::{build, offline, process};

/// The folder of the built page.
fn built() -> PathBuf {
    std::env::var_os("ASSAY_PAGE").map_or_else(build::quick_folder, PathBuf::from)
}

/// A copy of the built page, without the models.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_file() {
            std::fs::copy(&path, to.join(name)).unwrap();
        } else if name != "models" {
            copy(&path, &to.join(name));
        }
    }
}

/// Makes another build of the copy: the script that starts workers says which.
fn deploy(folder: &Path, name: &str) {
    let script = folder.join("worker-boot.js");
    let text = std::fs::read_to_string(built().join("worker-boot.js")).unwrap();
    std::fs::write(&script, format!("// build {name}\n{text}")).unwrap();
    let template = process::root().join("www/offline.js");
    offline::write_service_worker(&template, folder).unwrap();
}

/// Which build the open page gets the script of its workers from.
async fn build_of(b: &Browser) -> String {
    let fetched = "document.build = null; \
        fetch('./worker-boot.js').then(r => r.text()).then(t => { document.build = t.split('\\n')[0]; })";
    b.js(fetched).await;
    b.until("document.build").await;
    let first = b.js("return document.build").await;
    first.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_newer_build_waits_for_older_tabs_and_starts_whole_at_a_press() {
    let folder = files::path("deployed");
    copy(&built(), &folder);
    deploy(&folder, "one");
    let (site, en) = (
        Site::cached(folder.clone(), "max-age=600"),
        Words::english(),
    );
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("navigator.serviceWorker.controller && document.querySelector('#demo')")
        .await;
    assert_eq!(build_of(b).await, "// build one");

    // A newer build is offered, and until it is taken the page and its workers stay those of one build.
    deploy(&folder, "two");
    b.js("navigator.serviceWorker.getRegistration().then(r => r.update())")
        .await;
    b.shows("#new-version", en.text("new-version")).await;
    assert_eq!(build_of(b).await, "// build one");
    let first = b.client.window().await.unwrap();
    let second = b.client.new_window(true).await.unwrap().handle;
    b.client.switch_to_window(second).await.unwrap();
    b.client.goto(&site.origin).await.unwrap();
    b.shows("#new-version", en.text("new-version")).await;
    assert_eq!(build_of(b).await, "// build one");

    // With two tabs open it goes on waiting, and says for what.
    b.click("#new-version button").await;
    b.shows("#new-version", en.say("new-version-tabs", &[("tabs", "1")]))
        .await;
    assert_eq!(build_of(b).await, "// build one");
    b.client.close_window().await.unwrap();
    b.client.switch_to_window(first).await.unwrap();

    // Alone, the page is loaded again as the newer build, past a cache that counts the older files as fresh.
    b.js("document.isOld = true").await;
    b.click("#new-version button").await;
    b.until("!document.isOld && document.querySelector('#demo')")
        .await;
    assert_eq!(build_of(b).await, "// build two");
    assert_eq!(
        b.js("return !document.querySelector('#new-version')").await,
        json!(true)
    );
    let caches = "document.kept = 0; caches.keys().then(k => { document.kept = k.length; })";
    b.js(caches).await;
    b.until("document.kept === 1").await;
}

/// The file of the built page with the words of a language.
fn words_of(folder: &Path, language: &str) -> PathBuf {
    let start = format!("words-{language}-");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with(&start)
    };
    paths.find(is_it).expect("the page has the language")
}

#[tokio::test]
async fn a_page_whose_words_are_missing_or_of_another_build_says_so() {
    let folder = files::path("wordless");
    copy(&built(), &folder);
    let site = Site::of(folder.clone());
    let words = words_of(&folder, "en");
    let name = words.file_name().unwrap().to_string_lossy().into_owned();
    let of_another_build = std::fs::read_to_string(&words).unwrap() + "later = Later\n";
    for text in [None, Some(of_another_build)] {
        match text {
            None => std::fs::remove_file(&words).unwrap(),
            Some(text) => std::fs::write(&words, text).unwrap(),
        }
        let b = &Browser::start("en-US").await;
        b.client.goto(&site.origin).await.unwrap();
        b.shows(".skeleton [role=status]", name.as_str()).await;
        let told = b.text(".skeleton [role=status]").await;
        assert!(
            told.contains("could not load its words") && told.contains("无法加载界面文字"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn a_language_whose_words_are_missing_leaves_the_page_as_it_is() {
    let folder = files::path("half-wordless");
    copy(&built(), &folder);
    let (site, en) = (Site::of(folder.clone()), Words::english());
    let words = words_of(&folder, "zh");
    let text = std::fs::read_to_string(&words).unwrap();
    std::fs::remove_file(&words).unwrap();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.click("#language").await;
    b.shows(".notice", en.say("words-missing", &[("language", "中文")]))
        .await;
    assert_eq!(
        b.js("return document.documentElement.lang").await,
        json!("en")
    );

    std::fs::write(&words, text).unwrap();
    b.click("#language").await;
    b.until("document.documentElement.lang === 'zh-CN'").await;
    let zh = Words::chinese();
    b.shows(".top .private", zh.text("private")).await;
}

#[tokio::test]
async fn a_page_opened_from_a_folder_says_what_it_needs() {
    let b = &Browser::start("en-US").await;
    let page = format!("file://{}", built().join("index.html").display());
    b.client.goto(&page).await.unwrap();
    b.until("getComputedStyle(document.querySelector('.late')).visibility === 'visible'")
        .await;
    let text = b.text(".late").await;
    assert!(
        text.contains("file://") && text.contains("网页服务器"),
        "{text}"
    );
}
