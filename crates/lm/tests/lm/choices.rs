//! Log-likelihoods of choices beside EleutherAI's evaluation harness (`make_choices.py`), under the default model.

use super::as_if_measured;
use assay_lm::Model;
use assay_lm::choices::{Asked, ChoiceScore};
use assay_lm::cpu::CpuBackend;
use assay_lm::gpu::{GpuBackend, TILES};
use assay_lm::scoring::{Backend, Scorer};
use assay_lm::source::{FileSource, Source};
use assay_testing::fetched;
use pollster::block_on;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Gold {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    context: String,
    continuations: Vec<String>,
    choices: Vec<String>,
    logprobs: Vec<f64>,
    is_greedy: Vec<bool>,
}

fn open(path: &Path) -> Model {
    let source: Box<dyn Source> = Box::new(FileSource::open(path).unwrap());
    block_on(Model::open(vec![source])).unwrap()
}

fn scores(mut scorer: Scorer<impl Backend>, cases: &[Case]) -> Vec<Vec<ChoiceScore>> {
    let asked = cases.iter().map(|case| Asked {
        context: &case.context,
        continuations: &case.continuations,
        choices: &case.choices,
    });
    let asked: Vec<Asked<'_>> = asked.collect();
    let mut found = Vec::new();
    let scoring = scorer.score_choices(&asked, &[0.0], |place, scores| {
        assert_eq!((place, scores.len()), (found.len(), 1));
        found.extend(scores);
        true
    });
    block_on(scoring).unwrap();
    found
}

#[test]
fn choices_are_as_likely_as_the_evaluation_harness_finds_them() {
    let Some(path) = fetched("SmolLM2-135M-Instruct.Q4_1.gguf") else {
        return;
    };
    let gold: Gold = serde_json::from_str(include_str!("choices.json")).unwrap();
    let model = open(&path);
    let backend = block_on(CpuBackend::load(&model, |_| {})).unwrap();
    let on_cpu = scores(Scorer::new(model, backend), &gold.cases);
    assert_eq!(on_cpu.len(), gold.cases.len());
    for (case, found) in gold.cases.iter().zip(&on_cpu) {
        for (place, score) in found.iter().enumerate() {
            let (expected, what) = (case.logprobs[place], &case.continuations[place]);
            let apart = (score.logprob - expected).abs();
            assert!(apart < 2e-3, "{what}: {} for {expected}", score.logprob);
            assert_eq!(score.is_greedy, case.is_greedy[place], "{what}");
            assert_eq!(score.bytes, case.choices[place].len());
        }
    }
    // On the GPU, two of the questions: llvmpipe is slow.
    let (gpu, model) = (super::gpu(), open(&path));
    let measured = Some(as_if_measured(&gpu, TILES[1]));
    let backend = block_on(GpuBackend::load(gpu, &model, measured, |_| {})).unwrap();
    let on_gpu = scores(Scorer::new(model, backend), &gold.cases[1..3]);
    for (a, b) in on_gpu.iter().flatten().zip(on_cpu[1..3].iter().flatten()) {
        assert!((a.logprob - b.logprob).abs() < 5e-3, "{a:?}, {b:?}");
    }
}
