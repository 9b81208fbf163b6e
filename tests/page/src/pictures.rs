//! Pictures of the style page and of the main pages, compared with those in `tests/page/pictures/`, so that no change of
//! look is made without being seen. `cargo xtask screens --compare` does that, and `--accept` keeps new ones. It is no part
//! of all tests: how text lies between pixels is not always the same from one start of the browser to the next.
//!
//! The pictures are half the page's size or less and lossy, and so is what they are compared with. Two pixels differ
//! where a channel is [`DIFFERENT`] of 255 apart, and pictures where that is so of [`SHARE`] of a square of [`TILE`]
//! pixels: edges of letters that are drawn a little otherwise are less than that. Other fonts are more, so on a machine
//! with other fonts, by the places that sample texts take, the comparison is skipped and says so.

use crate::browser::{Browser, Site};
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Of 255, how far a channel of two pixels is apart that differ.
const DIFFERENT: u32 = 56;
/// The side of a square in which pixels that differ are counted.
const TILE: u32 = 16;
/// The share of a square's pixels that may differ.
const SHARE: f64 = 0.12;
/// Of WebP, out of 100.
const QUALITY: u8 = 25;
/// The most that all pictures may have, in bytes.
const MOST: u64 = 1_500_000;
/// The window that pictures are taken of.
const WINDOW: [u32; 2] = [1280, 900];
/// How often a picture is taken until two are the same.
const TRIES: usize = 40;

/// Set where the pictures that are taken are the new ones.
const ACCEPT: &str = "ASSAY_ACCEPT_PICTURES";

/// The pages by their names in the address.
const PAGES: [&str; 10] = [
    "data",
    "overview",
    "overview?part=slices",
    "examples?row=3",
    "perplexity",
    "ratings",
    "task",
    "training",
    "business",
    "report",
];

/// Before the page's own scripts: the same day and the same numbers by chance at every run.
const FIXED: &str = "(() => { \
    const at = Date.UTC(2026, 0, 15, 12), Real = Date; \
    globalThis.Date = class extends Real { constructor(...given) { given.length ? super(...given) : super(Math.floor(at + performance.now())); } static now() { return Math.floor(at + performance.now()); } }; \
    let state = 1; \
    Math.random = () => { state = (state * 16807) % 2147483647; return state / 2147483647; }; \
    })();";

/// Nothing moves, and what differs from run to run is not seen: memory, times, and bars without an end.
const STILL: &str = "const sheet = new CSSStyleSheet(); \
    sheet.replaceSync(`*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; } \
      html { scrollbar-width: none; } \
      #memory, #storage, time, progress:not([value]) { visibility: hidden !important; }`); \
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; \
    document.activeElement?.blur();";

/// The places that texts take in the page's fonts, in hundredths of pixels: letters, digits, code and Chinese.
const FONTS: &str = "const texts = [['Hamburgefonstiv 0123456789', 'inherit'], ['Hamburgefonstiv 0123456789', 'monospace'], ['永东国酬爱郁灵鹰袋', 'inherit'], ['▲▼✓−–…', 'inherit']]; \
    return texts.map(([text, family]) => { \
      const e = document.createElement('span'); \
      e.textContent = text; e.style.cssText = `position: absolute; white-space: pre; font: 400 40px ${family == 'inherit' ? getComputedStyle(document.body).fontFamily : family}`; \
      document.body.append(e); \
      const { width, height } = e.getBoundingClientRect(); \
      e.remove(); \
      return `${Math.round(100 * width)}x${Math.round(100 * height)}`; \
    }).join(' ');";

/// Compares two pictures: the share of pixels that differ in the worst square, and where it is.
const COMPARE: &str = "const [before, after, different, tile, done] = arguments; \
    const pixels = async data => { \
      const image = new Image(); \
      image.src = 'data:image/webp;base64,' + data; \
      await image.decode(); \
      const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext('2d'); \
      context.drawImage(image, 0, 0); \
      return context.getImageData(0, 0, image.width, image.height); \
    }; \
    Promise.all([before, after].map(pixels)).then(([a, b]) => { \
      const width = Math.min(a.width, b.width), height = Math.min(a.height, b.height); \
      let worst = { share: 0, x: 0, y: 0 }; \
      for (let y = 0; y < height; y += tile) for (let x = 0; x < width; x += tile) { \
        const [right, bottom] = [Math.min(width, x + tile), Math.min(height, y + tile)]; \
        let found = 0; \
        for (let j = y; j < bottom; j++) for (let i = x; i < right; i++) \
          if ([0, 1, 2].some(c => Math.abs(a.data[4 * (j * a.width + i) + c] - b.data[4 * (j * b.width + i) + c]) >= different)) found++; \
        const share = found / ((right - x) * (bottom - y)); \
        if (share > worst.share) worst = { share, x, y }; \
      } \
      done({ ...worst, sizes: [[a.width, a.height], [b.width, b.height]] }); \
    }, error => done({ error: String(error) }));";

/// The samples of the style page, or the page's parts, with their top and bottom in the page's pixels.
const PARTS: &str = "return [...document.querySelectorAll('section[id]')].map(e => { \
    const box = e.getBoundingClientRect(); return [e.id, box.top + scrollY, box.bottom + scrollY]; })";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pictures")
}

/// A picture that was taken.
struct Taken {
    name: String,
    /// WebP in Base64.
    data: String,
    /// Pixels of the picture for a pixel of the page.
    scale: f64,
    /// What was on the page, with its top and bottom in the page's pixels.
    parts: Vec<(String, f64, f64)>,
}

impl Taken {
    /// What stands at a height of the picture.
    fn part_at(&self, y: f64) -> &str {
        let at = y / self.scale;
        let mut around = self
            .parts
            .iter()
            .filter(|(_, top, end)| (*top..*end).contains(&at));
        around.next_back().map_or("no part", |(id, ..)| id)
    }

    fn path(&self) -> PathBuf {
        folder().join(format!("{}.webp", self.name))
    }

    fn bytes(&self) -> Vec<u8> {
        BASE64
            .decode(self.data.as_bytes())
            .expect("the browser writes Base64")
    }
}

impl Browser {
    /// Opens the page so that it looks the same at every run.
    async fn open_still(&self, site: &Site, theme: &str) {
        let script = json!({"source": FIXED});
        self.devtools("Page.addScriptToEvaluateOnNewDocument", script);
        let [width, height] = WINDOW;
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", size);
        self.open_in_theme(site, theme).await;
        self.js(STILL).await;
        // Nothing lies under the pointer.
        let away = json!({"type": "mouseMoved", "x": 1, "y": 1});
        self.devtools("Input.dispatchMouseEvent", away);
    }

    /// Takes a picture once nothing on the page changes any more: of the window, or of the whole page.
    async fn take(&self, name: &str, is_whole: bool, scale: f64) -> Taken {
        let [width, height] = WINDOW;
        let height = match is_whole {
            true => {
                self.js("return document.documentElement.scrollHeight")
                    .await
            }
            false => json!(height),
        };
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": scale});
        let how = json!({"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": is_whole});
        let mut before = Value::Null;
        for _ in 0..TRIES {
            let now = self.devtools("Page.captureScreenshot", how.clone())["data"].take();
            if now == before {
                let parts = serde_json::from_value(self.js(PARTS).await).unwrap();
                return Taken {
                    name: name.to_owned(),
                    data: now.as_str().expect("a picture").to_owned(),
                    scale,
                    parts,
                };
            }
            before = now;
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
        panic!("{name} never stands still");
    }

    /// Compares pictures with those that are kept, or keeps them: what differs, in sentences.
    async fn compared(&self, all: &[Taken]) -> Vec<String> {
        if std::env::var_os(ACCEPT).is_some() {
            for taken in all {
                std::fs::write(taken.path(), taken.bytes()).unwrap();
            }
            return Vec::new();
        }
        self.client.goto("about:blank").await.unwrap();
        let mut faults = Vec::new();
        for taken in all {
            let Ok(kept) = std::fs::read(taken.path()) else {
                faults.push(format!("{}: no picture is kept", taken.name));
                continue;
            };
            let kept = BASE64.encode(&kept);
            let arguments = vec![
                json!(kept),
                json!(taken.data),
                json!(DIFFERENT),
                json!(TILE),
            ];
            let found = self.client.execute_async(COMPARE, arguments).await.unwrap();
            if let Some(fault) = fault(taken, &found) {
                let saved = save(taken);
                faults.push(format!("{fault}; it looks like {}", saved.display()));
            }
        }
        faults
    }
}

/// What differs between a picture and the one that is kept.
fn fault(taken: &Taken, found: &Value) -> Option<String> {
    let name = &taken.name;
    let number = |key: &str| found[key].as_f64();
    let Some([share, x, y]) = number("share")
        .zip(number("x"))
        .zip(number("y"))
        .map(|((s, x), y)| [s, x, y])
    else {
        return Some(format!("{name}: {found}"));
    };
    let percent = (100.0 * share).round();
    println!("{name}: {percent} % of a square differ at most, at {x}, {y}");
    if share > SHARE {
        let part = taken.part_at(y);
        return Some(format!(
            "{name}: {percent} % of the square at {x}, {y} differ, in {part}"
        ));
    }
    let sizes = &found["sizes"];
    (sizes[0] != sizes[1]).then(|| format!("{name}: the size differs: {sizes}"))
}

/// Saves a picture that differs beside what other tests leave of a failure.
fn save(taken: &Taken) -> PathBuf {
    let folder = xtask::process::root().join("target/page-tests");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{}.webp", taken.name));
    std::fs::write(&path, taken.bytes()).unwrap();
    path
}

/// Whether this machine's fonts are those of the pictures. Says so where they are not, past the harness, which keeps
/// what a passed test prints to itself.
async fn has_the_fonts(b: &Browser, what: &str) -> bool {
    let here = b.js(FONTS).await;
    let here = here.as_str().expect("a text");
    let path = folder().join("fonts.txt");
    if std::env::var_os(ACCEPT).is_some() {
        std::fs::write(path, format!("{here}\n")).unwrap();
        return true;
    }
    let there = std::fs::read_to_string(path).expect("the fonts of the pictures are kept");
    let is_same = there.trim() == here;
    if !is_same {
        let words = format!(
            "skipped: {what}, as the fonts are others ({here}, not {})\n",
            there.trim()
        );
        std::io::stderr().write_all(words.as_bytes()).unwrap();
    }
    is_same
}

#[tokio::test]
#[ignore = "run by cargo xtask screens --compare"]
async fn every_component_looks_as_it_did() {
    let site = Site::start();
    let mut faults = Vec::new();
    for (language, theme) in [
        ("en-US", "light"),
        ("en-US", "dark"),
        ("zh-CN", "light"),
        ("zh-CN", "dark"),
    ] {
        let b = &Browser::start(language).await;
        b.open_still(&site, theme).await;
        if !has_the_fonts(b, "pictures of the style page").await {
            return;
        }
        b.js("location.hash = '#/style'").await;
        b.until("document.querySelectorAll('#sample-markup .markup').length > 5")
            .await;
        let name = format!("style-{}-{theme}", &language[..2]);
        let taken = b.take(&name, true, 0.5).await;
        faults.extend(b.compared(&[taken]).await);
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
#[ignore = "run by cargo xtask screens --compare"]
async fn main_pages_look_as_they_did() {
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.open_still(&site, "light").await;
    if !has_the_fonts(b, "pictures of the main pages").await {
        return;
    }
    b.click("#demo").await;
    b.until("document.querySelector('#loaded')").await;
    b.open_page("ratings").await;
    b.click("#judge-demo").await;
    b.until("document.querySelector('#judges')").await;
    b.open_page("overview").await;
    b.scored().await;
    let mut all = Vec::new();
    for page in PAGES {
        b.js(&format!("location.hash = '#/{page}'; scrollTo(0, 0)"))
            .await;
        b.until("document.querySelector('main h1, main p')").await;
        let name = page.replace(['?', '='], "-");
        all.push(b.take(&format!("page-{name}"), false, 0.5).await);
    }
    let faults = b.compared(&all).await;
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_pictures_are_small() {
    let files = std::fs::read_dir(folder()).expect("the pictures are kept");
    let bytes: u64 = files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    assert!((1..MOST).contains(&bytes), "{bytes} bytes");
}
