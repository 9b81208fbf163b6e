//! Programs run in the sandbox: right and wrong ones, endless loops, memory bombs, attempts to reach out. Pass@k
//! follows, and nothing of it leaves the sandbox.

use crate::browser::{Browser, Site};
use crate::file;
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
    let site = Site::start();
    let browser = Browser::start("en-US").await;
    let b = &browser;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    let paths = [tasks(), samples(&site.origin)].map(|p| p.display().to_string());
    b.choose_file(&PathBuf::from(paths.join("\n"))).await;
    b.until("document.querySelector('#run-code')").await;
    let told = b.text("#code").await;
    assert!(
        told.contains("15 programs for 2 problems, by tuned"),
        "{told}"
    );
    assert!(told.contains("Nothing runs until you agree"), "{told}");
    assert_eq!(b.count("iframe").await, 0);
    b.set("#code-seconds", "2").await;
    b.set("#code-megabytes", "256").await;

    // Stopped, finished results stay, and the rest can be resumed.
    b.click("#run-code").await;
    b.until("document.querySelector('#code-counts')").await;
    b.click("#stop-code").await;
    b.until("document.querySelector('#run-code')?.innerText == 'Run the rest'")
        .await;
    assert_eq!(b.count("iframe").await, 0);
    b.click("#run-code").await;
    b.long_until("document.querySelector('#loaded')").await;
    let counts = b.text("#code-counts").await;
    assert!(
        counts.contains("Done: 15 of 15. Passed: 3. Failed: 11. Timed out: 1. Crashed: 0."),
        "{counts} {}",
        b.js("return document.querySelector('#code-failures')?.textContent")
            .await
    );
    let why = b
        .js("return document.querySelector('#code-failures').textContent")
        .await;
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
    b.click("nav a:nth-child(2)").await;
    b.until("document.querySelector('#scores')?.innerText.includes('pass@1 ↑\t0.57')")
        .await;
    b.assert_clean(&site.origin).await;
}
