//! Speed compared with the reference tools in the same run, as ratios: natively and in Chromium.

mod engine;
mod pairs;

use crate::process::{Step, cargo, root, run};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Segments that each metric scores.
const SEGMENTS: usize = 10_000;

/// All measurements, or one: `metrics`, `rows`, `million`, `engine`.
pub fn compare(which: Option<&str>) -> Result<(), String> {
    crate::tools::browser()?;
    crate::build::dist()?;
    match which {
        None => metrics()
            .and_then(|()| rows())
            .and_then(|()| million())
            .and_then(|()| engine::compare()),
        Some("metrics") => metrics(),
        Some("rows") => rows(),
        Some("million") => million(),
        Some("engine") => engine::compare(),
        Some(other) => Err(format!(
            "bench takes metrics, rows, million or engine, not {other}"
        )),
    }
}

/// Writes distinct pairs, times all sides, prints a table.
fn metrics() -> Result<(), String> {
    let (text, what) = pairs::distinct();
    let pairs = target("bench-pairs.tsv");
    std::fs::write(&pairs, text).map_err(|e| format!("{}: {e}", pairs.display()))?;
    let python = peers()?;
    println!("== {SEGMENTS} distinct pairs ({what}), one thread, best of three");
    let pairs = pairs.display().to_string();
    let tasks = target("bench-tasks.tsv").display().to_string();
    let bench = ["bench", "-q", "--bench", "segments", "--", &pairs, &tasks];
    let native = figures(&cargo(), &bench)?;
    let theirs = figures(&python, &["benches/peers.py", &pairs])?;
    let chromium = in_chromium(
        "segments_per_second",
        &[("ASSAY_PAIRS", &pairs), ("ASSAY_TASKS", &tasks)],
    )?;
    let (cores, chromium): (Figures, Figures) = chromium
        .into_iter()
        .partition(|(name, _)| name.starts_with("all cores"));
    table(&native, &by_name(chromium), &by_name(theirs));
    println!("== Chromium with a worker on every core, times one worker");
    for (name, times) in cores {
        println!("{name:<32}{times:>8.2}");
    }
    Ok(())
}

/// Imports a large file in Chromium.
fn rows() -> Result<(), String> {
    println!("== a file of 1,000,000 rows of 200 bytes in Chromium");
    list(in_chromium("a_million_rows", &[])?);
    Ok(())
}

/// Scores and resamples a million segments in Chromium, with as many workers as there are cores.
fn million() -> Result<(), String> {
    let (text, what) = pairs::distinct();
    let pairs = target("bench-pairs.tsv");
    std::fs::write(&pairs, text).map_err(|e| format!("{}: {e}", pairs.display()))?;
    println!("== 1,000,000 segments in Chromium ({what}, each with a number of its own)");
    let pairs = pairs.display().to_string();
    list(in_chromium(
        "a_million_segments",
        &[("ASSAY_PAIRS", &pairs)],
    )?);
    Ok(())
}

fn list(figures: Figures) {
    for (name, figure) in figures {
        println!("{name:<48}{figure:>14.1}");
    }
}

fn target(name: &str) -> PathBuf {
    root().join("target").join(name)
}

/// The reference tools in an environment of their own; gives its Python.
fn peers() -> Result<String, String> {
    // The name changes with the tools, so that an older environment is left alone.
    let folder = target("bench-venv-2");
    let python = folder.join("bin/python").display().to_string();
    if !Path::new(&python).exists() {
        let folder = folder.display().to_string();
        let make = ["-m", "venv", &folder];
        run(Step::new(
            "Python's tools (needs python3 with venv)",
            "python3",
            &make,
        ))?;
        let tools = [
            "-m",
            "pip",
            "install",
            "-q",
            "sacrebleu==2.6.0",
            "rouge-score==0.1.2",
            "nltk==3.10.4",
            "jiwer==4.0.0",
        ];
        run(Step::new("the reference tools", &python, &tools))?;
    }
    Ok(python)
}

type Figures = Vec<(String, f64)>;

fn by_name(figures: Figures) -> HashMap<String, f64> {
    figures.into_iter().collect()
}

fn table(native: &Figures, chromium: &HashMap<String, f64>, peers: &HashMap<String, f64>) {
    println!(
        "{:<16}{:>14}{:>16}{:>14}{:>10}{:>12}",
        "metric", "native, seg/s", "Chromium, seg/s", "peer, seg/s", "native x", "Chromium x"
    );
    let written =
        |x: Option<f64>, digits: usize| x.map_or("-".to_owned(), |x| format!("{x:.digits$}"));
    for (name, ours) in native {
        let (page, peer) = (chromium.get(name).copied(), peers.get(name).copied());
        println!(
            "{name:<16}{ours:>14.0}{:>16}{:>14}{:>10}{:>12}",
            written(page, 0),
            written(peer, 0),
            written(peer.map(|p| ours / p), 1),
            written(page.zip(peer).map(|(x, p)| x / p), 1),
        );
    }
}

/// Runs one of the measurements among the page's tests, which are left out of ordinary runs.
fn in_chromium(name: &str, environment: &[(&str, &str)]) -> Result<Figures, String> {
    let test = format!("measure::{name}");
    let arguments = ["-q", "--", "--ignored", "--exact", &test, "--nocapture"];
    let mut command = Command::new(cargo());
    command
        .args(crate::check::PAGE_TESTS)
        .args(arguments)
        .env("ASSAY_PAGE", crate::build::folder())
        .envs(environment.iter().copied());
    lines(command)
}

/// Runs a program that prints a name, a tab and a figure a line.
fn figures(program: &str, arguments: &[&str]) -> Result<Figures, String> {
    let mut command = Command::new(program);
    command.args(arguments);
    lines(command)
}

fn lines(mut command: Command) -> Result<Figures, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .current_dir(root())
        .output()
        .map_err(|e| format!("{program} can't be started ({e})"))?;
    if !output.status.success() {
        let output_text = [output.stdout, output.stderr].concat();
        return Err(String::from_utf8_lossy(&output_text).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().filter_map(|l| l.split_once('\t'));
    Ok(lines
        .filter_map(|(name, x)| Some((name.to_owned(), x.parse().ok()?)))
        .collect())
}
