//! Proportions compared with statsmodels and SciPy: intervals of one, tests and intervals of two.

use super::*;
use assay_stats::proportion::{agresti_coull, clopper_pearson, jeffreys, wald, wilson};
use assay_stats::two_proportions::TwoCounts;

fn near(found: Option<f64>, expected: &Value, what: &str) {
    let Some(expected) = expected.as_f64() else {
        // The tool has no number here, or none that JSON knows.
        assert!(found.is_none_or(|x| !x.is_finite()), "{what}: {found:?}");
        return;
    };
    let found = found.unwrap_or_else(|| panic!("{what}: nothing, not {expected}"));
    let scale = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= 1e-9 * scale,
        "{what}: {found}, {expected}"
    );
}

fn ends(found: Option<[f64; 2]>, expected: &Value, what: &str) {
    for end in 0..2 {
        near(found.map(|f| f[end]), &expected[end], what);
    }
}

#[test]
fn proportions_equal_statsmodels_and_scipy() {
    let Some(results) = gold("proportions") else {
        return;
    };
    for entry in results.as_array().unwrap() {
        let number = |key: &str| entry[key].as_u64().unwrap();
        let two = TwoCounts {
            first: number("a"),
            of_first: number("n1"),
            second: number("b"),
            of_second: number("n2"),
        };
        let what = |name: &str| format!("{name} of {two:?}");
        for (side, k, n) in [
            ("p1", two.first, two.of_first),
            ("p2", two.second, two.of_second),
        ] {
            let single = |name: &str| &entry["ci95_single"][name][side];
            ends(
                wilson(k as f64, n as f64),
                single("wilson"),
                &what("wilson"),
            );
            ends(wald(k, n), single("normal"), &what("normal"));
            ends(
                agresti_coull(k, n),
                single("agresti_coull"),
                &what("agresti_coull"),
            );
            ends(clopper_pearson(k, n), single("beta"), &what("beta"));
            ends(jeffreys(k, n), single("jeffreys"), &what("jeffreys"));
        }
        let z = two.z_test();
        near(
            z.map(|t| t.statistic),
            &entry["ztest_pooled"]["z"],
            &what("z"),
        );
        near(
            z.map(|t| t.p_value),
            &entry["ztest_pooled"]["p"],
            &what("p of z"),
        );
        for (found, name) in [
            (two.newcombe(), "newcomb"),
            (two.wald(), "wald"),
            (two.agresti_caffo(), "agresti-caffo"),
            (two.score_as_statsmodels(), "score"),
        ] {
            // The tool's search fails on some tables, and reports that.
            if entry["ci95_diff"][name].is_array() {
                ends(found, &entry["ci95_diff"][name], &what(name));
            }
        }
        for (found, name) in [
            (two.wald_test(), "test2indep_wald"),
            (two.score_test(), "test2indep_score"),
            (two.agresti_caffo_test(), "test2indep_agresti-caffo"),
        ] {
            if entry[name].is_object() {
                near(
                    found.map(|t| t.statistic),
                    &entry[name]["stat"],
                    &what(name),
                );
                near(found.map(|t| t.p_value), &entry[name]["p"], &what(name));
            }
        }
        for (yates, name) in [(false, "chi2"), (true, "chi2_yates")] {
            let found = two.chi_squared(yates);
            if entry[name].is_object() {
                near(
                    found.map(|t| t.statistic),
                    &entry[name]["chi2"],
                    &what(name),
                );
                near(found.map(|t| t.p_value), &entry[name]["p"], &what(name));
            }
        }
        let fisher = two.fisher();
        near(
            fisher.map(|f| f.odds_ratio),
            &entry["fisher"]["odds_ratio"],
            &what("odds"),
        );
        near(
            fisher.map(|f| f.p_value),
            &entry["fisher"]["p"],
            &what("Fisher"),
        );
        near(
            fisher.map(|f| f.p_less),
            &entry["fisher"]["p_less"],
            &what("less"),
        );
        near(
            fisher.map(|f| f.p_greater),
            &entry["fisher"]["p_greater"],
            &what("greater"),
        );
    }
}
