//! Tokens per second of a model over a text, on the processor and on the GPU, and what share of the
//! adapter's best product of f32 matrices that is. Arguments: the model's file, the text's. Prints a
//! line a figure: name, tab, figure.

use assay_lm::Model;
use assay_lm::cpu::CpuBackend;
use assay_lm::gguf::TensorType;
use assay_lm::gpu::{Gpu, GpuBackend, tiles};
use assay_lm::scoring::{Backend, Item, Scorer};
use assay_lm::source::{FileSource, Source};
use assay_results::perplexity::Convention;
use pollster::block_on;
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().filter(|a| !a.starts_with("--")).collect();
    let [_, model, text] = &arguments[..] else {
        eprintln!("give a model and a text; `cargo xtask bench` does");
        return;
    };
    let text = std::fs::read_to_string(text).expect("the text can be read");
    let open = || {
        let file = FileSource::open(Path::new(model)).expect("the model can be read");
        block_on(Model::open(vec![Box::new(file) as Box<dyn Source>])).expect("it is a model")
    };
    let opened = open();
    let backend = block_on(CpuBackend::load(&opened, |_| {})).expect("it fits into memory");
    let speed = rate(Scorer::new(opened, backend), &text);
    println!("native, processor, tokens/s\t{speed}");
    let Ok(gpu) = block_on(Gpu::open()) else {
        eprintln!("no Vulkan adapter; the GPU is left out");
        return;
    };
    let gpu = Rc::new(gpu);
    let opened = open();
    let per_token = 2.0 * opened.parameters() as f64;
    let found = block_on(tiles(&gpu, TensorType::F32)).expect("the adapter multiplies");
    let best = found.iter().map(|(_, flops)| *flops).fold(0.0, f64::max);
    let backend =
        block_on(GpuBackend::load(gpu.clone(), &opened, None, |_| {})).expect("it fits the GPU");
    let tile = backend.measured().tile;
    let speed = rate(Scorer::new(opened, backend), &text);
    eprintln!("the adapter is {}, the tile {tile:?}", gpu.name);
    println!("native, {}, tokens/s\t{speed}", gpu.name);
    println!("native, achieved GFLOP/s\t{}", speed * per_token / 1e9);
    println!("native, best f32 product, GFLOP/s\t{}", best / 1e9);
}

/// Tokens per second, the second time: the first compiles.
fn rate<B: Backend>(mut scorer: Scorer<B>, text: &str) -> f64 {
    let mut rate = 0.0;
    for _ in 0..2 {
        let start = Instant::now();
        let mut tokens = 0;
        let items = [Item::Text(text.to_owned())];
        let outcome = block_on(scorer.score(&items, Convention::Text, |_, score| {
            tokens = score.ids.len();
            true
        }));
        outcome.expect("the text is scored");
        rate = tokens as f64 / start.elapsed().as_secs_f64();
    }
    rate
}
