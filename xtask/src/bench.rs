//! Speed beside the reference tools in the same run, as ratios.

use crate::process::{Step, root, run};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

const SEGMENTS: usize = 10_000;

/// Writes distinct pairs, times both sides, prints a table.
pub fn compare() -> Result<(), String> {
    let pairs = root().join("target/bench-pairs.tsv");
    std::fs::write(&pairs, distinct_pairs()).map_err(|e| format!("{}: {e}", pairs.display()))?;
    let venv = root().join("target/bench-venv");
    let python = venv.join("bin/python").display().to_string();
    if !Path::new(&python).exists() {
        let folder = venv.display().to_string();
        run(Step::new(
            "Python's tools (needs python3 with venv)",
            "python3",
            &["-m", "venv", &folder],
        ))?;
        let tools = [
            "-m",
            "pip",
            "install",
            "-q",
            "sacrebleu==2.6.0",
            "rouge-score==0.1.2",
        ];
        run(Step::new("the reference tools", &python, &tools))?;
    }
    let pairs = pairs.display().to_string();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let ours = figures(
        &cargo,
        &["bench", "-q", "--bench", "segments", "--", &pairs],
    )?;
    let theirs = figures(&python, &["benches/peers.py", &pairs])?;
    let theirs: HashMap<String, f64> = theirs.into_iter().collect();
    println!(
        "{:<16}{:>14}{:>14}{:>8}",
        "metric", "Assay, seg/s", "peer, seg/s", "ratio"
    );
    for (name, ours) in ours {
        match theirs.get(&name) {
            Some(peer) => println!("{name:<16}{ours:>14.0}{peer:>14.0}{:>8.1}", ours / peer),
            None => println!("{name:<16}{ours:>14.0}{:>14}{:>8}", "-", "-"),
        }
    }
    Ok(())
}

/// Runs a program that prints a name, a tab and a figure a line.
fn figures(program: &str, arguments: &[&str]) -> Result<Vec<(String, f64)>, String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|e| format!("{program} can't be started ({e})"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().filter_map(|l| l.split_once('\t'));
    Ok(lines
        .filter_map(|(name, x)| Some((name.to_owned(), x.parse().ok()?)))
        .collect())
}

/// English-like pairs, no two alike, of about twenty words; the hypothesis has some words changed.
fn distinct_pairs() -> String {
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
