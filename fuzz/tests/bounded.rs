//! A bounded run of every target: its seeds, and each of them changed a number of times, the same on every
//! machine. `ASSAY_FUZZ_RUNS` sets another number.

use assay_fuzz::mutate::{Random, mutated};
use assay_fuzz::targets;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Changed inputs of each seed.
const RUNS: usize = 400;
/// What one input may take at most; a hang, not a slow machine.
const SLOW: Duration = Duration::from_secs(20);

#[test]
fn no_input_makes_a_reader_panic_or_hang() {
    let runs = std::env::var("ASSAY_FUZZ_RUNS");
    let runs = runs.ok().and_then(|n| n.parse().ok()).unwrap_or(RUNS);
    let mut failures = Vec::new();
    for target in targets() {
        assert!(!target.seeds.is_empty(), "{} has no seeds", target.name);
        let mut random = Random::new(0x0a55_a719);
        for (place, seed) in target.seeds.iter().enumerate() {
            for run in 0..=runs {
                let input = match run {
                    0 => seed.clone(),
                    _ => mutated(seed, &mut random),
                };
                let begun = Instant::now();
                let calm = catch_unwind(AssertUnwindSafe(|| (target.run)(&input))).is_ok();
                if !calm || begun.elapsed() > SLOW {
                    let folder = std::env::temp_dir();
                    let path = folder.join(format!("assay-fuzz-{}-{place}-{run}", target.name));
                    std::fs::write(&path, &input).expect("the input can be written");
                    failures.push(path.display().to_string());
                }
            }
        }
    }
    assert!(failures.is_empty(), "inputs that fail: {failures:#?}");
}
