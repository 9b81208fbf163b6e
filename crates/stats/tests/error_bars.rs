//! Standard errors over clusters and the split of the variance, compared with statsmodels and numpy;
//! `make_error_bars.py` wrote the values.

use assay_stats::error_bars::{ClusteredMean, VarianceSplit};
use serde_json::Value;

#[test]
fn standard_errors_by_cluster_match_statsmodels() {
    let gold: Value = serde_json::from_str(include_str!("error_bars.json")).unwrap();
    for case in gold["cases"].as_array().unwrap() {
        let near = |found: f64, name: &Value, what: &str| {
            let expected = name.as_f64().unwrap();
            assert!(
                (found - expected).abs() < 1e-9,
                "{what}: {found}, {expected}"
            );
        };
        let values: Vec<f64> = serde_json::from_value(case["values"].clone()).unwrap();
        let clusters: Vec<u32> = serde_json::from_value(case["clusters"].clone()).unwrap();
        let found = ClusteredMean::of(&values, &clusters).unwrap();
        near(found.mean, &case["mean"], "mean");
        near(found.error, &case["error"], "error");
        near(found.naive_error, &case["naive_error"], "naive error");
        near(found.interval[0], &case["interval"][0], "low");
        near(found.interval[1], &case["interval"][1], "high");
        near(found.p_value.unwrap(), &case["p_value"], "p");
        let split = VarianceSplit::of(&values, &clusters).unwrap();
        near(split.between, &case["between"], "between");
        near(split.within, &case["within"], "within");
        near(split.error, &case["error_of_means"], "error of means");
    }
}
