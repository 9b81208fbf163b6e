//! What axe-core finds on every page, in both languages and themes: nothing.

use crate::browser::{Browser, Site};
use crate::reading;
use serde_json::Value;
use xtask::tools;

/// The pages by their names in the address, once the example is loaded.
const PAGES: [&str; 11] = [
    "data",
    "overview",
    "examples",
    "perplexity",
    "ratings",
    "training",
    "business",
    "report",
    "privacy",
    "task",
    "style",
];

/// The parts of the Compare page that the example has beside the first.
const PARTS: [&str; 4] = ["slices", "domains", "analyses", "rounds"];

/// What is found, as rule, page and the beginning of an element.
const FIND: &str = "const done = arguments[arguments.length - 1]; \
    axe.run(document, { resultTypes: ['violations'] }).then( \
        found => done(found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160)))), \
        error => done([String(error)]))";

async fn found(b: &Browser, axe: &str, page: &str) -> Vec<String> {
    b.client.execute(axe, Vec::new()).await.unwrap();
    let found = b.client.execute_async(FIND, Vec::new()).await.unwrap();
    let found = found.as_array().unwrap().iter().filter_map(Value::as_str);
    found.map(|what| format!("{page}: {what}")).collect()
}

#[tokio::test]
async fn nothing_keeps_people_from_using_a_page() {
    let axe = tools::axe().expect("`cargo xtask test` fetches axe-core");
    let axe = std::fs::read_to_string(axe).unwrap();
    let site = Site::start();
    let mut all = Vec::new();
    for (language, theme) in [("en-US", "light"), ("zh-CN", "dark")] {
        let b = &Browser::start(language).await;
        b.open_in_theme(&site, theme).await;
        all.extend(found(b, &axe, "before anything is loaded").await);
        b.click("#demo").await;
        b.until("document.querySelector('#loaded')").await;
        b.open_page("ratings").await;
        b.click("#judge-demo").await;
        b.until("document.querySelector('#judges')").await;
        b.open_page("overview").await;
        b.scored().await;
        for page in PAGES {
            // Each page has a heading of its own.
            let heading = "document.querySelector('main h1')?.textContent ?? ''";
            let before = b.js(&format!("return {heading}")).await;
            b.js(&format!("location.hash = '#/{page}'")).await;
            b.until(&format!("![{before}, ''].includes({heading})"))
                .await;
            all.extend(found(b, &axe, &format!("{page}, {language}, {theme}")).await);
        }
        b.js("location.hash = '#/overview'").await;
        for part in PARTS {
            b.open_part(part).await;
            all.extend(found(b, &axe, &format!("{part}, {language}, {theme}")).await);
        }
        b.assert_clean(&site.origin).await;
        // Texts as what they show, row by row.
        let b = &Browser::start(language).await;
        b.client.goto(&site.origin).await.unwrap();
        b.js(&format!("localStorage.setItem('theme', '{theme}')"))
            .await;
        reading::open(b, &site).await;
        for row in 1..=6 {
            reading::row(b, row).await;
            b.until("document.querySelector('#detail .markup')").await;
            b.js("document.querySelectorAll('#detail details').forEach(e => e.open = true)")
                .await;
            all.extend(found(b, &axe, &format!("row {row}, {language}, {theme}")).await);
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}
