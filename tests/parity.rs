//! Parity with the reference tools on the project's own texts; `parity/make.py` wrote the values.

use assay::metrics::registry::MetricSpec;
use assay::metrics::{rows, sum_rows};
use serde_json::Value;

fn spec(name: &str) -> MetricSpec {
    let (metric, option) = name.split_once(' ').unwrap_or((name, ""));
    let mut spec = MetricSpec::named(metric).unwrap();
    match option {
        "" | "plain" => {}
        "stem" => spec.set("use_stemmer", "true").unwrap(),
        "asian" => {
            spec.set("normalized", "true").unwrap();
            spec.set("asian_support", "true").unwrap();
        }
        "no_punct" => {
            spec.set("no_punct", "true").unwrap();
            spec.set("asian_support", "true").unwrap();
        }
        flag @ ("normalized" | "case_sensitive") => spec.set(flag, "true").unwrap(),
        both if metric == "meteor" => {
            let (tokens, modules) = both.split_once(' ').unwrap();
            spec.set("tokens", tokens).unwrap();
            spec.set("modules", modules).unwrap();
        }
        tokenizer => spec.set("tokenize", tokenizer).unwrap(),
    }
    spec
}

#[test]
fn every_segment_and_the_corpus_score_as_the_tools_do() {
    let cases: Value = serde_json::from_str(include_str!("parity/cases.json")).unwrap();
    let mut segments = Vec::new();
    for case in cases["cases"].as_array().unwrap() {
        let (hypothesis, reference) = (
            case["hypothesis"].as_str().unwrap(),
            case["reference"].as_str().unwrap(),
        );
        segments.push((hypothesis, vec![reference]));
        for (name, expected) in case["scores"].as_object().unwrap() {
            let spec = spec(name);
            let metric = spec.metric();
            let row = rows(metric, &[(hypothesis, vec![reference])]);
            let score = metric.segment_score(&row);
            let expected = expected.as_f64().unwrap();
            assert!(
                (score - expected).abs() < 1e-9,
                "{name} {hypothesis:?}: {score}, not {expected}"
            );
        }
    }
    assert!(segments.len() > 60);
    for (name, expected) in cases["corpus"].as_object().unwrap() {
        let spec = spec(name);
        let metric = spec.metric();
        let rows = rows(metric, &segments);
        let score = metric
            .score(&sum_rows(rows.chunks_exact(metric.width()), metric.width()))
            .value;
        let expected = expected.as_f64().unwrap();
        assert!(
            (score - expected).abs() < 1e-9,
            "{name}: {score}, not {expected}"
        );
    }
}
