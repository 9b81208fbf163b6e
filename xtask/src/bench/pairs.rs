//! Ten thousand distinct pairs of a hypothesis and a reference: real translations into English from
//! the shared data where it is there, else made-up English-like ones.

use super::SEGMENTS;
use crate::process::root;
use serde_json::Value;
use std::collections::HashSet;
use std::fmt::Write;

/// Files of translations into English.
const FILES: [&str; 4] = ["ted-sken", "gptmt-zhen", "gptmt-csen", "ted-zhen-2ref"];

/// The pairs, one a line with a tab between, and what they are.
pub(super) fn distinct() -> (String, &'static str) {
    match shared() {
        Some(text) => (text, "translations into English of the shared data"),
        None => (made_up(), "made-up English-like pairs"),
    }
}

fn shared() -> Option<String> {
    let mut seen = HashSet::new();
    let mut out = String::new();
    for file in FILES {
        let path = root().join(format!("../shared/data/{file}.jsonl"));
        for line in std::fs::read_to_string(path).ok()?.lines() {
            let Ok(Value::Object(row)) = serde_json::from_str(line) else {
                continue;
            };
            let reference = row.get("references")?.get(0)?.as_str()?;
            for (_, system) in row.iter().filter(|(name, _)| *name != "references") {
                let pair = (flat(system.as_str()?), flat(reference));
                if seen.len() < SEGMENTS && seen.insert(pair.clone()) {
                    // Writing to a string can't fail.
                    let _ = writeln!(out, "{}\t{}", pair.0, pair.1);
                }
            }
        }
    }
    (seen.len() == SEGMENTS).then_some(out)
}

/// The text in one line without tabs.
fn flat(text: &str) -> String {
    text.split(['\n', '\r', '\t']).collect::<Vec<_>>().join(" ")
}

/// English-like pairs, no two alike, of about twenty words; the hypothesis has some words changed.
fn made_up() -> String {
    const STEMS: [&str; 40] = [
        "the",
        "of",
        "model",
        "answer",
        "and",
        "to",
        "a",
        "question",
        "is",
        "that",
        "score",
        "in",
        "general",
        "translate",
        "happy",
        "system",
        "for",
        "write",
        "on",
        "measure",
        "with",
        "read",
        "he",
        "careful",
        "they",
        "relation",
        "be",
        "small",
        "have",
        "word",
        "are",
        "sentence",
        "from",
        "number",
        "quick",
        "result",
        "at",
        "compare",
        "not",
        "reason",
    ];
    const ENDINGS: [&str; 6] = ["", "", "s", "ing", "ed", "ly"];
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut draw = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let mut out = String::new();
    for i in 0..SEGMENTS {
        let length = 14 + draw(12);
        let words: Vec<String> = (0..length)
            .map(|_| {
                format!(
                    "{}{}",
                    STEMS[draw(STEMS.len())],
                    ENDINGS[draw(ENDINGS.len())]
                )
            })
            .collect();
        let changed: Vec<String> = words
            .iter()
            .map(|w| {
                if draw(5) == 0 {
                    STEMS[draw(STEMS.len())].to_owned()
                } else {
                    w.clone()
                }
            })
            .collect();
        // Writing to a string can't fail.
        let _ = writeln!(out, "{} {i}.\t{} {i}.", changed.join(" "), words.join(" "));
    }
    out
}
