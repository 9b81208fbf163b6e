//! Tests of paired values, effect sizes, corrections and power beside SciPy and statsmodels.

use super::*;
use assay::stats::corrections::{benjamini_hochberg, holm};
use assay::stats::mcnemar::mcnemar;
use assay::stats::paired::{PairedT, cliffs_delta};
use assay::stats::power;
use assay::stats::wilcoxon::wilcoxon;

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
}

#[test]
fn paired_tests_equal_scipy() {
    let Some(gold) = gold("tests") else { return };
    let path = shared().unwrap().join("data/unieval/topical_chat.json");
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
        for (found, name) in [(holm(&p), "holm"), (benjamini_hochberg(&p), "fdr_bh")] {
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
    }
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
            // Where the tool's law breaks down, the power is 1 to six digits.
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
