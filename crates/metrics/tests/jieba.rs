//! LLaMA-Factory's scores and NLTK's METEOR over jieba's words on short texts; `make_jieba.py` wrote the values. They need
//! jieba's dictionary, which is beside the page.

#![cfg(feature = "jieba")]

use assay_metrics::registry::MetricSpec;
use assay_metrics::{Asset, asset, rows, sum_rows};
use serde_json::Value;
use std::path::Path;

#[test]
fn scores_over_jiebas_words_match_the_tools() {
    let dictionary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/jieba.bin");
    assert!(asset::load(
        Asset::Jieba,
        &std::fs::read(dictionary).unwrap()
    ));
    let gold: Value = serde_json::from_str(include_str!("jieba.json")).unwrap();
    let cases = gold["cases"].as_array().unwrap();
    for (name, mean) in gold["means"].as_object().unwrap() {
        let mut spec = MetricSpec::named(name).unwrap();
        if name == "meteor" {
            spec.set("tokens", "jieba").unwrap();
        }
        let metric = spec.metric();
        let mut all = Vec::new();
        for case in cases {
            let [predict, label] = ["predict", "label"].map(|key| case[key].as_str().unwrap());
            let row = rows(metric, &[(predict, vec![label])]);
            let found = metric.segment_score(&row);
            let expected = case["scores"][name].as_f64().unwrap();
            assert!(
                (found - expected).abs() < 1e-9,
                "{name} {predict:?}: {found}, not {expected}"
            );
            all.extend(row);
        }
        let found = metric
            .score(&sum_rows(all.chunks_exact(metric.width()), metric.width()))
            .value;
        assert!((found - mean.as_f64().unwrap()).abs() < 1e-9, "{name}");
    }
}
