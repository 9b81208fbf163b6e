//! What holds for every metric on any text.

use assay_metrics::registry;
use assay_metrics::registry::MetricSpec;
use assay_metrics::{rows, sum_rows};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    "[a-dA-D0-9 .,'&;\n中文，。é-]{0,40}"
}

fn words() -> impl Strategy<Value = String> {
    "[b-f]{2,5}( [b-f]{2,5}){4,9}"
}

proptest! {
    #[test]
    fn a_text_against_itself_is_perfect(text in words()) {
        for name in registry::ALL.iter().copied() {
            let spec = MetricSpec::named(name).unwrap();
            let metric = spec.metric();
            // A text without a letter to choose, without a number or without a formula, cannot be right; nor can one whose
            // words come from a dictionary that is not loaded.
            if !metric.properties().needs_reference || metric.properties().asset.is_some() || metric.properties().needs_encoder || matches!(name, "choice" | "number" | "math") {
                continue;
            }
            let row = rows(metric, &[(&text, vec![&text])]);
            let score = metric.segment_score(&row);
            // METEOR subtracts a penalty even for one run of words.
            let short = text.split(' ').count() as f64;
            let slack = if name == "meteor" { 0.5 / short.powi(3) } else { 0.0 };
            prop_assert!((score - metric.properties().best).abs() < slack + 1e-9, "{name}: {score}");
        }
    }

    #[test]
    fn shards_merge_to_the_whole_and_scores_stay_in_range(
        segments in proptest::collection::vec((text(), text(), text()), 1..12),
        cut in 0usize..12,
    ) {
        let segments: Vec<(&str, Vec<&str>)> =
            segments.iter().map(|(h, a, b)| (h.as_str(), vec![a.as_str(), b.as_str()])).collect();
        let cut = cut.min(segments.len());
        for name in registry::ALL.iter().copied() {
            let spec = MetricSpec::named(name).unwrap();
            let metric = spec.metric();
            // Rows that depend on all segments cannot be computed per shard.
            if metric.properties().needs_all_segments {
                continue;
            }
            let width = metric.width();
            let total = |s: &[(&str, Vec<&str>)]| sum_rows(rows(metric, s).chunks_exact(width), width);
            let whole = metric.score(&total(&segments)).value;
            let parts = [total(&segments[..cut]), total(&segments[cut..])];
            let merged = metric.score(&sum_rows(parts.iter().map(Vec::as_slice), width)).value;
            // Errors of numbers are as large as the numbers.
            prop_assert!((whole - merged).abs() < 1e-9 * whole.abs().max(1.0), "{name}");
            let most = if metric.properties().lower_is_better { f64::MAX } else { metric.properties().max + 1e-9 };
            prop_assert!((-1e-9..=most).contains(&whole), "{name}: {whole}");
        }
    }
}
