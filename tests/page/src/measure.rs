//! Measurements in Chromium for `cargo xtask bench`; ordinary test runs leave them out. Each prints
//! a name, a tab and a figure a line.

use crate::browser::{Browser, Site};
use crate::file;
use serde_json::json;

/// Hands the pairs to one of the page's own compute workers, whole, three times for each metric,
/// and gives the greatest number of segments per second; with `many`, to one worker per core at the same time.
const RATE: &str = r#"
const [pairs, task, many] = arguments;
const encoder = new TextEncoder();
const parts = [], numbers = [];
for (const line of pairs.split("\n").filter((l) => l.includes("\t"))) {
  const [hypothesis, reference] = line.split("\t").map((t) => encoder.encode(t));
  numbers.push(hypothesis.length, 1, reference.length);
  parts.push(hypothesis, reference);
}
const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
const count = many ? navigator.hardwareConcurrency : 1;
// A compute worker, once it listens, with the build that its calls have to name.
const start = () => new Promise((resolve) => {
  const worker = new Worker("./compute-boot.js", { type: "module", name: "compute" });
  worker.onmessage = ({ data: { header } }) => {
    if (header.Ready) resolve({ worker, build: header.Ready.build, id: 0 });
  };
});
const run = (member, text) => new Promise((resolve, reject) => {
  const buffers = [text.buffer, Float64Array.from(numbers).buffer, new ArrayBuffer(0)];
  const header = { Call: { build: member.build, id: member.id++, name: "compute.Run" } };
  member.worker.onmessage = ({ data: { header } }) => {
    if (header.Value) resolve(); else reject(new Error(JSON.stringify(header)));
  };
  member.worker.postMessage({ header, body: { task: JSON.parse(task) }, files: [], buffers }, buffers);
});
const workers = await Promise.all(Array.from({ length: count }, start));
let best = Infinity;
for (let pass = 0; pass < 3; pass++) {
  const texts = workers.map(() => whole.slice());
  const begun = performance.now();
  await Promise.all(workers.map((worker, i) => run(worker, texts[i])));
  best = Math.min(best, performance.now() - begun);
}
workers.forEach(({ worker }) => worker.terminate());
return (count * numbers.length) / 3 / (best / 1000);
"#;

#[tokio::test]
#[ignore = "a measurement for `cargo xtask bench`"]
async fn segments_per_second() {
    let read = |name: &str| {
        let path = std::env::var(name).expect("`cargo xtask bench` names the files");
        std::fs::read_to_string(path).unwrap()
    };
    let (pairs, tasks) = (read("ASSAY_PAIRS"), read("ASSAY_TASKS"));
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         (async (...arguments) => {{ {RATE} }})(...arguments).then(done, (e) => done(String(e)))"
    );
    for line in tasks.lines() {
        let (name, task) = line.split_once('\t').unwrap();
        let rate = async |many: bool| {
            let arguments = vec![json!(pairs), json!(task), json!(many)];
            let rate = b.client.execute_async(&script, arguments).await.unwrap();
            rate.as_f64().unwrap_or_else(|| panic!("{rate}"))
        };
        let alone = rate(false).await;
        println!("{name}\t{alone}");
        if ["bleu", "chrf", "ter", "meteor", "rougeL+stem"].contains(&name) {
            println!("all cores, {name}\t{}", rate(true).await / alone);
        }
    }
}

/// A million rows of about 200 bytes.
fn million() -> String {
    let mut text = String::from("id,domain,reference,base,tuned\n");
    for i in 0..1_000_000 {
        let domain = ["law", "health", "travel"][i % 3];
        text.push_str(&format!(
            "{i},{domain},the sentence with the number {i} is translated like this here,the sentence of number {i} is translated so and no more,the sentence with number {i} is translated like that again\n"
        ));
    }
    text
}

#[tokio::test]
#[ignore = "a measurement for `cargo xtask bench`"]
async fn a_million_rows() {
    let text = million();
    let bytes = text.len() as f64;
    let path = file("million.csv", &text);
    drop(text);
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.js("window.worst = 0; let last = performance.now(); \
          const frame = () => { const now = performance.now(); \
          window.worst = Math.max(window.worst, now - last); last = now; requestAnimationFrame(frame) }; \
          requestAnimationFrame(frame)")
        .await;
    let start = std::time::Instant::now();
    b.choose_file(&path).await;
    b.until("document.querySelector('#loaded')").await;
    println!("file, MB\t{}", bytes / 1e6);
    println!("import, s\t{}", start.elapsed().as_secs_f64());
    let worst = b.js("return window.worst").await.as_f64().unwrap();
    println!("longest frame while importing, ms\t{worst}");
    let memory = b
        .js("return +document.querySelector('#memory').dataset.bytes")
        .await;
    println!(
        "memory, times the file\t{}",
        memory.as_f64().unwrap() / bytes
    );
    std::fs::remove_file(path).unwrap();
}

/// A million segments, no two alike: the pairs again and again, each with a number of its own in both.
fn million_segments(pairs: &str) -> String {
    let pairs: Vec<(&str, &str)> = pairs.lines().filter_map(|l| l.split_once('\t')).collect();
    let mut text = String::from("reference\tsystem\n");
    for i in 0..1_000_000 {
        let (system, reference) = pairs[i % pairs.len()];
        let quoted = |text: &str| text.replace('"', "'");
        text.push_str(&format!(
            "{} {i}\t{} {i}\n",
            quoted(reference),
            quoted(system)
        ));
    }
    text
}

#[tokio::test]
#[ignore = "a measurement for `cargo xtask bench`"]
async fn a_million_segments() {
    let pairs = std::env::var("ASSAY_PAIRS").expect("`cargo xtask bench` names the file");
    let text = million_segments(&std::fs::read_to_string(pairs).unwrap());
    println!("file, MB\t{}", text.len() as f64 / 1e6);
    let path = file("segments.tsv", &text);
    drop(text);
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    b.js("window.worst = 0; new PerformanceObserver((list) => { \
          for (const task of list.getEntries()) window.worst = Math.max(window.worst, task.duration) \
          }).observe({ type: 'longtask' })")
        .await;
    let empty = resident();
    let start = std::time::Instant::now();
    b.choose_file(&path).await;
    b.long_until("document.querySelector('#loaded')").await;
    println!("import, s\t{}", start.elapsed().as_secs_f64());
    b.js("location.hash = '#/overview'").await;
    let start = std::time::Instant::now();
    // A metric is done when its interval is there; scores come earlier.
    let with = |what: &str, count: usize| {
        format!("document.querySelectorAll('#scores {what}').length >= {count}")
    };
    b.long_until("document.querySelectorAll('#scores tbody tr').length > 0")
        .await;
    let all = b.count("#scores tbody tr").await as usize;
    b.long_until(&with(".score", all)).await;
    println!("all {all} scores, s\t{}", start.elapsed().as_secs_f64());
    b.long_until("[...document.querySelectorAll('#scores .interval')].every(e => e.innerText) && !document.querySelector('.jobs progress')")
        .await;
    println!(
        "all with intervals of 1,000 resamples, s\t{}",
        start.elapsed().as_secs_f64()
    );
    let worst = b.js("return window.worst").await.as_f64().unwrap();
    println!("longest task on the page's thread, ms\t{worst}");
    println!(
        "memory that the browser took for it, MB\t{}",
        resident() - empty
    );
    std::fs::remove_file(path).unwrap();
}

/// Megabytes that Chromium's processes hold of their own.
fn resident() -> f64 {
    let mut sum = 0.0;
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
        if !name.starts_with("chrom") || name.starts_with("chromedriver") {
            continue;
        }
        let rollup = std::fs::read_to_string(entry.path().join("smaps_rollup"));
        let rollup = rollup.unwrap_or_default();
        let own = rollup.lines().filter(|l| l.starts_with("Private_"));
        let kilobytes = own.filter_map(|l| l.split_whitespace().nth(1)?.parse::<f64>().ok());
        sum += kilobytes.sum::<f64>() / 1e3;
    }
    sum
}

/// wllama reads a text on one thread; its own count of tokens a second.
const WLLAMA: &str = r#"
const [text, done] = arguments;
const { Wllama } = await import("./index.js");
const wllama = new Wllama({ default: "./wllama.wasm" }, { suppressNativeLog: true });
const blob = await (await fetch("./model.gguf")).blob();
await wllama.loadModel([blob], { n_ctx: 1024, n_batch: 1024, n_threads: 1, n_gpu_layers: 0 });
const result = await wllama.createCompletion({ prompt: text, max_tokens: 1 });
return result.timings.prompt_per_second;
"#;

#[tokio::test]
#[ignore = "a measurement for `cargo xtask bench`"]
async fn tokens_per_second() {
    let path = |name: &str| std::env::var(name).expect("`cargo xtask bench` names the files");
    let text = std::fs::read_to_string(path("ASSAY_TEXT")).unwrap();
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#demo')").await;
    for (place, cpu) in [
        ("processor, one thread", true),
        ("WebGPU, software adapter", false),
    ] {
        let items = json!([{"text": text}]);
        // The second time: the first compiles.
        let replies = super::engine::score_twice(b, cpu, &items).await;
        println!("Chromium, {place}, tokens/s\t{replies}");
    }

    let site = Site::of(path("ASSAY_WLLAMA").into());
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.js(&format!(
        "const given = arguments; window.outcome = undefined; \
         (async (...arguments) => {{ {WLLAMA} }})(given[0]).then((x) => {{ window.outcome = x }}, (e) => {{ window.outcome = String(e) }})"
    ).replace("given[0]", &json!(text).to_string()))
    .await;
    b.long_until("window.outcome !== undefined").await;
    let rate = b.js("return window.outcome").await;
    println!(
        "Chromium, wllama, processor, one thread, tokens/s\t{}",
        rate.as_f64().unwrap_or_else(|| panic!("{rate}"))
    );
}
