//! A newer build of the page on the same host.

use crate::browser::{Browser, Site, built_page};
use crate::files;
use crate::words::Words;
use serde_json::json;
use std::path::{Path, PathBuf};
use xtask::programs::PROGRAMS;
use xtask::serve::Host;
use xtask::{offline, process};

/// A copy of the built page, without the models.
pub(crate) fn copy(from: &Path, to: &Path) {
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
    let text = std::fs::read_to_string(built_page().join("worker-boot.js")).unwrap();
    std::fs::write(&script, format!("// build {name}\n{text}")).unwrap();
    let template = process::root().join("www/offline.js");
    offline::write_service_worker(&template, folder).unwrap();
}

/// What many static hosts send: for ten minutes no file is asked for again.
fn ten_minutes() -> Host {
    Host {
        caching: "max-age=600",
        ..Host::default()
    }
}

/// A host in a folder of this name that has the first build.
fn deployed(name: &str) -> (Site, PathBuf) {
    let folder = files::path(name);
    copy(&built_page(), &folder);
    deploy(&folder, "one");
    (Site::with(folder.clone(), ten_minutes()), folder)
}

/// Opens the page, and waits until its service worker keeps it.
async fn open_kept(b: &Browser, site: &Site) {
    b.client.goto(&site.origin).await.unwrap();
    b.until("navigator.serviceWorker.controller && document.querySelector('#demo')")
        .await;
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
    let (site, folder) = deployed("deployed");
    let (b, en) = (&Browser::start("en-US").await, Words::english());
    open_kept(b, &site).await;
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

/// Looks for a newer build, and waits until the browser has taken it or given it up.
async fn look_for_a_newer_build(b: &Browser) {
    let update = "document.looked = false; navigator.serviceWorker.getRegistration()\
        .then(r => r.update()).then(r => { document.registration = r; document.looked = true; })";
    b.js(update).await;
    b.until("document.looked && !document.registration.installing")
        .await;
}

#[tokio::test]
async fn a_build_of_which_a_file_is_still_of_the_one_before_is_not_taken() {
    let (site, folder) = deployed("half-deployed");
    let (b, en) = (&Browser::start("en-US").await, Words::english());
    open_kept(b, &site).await;

    // The host has the list of the newer build, and of one script still the older file.
    let script = folder.join("worker-boot.js");
    let older = std::fs::read(&script).unwrap();
    deploy(&folder, "two");
    let newer = std::fs::read(&script).unwrap();
    std::fs::write(&script, older).unwrap();
    look_for_a_newer_build(b).await;
    assert_eq!(b.js("return !!document.registration.waiting").await, false);
    assert_eq!(b.count("#new-version").await, 0);
    assert_eq!(build_of(b).await, "// build one");

    // Once all of it is there it is offered.
    std::fs::write(&script, newer).unwrap();
    look_for_a_newer_build(b).await;
    b.shows("#new-version", en.text("new-version")).await;
    assert_eq!(build_of(b).await, "// build one");
    b.js("document.isOld = true").await;
    b.click("#new-version button").await;
    b.until("!document.isOld && document.querySelector('#demo')")
        .await;
    assert_eq!(build_of(b).await, "// build two");
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
    copy(&built_page(), &folder);
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
        let sentence = b.text(".skeleton [role=status]").await;
        assert!(
            sentence.contains("could not load its words") && sentence.contains("无法加载界面文字"),
            "{sentence}"
        );
    }
}

#[tokio::test]
async fn a_language_whose_words_are_missing_leaves_the_page_as_it_is() {
    let folder = files::path("half-wordless");
    copy(&built_page(), &folder);
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

/// Gives the programs in the folder another build id.
fn rename_build(folder: &Path) {
    const OWN: &[u8] = b"development";
    for program in PROGRAMS {
        let path = folder.join(format!("{}_bg.wasm", program.name));
        let mut bytes = std::fs::read(&path).unwrap();
        let windows = bytes.windows(OWN.len()).enumerate();
        let places: Vec<usize> = windows.filter(|(_, w)| *w == OWN).map(|(i, _)| i).collect();
        assert!(!places.is_empty(), "{} names its build", program.name);
        for place in places {
            bytes[place..place + OWN.len()].copy_from_slice(b"later build");
        }
        std::fs::write(&path, bytes).unwrap();
    }
}

/// Without a service worker, as over plain HTTP, nothing keeps the files of one build together.
#[tokio::test]
async fn where_nothing_keeps_a_builds_files_together_a_program_of_another_build_is_told() {
    let folder = files::path("mixed");
    copy(&built_page(), &folder);
    std::fs::remove_file(folder.join("offline.js")).unwrap();
    let site = Site::with(folder.clone(), ten_minutes());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    rename_build(&folder);
    b.click("#demo").await;
    b.shows("[role=alert]", "later build").await;
}
