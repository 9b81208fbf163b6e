//! The model program in Chromium, on WebGPU by its software adapter: every token of the shared values,
//! a file that is larger than the program's memory may become.

use crate::browser::{Browser, Site};
use assay_testing::{gold, shared};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Starts the model program on files of an input of the test's own, or on the default model, asks one call after
/// the other, and gathers the replies. Results that come while a call runs are asked for as the data worker does.
const DRIVE: &str = r#"
const calls = arguments[0];
const files = [...(document.querySelector('#test-file')?.files ?? [])];
window.replies = [];
window.results = [];
window.finished = false;
const worker = new Worker('./model-boot.js', {type: 'module'});
let build, next = 0;
const waiting = new Map();
// Whole numbers may be BigInts, which WebDriver does not return.
const plain = (value) => JSON.parse(JSON.stringify(value, (_, v) => typeof v == 'bigint' ? Number(v) : v));
const ask = (name, body, files = []) => new Promise((resolve, reject) => {
  const id = next++;
  waiting.set(id, [resolve, reject]);
  worker.postMessage({header: {Call: {build, id, name: 'model.' + name}}, body, files, buffers: []});
});
const drive = async () => {
  for (const [name, body] of calls) {
    // As the page does: what was measured once on the adapter is not measured again.
    if (name == 'Load') body.measured = window.measured ?? undefined;
    const reply = ask(name, body, name == 'Open' ? files : []);
    let running = name == 'Score';
    reply.finally(() => { running = false; }).catch(() => {});
    while (running) window.results.push(...await ask('TakeScored', {}));
    const answer = await reply;
    if (name == 'Score') window.results.push(...answer.rest);
    window.measured = answer.measured ?? window.measured ?? null;
    window.replies.push({name, answer, at: performance.now()});
  }
};
worker.onmessage = ({data: {header, body}}) => {
  if (header.Ready) {
    build = header.Ready.build;
    drive().catch((error) => { window.replies.push({failed: error}); }).finally(() => {
      window.finished = true;
      worker.terminate();
    });
    return;
  }
  const of = header.Value ?? header.Error ?? header.Failure;
  if (!of) return;
  const [resolve, reject] = waiting.get(Number(of.id));
  if (header.Value) resolve(plain(body)); else reject(JSON.stringify(plain(body ?? of.failure)));
};
"#;

const DEFAULT: &str = "./models/SmolLM2-135M-Instruct.Q4_1.gguf";

/// The replies to a batch of items under a model: a file, or the default one.
async fn score(b: &Browser, model: Option<&Path>, items: &Value) -> Run {
    b.js("document.querySelector('#test-file')?.remove(); \
          const input = document.createElement('input'); input.type = 'file'; input.id = 'test-file'; \
          document.body.append(input)")
        .await;
    if let Some(path) = model {
        b.choose_file_in("#test-file", path).await;
    }
    let url = model.is_none().then_some(DEFAULT);
    let commands = json!([
        ["Open", {"url": url}],
        ["Load", {"cpu": false}],
        ["Score", {"items": items, "convention": "text", "strength": 0.0}],
    ]);
    b.client.execute(DRIVE, vec![commands]).await.unwrap();
    b.long_until("window.finished").await;
    let replies = b.js("return window.replies").await;
    assert_eq!(replies[2]["name"], "Score", "{replies}");
    let loaded = &replies[1]["answer"];
    println!("loaded in {} s, {}", loaded["seconds"], loaded["measured"]);
    Run {
        results: b.js("return window.results").await,
        memory: replies[2]["answer"]["memory"].clone(),
    }
}

/// What came of scoring: results as places with scores, and the memory taken.
struct Run {
    results: Value,
    memory: Value,
}

/// Tokens per second over items under the default model, the second time.
pub(crate) async fn score_twice(b: &Browser, cpu: bool, items: &Value) -> f64 {
    let score = json!(["Score", {"items": items, "convention": "text", "strength": 0.0}]);
    let commands = json!([
        ["Open", {"url": DEFAULT}],
        ["Load", {"cpu": cpu}],
        score.clone(),
        score,
    ]);
    b.client.execute(DRIVE, vec![commands]).await.unwrap();
    b.long_until("window.finished").await;
    let replies = b.js("return window.replies").await;
    assert_eq!(replies[3]["name"], "Score", "{replies}");
    let time = |reply: &Value| reply["at"].as_f64().unwrap();
    let results = b.js("return window.results").await;
    let last = results.as_array().unwrap().last().unwrap();
    let tokens = last[1]["tokens"].as_array().unwrap().len();
    tokens as f64 / (time(&replies[3]) - time(&replies[2])) * 1000.0
}

/// Each item's log-probabilities.
fn logprobs(run: &Run) -> Vec<Vec<f64>> {
    let of = |result: &Value| {
        let tokens = result[1]["tokens"].as_array().unwrap();
        tokens
            .iter()
            .filter_map(|token| token[1].as_f64())
            .collect()
    };
    run.results.as_array().unwrap().iter().map(of).collect()
}

fn floats(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().unwrap();
    numbers.iter().filter_map(Value::as_f64).collect()
}

#[track_caller]
fn assert_close(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let apart = found.iter().zip(expected).map(|(a, b)| (a - b).abs());
    let (sum, most) = apart.fold((0.0, 0.0f64), |(s, m), d| (s + d, m.max(d)));
    let mean = sum / found.len() as f64;
    println!("{what}: mean {mean:.6}, greatest {most:.6}");
    assert!(mean <= 0.002 && most <= 0.05, "{what}: {mean}, {most}");
}

/// Of the default model's texts those that are scored here: a software adapter takes about a second for two tokens of
/// it, and the engine's own tests (`crates/lm/tests/lm/`) score all of them with the same kernels.
const TEXTS: [&str; 3] = ["prose_en", "unicode", "short"];

#[tokio::test]
#[cfg_attr(
    feature = "firefox",
    ignore = "needs WebGPU, which Firefox does not have on Linux"
)]
async fn every_token_of_every_shared_model_scores_as_the_reference_has_it() {
    let (Some(tiny), Some(smol)) = (gold("lm_tiny"), gold("lm_smollm2")) else {
        return;
    };
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    for entry in tiny["models"].as_array().unwrap() {
        let name = entry["file"].as_str().unwrap();
        let path = shared(&format!("models/{name}")).expect("the gold's models are there");
        let replies = score(b, Some(&path), &json!([{"ids": entry["ids"]}])).await;
        let found = logprobs(&replies);
        assert_close(&found[0], &floats(&entry["logprobs"]), name);
    }
    let texts = smol["texts"].as_array().unwrap().iter();
    let texts = texts.filter(|text| TEXTS.contains(&text["name"].as_str().unwrap()));
    let chats = smol["chat"].as_array().unwrap().iter();
    let items: Vec<Value> = texts
        .clone()
        .map(|t| json!({"text": t["text"]}))
        .chain(
            chats
                .clone()
                .map(|c| json!({"chat": {"prompt": c["prompt"], "response": c["response"]}})),
        )
        .collect();
    let replies = score(b, None, &json!(items)).await;
    let found = logprobs(&replies);
    assert_eq!(found.len(), items.len());
    for (found, entry) in found.iter().zip(texts.chain(chats)) {
        let name = entry["name"].as_str().unwrap_or("chat");
        assert_close(found, &floats(&entry["logprobs"]), name);
    }
    // The default model came by ranges, never whole.
    let program = replies.memory["program"].as_f64().unwrap();
    assert!(program < 98e6 + 60e6, "{program} bytes of memory");
    b.assert_clean(&site.origin).await;
}

/// The gold's three conventions over its long text, on WebGPU. A software adapter takes over half an hour
/// for the 8,000 tokens of their windows.
#[tokio::test]
#[ignore = "takes over half an hour on a software adapter"]
async fn window_conventions_have_the_references_perplexities() {
    let Some(smol) = gold("lm_smollm2") else {
        return;
    };
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    for (name, convention, perplexity) in [
        (
            "llama_perplexity",
            json!({"llama-perplexity": {"context": 512}}),
            "ppl",
        ),
        (
            "rolling",
            json!({"rolling": {"max_length": 512}}),
            "token_ppl",
        ),
        (
            "sliding",
            json!({"sliding": {"max_length": 512, "stride": 256}}),
            "ppl",
        ),
    ] {
        let commands = json!([
            ["Open", {"url": DEFAULT}],
            ["Load", {"cpu": false}],
            ["Score", {"items": [{"text": smol["long_text"]}], "convention": convention, "strength": 0.0}],
        ]);
        b.client.execute(DRIVE, vec![commands]).await.unwrap();
        b.hour_until("window.finished").await;
        let results = b.js("return window.results").await;
        let row = floats(&results[0][1]["row"]);
        let (found, expected) = ((row[0] / row[1]).exp(), &smol["long"][name][perplexity]);
        let expected = expected.as_f64().unwrap();
        println!("{name}: {found:.6}, expected {expected:.6}");
        assert!((found / expected - 1.0).abs() < 0.001, "{name}: {found}");
    }
}

const VOCABULARY: usize = 256;
const WIDTH: usize = 256;
const HIDDEN: usize = 16_384;
const LAYERS: usize = 8;

fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
}

/// A model whose every weight is nothing, so that all tokens are equally probable: 405 MB of F32,
/// of which the disk holds the header alone.
fn hollow() -> PathBuf {
    let mut values: Vec<Vec<u8>> = Vec::new();
    let mut value = |key: &str, kind: u32, bytes: &[u8]| {
        values.push([&text(key)[..], &kind.to_le_bytes(), bytes].concat());
    };
    value("general.architecture", 8, &text("llama"));
    value("tokenizer.ggml.model", 8, &text("gpt2"));
    value("tokenizer.ggml.pre", 8, &text("gpt-2"));
    let array = |texts: &[String]| {
        let head = [&8u32.to_le_bytes()[..], &(texts.len() as u64).to_le_bytes()].concat();
        [head, texts.iter().flat_map(|t| text(t)).collect()].concat()
    };
    let tokens: Vec<String> = (0..VOCABULARY).map(|i| format!("t{i}")).collect();
    value("tokenizer.ggml.tokens", 9, &array(&tokens));
    value("tokenizer.ggml.merges", 9, &array(&[]));
    for (name, number) in [
        ("block_count", LAYERS),
        ("context_length", 128),
        ("embedding_length", WIDTH),
        ("feed_forward_length", HIDDEN),
        ("attention.head_count", 4),
    ] {
        value(&format!("llama.{name}"), 4, &(number as u32).to_le_bytes());
    }
    let mut tensors: Vec<(String, Vec<usize>)> = vec![
        ("token_embd.weight".into(), vec![WIDTH, VOCABULARY]),
        ("output_norm.weight".into(), vec![WIDTH]),
    ];
    for layer in 0..LAYERS {
        for (part, shape) in [
            ("attn_norm", vec![WIDTH]),
            ("ffn_norm", vec![WIDTH]),
            ("attn_q", vec![WIDTH, WIDTH]),
            ("attn_k", vec![WIDTH, WIDTH]),
            ("attn_v", vec![WIDTH, WIDTH]),
            ("attn_output", vec![WIDTH, WIDTH]),
            ("ffn_gate", vec![WIDTH, HIDDEN]),
            ("ffn_up", vec![WIDTH, HIDDEN]),
            ("ffn_down", vec![HIDDEN, WIDTH]),
        ] {
            tensors.push((format!("blk.{layer}.{part}.weight"), shape));
        }
    }
    let mut header = b"GGUF".to_vec();
    header.extend(3u32.to_le_bytes());
    header.extend((tensors.len() as u64).to_le_bytes());
    header.extend((values.len() as u64).to_le_bytes());
    values.iter().for_each(|v| header.extend(v));
    let mut offset = 0u64;
    for (name, shape) in &tensors {
        header.extend(text(name));
        header.extend((shape.len() as u32).to_le_bytes());
        shape
            .iter()
            .for_each(|&n| header.extend((n as u64).to_le_bytes()));
        header.extend(0u32.to_le_bytes());
        header.extend(offset.to_le_bytes());
        offset += (4 * shape.iter().product::<usize>()).next_multiple_of(32) as u64;
    }
    let size = header.len().next_multiple_of(32) as u64 + offset;
    let path = crate::files::path("hollow.gguf");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(&header).unwrap();
    file.set_len(size).unwrap();
    path
}

#[tokio::test]
#[cfg_attr(
    feature = "firefox",
    ignore = "needs WebGPU, which Firefox does not have on Linux"
)]
async fn a_model_larger_than_the_memory_that_the_program_may_take_is_scored() {
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.until("document.querySelector('#files')").await;
    let path = hollow();
    let size = std::fs::metadata(&path).unwrap().len();
    assert!(size > 400_000_000);
    let replies = score(b, Some(&path), &json!([{"ids": [1, 2, 3, 4, 5]}])).await;
    let uniform = -(VOCABULARY as f64).ln();
    assert_close(&logprobs(&replies)[0], &[uniform; 4], "hollow");
    let (program, gpu) = (&replies.memory["program"], &replies.memory["model"]);
    assert!(
        program.as_f64().unwrap() < 300e6,
        "{program} bytes of memory"
    );
    assert!(gpu.as_f64().unwrap() > 400e6, "{gpu} bytes on the GPU");
    b.assert_clean(&site.origin).await;
}
