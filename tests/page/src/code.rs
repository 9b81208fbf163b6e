//! Programs run in the sandbox: right and wrong ones, endless loops, memory bombs, attempts to reach out. Pass@k
//! follows, and nothing of it leaves the sandbox.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;
use serde_json::json;
use std::path::PathBuf;

fn tasks() -> PathBuf {
    let task = |id: &str| json!({"task_id": id, "prompt": "def answer():\n", "test": "def check(candidate):\n    assert candidate() == 42\n", "entry_point": "answer"});
    let text = ["t/0", "t/1"].map(|id| task(id).to_string()).join("\n");
    file("problems.jsonl", &text)
}

/// Samples of the first task, of which each but the first two has to come to nothing; and a right one of the
/// second.
fn samples(origin: &str) -> PathBuf {
    let fetch = format!(
        "    import urllib.request\n    urllib.request.urlopen('{origin}/leak', timeout=1).read()\n    return 42"
    );
    let reach = format!("    import js\n    js.fetch('{origin}/leak')\n    return 42");
    let eval = format!(
        "    from pyodide.code import run_js\n    run_js(\"import('{origin}/leak')\")\n    return 42"
    );
    let make = format!(
        "    import pyodide_js\n    pyodide_js.loadPackage.constructor(\"return import('{origin}/leak')\")()\n    return 42"
    );
    let bodies = [
        "    return 42",
        "  return 6 * 7",
        "    return 41",
        "    while True:\n        pass",
        "    held = []\n    while True:\n        held.append(bytearray(10 ** 7))",
        "    import subprocess\n    subprocess.check_output(['ls'])\n    return 42",
        "    import sys\n    sys.exit(0)",
        "    return input()",
        "    return answer()",
        "    this is no Python",
        &fetch,
        &reach,
        &eval,
        &make,
    ];
    let mut lines: Vec<String> = bodies
        .iter()
        .map(|b| json!({"task_id": "t/0", "completion": b}).to_string())
        .collect();
    // What one program does to the interpreter is gone before the next.
    lines.insert(0, json!({"task_id": "t/1", "completion": "    import builtins\n    builtins.AssertionError = None\n    builtins.__import__ = None\n    return 42"}).to_string());
    file("tuned.jsonl", &lines.join("\n"))
}

#[tokio::test]
async fn programs_run_in_a_sandbox_that_nothing_leaves() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    let paths = [tasks(), samples(&site.origin)].map(|p| p.display().to_string());
    b.choose_file(&PathBuf::from(paths.join("\n"))).await;
    b.until("document.querySelector('#run-code')").await;
    let shown = b.text("#code").await;
    let found = [("samples", "15"), ("tasks", "2"), ("systems", "tuned")];
    en.say("code-found", &found).assert_in(&shown);
    en.say("code-warning", &[]).assert_in(&shown);
    assert_eq!(b.count("iframe").await, 0);
    // Taking all memory lasts seconds on a busy machine, and has to end before the time does.
    b.set("#code-seconds", "8").await;
    b.set("#code-megabytes", "256").await;

    // Stopped, finished results stay, and the rest can be resumed.
    b.click("#run-code").await;
    b.until("document.querySelector('#code-counts')").await;
    b.click("#stop-code").await;
    b.shows("#run-code", en.text("code-go-on")).await;
    assert_eq!(b.count("iframe").await, 0);
    b.click("#run-code").await;
    b.long_until("document.querySelector('#loaded')").await;
    let counts = b.text("#code-counts").await;
    let why = b
        .js("return document.querySelector('#code-failures').textContent")
        .await;
    let done = [("done", "15"), ("samples", "15")];
    let states = [
        ("passed", "3"),
        ("failed", "11"),
        ("timed_out", "1"),
        ("crashed", "0"),
    ];
    let states = states.map(|(state, count)| en.say(&format!("code-{state}"), &[("count", count)]));
    for part in states.iter().chain([&en.say("code-done", &done)]) {
        assert!(part.is_in(&counts), "{counts} {why}");
    }
    for reason in [
        "MemoryError",
        "SystemExit",
        "RecursionError",
        "SyntaxError",
        "AssertionError",
    ] {
        assert!(why.as_str().unwrap().contains(reason), "{reason}: {why}");
    }
    // 2 of 14 and 1 of 1: the mean of both is 57.14 %.
    b.open_page("overview").await;
    b.until("document.querySelector('#scores')?.innerText.includes('pass@1 ↑\t0.57')")
        .await;
    b.assert_clean(&site.origin).await;
}

/// A Python that throws as soon as it is loaded: the run ends with the reason, and no program is called wrong.
#[tokio::test]
async fn where_python_never_starts_the_run_ends_and_says_why() {
    let (site, en) = (Site::start(), Words::english());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    b.js("const own = window.fetch; window.fetch = (url, options) => String(url).endsWith('pyodide.mjs') \
          ? Promise.resolve(new Response('throw new Error(\"no Python today\")')) : own(url, options)")
        .await;
    let paths = [tasks(), samples(&site.origin)].map(|p| p.display().to_string());
    b.choose_file(&PathBuf::from(paths.join("\n"))).await;
    b.click("#run-code").await;
    b.long_until("document.body.innerText.includes('no Python today')")
        .await;
    b.shows("[role=alert]", en.say("programs-error-sandbox", &[]))
        .await;
    assert_eq!(b.count("iframe").await, 0, "the sandbox is gone");
}
