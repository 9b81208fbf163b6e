//! A browser that is killed again and again while roles are set: what the page told as saved is there at the next
//! visit. `cargo xtask torture` kills it 200 times.

use crate::browser::{Browser, Site};
use crate::sample;
use crate::words::Words;
use serde_json::Value;
use std::time::Duration;

/// How often the browser is killed, where `ASSAY_KILLS` says nothing else.
const KILLS: usize = 20;
/// The longest time between a change and the kill, in milliseconds.
const LONGEST_MS: u64 = 900;

/// What the page shows of a project, and whether it is told as saved.
const LOOK: &str = "return JSON.stringify({ \
    saved: document.querySelector('#saved')?.innerText == arguments[0], \
    roles: [...document.querySelectorAll('#roles select')].map(s => s.value).join() })";

/// What the page shows, if it says that this is saved, and still says so of the same a moment later: replies to two
/// questions come one after the other.
async fn acknowledged(b: &Browser, saved: &str) -> Option<String> {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let look = b.client.execute(LOOK, vec![saved.into()]).await.unwrap();
        let look: Value = serde_json::from_str(look.as_str().unwrap()).unwrap();
        let roles = look["roles"].as_str().unwrap().to_owned();
        seen.push((look["saved"] == true && !roles.is_empty()).then_some(roles));
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    match seen.pop() {
        last if seen.pop() == last => last.flatten(),
        _ => None,
    }
}

#[tokio::test]
async fn what_was_told_as_saved_outlives_every_browser() {
    let kills = std::env::var("ASSAY_KILLS").ok();
    let kills = kills.and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let (site, en) = (Site::start(), Words::english());
    let saved = en.text("saved-here");
    let mut home = None;
    // What was saved last, and what was being saved when the browser was killed.
    let (mut known, mut begun): (Option<String>, Option<String>) = (None, None);
    let (mut confirmed, mut random) = (0, 0x2545_f491_4f6c_dd1d_u64);
    for kill in 0..kills {
        let b = match home.take() {
            Some(home) => Browser::start_in(home, "en-US").await,
            None => Browser::start("en-US").await,
        };
        b.client
            .goto(&format!("{}#/data", site.origin))
            .await
            .unwrap();
        b.until("document.querySelector('#files')").await;
        if known.is_none() {
            b.choose_file(&sample()).await;
            b.shows("#saved", saved.clone()).await;
        }
        b.until("document.querySelector('#roles select')").await;
        let roles = "[...document.querySelectorAll('#roles select')].map(s => s.value).join()";
        let found = b.js(&format!("return {roles}")).await;
        let found = found.as_str().unwrap().to_owned();
        if let Some(known) = &known {
            let is_kept = found == *known || Some(&found) == begun.as_ref();
            assert!(is_kept, "kill {kill}: {known} was saved, {found} is there");
        }
        let role = if found.ends_with("ignored") {
            "slice"
        } else {
            "ignored"
        };
        b.set_in_row("#roles", "notes", role).await;
        let (rest, _) = found.rsplit_once(',').unwrap();
        begun = Some(format!("{rest},{role}"));
        // Now before, now within, now after what is written.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        tokio::time::sleep(Duration::from_millis(random % LONGEST_MS)).await;
        // However slow the machine is, some changes are told as saved.
        if kill % 4 == 3 {
            b.shows("#saved", saved.clone()).await;
        }
        known = acknowledged(&b, &saved).await.or(Some(found));
        confirmed += usize::from(known == begun);
        home = Some(b.kill());
    }
    println!("{kills} kills, {confirmed} of them after the change was told as saved");
    assert!(confirmed > 0, "no change was ever told as saved");
}
