//! `assay perplexity` with a LoRA adapter: base and tuned model in one run.

mod command;

use command::{assay, folder, json};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn adapters() -> PathBuf {
    let parts = [env!("CARGO_MANIFEST_DIR"), "..", "lm", "tests", "lm"];
    parts.iter().collect()
}

fn copy(from: &str, to: &Path) {
    std::fs::copy(adapters().join("adapters").join(from), to).unwrap();
}

/// A folder with a tiny model, its adapter as PEFT saves it, and a text's ids.
fn llama(test: &str) -> (PathBuf, Value) {
    let gold = std::fs::read_to_string(adapters().join("adapters.json")).unwrap();
    let gold: Value = serde_json::from_str(&gold).unwrap();
    let models = gold["models"].as_array().unwrap();
    let llama = models
        .iter()
        .find(|m| m["name"] == "llama")
        .unwrap()
        .clone();
    let text = serde_json::json!({ "ids": llama["ids"] }).to_string();
    let folder = folder(test, &[("texts.jsonl", &text), ("peft/README.md", "")]);
    copy("llama.gguf", &folder.join("base.gguf"));
    copy("llama/adapter.gguf", &folder.join("adapter.gguf"));
    for name in ["adapter_config.json", "adapter_model.safetensors"] {
        copy(&format!("llama/{name}"), &folder.join("peft").join(name));
    }
    (folder, llama)
}

const ALL: [&str; 8] = [
    "perplexity",
    "--model",
    "base.gguf",
    "--input",
    "texts.jsonl",
    "--backend",
    "cpu",
    "--json",
];

#[test]
fn base_and_tuned_are_scored_in_one_run_whatever_the_adapters_format() {
    let (folder, gold) = llama("adapter");
    let mut fingerprints = Vec::new();
    for adapter in ["adapter.gguf", "peft", "peft/adapter_model.safetensors"] {
        let more = ["--adapter", adapter, "--strength", "1,0.5,0"];
        let output = assay(&folder, &[&ALL[..], &more].concat());
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        assert!(errors.contains("14 matrices, ranks 2 to 6"), "{errors}");
        assert!(errors.contains("strength 0.5: perplexity"), "{errors}");
        let lines: Vec<Value> = String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let expected = gold["strengths"].as_array().unwrap();
        assert_eq!(lines.len(), expected.len());
        for (line, expected) in lines.iter().zip(expected) {
            assert_eq!(line["strength"], expected["strength"]);
            let numbers =
                |value: &Value| -> Vec<f64> { serde_json::from_value(value.clone()).unwrap() };
            let (found, expected) = (numbers(&line["logprobs"]), numbers(&expected["peft"]));
            assert_eq!(found.len(), expected.len());
            let apart = found.iter().zip(&expected).map(|(a, b)| (a - b).abs());
            let apart = apart.fold(0.0, f64::max);
            assert!(apart < 1e-4, "{adapter}: {apart}");
        }
        let of_lines = lines.iter().map(|line| line["fingerprint"].clone());
        fingerprints.push(of_lines.collect::<Vec<_>>());
    }
    let alone = json(&folder, &ALL);
    assert!(alone["strength"].is_null(), "{alone}");
    let base: Vec<f64> = serde_json::from_value(alone["logprobs"].clone()).unwrap();
    let expected: Vec<f64> = serde_json::from_value(gold["strengths"][2]["peft"].clone()).unwrap();
    let apart = base.iter().zip(&expected).map(|(a, b)| (a - b).abs());
    assert!(apart.fold(0.0, f64::max) < 1e-4, "the base alone");
    let [first, others @ ..] = &fingerprints[..] else {
        panic!("three formats were scored");
    };
    assert!(
        others.iter().all(|other| other == first),
        "{fingerprints:?}"
    );
    assert!(first[0] != first[1] && first[1] != first[2] && first[0] != first[2]);
}

#[test]
fn an_adapter_that_cannot_be_used_is_named_with_what_to_do() {
    let (folder, _) = llama("adapter-errors");
    std::fs::write(folder.join("adapter_model.bin"), b"\x80\x02").unwrap();
    copy("qwen2.gguf", &folder.join("other.gguf"));
    for (more, sentence) in [
        (
            &["--adapter", "adapter_model.bin"][..],
            "safe_serialization=True",
        ),
        (&["--adapter", "base.gguf"], "not a LoRA adapter"),
        (
            &["--adapter", "adapter.gguf", "--strength", "nan"],
            "not a finite number",
        ),
    ] {
        let output = assay(&folder, &[&ALL[..], more].concat());
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(errors.contains(sentence), "{errors}");
        assert!(output.stdout.is_empty());
    }
    let other = ALL.map(|part| {
        if part == "base.gguf" {
            "other.gguf"
        } else {
            part
        }
    });
    let output = assay(
        &folder,
        &[&other[..], &["--adapter", "adapter.gguf"]].concat(),
    );
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        errors.contains("for a llama model and the base is a qwen2 model"),
        "{errors}"
    );
    // An adapter in the place of a model.
    let as_model = ALL.map(|part| {
        if part == "base.gguf" {
            "adapter.gguf"
        } else {
            part
        }
    });
    let output = assay(&folder, &as_model);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("this is an adapter"), "{errors}");
}
