//! Encoders: the default one beside sentence-transformers and bert-score (`make_encoder.py` wrote the
//! values), a random one on the processor beside the GPU, and files that lie.

use super::file::Random;
use super::gpu;
use assay_lm::cpu::CpuBackend;
use assay_lm::encoder::likeness::{Likeness, Tokens, bert_score, cosine, pooled};
use assay_lm::encoder::{
    Embed, Encoded, Encoder, EncoderError, FILES, Frequencies, MORE_FILES, Named,
};
use assay_lm::gpu::{GpuBackend, Measured, TILES};
use assay_lm::source::{FileSource, Source};
use pollster::block_on;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

/// The default encoder, where the build has put it.
fn default_encoder() -> Option<Encoder> {
    let folder = assay_testing::fetched("all-MiniLM-L6-v2")?;
    let file = |name: &str| -> Named {
        let source = FileSource::open(&folder.join(name)).unwrap();
        (name.to_owned(), Box::new(source) as Box<dyn Source>)
    };
    let names = FILES.iter().chain(&MORE_FILES[..1]);
    Some(block_on(Encoder::open(names.map(|n| file(n)).collect())).unwrap())
}

fn on_gpu(encoder: &Encoder) -> GpuBackend {
    let gpu = gpu();
    let measured = Measured {
        adapter: gpu.name.clone(),
        tile: TILES[1],
        flops: 1e12,
    };
    let (store, shape) = (&encoder.store, &encoder.shape);
    let known = Some(measured);
    let loaded = GpuBackend::of(gpu, store, shape, encoder.parameters(), known, |_| {});
    block_on(loaded).unwrap()
}

fn on_processor(encoder: &Encoder) -> CpuBackend {
    block_on(CpuBackend::of(&encoder.store, &encoder.shape, |_| {})).unwrap()
}

fn encode(
    encoder: &Encoder,
    backend: &mut impl Embed,
    texts: &[&str],
    most: usize,
    layers: usize,
) -> Vec<Encoded> {
    let ids = texts.iter().map(|t| encoder.ids(t, most).unwrap());
    block_on(encoder.encode(backend, ids.collect(), layers)).unwrap()
}

fn texts(gold: &Value, side: usize) -> Vec<&str> {
    let pairs = gold["pairs"].as_array().unwrap();
    pairs.iter().map(|p| p[side].as_str().unwrap()).collect()
}

#[track_caller]
fn near(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!(
        (found - expected).abs() < 1e-3,
        "{what}: {found}, {expected}"
    );
}

fn check(encoder: &Encoder, backend: &mut impl Embed, gold: &Value) {
    let (own, theirs) = (texts(gold, 0), texts(gold, 1));
    let sentences =
        [&own, &theirs].map(|t| encode(encoder, backend, t, encoder.sentence_tokens, usize::MAX));
    for (i, (a, b)) in sentences[0].iter().zip(&sentences[1]).enumerate() {
        let found = cosine(&pooled(encoder, a), &pooled(encoder, b));
        near(found, &gold["cosine"][i], own[i]);
    }
    let first = pooled(encoder, &sentences[0][0]);
    for (i, x) in gold["embedding"].as_array().unwrap().iter().enumerate() {
        near(f64::from(first[i]), x, "embedding");
    }
    for entry in gold["bertscore"].as_array().unwrap() {
        let layers = entry["layers"].as_u64().unwrap() as usize;
        let both = [&own, &theirs].map(|t| encode(encoder, backend, t, usize::MAX, layers));
        let mut frequencies = Frequencies::default();
        both[1].iter().for_each(|t| frequencies.count(&t.ids));
        let frequencies = entry["idf"].as_bool().unwrap().then_some(&frequencies);
        for (i, (a, b)) in both[0].iter().zip(&both[1]).enumerate() {
            let [a, b] = [a, b].map(|t| Tokens::of(encoder, t, frequencies));
            let found = bert_score(&a, &b);
            near(found.precision, &entry["P"][i], own[i]);
            near(found.recall, &entry["R"][i], own[i]);
            near(found.f1, &entry["F"][i], own[i]);
        }
    }
    let several = &gold["several"];
    let hypothesis = several["hypothesis"].as_str().unwrap();
    for (i, references) in several["references"].as_array().unwrap().iter().enumerate() {
        let references = references.as_array().unwrap().iter();
        let mut all = vec![hypothesis];
        all.extend(references.map(|r| r.as_str().unwrap()));
        let found = encode(encoder, backend, &all, usize::MAX, usize::MAX);
        let tokens: Vec<Tokens> = found.iter().map(|t| Tokens::of(encoder, t, None)).collect();
        let (own, references) = tokens.split_first().unwrap();
        let best = references
            .iter()
            .fold(Likeness::default(), |best, r| best.best(bert_score(own, r)));
        near(best.precision, &several["P"][i], "several");
        near(best.recall, &several["R"][i], "several");
        near(best.f1, &several["F"][i], "several");
    }
}

#[test]
fn the_default_encoder_is_equal_to_the_tools_on_the_processor() {
    let Some(encoder) = default_encoder() else {
        return;
    };
    let gold = serde_json::from_str(include_str!("encoder.json")).unwrap();
    check(&encoder, &mut on_processor(&encoder), &gold);
}

#[test]
fn the_default_encoder_is_equal_to_the_tools_on_the_gpu() {
    let Some(encoder) = default_encoder() else {
        return;
    };
    let mut gold: Value = serde_json::from_str(include_str!("encoder.json")).unwrap();
    // One is enough to see that the kernels compute the same: the software adapter takes half a minute for each.
    gold["bertscore"].as_array_mut().unwrap().truncate(1);
    check(&encoder, &mut on_gpu(&encoder), &gold);
}

/// The files of a small random encoder of a family.
fn small(family: &str) -> Vec<(String, Vec<u8>)> {
    let (width, hidden, words) = (32u64, 64u64, 8u64);
    let config = json!({
        "model_type": family, "hidden_size": width, "intermediate_size": hidden,
        "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 24,
        "vocab_size": words, "layer_norm_eps": 1e-12, "pad_token_id": 1,
        "hidden_act": if family == "bert" { "relu" } else { "gelu_new" },
    });
    let vocabulary = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "a", "b", "c", "d"];
    let places: serde_json::Map<String, Value> = vocabulary
        .iter()
        .enumerate()
        .map(|(i, w)| ((*w).to_owned(), json!(i)))
        .collect();
    let special = |id: &str| json!({"SpecialToken": {"id": id, "type_id": 0}});
    let tokenizer = json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
        "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "decoder": null,
        "post_processor": {"type": "TemplateProcessing",
            "single": [special("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, special("[SEP]")],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {
                "[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
        "model": {"type": "WordLevel", "vocab": places, "unk_token": "[UNK]"},
    });
    let mut tensors: Vec<(String, Vec<u64>)> = vec![
        (
            "embeddings.word_embeddings.weight".into(),
            vec![words, width],
        ),
        (
            "embeddings.position_embeddings.weight".into(),
            vec![24, width],
        ),
        (
            "embeddings.token_type_embeddings.weight".into(),
            vec![2, width],
        ),
        ("embeddings.LayerNorm.weight".into(), vec![width]),
        ("embeddings.LayerNorm.bias".into(), vec![width]),
    ];
    for layer in 0..2 {
        let matrices = [
            ("attention.self.query", [width, width]),
            ("attention.self.key", [width, width]),
            ("attention.self.value", [width, width]),
            ("attention.output.dense", [width, width]),
            ("intermediate.dense", [hidden, width]),
            ("output.dense", [width, hidden]),
        ];
        for (name, shape) in matrices {
            let name = format!("encoder.layer.{layer}.{name}");
            tensors.push((format!("{name}.weight"), shape.into()));
            tensors.push((format!("{name}.bias"), vec![shape[0]]));
        }
        for name in ["attention.output", "output"] {
            for part in ["weight", "bias"] {
                let name = format!("encoder.layer.{layer}.{name}.LayerNorm.{part}");
                tensors.push((name, vec![width]));
            }
        }
    }
    let mut random = Random(7);
    let (mut header, mut body) = (serde_json::Map::new(), Vec::new());
    for (name, shape) in tensors {
        let from = body.len();
        for _ in 0..shape.iter().product::<u64>() {
            body.extend(random.unit().to_le_bytes());
        }
        let place = json!({"dtype": "F32", "shape": shape, "data_offsets": [from, body.len()]});
        header.insert(name, place);
    }
    let header = serde_json::to_vec(&header).unwrap();
    let weights = [&(header.len() as u64).to_le_bytes()[..], &header, &body].concat();
    [
        config.to_string().into(),
        tokenizer.to_string().into(),
        weights,
    ]
    .into_iter()
    .zip(FILES)
    .map(|(bytes, name)| (name.to_owned(), bytes))
    .collect()
}

fn open(files: Vec<(String, Vec<u8>)>) -> Result<Encoder, EncoderError> {
    let named = |(name, bytes)| (name, Box::new(bytes) as Box<dyn Source>);
    block_on(Encoder::open(files.into_iter().map(named).collect()))
}

#[test]
fn both_backends_encode_alike_and_texts_do_not_see_each_other() {
    for family in ["bert", "roberta"] {
        let encoder = open(small(family)).unwrap();
        let texts = ["a b c", "d", "", "b b a d c a"];
        let found = encode(&encoder, &mut on_processor(&encoder), &texts, 99, 9);
        let other = encode(&encoder, &mut on_gpu(&encoder), &texts, 99, 9);
        for (i, (a, b)) in found.iter().zip(&other).enumerate() {
            assert_eq!(a.ids, b.ids);
            let apart = a.hidden.iter().zip(&b.hidden).map(|(x, y)| (x - y).abs());
            assert!(apart.fold(0.0, f32::max) < 1e-3, "{family} {i}");
            let alone = encode(&encoder, &mut on_processor(&encoder), &texts[i..=i], 99, 9);
            let apart = a.hidden.iter().zip(&alone[0].hidden);
            assert!(apart.map(|(x, y)| (x - y).abs()).fold(0.0, f32::max) < 1e-4);
        }
        assert_eq!(found[0].ids, [2, 4, 5, 6, 3]);
        // What is too long loses its end, not the mark behind it.
        assert_eq!(encoder.ids("a b c d", 4).unwrap(), [2, 4, 5, 3]);
    }
}

#[test]
fn a_text_is_wholly_like_itself_and_an_empty_one_like_nothing() {
    let encoder = open(small("bert")).unwrap();
    let found = encode(&encoder, &mut on_processor(&encoder), &["a b", ""], 99, 9);
    let tokens: Vec<Tokens> = found
        .iter()
        .map(|t| Tokens::of(&encoder, t, None))
        .collect();
    assert!((bert_score(&tokens[0], &tokens[0]).f1 - 1.0).abs() < 1e-6);
    assert_eq!(bert_score(&tokens[0], &tokens[1]), Likeness::default());
    let own = pooled(&encoder, &found[0]);
    assert!((cosine(&own, &own) - 1.0).abs() < 1e-6);
}

#[test]
fn what_is_missing_or_of_another_kind_is_named() {
    let refused = |files| match open(files) {
        Err(error) => error,
        Ok(_) => panic!("the files were taken"),
    };
    let mut files = small("bert");
    files.pop();
    assert_eq!(
        refused(files),
        EncoderError::Missing("model.safetensors".into())
    );
    let mut files = small("bert");
    files[0].1 = files[0].1.clone();
    let text = String::from_utf8(files[0].1.clone()).unwrap();
    files[0].1 = text.replace("\"bert\"", "\"t5\"").into();
    assert_eq!(refused(files), EncoderError::Family("t5".into()));
    let mut files = small("bert");
    let length = files[2].1.len() - 4;
    files[2].1.truncate(length);
    let sentence = refused(files).to_string();
    assert!(sentence.contains("download it again"), "{sentence}");
    let mut files = small("bert");
    files[1].1 = b"{}".to_vec();
    assert!(matches!(refused(files), EncoderError::Tokenizer(_)));
}

proptest! {
    /// A byte that is another one, or a file that is cut, is refused in words or does no harm.
    #[test]
    fn damaged_files_never_panic(file in 0usize..3, place in 0usize..4000, byte in 0u8..=255, cut in any::<bool>()) {
        let mut files = small("bert");
        let bytes = &mut files[file].1;
        let place = place % bytes.len();
        if cut { bytes.truncate(place) } else { bytes[place] = byte }
        if let Ok(encoder) = open(files)
            && let Ok(mut backend) = block_on(CpuBackend::of(&encoder.store, &encoder.shape, |_| {}))
            && let Ok(ids) = encoder.ids("a b", 99)
        {
            // A refusal is as good as a result: only a panic fails this test.
            let _ = block_on(encoder.encode(&mut backend, vec![ids], 9));
        }
    }
}

/// `cargo test -p assay-lm --test lm -- --ignored seeds` writes the seeds of the fuzz targets anew.
#[test]
#[ignore = "writes files"]
fn seeds_of_the_fuzz_targets_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    std::fs::create_dir_all(folder.join("encoder")).unwrap();
    for (name, bytes) in small("bert") {
        std::fs::write(folder.join("encoder").join(name), bytes).unwrap();
    }
    let size = super::file::Size {
        vocabulary: super::file::VOCABULARY,
        width: 64,
        hidden: 64,
        heads: 2,
        kv_heads: 1,
        head: 32,
    };
    let kind = assay_lm::gguf::TensorType::Q4_0;
    let model = super::file::model_of(size, "llama", kind, 1);
    std::fs::write(folder.join("llama.gguf"), model.bytes()).unwrap();
}
