//! Paired tests and intervals against sacreBLEU's, p-values exactly.

use super::*;
use assay_metrics::resampling::ResampleRows;
use assay_stats::{PairedTest, PairedTestKind};

#[test]
fn significance_equals_sacrebleu() {
    let Some(results) = gold("significance_sacrebleu") else {
        return;
    };
    let mut tasks = Tasks::default();
    for group in results["paired"].as_array().unwrap() {
        let refs = usize_of(&group["refs"]).unwrap();
        for run in group["runs"].as_array().unwrap() {
            let signature = run["signature"].as_str().unwrap();
            let tokenize = signature
                .split("tok:")
                .nth(1)
                .map(|t| t.split('|').next().unwrap());
            let metric: Box<dyn Metric> = match run["metric"].as_str().unwrap() {
                "BLEU" => Box::new(Bleu {
                    tokenize: BleuTokenizer::from_name(tokenize.unwrap()).unwrap(),
                    ..Bleu::default()
                }),
                "chrF2" => Box::new(Chrf::default()),
                "chrF2++" => Box::new(Chrf::plus_plus()),
                _ => continue,
            };
            check_run(&*metric, run, tasks.get(group), refs);
        }
    }
}

fn check_run(metric: &dyn Metric, run: &Value, task: &Task, refs: usize) {
    let kind = match run["test"].as_str().unwrap() {
        "bs" => PairedTestKind::Bootstrap,
        _ => PairedTestKind::Randomization,
    };
    let test = PairedTest {
        kind,
        samples: usize_of(&run["n_samples"]).unwrap(),
        seed: run["seed"].as_u64().unwrap(),
    };
    if test.seed == 0 {
        return; // unseeded in the tool
    }
    let baseline = run["baseline"].as_str().unwrap();
    let base_rows = rows(metric, &task.segments(baseline, refs, usize::MAX));
    for (name, expected) in run["systems"].as_object().unwrap() {
        let signature = metric.signature(RefCount::Fixed(refs), Some(&test.signature()));
        assert_eq!(signature, run["signature"].as_str().unwrap());
        let what = || format!("{name} {} {} {:?}", run["metric"], run["test"], test);
        let system = rows(metric, &task.segments(name, refs, usize::MAX));
        if let Some(p) = expected["p_value"].as_f64() {
            assert_eq!(
                test.p_value(metric, &base_rows, &system),
                Some(p),
                "{}",
                what()
            );
        }
        if let (Some(mean), Some(ci)) = (
            expected["mean"].as_f64(),
            expected["ci95_half_width"].as_f64(),
        ) {
            let interval = test.interval(metric, &system, name == baseline).unwrap();
            assert!(
                (interval.mean - mean).abs() < 1e-5,
                "{}: {} {mean}",
                what(),
                interval.mean
            );
            assert!(
                (interval.half_width() - ci).abs() < 1e-5,
                "{}: {} {ci}",
                what(),
                interval.half_width()
            );
        }
    }
}
