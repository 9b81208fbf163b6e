//! Tiny models of every family beside transformers' log-probabilities (`make_families.py`), and the two
//! backends beside each other.

use super::file::File;
use super::{assert_alike, cpu, gpu, on_gpu, open, run, targets};
use assay_lm::ModelError;
use assay_lm::arch::{ArchError, ArchFeature, FAMILIES};
use assay_lm::batch::Batch;
use assay_lm::gguf::TensorType;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Log-probabilities may differ by this from transformers'.
pub(crate) const CLOSE: f32 = 1e-4;

/// The numbers of a tensor as `make_families.py` makes them from its name: splitmix64 of the name's FNV-1a
/// hash and the place.
fn numbers(name: &str, count: usize) -> Vec<f32> {
    let hash = |seed: u64, byte: u8| (seed ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325, hash);
    let is_norm = name.contains("norm") && name.ends_with("weight");
    let number = |place: u64| {
        let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(place + 1));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let unit = (z >> 40) as f32 / (1u32 << 23) as f32 - 1.0;
        if is_norm {
            1.0 + 0.25 * unit
        } else {
            0.25 * unit
        }
    };
    (0..count as u64).map(number).collect()
}

fn bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|x| x.to_le_bytes()).collect()
}

/// A model with the values of a reference.
pub(crate) struct Case {
    pub name: String,
    pub family: String,
    /// The class in transformers.
    pub reference: String,
    pub file: File,
    pub ids: Vec<u32>,
    pub expected: Vec<f32>,
}

impl Case {
    /// The file, as a batch of one text.
    pub(crate) fn batch(&self) -> Batch {
        let mut batch = Batch::default();
        batch.push(&self.ids, &targets(&self.ids));
        batch
    }

    /// How far the processor's log-probabilities are from the reference's at most.
    pub(crate) fn apart(&self) -> f32 {
        let found = run(&mut cpu(&self.file), &self.batch());
        assert_eq!(found.len(), self.expected.len(), "{}", self.name);
        let apart = found.iter().zip(&self.expected);
        let apart = apart.map(|(found, expected)| (found.logprob - expected).abs());
        // What is not a number is far.
        let apart = apart.map(|apart| if apart.is_nan() { f32::INFINITY } else { apart });
        apart.fold(0.0, f32::max)
    }
}

fn gold() -> Value {
    serde_json::from_str(include_str!("families.json")).unwrap()
}

/// What made the values.
pub(crate) fn made_with() -> String {
    gold()["made_with"].as_str().unwrap().to_owned()
}

pub(crate) fn cases() -> Vec<Case> {
    let gold = gold();
    let ids: Vec<u32> = serde_json::from_value(gold["ids"].clone()).unwrap();
    let text = |case: &Value, key: &str| case[key].as_str().unwrap().to_owned();
    let cases = gold["cases"].as_array().unwrap().iter().map(|case| Case {
        name: text(case, "case"),
        family: text(case, "family"),
        reference: text(case, "reference"),
        file: file(case),
        ids: ids.clone(),
        expected: serde_json::from_value(case["logprobs"].clone()).unwrap(),
    });
    cases.collect()
}

fn file(case: &Value) -> File {
    let mut file = File::default();
    file.text("general.architecture", case["family"].as_str().unwrap())
        .text("tokenizer.ggml.model", "gpt2")
        .text("tokenizer.ggml.pre", "gpt-2")
        .texts("tokenizer.ggml.tokens", &["t".to_owned()])
        .texts("tokenizer.ggml.merges", &[]);
    for (key, value) in object(&case["metadata"]) {
        match value {
            Value::Number(n) if n.is_u64() => file.number(key, n.as_u64().unwrap() as u32),
            Value::Number(n) => file.float(key, n.as_f64().unwrap() as f32),
            Value::String(text) => file.text(key, text),
            Value::Array(flags) => {
                let flags: Vec<bool> = flags.iter().map(|f| f.as_bool().unwrap()).collect();
                file.flags(key, &flags)
            }
            other => panic!("{key}: {other}"),
        };
    }
    for (name, shape) in object(&case["tensors"]) {
        let mut shape: Vec<usize> = serde_json::from_value(shape.clone()).unwrap();
        let numbers = numbers(name, shape.iter().product());
        // A file lists columns first.
        shape.reverse();
        file.tensor(name, &shape, TensorType::F32, bytes(&numbers));
    }
    for (name, numbers) in object(&case["given"]) {
        let numbers: Vec<f32> = serde_json::from_value(numbers.clone()).unwrap();
        file.tensor(name, &[numbers.len()], TensorType::F32, bytes(&numbers));
    }
    file
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

#[test]
fn every_family_scores_as_transformers_does() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    println!("{}", made_with());
    for case in cases() {
        let apart = case.apart();
        println!("{} ({}): {apart}", case.name, case.reference);
        if apart > CLOSE {
            wrong.push(format!("{}: {apart}", case.name));
        }
        *seen.entry(case.family).or_default() += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (family, _) in FAMILIES {
        assert!(seen.contains_key(family), "{family} has no reference");
    }
}

#[test]
fn every_reference_model_scores_the_same_on_both() {
    let gpu = gpu();
    for case in cases() {
        let batch = case.batch();
        let expected = run(&mut cpu(&case.file), &batch);
        let found = run(&mut on_gpu(&gpu, &case.file), &batch);
        assert_alike(&found, &expected, &case.name);
    }
}

#[test]
fn texts_stay_within_the_context_that_scaled_positions_are_exact_in() {
    let contexts = [
        ("phi3, positions scaled by LongRoPE", 64),
        ("mistral3", 64),
        ("qwen2, positions scaled by YaRN", 256),
    ];
    for case in cases() {
        let expected = contexts.iter().find(|(name, _)| *name == case.name);
        if let Some((name, context)) = expected {
            let shape = open(case.file.bytes()).unwrap().shape;
            assert_eq!(shape.context, *context, "{name}");
        }
    }
}

#[test]
fn what_a_family_may_have_that_is_not_supported_is_named() {
    let cases = cases();
    let of = |name: &str| cases.iter().position(|case| case.name == name).unwrap();
    let wrong = |name: &str, change: &dyn Fn(&mut File)| {
        let mut file = cases[of(name)].file.clone();
        change(&mut file);
        match open(file.bytes()) {
            Err(ModelError::Arch(ArchError::Feature { feature, .. })) => feature,
            Err(error) => panic!("{name}: {error}"),
            Ok(_) => panic!("{name} was taken"),
        }
    };
    let yarn = "qwen2, positions scaled by YaRN";
    let factor = |file: &mut File| {
        file.float("qwen2.rope.scaling.yarn_attn_factor", 0.878);
    };
    assert_eq!(wrong(yarn, &factor), ArchFeature::YarnAttention);
    let scaling = |file: &mut File| {
        file.text("llama.rope.scaling.type", "dynamic");
    };
    let dynamic = ArchFeature::PositionScaling("dynamic".into());
    assert_eq!(wrong("llama", &scaling), dynamic);
    let order = |file: &mut File| {
        file.number("exaone4.attention.sliding_window", 7).flags(
            "exaone4.attention.sliding_window_pattern",
            &[false, true, true, true],
        );
    };
    assert_eq!(wrong("exaone4", &order), ArchFeature::WindowOrder);
    let several = |file: &mut File| {
        file.number("glm4.nextn_predict_layers", 1);
    };
    assert_eq!(wrong("glm4", &several), ArchFeature::SeveralTokens);
    let images = |file: &mut File| {
        file.number("glm4.rope.dimension_sections", 1);
    };
    assert_eq!(wrong("glm4", &images), ArchFeature::ImagePositions);
    let norms = |file: &mut File| {
        let kind = TensorType::F32;
        file.tensor("blk.0.attn_q_norm.weight", &[16, 4], kind, vec![0; 256]);
    };
    assert_eq!(wrong("command-r", &norms), ArchFeature::HeadNorms);
}
