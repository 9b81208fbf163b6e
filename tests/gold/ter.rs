//! TER compared with sacreBLEU: edits and reference lengths exactly.

use super::*;
use assay_metrics::resampling::ResampleRows;
use assay_stats::{PairedTest, PairedTestKind};
use assay_text::tokenizer_ter::TerTokenizer;

pub(crate) fn ter(options: &Value) -> Ter {
    let is = |name: &str| options[name].as_bool().unwrap();
    Ter {
        tokenizer: TerTokenizer {
            normalized: is("normalized"),
            no_punct: is("no_punct"),
            asian_support: is("asian_support"),
            case_sensitive: is("case_sensitive"),
        },
    }
}

#[test]
fn ter_equals_sacrebleu() {
    let Some(results) = gold("ter") else { return };
    let mut tasks = Tasks::default();
    let corpora = results["corpus"].as_array().unwrap().iter();
    let sentences = results["sentence"].as_array().unwrap();
    for (corpus, sentence) in corpora.zip(sentences) {
        let metric = ter(&corpus["options"]);
        assert_eq!(corpus["options"], sentence["options"]);
        let refs = usize_of(&corpus["refs"]).unwrap();
        let first = usize_of(&corpus["first_n"]).unwrap();
        let task = tasks.get(corpus);
        let segments = task.segments(corpus["system"].as_str().unwrap(), refs, first);
        let what = |row: usize| {
            let entry = [&corpus["task"], &corpus["system"], &corpus["options"]];
            format!("{entry:?} row {row}")
        };
        let rows = rows(&metric, &segments);
        let expected = sentence["score_edits_reflen"].as_array().unwrap();
        for (i, (row, expected)) in rows.chunks_exact(2).zip(expected).enumerate() {
            let expected = floats(expected);
            assert_eq!(row[0], expected[1], "{}", what(i));
            assert_close(row[1], expected[2], || what(i));
            assert_close(metric.segment_score(row), expected[0], || what(i));
        }
        let score = metric.score(&sum_rows(rows.chunks_exact(2), 2));
        assert_close(score.value, corpus["score"].as_f64().unwrap(), || what(0));
        assert_eq!(
            detail(&score, "num_edits"),
            corpus["num_edits"].as_f64().unwrap()
        );
        let signature = metric.signature(RefCount::Fixed(refs), None);
        assert_eq!(signature, corpus["signature"].as_str().unwrap());
    }
}

#[test]
fn significance_of_ter_equals_sacrebleu() {
    let Some(results) = gold("significance_sacrebleu") else {
        return;
    };
    let mut tasks = Tasks::default();
    let metric = Ter::default();
    for run in results["paired_ter"].as_array().unwrap() {
        let test = PairedTest {
            kind: match run["test"].as_str().unwrap() {
                "bs" => PairedTestKind::Bootstrap,
                _ => PairedTestKind::Randomization,
            },
            samples: usize_of(&run["n_samples"]).unwrap(),
            seed: run["seed"].as_u64().unwrap(),
        };
        let task = tasks.get(run);
        let refs = run["signature"].as_str().unwrap();
        let refs = refs[6..7].parse().unwrap();
        let systems = run["systems"].as_object().unwrap();
        let of = |name: &str| rows(&metric, &task.segments(name, refs, usize::MAX));
        let (baseline, _) = systems
            .iter()
            .find(|(_, s)| s["p_value"].is_null())
            .unwrap();
        let base = of(baseline);
        for (name, expected) in systems {
            let own = of(name);
            let score = metric.score(&sum_rows(own.chunks_exact(2), 2)).value;
            assert_close(score, expected["score"].as_f64().unwrap(), || name.clone());
            if let Some(p) = expected["p_value"].as_f64() {
                assert_eq!(
                    test.p_value(&metric, &base, &own),
                    Some(p),
                    "{name} {test:?}"
                );
            }
            let interval = test.interval(&metric, &own, name == baseline);
            if let (Some(interval), Some(mean)) = (interval, expected["mean"].as_f64()) {
                assert!((interval.mean - mean).abs() < 1e-4, "{interval:?} {mean}");
            }
        }
    }
}
