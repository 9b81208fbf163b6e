//! A browser that is killed again and again while roles, notes and goals are set, files are imported, a rater answers, an
//! owner takes answers in and texts are scored under a model: what the page told as saved, or as done, is there at the next
//! visit. `cargo xtask torture` kills it 200 times.

use crate::browser::{Browser, Site};
use crate::files::file;
use crate::words::Words;
use assay_rating::answers::Entry;
use assay_rating::envelope::{ANSWERS_MARK, find, of_answers, open};
use assay_rating::{Answer, Bundle, Envelope, Preference, Task, Value};
use assay_testing::shared;
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often the browser is killed, where `ASSAY_KILLS` says nothing else.
const KILLS: usize = 18;
/// How often while texts are scored under a model: every n-th kill is of this kind, as such a visit takes long.
const SCORING_SHARE: usize = 9;
/// The longest time between a change and the kill, in milliseconds.
const LONGEST_MS: u64 = 900;
/// How long what was kept may take to be shown.
const PATIENCE: Duration = Duration::from_secs(20);

/// What changes when the browser is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Roles,
    Note,
    Goals,
    Files,
    Rating,
    Answers,
}

const KINDS: [Kind; 6] = [
    Kind::Roles,
    Kind::Note,
    Kind::Goals,
    Kind::Rating,
    Kind::Answers,
    Kind::Files,
];

impl Kind {
    /// The address of the page that shows it.
    fn address(self) -> &'static str {
        match self {
            Self::Roles | Self::Files => "#/data",
            Self::Note => "#/examples?row=4",
            Self::Goals => "#/report",
            Self::Answers => "#/ratings",
            Self::Rating => "",
        }
    }

    /// What the page shows of it, as an expression that is null as long as it shows nothing.
    fn look(self) -> &'static str {
        match self {
            Self::Roles => {
                "[...document.querySelectorAll('#roles select')].map(s => s.value).join() || null"
            }
            Self::Note => {
                "document.querySelector('#note[aria-busy=\"false\"]:not([readonly])')?.value ?? null"
            }
            Self::Goals => "document.querySelector('#goals #purpose')?.value ?? null",
            Self::Files => {
                "document.querySelector('#loaded')?.innerText.match(/kill-[ab]/)?.[0] ?? null"
            }
            Self::Rating => {
                "document.querySelector('.rate-progress progress')?.value.toString() ?? null"
            }
            Self::Answers => {
                "document.querySelector('#project') \
                 ? document.querySelector('#outcomes summary')?.innerText.match(/\\d+/)[0] ?? '0' : null"
            }
        }
    }

    /// Whether the header says when it is saved; answers are saved before the page shows that they are there.
    fn is_told_by_header(self) -> bool {
        !matches!(self, Self::Rating | Self::Answers)
    }

    /// Begins a change; what will be shown once it is done.
    async fn change(self, b: &Browser, found: &str, kill: usize, task: &Task) -> String {
        match self {
            Self::Roles => {
                let role = match found.ends_with("ignored") {
                    true => "slice",
                    false => "ignored",
                };
                b.set_in_row("#roles", "notes", role).await;
                let (rest, _) = found.rsplit_once(',').unwrap();
                format!("{rest},{role}")
            }
            Self::Note => {
                let note = format!("kill {kill}");
                let script = "const e = document.querySelector('#note'); e.value = arguments[0]; \
                              e.dispatchEvent(new Event('input', {bubbles: true}));";
                let typed = b.client.execute(script, vec![json!(note)]).await;
                typed.unwrap();
                note
            }
            Self::Goals => {
                let purpose = format!("purpose {kill}");
                b.set("#purpose", &purpose).await;
                purpose
            }
            Self::Files => {
                let name = if found == "kill-a" {
                    "kill-b"
                } else {
                    "kill-a"
                };
                b.replace_by(&rows(name)).await;
                name.to_owned()
            }
            Self::Rating => {
                b.press("a").await;
                b.press("\u{e007}").await;
                (found.parse::<usize>().unwrap() + 1).to_string()
            }
            Self::Answers => {
                b.set("#answers", &answers(task, kill as u64)).await;
                b.click("#answers-take").await;
                (found.parse::<usize>().unwrap() + 1).to_string()
            }
        }
    }
}

/// A file with forty rows, the same under every name.
fn rows(name: &str) -> PathBuf {
    let mut text = String::from("prompt,reference,base,tuned,domain,notes\n");
    for i in 0..40 {
        let domain = ["law", "health"][i % 2];
        text.push_str(&format!(
            "Say {i},the number {i} is fine,number {i} was bad,the number {i} is fine,{domain},remark {i}\n"
        ));
    }
    file(&format!("{name}.csv"), &text)
}

/// The link with one answer of a device's own.
fn answers(task: &Task, device: u64) -> String {
    let mut answer = Answer::default();
    answer.set(0, Some(Value::Prefer(Preference::First)));
    let bundle = Bundle {
        task: task.id,
        hash: task.hash(),
        device,
        slot: None,
        rater: format!("Rater {device}"),
        entries: vec![Entry {
            item: 0,
            again: false,
            stamp: 1,
            answer,
        }],
    };
    let random = [device as u8 + 1; 32];
    format!("{ANSWERS_MARK}{}", of_answers(&bundle, task, None, random))
}

/// Loads the rows and makes a rating task of all of them; its link.
async fn begin(b: &Browser, site: &Site, saved: &str) -> String {
    b.open_data(site).await;
    b.choose_file(&rows("kill-a")).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/task'").await;
    b.until("document.querySelector('#task-extent')").await;
    b.click("#template-pairwise").await;
    b.set("#task-title", "Which number?").await;
    b.until("document.querySelector('#task-make:not(:disabled)')")
        .await;
    b.click("#task-make").await;
    b.until("document.querySelector('#task-link')").await;
    b.shows("#saved", saved).await;
    let link = b
        .js("return document.querySelector('#task-link').value")
        .await;
    link.as_str().unwrap().to_owned()
}

/// Opens the page that shows a kind; a rater begins, or goes on.
async fn visit(b: &Browser, kind: Kind, site: &Site, link: &str) {
    if kind == Kind::Rating {
        b.client.goto(link).await.unwrap();
        b.until("document.querySelector('#rate-begin')").await;
        b.set("#rate-name", "Ann").await;
        b.click("#rate-begin").await;
        return;
    }
    let address = format!("{}{}", site.origin, kind.address());
    b.client.goto(&address).await.unwrap();
}

async fn look(b: &Browser, kind: Kind) -> Option<String> {
    let found = b.js(&format!("return {}", kind.look())).await;
    found.as_str().map(str::to_owned)
}

/// What the page shows at first that is one of those expected, or else whatever it shows after a while.
async fn found(b: &Browser, kind: Kind, expected: &[&Option<String>]) -> Option<String> {
    let start = Instant::now();
    loop {
        let shown = look(b, kind).await;
        let is_expected = shown.is_some() && expected.iter().any(|one| **one == shown);
        let is_all = shown.is_some() && expected.iter().all(|one| one.is_none());
        if is_expected || is_all || start.elapsed() > PATIENCE {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What the page shows, if it says that this is saved, and still says so of the same a moment later: replies to two
/// questions come one after the other.
async fn acknowledged(b: &Browser, kind: Kind, saved: &str) -> Option<String> {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let is_saved = format!(
            "return document.querySelector('#saved')?.innerText == {}",
            json!(saved)
        );
        let is_saved = !kind.is_told_by_header() || b.js(&is_saved).await == json!(true);
        seen.push(look(b, kind).await.filter(|_| is_saved));
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    match seen.pop() {
        last if seen.pop() == last => last.flatten(),
        _ => None,
    }
}

/// What is known of a kind.
#[derive(Debug, Clone, Default)]
struct Known {
    /// What was told as saved last.
    saved: Option<String>,
    /// What was being saved when the browser was killed.
    begun: Option<String>,
}

/// How often the browser is killed.
fn kills() -> usize {
    let kills = std::env::var("ASSAY_KILLS").ok();
    kills.and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

#[tokio::test]
async fn what_was_told_as_saved_outlives_every_browser() {
    let kills = kills();
    let (site, en) = (Site::start(), Words::english());
    let saved = en.text("saved-here");
    let b = Browser::start("en-US").await;
    let link = begin(&b, &site, &saved).await;
    let Ok(Envelope::Task(task)) = open(&find(&link)[0].envelope) else {
        panic!("the link holds a task: {link}");
    };
    let mut home = b.kill();
    let mut known: [Known; KINDS.len()] = Default::default();
    let (mut confirmed, mut random) = ([0; KINDS.len()], 0x2545_f491_4f6c_dd1d_u64);
    for kill in 0..kills {
        let place = kill % KINDS.len();
        let kind = KINDS[place];
        let b = Browser::start_in(home, "en-US").await;
        visit(&b, kind, &site, &link).await;
        let own = &known[place];
        let shown = found(&b, kind, &[&own.saved, &own.begun]).await;
        let is_kept = own.saved.is_none() || shown == own.saved || shown == own.begun;
        assert!(
            is_kept,
            "kill {kill}, {kind:?}: {own:?}, {shown:?} is there"
        );
        let shown = shown.expect("the page shows it");
        let begun = kind.change(&b, &shown, kill, &task).await;
        // Now before, now within, now after what is written.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        tokio::time::sleep(Duration::from_millis(random % LONGEST_MS)).await;
        // However slow the machine is, some changes of every kind are told as saved.
        if (kill / KINDS.len()).is_multiple_of(2) {
            let start = Instant::now();
            while acknowledged(&b, kind, &saved).await.as_ref() != Some(&begun) {
                assert!(
                    start.elapsed() < PATIENCE,
                    "{kind:?}: {begun} is never saved"
                );
            }
        }
        let kept = acknowledged(&b, kind, &saved).await;
        confirmed[place] += usize::from(kept.as_ref() == Some(&begun));
        known[place] = Known {
            saved: kept.or(Some(shown)),
            begun: Some(begun),
        };
        if kind == Kind::Files {
            // Other files have roles of their own.
            known[0] = Known::default();
        }
        home = b.kill();
    }
    println!("{kills} kills; after the change was told as saved, by {KINDS:?}: {confirmed:?}");
    let tried = kills.min(KINDS.len());
    assert!(
        confirmed[..tried].iter().all(|count| *count > 0),
        "{confirmed:?}"
    );
}

/// Rows whose texts take a moment under a model.
fn long_texts() -> PathBuf {
    let rows: Vec<String> = (0..60)
        .map(|i| {
            let text = |word: &str| format!("{word} {i} of many words ").repeat(30);
            let [reference, base, tuned] = ["number", "letter", "figure"].map(text);
            json!({"reference": reference, "base": base, "tuned": tuned}).to_string()
        })
        .collect();
    file("scored.jsonl", &rows.join("\n"))
}

/// How many texts the page shows as scored.
async fn shown_as_scored(b: &Browser) -> usize {
    let progress = "return document.querySelector('#perplexity-progress')?.innerText ?? ''";
    let text = b.js(progress).await;
    let first = text.as_str().unwrap_or_default().split(' ').next();
    let digits: String = first
        .into_iter()
        .flat_map(str::chars)
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(0)
}

#[tokio::test]
async fn texts_that_were_shown_as_scored_are_not_scored_again_after_a_kill() {
    let Some(model) = shared("models/tiny-llama-F16.gguf") else {
        return;
    };
    let (site, en) = (Site::start(), Words::english());
    let b = Browser::start("en-US").await;
    b.open_data(&site).await;
    b.choose_file(&long_texts()).await;
    b.until("document.querySelector('#loaded')").await;
    b.shows("#saved", en.text("saved-here")).await;
    let mut home = b.kill();
    let (mut least, mut grew) = (0, 0);
    let kills = (kills() / SCORING_SHARE).max(2);
    for kill in 0..kills {
        let b = Browser::start_in(home, "en-US").await;
        b.client
            .goto(&format!("{}#/perplexity", site.origin))
            .await
            .unwrap();
        b.until("document.querySelector('#model-file')").await;
        b.choose_file_in("#model-file", &model).await;
        b.until("document.querySelector('#model-name')").await;
        b.set("#backend", "cpu").await;
        b.until("document.querySelector('#score-perplexity:not(:disabled)')")
            .await;
        b.click("#score-perplexity").await;
        // The first number of a run holds what was there before.
        b.long_until(
            "/^[1-9]/.test(document.querySelector('#perplexity-progress')?.innerText ?? '')",
        )
        .await;
        let found = shown_as_scored(&b).await;
        assert!(
            found >= least,
            "kill {kill}: {least} were scored, {found} are there"
        );
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = shown_as_scored(&b).await;
        grew += usize::from(now > least);
        least = now.max(least);
        home = b.kill();
    }
    println!("{kills} kills while texts were scored, the last at {least}");
    assert!(grew > 0, "texts are scored between the kills");
}
