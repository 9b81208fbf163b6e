//! LoRA adapters: as PEFT computes them, beside the base and merged into it; on both backends; and adapters that don't
//! fit.

use super::file::{self, File, Random};
use super::{assert_alike, cpu, gpu, on_gpu, open, run, targets, tokens};
use assay_lm::adapter::{AdapterError, AdapterFeature, CONFIG, Named, WEIGHTS};
use assay_lm::batch::{Batch, TokenScore};
use assay_lm::cpu::CpuBackend;
use assay_lm::gguf::TensorType;
use assay_lm::gpu::{GpuBackend, TILES};
use assay_lm::scoring::{Backend, Item, Scorer};
use assay_lm::{Adapter, Model};
use assay_results::perplexity::Convention;
use pollster::block_on;
use serde_json::{Value, json};
use std::path::PathBuf;

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "lm", "adapters"]
        .iter()
        .collect()
}

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).unwrap()
}

fn base(family: &str) -> Model {
    open(bytes(&format!("{family}.gguf"))).unwrap()
}

fn named(name: &str, bytes: Vec<u8>) -> Named {
    (name.to_owned(), Box::new(bytes))
}

/// PEFT's two files of a family's adapter.
fn peft(family: &str) -> Vec<Named> {
    [CONFIG, WEIGHTS]
        .map(|name| named(name, bytes(&format!("{family}/{name}"))))
        .into()
}

fn adapter(files: &[Named], model: &Model) -> Result<Adapter, AdapterError> {
    block_on(Adapter::open(files, model))
}

fn floats(value: &Value) -> Vec<f32> {
    serde_json::from_value(value.clone()).unwrap()
}

/// The log-probabilities of ids at each strength.
fn scored(model: Model, backend: impl Backend, ids: &Value, strengths: &[f32]) -> Vec<Vec<f32>> {
    let items = [Item::Ids(serde_json::from_value(ids.clone()).unwrap())];
    let mut found = Vec::new();
    let mut scorer = Scorer::new(model, backend);
    let outcome = scorer.score_at(&items, Convention::Text, strengths, |_, scores| {
        found = scores.into_iter().map(|score| score.logprobs).collect();
        true
    });
    block_on(outcome).unwrap();
    found
}

fn most_apart(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    assert!(!a.is_empty());
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max)
}

#[test]
fn adapters_score_as_peft_has_them_beside_the_base_and_merged() {
    let gold: Value = serde_json::from_str(include_str!("adapters.json")).unwrap();
    let gpu = gpu();
    for entry in gold["models"].as_array().unwrap() {
        let family = entry["name"].as_str().unwrap();
        let expected = entry["strengths"].as_array().unwrap();
        let strengths: Vec<f32> = expected
            .iter()
            .map(|e| e["strength"].as_f64().unwrap() as f32)
            .collect();
        let plain = block_on(CpuBackend::load(&base(family), |_| {})).unwrap();
        let plain = scored(base(family), plain, &entry["ids"], &[0.0]);
        let mut formats = vec![peft(family)];
        if entry["gguf_adapter"] == true {
            let path = format!("{family}/adapter.gguf");
            formats.push(vec![named("adapter.gguf", bytes(&path))]);
        }
        for files in formats {
            let what = format!("{family}, {}", files[0].0);
            let model = base(family);
            let adapter = adapter(&files, &model).unwrap();
            let mut backend = block_on(CpuBackend::load(&model, |_| {})).unwrap();
            backend.attach(Some(&adapter));
            let on_cpu = scored(model, backend, &entry["ids"], &strengths);
            let model = base(family);
            let measured = Some(super::as_if_measured(&gpu, TILES[1]));
            let backend = GpuBackend::load(gpu.clone(), &model, measured, |_| {});
            let mut backend = block_on(backend).unwrap();
            backend.attach(Some(&adapter)).unwrap();
            let on_gpu = scored(model, backend, &entry["ids"], &strengths);
            for (i, expected) in expected.iter().enumerate() {
                for tool in ["peft", "merged"] {
                    let expected = floats(&expected[tool]);
                    let apart = most_apart(&on_cpu[i], &expected);
                    assert!(apart < 1e-4, "{what} {tool} {}: {apart}", strengths[i]);
                    let apart = most_apart(&on_gpu[i], &expected);
                    assert!(apart < 1e-3, "GPU, {what} {tool} {}: {apart}", strengths[i]);
                }
            }
            let none = strengths.iter().position(|&s| s == 0.0).unwrap();
            // Where a token is in a batch changes the order of its sums, and so the last bit.
            assert!(
                most_apart(&on_cpu[none], &plain[0]) < 1e-5,
                "{what}: the base"
            );
            assert!(most_apart(&on_cpu[0], &plain[0]) > 0.1, "{what}");
        }
    }
}

#[test]
fn both_formats_of_an_adapter_have_one_fingerprint_and_each_strength_its_own() {
    let model = base("llama");
    let first = adapter(&peft("llama"), &model).unwrap();
    let second = [named("a.gguf", bytes("llama/adapter.gguf"))];
    let second = adapter(&second, &model).unwrap();
    assert_eq!(first.id, second.id);
    assert_eq!((first.matrices(), first.ranks()), (14, (2, 6)));
    let at = |strength| first.fingerprint("base", strength);
    assert_eq!(at(0.0), "base");
    assert_eq!(at(1.0), second.fingerprint("base", 1.0));
    assert_ne!(at(1.0), at(0.5));
    assert_ne!(at(1.0), first.fingerprint("other", 1.0));
}

/// A random adapter for a random model: two matrices of each layer, fused ones among them.
fn random_adapter(family: &str, rank: usize) -> File {
    let mut random = Random(rank as u64 + 5);
    let mut file = File::default();
    file.text("general.type", "adapter")
        .text("adapter.type", "lora")
        .text("general.architecture", family)
        .float("adapter.lora.alpha", 2.0 * rank as f32);
    let (attention, rows) = match family {
        "gpt2" | "phi3" => ("attn_qkv", 3 * 256),
        _ => ("attn_k", 128),
    };
    let hidden = if family == "phi3" { 1024 } else { 512 };
    for layer in [0, 2] {
        for (part, columns, rows) in [
            (attention, 256, rows),
            ("ffn_up", 256, hidden),
            ("ffn_down", 512, 256),
        ] {
            let name = format!("blk.{layer}.{part}.weight");
            let sides = [("a", [columns, rank]), ("b", [rank, rows])];
            for (side, shape) in sides {
                let kind = TensorType::F32;
                let bytes = file::packed(&mut random, kind, shape[0] * shape[1]);
                file.tensor(&format!("{name}.lora_{side}"), &shape, kind, bytes);
            }
        }
    }
    file
}

/// Sequences at several strengths, two of them with a beginning that they share.
fn batch_of(strengths: &[f32]) -> Batch {
    let mut batch = Batch::default();
    for &strength in strengths {
        batch.strength = strength;
        let mut random = Random(77);
        let alone = tokens(&mut random, 13);
        batch.push(&alone, &targets(&alone));
        let beginning = tokens(&mut random, 9);
        let ends = [5, 7].map(|count| tokens(&mut random, count));
        let wanted = [0, 1].map(|i| targets(&ends[i]));
        let views = [0, 1].map(|i| (&ends[i][..], &wanted[i][..]));
        batch.push_shared(&beginning, &views);
    }
    batch
}

#[test]
fn every_family_scores_the_same_on_both_with_an_adapter_at_several_strengths() {
    let gpu = gpu();
    for (round, family) in file::FAMILIES.into_iter().enumerate() {
        let file = file::model(family, TensorType::Q8_0, 17);
        let model = open(file.bytes()).unwrap();
        let files = [named("a.gguf", random_adapter(family, 3 + round).bytes())];
        let adapter = adapter(&files, &model).unwrap();
        let mut on_cpu = cpu(&file);
        let mut on_gpu = on_gpu(&gpu, &file);
        let plain = run(&mut on_cpu, &batch_of(&[0.0]));
        let plain_on_gpu = run(&mut on_gpu, &batch_of(&[0.0]));
        on_cpu.attach(Some(&adapter));
        on_gpu.attach(Some(&adapter)).unwrap();
        assert_eq!(
            run(&mut on_cpu, &batch_of(&[0.0])),
            plain,
            "{family}: not at 0"
        );
        assert_eq!(
            run(&mut on_gpu, &batch_of(&[0.0])),
            plain_on_gpu,
            "{family}"
        );
        let batch = batch_of(&[0.0, 1.0, -0.5]);
        let (a, b) = (run(&mut on_cpu, &batch), run(&mut on_gpu, &batch));
        assert_alike(&b, &a, family);
        let count = plain.len();
        let logprobs = |scores: &[TokenScore]| scores.iter().map(|s| s.logprob).collect::<Vec<_>>();
        let apart = |a: &[TokenScore], b: &[TokenScore]| most_apart(&logprobs(a), &logprobs(b));
        assert!(
            apart(&a[..count], &plain) < 1e-4,
            "{family}: the base in the same batch"
        );
        assert!(
            apart(&b[..count], &plain_on_gpu) < 1e-4,
            "{family}: on the GPU"
        );
        let tuned = run(&mut on_cpu, &batch_of(&[1.0]));
        assert!(
            apart(&a[count..2 * count], &tuned) < 1e-4,
            "{family}: by itself"
        );
        for tuned in a[count..].chunks(count) {
            assert!(apart(tuned, &plain) > 0.01, "{family}: it acts");
        }
        on_cpu.attach(None);
        on_gpu.attach(None).unwrap();
        assert_eq!(
            run(&mut on_cpu, &batch_of(&[1.0])),
            plain,
            "{family}: taken away"
        );
        assert_eq!(
            run(&mut on_gpu, &batch_of(&[1.0])),
            plain_on_gpu,
            "{family}"
        );
    }
}

#[test]
fn several_strengths_of_many_texts_are_those_of_one_at_a_time() {
    let file = file::model("llama", TensorType::Q4_0, 8);
    let model = open(file.bytes()).unwrap();
    let files = [named("a.gguf", random_adapter("llama", 4).bytes())];
    let adapter = adapter(&files, &model).unwrap();
    let mut backend = cpu(&file);
    backend.attach(Some(&adapter));
    let mut random = Random(3);
    let items: Vec<Item> = (0..30)
        .map(|i| Item::Ids(tokens(&mut random, 12 + i)))
        .collect();
    let mut scorer = Scorer::new(model, backend);
    let mut score = |strengths: &[f32]| {
        let mut found = vec![Vec::new(); items.len()];
        let outcome = scorer.score_at(&items, Convention::Text, strengths, |index, scores| {
            found[index] = scores;
            true
        });
        block_on(outcome).unwrap();
        found
    };
    let strengths = [1.0, 0.0, 0.25];
    let together = score(&strengths);
    for (place, strength) in strengths.into_iter().enumerate() {
        for (index, alone) in score(&[strength]).into_iter().enumerate() {
            let together = &together[index][place];
            assert_eq!(together.ids, alone[0].ids);
            let apart = most_apart(&together.logprobs, &alone[0].logprobs);
            assert!(apart < 1e-4, "text {index} at {strength}: {apart}");
        }
    }
}

#[track_caller]
fn refused(files: &[Named], model: &Model) -> AdapterError {
    let error = adapter(files, model).unwrap_err();
    assert!(!error.to_string().is_empty());
    error
}

#[test]
fn an_adapter_of_another_base_is_refused_with_the_tensor_and_what_was_expected() {
    // Another family, by the header.
    let gguf = || [named("a.gguf", bytes("llama/adapter.gguf"))];
    let error = refused(&gguf(), &base("qwen2"));
    let expected = AdapterError::Family {
        found: "llama".into(),
        expected: "qwen2".into(),
    };
    assert_eq!(error, expected);
    // By its modules.
    let error = refused(&peft("phi3"), &base("llama"));
    assert!(matches!(error, AdapterError::Unknown { .. }), "{error}");
    // Other sizes.
    let other = open(file::model("llama", TensorType::F16, 1).bytes()).unwrap();
    let error = refused(&gguf(), &other);
    let AdapterError::Shape {
        tensor,
        found,
        expected,
    } = error
    else {
        panic!("{error}");
    };
    assert!(tensor.starts_with("blk.0."), "{tensor}");
    assert_ne!(found, expected);
    // More layers.
    let mut file = random_adapter("llama", 2);
    for (side, shape) in [("a", [256, 2]), ("b", [2, 256])] {
        let bytes = file::packed(&mut Random(1), TensorType::F32, 512);
        let name = format!("blk.9.attn_q.weight.lora_{side}");
        file.tensor(&name, &shape, TensorType::F32, bytes);
    }
    let error = refused(&[named("a.gguf", file.bytes())], &other);
    let AdapterError::Unknown { tensor, layers, .. } = error else {
        panic!("{error}");
    };
    assert_eq!((tensor.as_str(), layers), ("blk.9.attn_q.weight.lora_a", 4));
}

#[test]
fn files_that_are_missing_or_of_another_kind_are_named() {
    let model = base("llama");
    let [config, weights]: [Named; 2] = peft("llama").try_into().ok().unwrap();
    let error = refused(&[weights], &model);
    assert_eq!(error, AdapterError::Missing(CONFIG.into()));
    let error = refused(&[config], &model);
    assert_eq!(error, AdapterError::Missing(WEIGHTS.into()));
    let error = refused(&[named("adapter_model.bin", vec![0x80, 2])], &model);
    assert!(error.to_string().contains("safetensors"), "{error}");
    let error = refused(&[named("a.gguf", bytes("llama.gguf"))], &model);
    assert_eq!(error, AdapterError::NotLora("model".into()));
}

fn adapter_file(change: impl Fn(&mut File)) -> Vec<Named> {
    let mut file = File::default();
    file.text("general.type", "adapter")
        .text("adapter.type", "lora")
        .text("general.architecture", "llama")
        .float("adapter.lora.alpha", 8.0);
    change(&mut file);
    vec![named("a.gguf", file.bytes())]
}

fn f32s(count: usize, number: f32) -> Vec<u8> {
    (0..count).flat_map(|_| number.to_le_bytes()).collect()
}

#[test]
fn an_adapter_that_lacks_a_half_or_has_other_parts_is_refused() {
    let model = base("llama");
    let kind = TensorType::F32;
    let half = adapter_file(|file| {
        file.tensor("blk.0.attn_q.weight.lora_a", &[32, 2], kind, f32s(64, 1.0));
    });
    let error = refused(&half, &model);
    assert_eq!(error, AdapterError::Half("blk.0.attn_q.lora_B".into()));
    let pair = |name: &'static str, ranks: [usize; 2], number: f32| {
        adapter_file(move |file| {
            let [a, b] = ranks;
            file.tensor(
                &format!("{name}.weight.lora_a"),
                &[32, a],
                kind,
                f32s(32 * a, 1.0),
            );
            file.tensor(
                &format!("{name}.weight.lora_b"),
                &[b, 32],
                kind,
                f32s(32 * b, number),
            );
        })
    };
    assert!(adapter(&pair("blk.0.attn_q", [2, 2], 1.0), &model).is_ok());
    let error = refused(&pair("blk.0.attn_q", [2, 3], 1.0), &model);
    assert!(
        matches!(
            error,
            AdapterError::Rank {
                found: 3,
                expected: 2,
                ..
            }
        ),
        "{error}"
    );
    let error = refused(&pair("blk.0.attn_q", [2, 2], f32::NAN), &model);
    assert!(matches!(error, AdapterError::NotFinite(_)), "{error}");
    for (name, feature) in [
        ("token_embd", AdapterFeature::Embedding),
        ("output", AdapterFeature::Output),
    ] {
        let error = refused(&pair(name, [2, 2], 1.0), &model);
        assert!(
            matches!(error, AdapterError::Feature { feature: f, .. } if f == feature),
            "{error}"
        );
    }
    let norm = adapter_file(|file| {
        file.tensor("blk.0.attn_norm.weight", &[32], kind, f32s(32, 1.0));
    });
    let error = refused(&norm, &model);
    assert!(
        error.to_string().contains("blk.0.attn_norm.weight"),
        "{error}"
    );
    assert_eq!(refused(&adapter_file(|_| ()), &model), AdapterError::Empty);
}

/// The configuration and the tensors of PEFT say how an update is meant: they must agree.
#[test]
fn a_configuration_with_another_rank_than_the_tensors_is_refused() {
    let model = base("llama");
    let mut config: Value = serde_json::from_slice(&bytes(&format!("llama/{CONFIG}"))).unwrap();
    config["rank_pattern"] = json!({});
    let [_, weights]: [Named; 2] = peft("llama").try_into().ok().unwrap();
    let files = [named(CONFIG, config.to_string().into_bytes()), weights];
    let error = refused(&files, &model);
    assert!(
        matches!(error, AdapterError::Rank { expected: 4, .. }),
        "{error}"
    );
}
