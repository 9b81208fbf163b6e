//! Pictures of every page for docs/screens/: empty, with the example, and with twenty systems, in both themes and
//! languages, on a phone, a laptop and a wide screen. `cargo xtask screens` takes them.

use crate::browser::{Browser, Site};
use crate::files;
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The pages by their names in the address.
const PAGES: [&str; 10] = [
    "data",
    "overview",
    "examples?row=3",
    "perplexity",
    "ratings",
    "task",
    "training",
    "business",
    "report",
    "privacy",
];

/// Those that gain from a wide screen.
const WIDE_PAGES: [&str; 5] = ["data", "overview", "examples?row=3", "task", "report"];

/// Those that many systems change.
const MANY_PAGES: [&str; 4] = ["data", "overview", "examples?row=3", "report"];

/// Of WebP, out of 100: text stays sharp, and all pictures together are less than 3 MB.
const QUALITY: u8 = 20;

/// The most that all pictures may have, in bytes.
const MOST: u64 = 3_000_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/screens")
}

/// What is shown, and how.
#[derive(Clone, Copy)]
struct Look {
    state: &'static str,
    language: &'static str,
    theme: &'static str,
    width: u32,
}

impl Look {
    /// Where the picture of a page goes.
    fn path(self, page: &str) -> PathBuf {
        let Self {
            state,
            language,
            theme,
            width,
        } = self;
        let language = &language[..2];
        folder().join(format!("{state}-{page}-{language}-{theme}-{width}.webp"))
    }
}

impl Browser {
    async fn set_width(&self, width: u32) {
        let size =
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500});
        self.devtools("Emulation.setDeviceMetricsOverride", size);
        self.until(&format!("innerWidth == {width}")).await;
    }

    /// Saves what the window shows.
    fn picture(&self, path: &Path) {
        let how = json!({"format": "webp", "quality": QUALITY});
        let answer = self.devtools("Page.captureScreenshot", how);
        let Some(Value::String(data)) = answer.get("data") else {
            panic!("no picture: {answer}");
        };
        std::fs::write(path, BASE64.decode(data.as_bytes()).unwrap()).unwrap();
    }

    /// Takes a picture of each of the pages.
    async fn pictures(&self, look: Look, pages: &[&str]) {
        self.set_width(look.width).await;
        // Nothing lies under the pointer.
        let away = json!({"type": "mouseMoved", "x": 1, "y": 1});
        self.devtools("Input.dispatchMouseEvent", away);
        for page in pages {
            self.js(&format!("location.hash = '#/{page}'")).await;
            self.until("document.querySelector('main h1, main p')")
                .await;
            // Results that are on their way, and charts that are drawn for the width.
            tokio::time::sleep(Duration::from_millis(1200)).await;
            let name = page.split('?').next().unwrap_or_default();
            self.picture(&look.path(name));
        }
    }
}

/// Makes a task of the example, and takes a picture of what its owner and a rater on a phone see.
async fn rater(owner: &Browser, look: Look) {
    owner.set_width(1440).await;
    owner.js("location.hash = '#/task'").await;
    owner.until("document.querySelector('#task-extent')").await;
    owner.click("#template-pairwise").await;
    owner.click("#task-make").await;
    owner.until("document.querySelector('#task-link')").await;
    let owners = Look {
        state: "sent",
        width: 1440,
        ..look
    };
    owner.pictures(owners, &["ratings"]).await;
    let link = owner.js("return document.querySelector('#task-link').value");
    let link = link.await;
    let b = Browser::start(look.language).await;
    b.client.goto(link.as_str().unwrap()).await.unwrap();
    b.until("document.querySelector('#rate-begin')").await;
    b.js(&format!(
        "document.documentElement.dataset.theme = '{}'",
        look.theme
    ))
    .await;
    b.set("#rate-name", "A").await;
    b.set_width(look.width).await;
    b.click("#rate-begin").await;
    b.until("document.querySelector('.rate-item')").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    b.picture(&look.path("rate"));
}

/// Twenty systems, each a little better than the one before.
fn twenty_systems() -> PathBuf {
    let names: Vec<String> = (1..=20).map(|s| format!("checkpoint-{s}00")).collect();
    let mut text = format!("id,prompt,reference,topic,{}\n", names.join(","));
    for row in 0..60 {
        let topic = ["orders", "returns", "accounts"][row % 3];
        write!(text, "{row},Question {row}?,\"Your parcel {row} left on Monday and should arrive by Friday\",{topic}").unwrap();
        for system in 0..20 {
            let kept = 4 + (row * 7 + system * 5) % (7 + system / 4);
            let words = "Your parcel {} left on Monday and should arrive by Friday".split(' ');
            let words: Vec<&str> = words.take(kept).collect();
            write!(text, ",{}", words.join(" ").replace("{}", &row.to_string())).unwrap();
        }
        text.push('\n');
    }
    files::file("twenty-systems.csv", &text)
}

#[tokio::test]
#[ignore = "takes pictures for docs/screens"]
async fn pictures_of_every_page() {
    let site = Site::start();
    std::fs::create_dir_all(folder()).unwrap();
    for (language, theme) in [
        ("en-US", "light"),
        ("en-US", "dark"),
        ("zh-CN", "light"),
        ("zh-CN", "dark"),
    ] {
        let look = |state: &'static str, width: u32| Look {
            state,
            language,
            theme,
            width,
        };
        let b = &Browser::start(language).await;
        b.open_in_theme(&site, theme).await;
        let (is_english, is_light) = (language == "en-US", theme == "light");
        if is_light {
            b.pictures(look("empty", 1440), &PAGES).await;
        }
        b.js("location.hash = '#/data'").await;
        b.click("#demo").await;
        b.until("document.querySelector('#loaded')").await;
        b.open_page("ratings").await;
        b.click("#judge-demo").await;
        b.until("document.querySelector('#judges')").await;
        b.open_page("overview").await;
        b.scored().await;
        if is_english || !is_light {
            b.pictures(look("demo", 1440), &PAGES).await;
        }
        if is_english == is_light {
            b.pictures(look("demo", 390), &PAGES).await;
            rater(b, look("demo", 390)).await;
        }
        if is_english && is_light {
            b.pictures(look("demo", 1920), &WIDE_PAGES).await;
        }
        if is_english == is_light {
            b.set_width(1440).await;
            b.js("location.hash = '#/data'").await;
            b.until("document.querySelector('#files')").await;
            b.choose_file(&twenty_systems()).await;
            b.until("document.querySelector('#loaded')?.innerText.includes('twenty')")
                .await;
            b.open_page("overview").await;
            b.scored().await;
            b.pictures(look("twenty", 1440), &MANY_PAGES).await;
        }
    }
    let all = std::fs::read_dir(folder()).unwrap();
    let bytes: u64 = all
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    println!("{bytes} bytes in docs/screens");
    assert!(bytes < MOST, "{bytes}");
}
