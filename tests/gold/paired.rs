//! Tests of paired values, effect sizes, corrections and power compared with SciPy and statsmodels.

use super::*;
use assay_stats::bootstrap_mean::mean_intervals;
use assay_stats::corrections::*;
use assay_stats::mcnemar::{mcnemar, mcnemar_by_chi_squared};
use assay_stats::paired::{PairedT, cliffs_delta};
use assay_stats::power;
use assay_stats::power_proportions as proportions;
use assay_stats::proportion::{binomial_test, clopper_pearson, wilson};
use assay_stats::several::{anova, friedman, kruskal};
use assay_stats::two_samples::*;
use assay_stats::wilcoxon::{Zeros, wilcoxon, wilcoxon_by_normal};

fn close(got: f64, expected: &Value, what: &str) {
    let expected = expected
        .as_f64()
        .unwrap_or_else(|| panic!("{what} is no number"));
    let scale = expected.abs().max(1.0);
    assert!(
        (got - expected).abs() <= 1e-9 * scale,
        "{what}: {got} {expected}"
    );
}

fn check(x: &[f64], y: &[f64], entry: &Value) {
    let what = |name: &str| format!("{name} of {} {}", entry["x"], entry["y"]);
    let differences: Vec<f64> = x.iter().zip(y).map(|(a, b)| a - b).collect();
    let expected = &entry["paired_t"];
    let t = PairedT::of(&differences).unwrap();
    close(t.mean, &expected["mean_diff"], &what("mean"));
    close(t.deviation, &expected["sd_diff"], &what("deviation"));
    close(t.p_value, &expected["p"], &what("p"));
    close(t.interval[0], &expected["ci95"][0], &what("low"));
    close(t.interval[1], &expected["ci95"][1], &what("high"));
    close(t.effect(), &expected["cohens_dz"], &what("d"));
    let delta = cliffs_delta(x, y).unwrap();
    close(delta, &entry["mannwhitney"]["cliffs_delta"], &what("delta"));
    let expected = &entry["wilcoxon"]["auto"];
    let found = wilcoxon(&differences).unwrap();
    close(found.statistic, &expected["W"], &what("W"));
    close(found.p_value, &expected["p"], &what("Wilcoxon's p"));
    // SciPy's p-value of a handful of pairs is exact where it is asked for the normal distribution's too.
    for (zeros, name) in [
        (Zeros::Dropped, "wilcox"),
        (Zeros::Ranked, "pratt"),
        (Zeros::Split, "zsplit"),
    ] {
        for (continuity, name) in [
            (false, format!("{name}_approx")),
            (true, format!("{name}_approx_cc")),
        ] {
            let expected = &entry["wilcoxon"][&name];
            let found = wilcoxon_by_normal(&differences, zeros, continuity).unwrap();
            close(found.statistic, &expected["W"], &what(&name));
            close(found.p_value, &expected["p"], &what(&name));
        }
    }
    if entry["sign_test_p"].is_number() {
        let count = |sign: f64| differences.iter().filter(|d| **d * sign > 0.0).count();
        let found = mcnemar(count(1.0), count(-1.0));
        close(found, &entry["sign_test_p"], &what("sign test"));
    }
    check_two_samples(x, y, entry, &what);
    if entry["a"].is_array() {
        check_intervals(&differences, entry);
    }
}

fn check_two_samples(x: &[f64], y: &[f64], entry: &Value, what: &dyn Fn(&str) -> String) {
    let (a, b) = (Moments::of(x), Moments::of(y));
    let expected = &entry["welch_student"];
    for (found, name) in [(welch(a, b), "welch"), (student(a, b), "student")] {
        let (found, expected) = (found.unwrap(), &expected[name]);
        close(found.t, &expected["t"], &what(name));
        close(found.freedom, &expected["df"], &what(name));
        close(found.p_value, &expected["p"], &what(name));
        for (end, expected) in found
            .interval
            .iter()
            .zip(expected["ci95_diff"].as_array().into_iter().flatten())
        {
            close(*end, expected, &what(name));
        }
    }
    close(
        cohens_d(a, b),
        &expected["cohens_d_pooled"],
        &what("Cohen's d"),
    );
    close(
        hedges_g(a, b),
        &expected["hedges_g_approx"],
        &what("Hedges' g"),
    );
    let expected = &entry["mannwhitney"];
    let of = |method| mann_whitney(x, y, method).unwrap();
    for (continuity, name) in [(true, "asymptotic_cc"), (false, "asymptotic")] {
        let found = of(UMethod::Normal { continuity });
        close(found.u, &expected[name]["U1"], &what(name));
        close(found.p_value, &expected[name]["p"], &what(name));
    }
    if expected["exact"].is_object() && x.len() < 100 {
        close(
            of(UMethod::Exact).p_value,
            &expected["exact"]["p"],
            &what("exact"),
        );
    }
    close(of(UMethod::Auto).p_value, &expected["auto"], &what("auto"));
}

/// The tool draws with the same generator, though not one number after the other: its intervals are met as
/// far as 9,999 draws go.
fn check_intervals(differences: &[f64], entry: &Value) {
    let found = mean_intervals(differences, 9999, 12345).unwrap();
    let width = found.percentile[1] - found.percentile[0];
    for (interval, name) in [
        (found.percentile, "bootstrap_mean_diff_percentile_9999"),
        (found.basic, "bootstrap_mean_diff_basic_9999"),
        (found.accelerated.unwrap(), "bootstrap_mean_diff_BCa_9999"),
    ] {
        for (end, expected) in interval.iter().zip(floats(&entry[name])) {
            assert!(
                (end - expected).abs() < 0.03 * width,
                "{name}: {end}, {expected}"
            );
        }
    }
}

#[test]
fn paired_tests_equal_scipy() {
    let Some(gold) = gold("tests") else { return };
    let path = data("unieval/topical_chat.json");
    let judged: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for entry in gold["topical_chat_system_pairs"].as_array().unwrap() {
        let of = |system: &Value| -> Vec<f64> {
            let own = judged.iter().filter(|r| r["system_id"] == *system);
            own.map(|r| {
                r["scores"][entry["score"].as_str().unwrap()]
                    .as_f64()
                    .unwrap()
            })
            .collect()
        };
        check(&of(&entry["x"]), &of(&entry["y"]), entry);
    }
    let expected = &gold["topical_chat_all_systems_overall"];
    let systems = expected["order"].as_array().unwrap().iter().map(|system| {
        let own = judged.iter().filter(|r| r["system_id"] == *system);
        own.map(|r| r["scores"]["overall"].as_f64().unwrap())
            .collect()
    });
    let systems: Vec<Vec<f64>> = systems.collect();
    for (found, statistic, p) in [
        (anova(&systems), "anova_F", "anova_p"),
        (kruskal(&systems), "kruskal_H", "kruskal_p"),
        (friedman(&systems), "friedman_chi2", "friedman_p"),
    ] {
        close(found.unwrap().statistic, &expected[statistic], statistic);
        close(found.unwrap().p_value, &expected[p], p);
    }
    let mut tasks = Tasks::default();
    for entry in gold["segment_scores"].as_array().unwrap() {
        let first = usize_of(&entry["first_n"]).unwrap();
        let task = tasks.get(entry);
        let metric = Chrf::default();
        let of = |system: &Value| -> Vec<f64> {
            let segments = task.segments(system.as_str().unwrap(), usize::MAX, first);
            let rows = rows(&metric, &segments);
            rows.chunks_exact(metric.width())
                .map(|row| metric.segment_score(row))
                .collect()
        };
        check(&of(&entry["x"]), &of(&entry["y"]), entry);
    }
}

#[test]
fn corrections_and_mcnemar_equal_statsmodels() {
    let Some(gold) = gold("tests") else { return };
    for entry in gold["multiple_testing"].as_array().unwrap() {
        let p = floats(&entry["p"]);
        for (found, name) in [
            (bonferroni(&p), "bonferroni"),
            (sidak(&p), "sidak"),
            (holm(&p), "holm"),
            (holm_sidak(&p), "holm-sidak"),
            (simes_hochberg(&p), "simes-hochberg"),
            (hommel(&p), "hommel"),
            (benjamini_hochberg(&p), "fdr_bh"),
            (benjamini_yekutieli(&p), "fdr_by"),
        ] {
            for (got, expected) in found.iter().zip(floats(&entry[name]["adjusted"])) {
                assert_close(*got, expected, || name.to_owned());
            }
        }
    }
    for entry in gold["mcnemar_gsm8k"].as_array().unwrap() {
        let cell =
            |i: usize, j: usize| usize_of(&entry["table_rows_x_correct_wrong"][i][j]).unwrap();
        close(
            mcnemar(cell(0, 1), cell(1, 0)),
            &entry["exact"]["p"],
            "McNemar",
        );
        for (continuity, name) in [(true, "chi2_cc"), (false, "chi2")] {
            let found = mcnemar_by_chi_squared(cell(0, 1), cell(1, 0), continuity);
            close(found, &entry[name]["p"], name);
        }
    }
    for entry in gold["binomtest"].as_array().unwrap() {
        let (k, n) = (entry["k"].as_u64().unwrap(), entry["n"].as_u64().unwrap());
        let found = binomial_test(k, n, entry["p0"].as_f64().unwrap()).unwrap();
        close(found, &entry["p"], "binomial test");
        let exact = clopper_pearson(k, n).unwrap();
        let score = wilson(k as f64, n as f64).unwrap();
        for end in 0..2 {
            close(exact[end], &entry["ci95_exact"][end], "Clopper-Pearson");
            close(score[end], &entry["ci95_wilson"][end], "Wilson");
        }
    }
}

#[test]
fn power_of_proportions_equals_statsmodels() {
    let Some(gold) = gold("power") else { return };
    let mut checked = 0;
    for entry in gold["two_proportions"].as_array().unwrap() {
        let number = |key: &str| entry[key].as_f64();
        let (p1, p2) = (number("p1").unwrap(), number("p2").unwrap());
        let alpha = number("alpha").unwrap();
        let sides = match entry["alternative"].as_str() {
            Some("larger") => proportions::Sides::One,
            _ => proportions::Sides::Two,
        };
        let ratio = number("ratio_n2_over_n1").unwrap_or(1.0);
        let effect = proportions::cohens_h(p1, p2);
        let mut near = |found: f64, key: &str| {
            let Some(expected) = number(key) else { return };
            assert!(
                (found / expected - 1.0).abs() < 1e-7,
                "{key} of {entry}: {found}"
            );
            checked += 1;
        };
        near(effect, "cohen_h");
        match (number("n_per_group"), number("power")) {
            (Some(each), _) => {
                near(
                    proportions::power_of_effect(effect, each, 1.0, alpha, sides),
                    "power_cohen_h",
                );
                near(
                    proportions::power_pooled(p1, p2, each, alpha),
                    "power_statsmodels_2indep",
                );
            }
            (_, power) => {
                let (power, both) = (power.unwrap(), [p1, p2]);
                let size = proportions::size_for_effect(effect, ratio, alpha, power, sides);
                near(size.unwrap(), "n1_cohen_h_statsmodels");
                let pooled = proportions::size_pooled(both, ratio, alpha, power, sides);
                near(pooled, "n1_pooled_formula");
                near(pooled, "n_statsmodels_samplesize_2indep_onetail");
                let apart = proportions::size_unpooled(both, ratio, alpha, power, sides);
                near(apart, "n1_unpooled_formula");
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn power_equals_statsmodels() {
    let Some(gold) = gold("power") else { return };
    type Of = fn(f64, f64, f64) -> Option<f64>;
    let laws: [(&str, &str, Of, Of); 2] = [
        ("t_paired", "n", power::paired, power::pairs_needed),
        ("t_ind", "n1", power::independent, power::each_needed),
    ];
    for (name, size, power, needed) in laws {
        for entry in gold[name].as_array().unwrap() {
            let number = |key: &str| entry[key].as_f64();
            let (d, alpha) = (number("d").unwrap(), number("alpha").unwrap());
            let what = format!("{name} {entry}");
            // Where the tool's distribution fails, the power is 1 to six digits.
            if entry["power_value"] == "NaN" {
                let n = number("n").or(number("n_per_group")).unwrap();
                assert!(power(d, n, alpha).unwrap() > 1.0 - 1e-6, "{what}");
                continue;
            }
            match number("power_value") {
                Some(expected) => {
                    let n = number("n").or(number("n_per_group")).unwrap();
                    let found = power(d, n, alpha).unwrap();
                    assert!((found - expected).abs() < 1e-9, "{what}: {found}");
                }
                None => {
                    let found = needed(d, alpha, number("power").unwrap()).unwrap();
                    // The tool's own search stops at about this.
                    let expected = number(size).unwrap();
                    assert!((found / expected - 1.0).abs() < 1e-7, "{what}: {found}");
                }
            }
        }
    }
}
