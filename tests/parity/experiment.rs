//! Statistics of experiments compared with NumPy and SciPy; `make_experiment.py` wrote the values.

use assay_stats::experiment::{Estimate, anytime, cuped, ratio, sample_ratio_mismatch};
use assay_stats::lift::lift;
use assay_stats::percentiles::percentile;
use assay_stats::two_proportions::TwoCounts;
use serde_json::Value;

fn near(found: f64, expected: &Value, tolerance: f64) {
    let expected = expected.as_f64().unwrap();
    let scale = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= tolerance * scale,
        "{found}, {expected}"
    );
}

fn pairs(value: &Value) -> Vec<[f64; 2]> {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn experiments_equal_numpy_and_scipy() {
    let all: Value = serde_json::from_str(include_str!("experiment.json")).unwrap();
    let cases = |name: &str| all[name].as_array().unwrap().clone();
    for case in cases("split") {
        let counts: Vec<u64> = serde_json::from_value(case["counts"].clone()).unwrap();
        let shares: Vec<f64> = serde_json::from_value(case["shares"].clone()).unwrap();
        near(
            sample_ratio_mismatch(&counts, &shares).unwrap(),
            &case["p"],
            1e-9,
        );
    }
    for case in cases("ratio") {
        let found = ratio(&pairs(&case["units"])).unwrap();
        near(found.value, &case["value"], 1e-12);
        near(found.variance, &case["variance"], 1e-10);
    }
    for case in cases("cuped") {
        let found = cuped(&pairs(&case["first"]), &pairs(&case["second"])).unwrap();
        near(found.theta, &case["theta"], 1e-10);
        near(found.difference, &case["difference"], 1e-10);
        near(found.test.p_value, &case["p"], 1e-9);
        near(found.test.interval[0], &case["interval"][0], 1e-8);
        near(found.test.interval[1], &case["interval"][1], 1e-8);
        near(found.removed, &case["removed"], 1e-10);
    }
    for case in cases("anytime") {
        let of = |key: &str| case[key].as_f64().unwrap();
        let difference = Estimate {
            value: of("d"),
            variance: of("v"),
        };
        near(
            anytime(difference, of("mixture")).unwrap().p_value,
            &case["p"],
            1e-6,
        );
    }
    for case in cases("score_interval") {
        let [first, of_first, second, of_second] =
            serde_json::from_value(case["counts"].clone()).unwrap();
        let counts = TwoCounts {
            first,
            of_first,
            second,
            of_second,
        };
        let found = counts.miettinen_nurminen().unwrap();
        near(found[0], &case["interval"][0], 1e-6);
        near(found[1], &case["interval"][1], 1e-6);
    }
    for case in cases("percentile") {
        let n = case["n"].as_u64().unwrap();
        let values: Vec<f64> = (1..=n).map(|i| i as f64).collect();
        let found = percentile(&values, case["part"].as_f64().unwrap()).unwrap();
        let ranks: Option<[f64; 2]> = serde_json::from_value(case["ranks"].clone()).unwrap();
        assert_eq!(found.interval, ranks);
    }
}

#[test]
fn the_posterior_of_a_lift_equals_scipys_integrals() {
    let all: Value = serde_json::from_str(include_str!("experiment.json")).unwrap();
    for case in all["lift"].as_array().unwrap() {
        let [first, of_first, second, of_second] =
            serde_json::from_value(case["counts"].clone()).unwrap();
        let found = lift(TwoCounts {
            first,
            of_first,
            second,
            of_second,
        })
        .unwrap();
        near(found.prob_superior, &case["above"], 2e-5);
        near(found.median, &case["median"], 2e-4);
        near(found.interval[0], &case["interval"][0], 2e-4);
        near(found.interval[1], &case["interval"][1], 2e-3);
        if !case["risk"].is_null() {
            near(found.risk, &case["risk"], 1e-5);
        }
    }
}
