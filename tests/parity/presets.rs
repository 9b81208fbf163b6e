//! Presets give what their tools print; `make_presets.py` wrote the values.

use assay_metrics::presets::Preset;
use assay_metrics::{rows, sum_rows};
use serde_json::Value;

#[test]
fn presets_equal_their_tools() {
    let gold: Value = serde_json::from_str(include_str!("presets.json")).unwrap();
    let pairs: Vec<(String, String)> = serde_json::from_value(gold["pairs"].clone()).unwrap();
    let segments: Vec<(&str, Vec<&str>)> = pairs
        .iter()
        .map(|(h, r)| (h.as_str(), vec![r.as_str()]))
        .collect();
    for (name, wanted) in gold["presets"].as_object().unwrap() {
        let preset = Preset::named(name).unwrap();
        let mut wanted = wanted.as_object().unwrap().clone();
        for spec in preset.specs() {
            let metric = spec.metric();
            // METEOR's values with WordNet are those of the parity with NLTK.
            let keys = [
                "bleu",
                "chrf",
                "ter",
                "rouge1",
                "rouge2",
                "rougeLsum",
                "rougeL",
                "exact_match",
            ];
            let shown = metric.name();
            let Some(key) = keys.into_iter().find(|key| shown.starts_with(&named(key))) else {
                assert!(metric.name().starts_with("METEOR"), "{}", metric.name());
                continue;
            };
            let rows = rows(metric, &segments);
            let score = metric.score(&sum_rows(rows.chunks_exact(metric.width()), metric.width()));
            let wanted = wanted.remove(key).and_then(|v| v.as_f64()).unwrap();
            assert!(
                (score.value - wanted).abs() < 1e-6,
                "{name} {key}: {} {wanted}",
                score.value
            );
        }
        assert!(wanted.is_empty(), "{name} has no {wanted:?}");
    }
}

/// How a metric of the registry calls itself.
fn named(key: &str) -> String {
    assay_metrics::registry::MetricSpec::named(key)
        .unwrap()
        .metric()
        .name()
}
