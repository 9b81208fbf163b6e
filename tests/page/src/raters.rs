//! An owner and three raters, from data to agreement over links alone: one on a small screen and in
//! Chinese, one who mistypes the passphrase and changes his mind, one whose network goes half-way and who
//! reloads in the middle. Nobody sends a request beyond the page's own files.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::{Said, Words};
use std::sync::atomic::Ordering;

const PASSPHRASE: &str = "a red otter";
/// What a platform asks raters for when they are done.
const CODE: &str = "C1K4-RATED";

/// Twelve rows; the tuned system is the better one on all.
fn rows() -> std::path::PathBuf {
    let mut text = String::from("prompt,reference,base,tuned,domain\n");
    for i in 0..12 {
        let domain = ["law", "health"][i % 2];
        text.push_str(&format!(
            "Say {i},the number {i} is a fine number,bad {i} number,the number {i} is a fine number,{domain}\n"
        ));
    }
    file("raters.csv", &text)
}

/// The letter of the tuned system's output, which a rater knows by reading.
async fn better(b: &Browser) -> String {
    let outputs = "[...document.querySelectorAll('.rate-output .prose')].map(p => p.innerText)";
    let shown = b.js(&format!("return {outputs}")).await;
    let place = shown.as_array().unwrap().iter();
    let place = place.map(|t| t.as_str().unwrap().contains("fine"));
    let place = place.collect::<Vec<_>>();
    // A control item has the text of another row as one of its outputs.
    if place.first() == Some(&true) {
        "a"
    } else {
        "b"
    }
    .to_owned()
}

/// Waits until this many of eight items are rated or skipped.
async fn behind(b: &Browser, count: usize) {
    let bar = format!("document.querySelector('.rate-progress progress')?.value == {count}");
    b.until(&bar).await;
}

/// How many of the eight items a message says are rated.
fn of_eight(words: &Words, key: &str, done: &str) -> Said {
    words.say(key, &[("done", done), ("total", "8")])
}

async fn open(b: &Browser, link: &str, passphrase: &str) {
    b.client.goto(link).await.unwrap();
    unlock(b, passphrase).await;
}

async fn unlock(b: &Browser, passphrase: &str) {
    b.until("document.querySelector('#passphrase')").await;
    b.set("#passphrase", passphrase).await;
    b.click("#unlock").await;
}

async fn begin(b: &Browser, name: &str) {
    b.until("document.querySelector('#rate-begin')").await;
    b.set("#rate-name", name).await;
    b.click("#rate-begin").await;
    b.until("document.querySelector('.rate-item')").await;
}

/// Answers the item in sight by keys: a point for each output, and which is better.
async fn answer(b: &Browser) {
    let better = better(b).await;
    let points = if better == "a" { "52" } else { "25" };
    b.press(points).await;
    b.press(&better).await;
    b.press("\u{e007}").await;
}

/// The link with the rater's answers.
async fn finish(b: &Browser) -> String {
    b.until("document.querySelector('#rate-send')").await;
    assert_eq!(
        b.count("#rate-completion").await,
        0,
        "the answers come first"
    );
    b.click("#rate-send").await;
    b.until("document.querySelector('#answers-link')").await;
    let code = format!("document.querySelector('#rate-completion')?.value == '{CODE}'");
    b.until(&code).await;
    let link = b
        .js("return document.querySelector('#answers-link').value")
        .await;
    link.as_str().unwrap().to_owned()
}

/// The owner makes a task of six rows, one shown twice and one control, with a passphrase.
async fn make(b: &Browser, origin: &str) -> String {
    b.client.goto(origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.choose_file(&rows()).await;
    b.until("document.querySelector('#loaded')?.innerText.includes('12')")
        .await;
    b.js("location.hash = '#/ratings'").await;
    b.until("document.querySelector('#new-task')").await;
    b.click("#new-task").await;
    b.until("document.querySelector('#task-extent')").await;
    b.click("#template-pairwise").await;
    b.click("#add-scale").await;
    b.set("#task-title", "Which number?").await;
    b.set(
        "#task-instructions",
        "Read **both**.\n\n<script>alert(1)</script>",
    )
    .await;
    for (field, value) in [
        ("#task-rows", "first"),
        ("#task-count", "6"),
        ("#task-repeats", "1"),
        ("#task-controls", "1"),
    ] {
        b.set(field, value).await;
    }
    b.set("#task-completion", CODE).await;
    b.click("#task-timed").await;
    b.click("#task-locks").await;
    b.until("document.querySelector('#task-passphrase')").await;
    assert_eq!(
        b.count("#task-make:disabled").await,
        1,
        "a passphrase is due"
    );
    b.set("#task-passphrase", PASSPHRASE).await;
    b.shows(
        "#passphrase-strength",
        Words::english().text("passphrase-weak"),
    )
    .await;
    assert_eq!(
        b.count("#task-make:disabled").await,
        1,
        "a weak one is to be confirmed"
    );
    b.click("#passphrase-take-weak").await;
    let extent = [("items", "7"), ("each", "8")];
    b.shows("#task-extent", Words::english().say("task-extent", &extent))
        .await;
    b.until("document.querySelectorAll('#task-preview .rate-output').length == 2")
        .await;
    b.click("#task-make").await;
    b.until("document.querySelector('#task-link')").await;
    let link = b
        .js("return document.querySelector('#task-link').value")
        .await;
    b.click("#qr").await;
    b.until("document.querySelector('.qr path')?.getAttribute('d').length > 1000")
        .await;
    link.as_str().unwrap().to_owned()
}

/// On a phone, in Chinese, with a finger.
async fn first_rater(origin: &str, link: &str) -> String {
    let b = &Browser::start("zh-CN").await;
    b.client.set_window_size(390, 844).await.unwrap();
    open(b, link, PASSPHRASE).await;
    b.until("document.querySelector('#rate-timed')").await;
    assert_eq!(b.count(".sheet script").await, 0);
    assert!(b.text(".markdown").await.contains("<script>"));
    begin(b, "小明").await;
    let words = Words::chinese();
    for round in 0..8 {
        behind(b, round).await;
        b.until("document.documentElement.scrollWidth == document.documentElement.clientWidth")
            .await;
        let better = better(b).await;
        let points = if better == "a" { [5, 2] } else { [2, 5] };
        for (output, point) in points.iter().enumerate() {
            let output = output + 1;
            b.click(&format!(
                ".rate-output:nth-of-type({output}) .points button:nth-child({point})"
            ))
            .await;
        }
        let letter = better.to_uppercase();
        let choice = words.say("rate-better", &[("letter", &letter)]);
        b.click_with(".choices button", choice).await;
        b.click("#rate-next").await;
    }
    let link = finish(b).await;
    b.shows("#rate-rated", of_eight(&words, "rate-rated", "8"))
        .await;
    b.assert_clean(origin).await;
    link
}

/// By keyboard, with a mistyped passphrase, something skipped, and something taken back.
async fn second_rater(origin: &str, link: &str) -> String {
    let b = &Browser::start("en-US").await;
    let en = Words::english();
    open(b, link, "a red beaver").await;
    b.shows("[role=alert]", en.text("envelope-error-wrong-passphrase"))
        .await;
    unlock(b, PASSPHRASE).await;
    begin(b, "Ben").await;
    // A second tab keeps its hands off the first one's answers.
    let first = b.client.window().await.unwrap();
    let second = b.client.new_window(true).await.unwrap().handle;
    b.client.switch_to_window(second).await.unwrap();
    open(b, link, PASSPHRASE).await;
    b.until("document.querySelector('#rate-begin')").await;
    b.click("#rate-begin").await;
    b.shows(".sheet", en.text("rate-elsewhere")).await;
    b.client.close_window().await.unwrap();
    b.client.switch_to_window(first).await.unwrap();
    // Nothing goes on while something required is open.
    b.press("5\u{e007}").await;
    b.until("document.querySelector('.rate-item [role=alert]')")
        .await;
    behind(b, 0).await;
    b.click("#rate-skip").await;
    behind(b, 1).await;
    // Enter is the next item's, and no longer the button's.
    b.until("document.activeElement.matches('.rate-item')")
        .await;
    answer(b).await;
    behind(b, 2).await;
    b.press("u").await;
    behind(b, 1).await;
    for round in 1..8 {
        behind(b, round).await;
        answer(b).await;
    }
    // What was skipped comes when all else is done.
    b.shows("#rate-summary", of_eight(&en, "rate-rated", "7"))
        .await;
    b.click("#rate-rest").await;
    b.until("document.querySelector('.rate-item')").await;
    answer(b).await;
    b.shows("#rate-rated", of_eight(&en, "rate-rated", "8"))
        .await;
    let link = finish(b).await;
    b.assert_clean(origin).await;
    link
}

/// Half-way the network goes; a reload in the middle loses nothing.
async fn third_rater(site: &Site, link: &str) -> (String, String) {
    let b = &Browser::start("en-US").await;
    open(b, link, PASSPHRASE).await;
    begin(b, "Cat").await;
    for round in 0..4 {
        behind(b, round).await;
        answer(b).await;
    }
    behind(b, 4).await;
    b.until("navigator.serviceWorker.controller").await;
    b.assert_clean(&site.origin).await;
    site.open.store(false, Ordering::SeqCst);
    answer(b).await;
    behind(b, 5).await;
    b.press("5").await;
    b.client.refresh().await.unwrap();
    unlock(b, PASSPHRASE).await;
    let resumed = of_eight(&Words::english(), "rate-resumed", "5");
    b.shows("#rate-resumed", resumed).await;
    let name = "document.querySelector('#rate-name').value";
    assert_eq!(b.js(&format!("return {name}")).await, "Cat");
    b.click("#rate-begin").await;
    for round in 5..8 {
        behind(b, round).await;
        answer(b).await;
    }
    let link = finish(b).await;
    b.click(".save-file").await;
    let saved = b.downloaded("assay-answers-Which-number-Cat.txt").await;
    Words::english()
        .say("rate-answers-file", &[("title", "Which number?")])
        .assert_in(&saved);
    assert!(saved.contains(&link));
    (link, saved)
}

#[tokio::test]
async fn an_owner_and_three_raters_meet_over_links_alone() {
    let site = Site::start_kept();
    let b = &Browser::start("en-US").await;
    let link = make(b, &site.origin).await;
    assert!(link.len() < 8000 && link.starts_with(&format!("{}/#/rate/", site.origin)));
    b.until("navigator.serviceWorker.controller").await;
    let first = first_rater(&site.origin, &link).await;
    let second = second_rater(&site.origin, &link).await;
    b.assert_clean(&site.origin).await;
    let (third, saved) = third_rater(&site, &link).await;

    // The owner, without a network too, takes all at once, one of them twice and one cut off.
    let text = format!(
        "Hi,\nhere are mine: {first}\nthanks!\n> {second} and\n\n{third} {first}\n\n{}",
        &second[..second.len() - 30]
    );
    b.set("#answers", &text).await;
    b.click("#answers-take").await;
    b.until("document.querySelectorAll('#raters th[scope=rowgroup]').length == 3")
        .await;
    let en = Words::english();
    let merged = |rater: &str, added: &str, known: &str| {
        let counts = [
            ("rater", rater),
            ("added", added),
            ("updated", "0"),
            ("known", known),
        ];
        en.say("outcome-merged", &counts)
    };
    let received = b.text("#received").await;
    for rater in ["小明", "Ben", "Cat"] {
        merged(rater, "8", "0").assert_in(&received);
    }
    en.say("envelope-error-cut", &[]).assert_in(&received);
    weighed(b).await;

    // The same answers again change nothing, whichever way they come.
    let hash = first.split_once('#').unwrap().1;
    b.js(&format!("location.hash = '{hash}'")).await;
    b.shows("#received", merged("小明", "0", "8")).await;
    weighed(b).await;

    b.choose_file_in("#answers-files", &file("answers.txt", &saved))
        .await;
    b.shows("#received", merged("Cat", "0", "8")).await;

    // They are a score like any other.
    b.js("location.hash = '#/overview'").await;
    b.scored().await;
    assert!(b.text("#scores").await.contains("Quality (people)"));

    // After a reload the task is there with all that came in, and everything can be taken back.
    b.client.refresh().await.unwrap();
    b.until("document.querySelector('.rail a')").await;
    b.js("location.hash = '#/ratings'").await;
    b.until("document.querySelector('.open-project')").await;
    b.click(".open-project").await;
    b.until("document.querySelectorAll('#raters th[scope=rowgroup]').length == 3")
        .await;
    b.click("#raters input[type=checkbox]").await;
    b.shows("#raters tbody", en.text("left-out")).await;
    b.click("#project-undo").await;
    b.hides("#raters tbody", en.text("left-out")).await;
    for _ in 0..3 {
        b.click("#project-undo").await;
    }
    b.until("document.querySelector('#project') && !document.querySelector('#raters')")
        .await;
}

/// The results of three raters who agree.
async fn weighed(b: &Browser) {
    b.until("document.querySelector('.pairs')?.innerText.includes('100 %')")
        .await;
    let sentences = b.js("return [...document.querySelectorAll('.dimension .verdict')].map(v => v.innerText).join('\\n')").await;
    let sentences = sentences.as_str().unwrap();
    let en = Words::english();
    // Eight items are too few for a verdict, however clear they are.
    let preferred = [("winner", "tuned"), ("loser", "base"), ("rate", "100")];
    en.say("pair-few", &preferred).assert_in(sentences);
    let higher = [("system", "tuned"), ("baseline", "base")];
    en.say("people-few", &higher).assert_in(sentences);
    assert!(sentences.contains("+3.0"), "{sentences}");
    let agreement = b.text("#agreement").await;
    assert!(agreement.contains("1.000"), "{agreement}");
    let raters = b.text("#raters").await;
    en.say("rater-work", &[("answered", "8"), ("skipped", "0")])
        .assert_in(&raters);
    en.say("rater-seconds", &[]).assert_in(&raters);
}
