//! The engine: every tensor type and every family, on the processor and on the GPU, against values
//! made by other tools and against each other; packing, hostile files, a lost device.

mod adapter;
mod choices;
mod document;
mod encoder;
mod families;
mod file;
mod gold;
mod hostile;

use assay_lm::batch::{Batch, NONE, TokenScore};
use assay_lm::cpu::CpuBackend;
use assay_lm::gguf::TensorType;
use assay_lm::gpu::{Gpu, GpuBackend, Measured, TILES, Tile};
use assay_lm::scoring::{Backend, Item, Scorer};
use assay_lm::source::Source;
use assay_lm::{Model, ModelError};
use assay_results::perplexity::Convention;
use file::{File, Random, VOCABULARY};
use pollster::block_on;
use std::rc::Rc;

/// A model out of one file's bytes.
fn open(bytes: Vec<u8>) -> Result<Model, ModelError> {
    block_on(Model::open(vec![Box::new(bytes) as Box<dyn Source>]))
}

fn cpu(file: &File) -> CpuBackend {
    let model = open(file.bytes()).unwrap();
    block_on(CpuBackend::load(&model, |_| {})).unwrap()
}

fn gpu() -> Rc<Gpu> {
    Rc::new(block_on(Gpu::open()).expect("a Vulkan adapter; Mesa's llvmpipe is one"))
}

fn on_gpu(gpu: &Rc<Gpu>, file: &File) -> GpuBackend {
    with_tile(gpu, file, TILES[1])
}

/// What would be found if the tile were the fastest. Measuring compiles all kernels, which takes most of a test's time.
fn as_if_measured(gpu: &Gpu, tile: Tile) -> Measured {
    Measured {
        adapter: gpu.name.clone(),
        tile,
        flops: 1e12,
    }
}

/// With a tile that is given, not measured.
fn with_tile(gpu: &Rc<Gpu>, file: &File, tile: Tile) -> GpuBackend {
    let model = open(file.bytes()).unwrap();
    let measured = Some(as_if_measured(gpu, tile));
    let backend = block_on(GpuBackend::load(gpu.clone(), &model, measured, |_| {}));
    let backend = backend.unwrap();
    assert_eq!(backend.measured().tile, tile);
    backend
}

fn tokens(random: &mut Random, count: usize) -> Vec<u32> {
    let token = |_| (random.bits() % VOCABULARY as u64) as u32;
    (0..count).map(token).collect()
}

/// Every token behind the first is to be predicted.
fn targets(tokens: &[u32]) -> Vec<u32> {
    let behind = tokens.iter().skip(1).copied();
    behind.chain([NONE]).collect()
}

fn run(backend: &mut impl Backend, batch: &Batch) -> Vec<TokenScore> {
    block_on(backend.forward(batch)).unwrap()
}

/// Two sequences and a beginning that two others share.
fn batch() -> Batch {
    let mut random = Random(99);
    let mut batch = Batch::default();
    for count in [11, 1, 19] {
        let tokens = tokens(&mut random, count);
        batch.push(&tokens, &targets(&tokens));
    }
    let beginning = tokens(&mut random, 9);
    let sequences = [5, 7].map(|count| tokens(&mut random, count));
    let sequences: Vec<(Vec<u32>, Vec<u32>)> = sequences.map(|s| (s.clone(), targets(&s))).into();
    let views: Vec<(&[u32], &[u32])> = sequences.iter().map(|(s, t)| (&s[..], &t[..])).collect();
    batch.push_shared(&beginning, &views);
    batch
}

#[track_caller]
fn assert_alike(a: &[TokenScore], b: &[TokenScore], what: &str) {
    assert_eq!(a.len(), b.len(), "{what}");
    assert!(!a.is_empty(), "{what}");
    for (i, (a, b)) in a.iter().zip(b).enumerate() {
        assert!(
            a.logprob.is_finite() && a.logprob < 0.0,
            "{what} {i}: {a:?}"
        );
        assert!(
            (a.logprob - b.logprob).abs() < 2e-3,
            "{what} {i}: {a:?}, {b:?}"
        );
        assert!(
            (a.entropy - b.entropy).abs() < 2e-3,
            "{what} {i}: {a:?}, {b:?}"
        );
        assert!(a.rank.abs_diff(b.rank) <= 1, "{what} {i}: {a:?}, {b:?}");
    }
}

#[test]
fn packed_blocks_unpack_as_ggufs_own_tool_has_them() {
    let cases: Vec<serde_json::Value> = serde_json::from_str(include_str!("blocks.json")).unwrap();
    let packed = TensorType::all().filter(|kind| kind.block_len() > 1);
    assert_eq!(cases.len(), packed.count(), "every packed type has a case");
    for case in cases {
        let name = case["type"].as_str().unwrap();
        let kind = TensorType::all().find(|k| k.name() == name).unwrap();
        let bytes: Vec<u8> = serde_json::from_value(case["bytes"].clone()).unwrap();
        let expected: Vec<f32> = serde_json::from_value(case["numbers"].clone()).unwrap();
        let mut numbers = vec![0.0; kind.block_len()];
        assay_lm::quant::unpack_row(kind, &bytes, &mut numbers);
        for (i, (a, b)) in numbers.iter().zip(&expected).enumerate() {
            assert!(
                (a - b).abs() <= 1e-6 * b.abs().max(0.01),
                "{name} {i}: {a}, not {b}"
            );
        }
    }
}

#[test]
fn every_tensor_type_scores_the_same_on_both() {
    let gpu = gpu();
    for kind in TensorType::all() {
        let file = file::model("llama", kind, 5);
        let expected = run(&mut cpu(&file), &batch());
        assert_alike(
            &run(&mut on_gpu(&gpu, &file), &batch()),
            &expected,
            kind.name(),
        );
    }
}

#[test]
fn every_family_scores_the_same_on_both() {
    let gpu = gpu();
    for family in file::FAMILIES {
        let file = file::model(family, TensorType::F16, 17);
        let expected = run(&mut cpu(&file), &batch());
        assert_alike(&run(&mut on_gpu(&gpu, &file), &batch()), &expected, family);
    }
}

#[test]
fn every_tile_scores_the_same_whatever_the_shape() {
    let gpu = gpu();
    let mut random = Random(31);
    let mut below = |n: usize| (random.bits() % n as u64) as usize;
    let kinds = [TensorType::F32, TensorType::Q8_0, TensorType::Q4_0];
    for (round, tile) in TILES.into_iter().enumerate() {
        let (kv_heads, head) = (1 + below(2), 32 * (1 + below(2)));
        let size = file::Size {
            vocabulary: 130 + below(200),
            width: 32 * (1 + below(5)),
            hidden: 32 * (1 + below(9)),
            heads: kv_heads * (1 + below(3)),
            kv_heads,
            head,
        };
        let kind = kinds[below(3)];
        let file = file::model_of(size, "qwen2", kind, round as u64 + 1);
        let mut batch = Batch::default();
        for _ in 0..3 {
            let tokens: Vec<u32> = (0..1 + below(50)).map(|_| below(130) as u32).collect();
            batch.push(&tokens, &targets(&tokens));
        }
        // So that there is something to score.
        batch.push(&[1, 2], &[2, NONE]);
        let expected = run(&mut cpu(&file), &batch);
        let found = run(&mut with_tile(&gpu, &file, tile), &batch);
        assert_alike(&found, &expected, &format!("{size:?} {kind:?} {tile:?}"));
    }
}

/// What a plain loop over the definition gives, without batches or shares.
#[test]
fn neighbours_and_a_shared_beginning_change_nothing() {
    for family in ["gemma3", "gpt2"] {
        let file = file::model(family, TensorType::F32, 3);
        let mut backend = cpu(&file);
        let mut random = Random(4);
        let beginning = tokens(&mut random, 9);
        let ends = [tokens(&mut random, 6), tokens(&mut random, 8)];
        let mut alone = Vec::new();
        for end in &ends {
            let whole = [&beginning[..], end].concat();
            let mut wanted = targets(&whole);
            wanted[..beginning.len()].fill(NONE);
            let mut batch = Batch::default();
            batch.push(&whole, &wanted);
            alone.extend(run(&mut backend, &batch));
        }
        let wanted: Vec<Vec<u32>> = ends.iter().map(|e| targets(e)).collect();
        let views: Vec<(&[u32], &[u32])> = ends
            .iter()
            .zip(&wanted)
            .map(|(e, t)| (&e[..], &t[..]))
            .collect();
        let mut batch = Batch::default();
        let other = tokens(&mut random, 12);
        batch.push(&other, &targets(&other));
        batch.push_shared(&beginning, &views);
        let together = run(&mut backend, &batch);
        for (a, b) in alone.iter().zip(&together[11..]) {
            assert!(
                (a.logprob - b.logprob).abs() < 1e-5,
                "{family}: {a:?}, {b:?}"
            );
        }
        assert_eq!(alone.len() + 11, together.len());
    }
}

#[test]
fn probabilities_sum_to_one_and_ranks_are_places() {
    let file = file::model("llama", TensorType::Q8_0, 8);
    let mut backend = cpu(&file);
    let mut sum = 0.0;
    let mut ranks = Vec::new();
    let mut entropy = 0.0;
    for target in 0..VOCABULARY as u32 {
        let mut batch = Batch::default();
        batch.push(&[7], &[target]);
        let score = run(&mut backend, &batch)[0];
        sum += f64::from(score.logprob).exp();
        entropy -= f64::from(score.logprob).exp() * f64::from(score.logprob);
        ranks.push(score.rank);
        if target + 1 == VOCABULARY as u32 {
            assert!((entropy - f64::from(score.entropy)).abs() < 1e-4);
        }
    }
    assert!((sum - 1.0).abs() < 1e-5, "{sum}");
    ranks.sort_unstable();
    assert!(
        ranks
            .iter()
            .enumerate()
            .all(|(i, &rank)| rank as usize == i)
    );
}

#[test]
fn a_lost_device_is_told_and_the_rest_is_made_up_on_another() {
    let file = file::model("llama", TensorType::Q4_0, 21);
    let mut random = Random(1);
    let items: Vec<Item> = (0..40)
        .map(|_| Item::Ids(tokens(&mut random, 20)))
        .collect();
    let mut all = Vec::new();
    let mut expected = Scorer::new(open(file.bytes()).unwrap(), cpu(&file));
    block_on(expected.score(&items, Convention::Text, |_, s| {
        all.push(s.logprobs);
        true
    }))
    .unwrap();

    let first = gpu();
    let mut scorer = Scorer::new(open(file.bytes()).unwrap(), Small(on_gpu(&first, &file)));
    let mut done = Vec::new();
    let outcome = block_on(scorer.score(&items, Convention::Text, |index, score| {
        done.push((index, score.logprobs));
        if done.len() == 12 {
            first.device.destroy();
        }
        true
    }));
    let error = outcome.unwrap_err().to_string();
    assert!(error.contains("GPU"), "{error}");
    assert!(done.len() >= 12 && done.len() < items.len());

    let rest = &items[done.len()..];
    let second = gpu();
    let mut scorer = Scorer::new(open(file.bytes()).unwrap(), on_gpu(&second, &file));
    let offset = done.len();
    block_on(scorer.score(rest, Convention::Text, |index, score| {
        done.push((offset + index, score.logprobs));
        true
    }))
    .unwrap();
    assert_eq!(done.len(), items.len());
    for ((index, logprobs), expected) in done.iter().zip(&all) {
        assert_eq!(logprobs.len(), 19);
        let apart = logprobs.iter().zip(expected).map(|(a, b)| (a - b).abs());
        assert!(apart.fold(0.0, f32::max) < 2e-3, "text {index}");
    }
}

/// A backend that takes little at once, so that a job has many batches.
struct Small(GpuBackend);

impl Backend for Small {
    fn forward<'a>(&'a mut self, batch: &'a Batch) -> assay_lm::scoring::Pass<'a> {
        self.0.forward(batch)
    }

    fn batch_tokens(&self) -> usize {
        80
    }
}
