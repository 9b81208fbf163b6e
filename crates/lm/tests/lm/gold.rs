//! Log-probabilities beside llama.cpp's and a float32 pass in NumPy, on the shared gold values, where a checkout has
//! them.

use super::{as_if_measured, gpu};
use assay_lm::Model;
use assay_lm::cpu::CpuBackend;
use assay_lm::gpu::{GpuBackend, TILES};
use assay_lm::scoring::{Backend, Item, Scorer, TextScore};
use assay_lm::source::{FileSource, Source};
use assay_results::perplexity::Convention;
use assay_testing::{fetched, gold, shared};
use pollster::block_on;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn model(path: &Path) -> Model {
    let source: Box<dyn Source> = Box::new(FileSource::open(path).unwrap());
    block_on(Model::open(vec![source])).unwrap()
}

/// The default model, where the build has put it.
fn default_model() -> Option<PathBuf> {
    fetched("SmolLM2-135M-Instruct.Q4_1.gguf")
}

fn floats(value: &Value) -> Vec<f32> {
    serde_json::from_value(value.clone()).unwrap()
}

fn ids(value: &Value) -> Vec<u32> {
    serde_json::from_value(value.clone()).unwrap()
}

fn score<B: Backend>(
    scorer: &mut Scorer<B>,
    items: &[Item],
    convention: Convention,
) -> Vec<TextScore> {
    let mut scores = Vec::new();
    let outcome = block_on(scorer.score(items, convention, |_, score| {
        scores.push(score);
        true
    }));
    outcome.unwrap();
    scores
}

#[track_caller]
fn assert_close(found: &[f32], expected: &[f32], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let apart: Vec<f32> = found
        .iter()
        .zip(expected)
        .map(|(a, b)| (a - b).abs())
        .collect();
    let mean = apart.iter().sum::<f32>() / apart.len() as f32;
    let most = apart.iter().copied().fold(0.0, f32::max);
    assert!(
        mean <= 0.002 && most <= 0.05,
        "{what}: mean {mean}, most {most}"
    );
}

#[test]
fn tiny_models_score_as_llama_cpp_has_them() {
    let Some(gold) = gold("lm_tiny") else {
        return;
    };
    let folder = shared("models").expect("the gold's models are there");
    let gpu = gpu();
    for entry in gold["models"].as_array().unwrap() {
        let name = entry["file"].as_str().unwrap();
        let path = folder.join(name);
        let expected = floats(&entry["logprobs"]);
        let items = [Item::Ids(ids(&entry["ids"]))];
        let opened = model(&path);
        let backend = block_on(CpuBackend::load(&opened, |_| {})).unwrap();
        let found = score(&mut Scorer::new(opened, backend), &items, Convention::Text);
        assert_close(&found[0].logprobs, &expected, name);
        let opened = model(&path);
        let measured = Some(as_if_measured(&gpu, TILES[1]));
        let backend = GpuBackend::load(gpu.clone(), &opened, measured, |_| {});
        let backend = block_on(backend).unwrap();
        let found = score(&mut Scorer::new(opened, backend), &items, Convention::Text);
        assert_close(&found[0].logprobs, &expected, name);
    }
}

#[test]
fn the_default_model_scores_texts_and_conversations_as_the_reference_does() {
    let (Some(gold), Some(path)) = (gold("lm_smollm2"), default_model()) else {
        return;
    };
    let opened = model(&path);
    let backend = block_on(CpuBackend::load(&opened, |_| {})).unwrap();
    let mut scorer = Scorer::new(opened, backend);
    let texts = gold["texts"].as_array().unwrap();
    let text = |entry: &Value| Item::Text(entry["text"].as_str().unwrap().to_owned());
    let items: Vec<Item> = texts.iter().map(text).collect();
    for (found, entry) in score(&mut scorer, &items, Convention::Text)
        .iter()
        .zip(texts)
    {
        let name = entry["name"].as_str().unwrap();
        assert_eq!(found.ids, ids(&entry["ids"]), "{name}");
        assert_close(&found.logprobs, &floats(&entry["logprobs"]), name);
    }
    let chats = gold["chat"].as_array().unwrap();
    let part = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    let items: Vec<Item> = chats
        .iter()
        .map(|e| Item::Chat {
            prompt: part(e, "prompt"),
            response: part(e, "response"),
        })
        .collect();
    // Each twice, so that the second shares the prompt with the first.
    let items: Vec<Item> = items.into_iter().flat_map(|i| [i.clone(), i]).collect();
    let found = score(&mut scorer, &items, Convention::Text);
    for (found, entry) in found.chunks_exact(2).zip(chats) {
        for found in found {
            assert_eq!(found.ids, ids(&entry["response_ids"]));
            assert_close(&found.logprobs, &floats(&entry["logprobs"]), "chat");
        }
    }
}

#[test]
fn the_three_conventions_give_the_reference_perplexities() {
    let (Some(gold), Some(path)) = (gold("lm_smollm2"), default_model()) else {
        return;
    };
    let long = &gold["long"];
    let items = [Item::Text(gold["long_text"].as_str().unwrap().to_owned())];
    let opened = model(&path);
    let backend = block_on(CpuBackend::load(&opened, |_| {})).unwrap();
    let mut scorer = Scorer::new(opened, backend);
    let number = |group: &str, name: &str| long[group][name].as_f64().unwrap();
    for (convention, group, name) in [
        (
            Convention::LlamaPerplexity { context: 512 },
            "llama_perplexity",
            "ppl",
        ),
        (
            Convention::Rolling { max_length: 512 },
            "rolling",
            "token_ppl",
        ),
        (
            Convention::Sliding {
                max_length: 512,
                stride: 256,
            },
            "sliding",
            "ppl",
        ),
    ] {
        let found = &score(&mut scorer, &items, convention)[0];
        assert_eq!(
            found.logprobs.len() as f64,
            number(group, "scored"),
            "{group}"
        );
        let expected = number(group, name);
        let apart = (found.perplexity() / expected - 1.0).abs();
        assert!(
            apart < 0.001,
            "{group}: {}, not {expected}",
            found.perplexity()
        );
        if group == "rolling" {
            let [nll, _, words, bytes, ..] = found.statistics();
            for (expected, count) in [("word_ppl", words), ("byte_ppl", bytes)] {
                let expected = number(group, expected);
                assert!(((nll / count).exp() / expected - 1.0).abs() < 0.001);
            }
        }
    }
}

#[test]
fn the_default_model_scores_on_the_gpu_too() {
    let (Some(gold), Some(path)) = (gold("lm_smollm2"), default_model()) else {
        return;
    };
    let opened = model(&path);
    let backend = block_on(GpuBackend::load(gpu(), &opened, None, |_| {})).unwrap();
    let mut scorer = Scorer::new(opened, backend);
    // The software adapter takes about a minute for a hundred tokens.
    let entry = &gold["texts"][0];
    let items = [Item::Text(entry["text"].as_str().unwrap().to_owned())];
    let found = &score(&mut scorer, &items, Convention::Text)[0];
    assert_close(&found.logprobs, &floats(&entry["logprobs"]), "prose");
}
