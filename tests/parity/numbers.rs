//! Errors of predicted numbers; `parity/make_numbers.py` wrote the values.

use assay_metrics::registry::MetricSpec;
use assay_metrics::{rows, sum_rows};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    name: String,
    right: Vec<String>,
    predicted: Vec<String>,
    mae: f64,
    rmse: f64,
    pearson: f64,
}

#[test]
fn errors_of_numbers_equal_scikit_learn_and_their_correlation_scipy() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("numbers.json")).unwrap();
    assert!(cases.len() > 3);
    for case in cases {
        let right = case.right.iter().map(|text| vec![text.as_str()]);
        let segments: Vec<_> = case
            .predicted
            .iter()
            .map(String::as_str)
            .zip(right)
            .collect();
        for (metric, expected) in [("mae", case.mae), ("rmse", case.rmse)] {
            let spec = MetricSpec::named(metric).unwrap();
            let metric = spec.metric();
            let rows = rows(metric, &segments);
            let score = metric.score(&sum_rows(rows.chunks_exact(metric.width()), metric.width()));
            let near = |own: f64, other: f64| (own / other - 1.0).abs() < 1e-9;
            assert!(
                near(score.value, expected),
                "{}: {score:?}, not {expected}",
                case.name
            );
            let r = score.details.iter().find(|(name, _)| name == "Pearson r");
            // Sums of squares of numbers far from zero lose digits.
            let r = r.expect("both vary").1;
            let allowed = match case.name.as_str() {
                "far from zero" => 1e-4,
                _ => 1e-12,
            };
            assert!(
                (r - case.pearson).abs() < allowed,
                "{}: {r}, not {}",
                case.name,
                case.pearson
            );
        }
    }
}
