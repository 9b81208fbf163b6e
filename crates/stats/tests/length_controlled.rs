//! Length-controlled win rates against alpaca-eval and scikit-learn; `make_length_controlled.py` wrote the values.

use assay_stats::length_controlled::{LengthComparison, length_controlled};
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    lengths: Vec<[usize; 2]>,
    /// From 1, the first, to 2, the second.
    preference: Vec<f64>,
    package: f64,
    package_c: f64,
    exact: f64,
    length_effect: f64,
    advantage: f64,
    c: f64,
}

#[test]
fn win_rates_match_scikit_learn_and_the_package() {
    let gold: Gold = serde_json::from_str(include_str!("length_controlled.json")).unwrap();
    assert_eq!(gold.cases.len(), 4);
    for case in gold.cases {
        let comparison = |(lengths, preference): (&[usize; 2], &f64)| LengthComparison {
            preference: preference - 1.0,
            lengths: *lengths,
        };
        let all: Vec<LengthComparison> = case
            .lengths
            .iter()
            .zip(&case.preference)
            .map(comparison)
            .collect();
        let found = length_controlled(&all).unwrap();
        let off = |found: f64, expected: f64| (found - expected).abs();
        assert!(
            off(found.rate, case.exact) < 1e-6,
            "{}: {found:?}",
            case.name
        );
        assert!(off(found.advantage, case.advantage) < 1e-6, "{}", case.name);
        let length = off(found.length_effect, case.length_effect);
        assert!(length < 1e-6, "{}: {found:?}", case.name);
        assert!(
            off(found.c / case.c, 1.0) < 1e-9,
            "{}: {found:?}",
            case.name
        );
        // The package stops its optimiser earlier.
        assert!(off(found.rate, case.package) < 5e-5, "{}", case.name);
        assert!(off(found.c / case.package_c, 1.0) < 1e-9, "{}", case.name);
    }
}
