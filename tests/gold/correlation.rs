//! Correlations compared with SciPy 1.17.1's, on UniEval's ratings and on small lists.

use super::{MetricSpec, TOLERANCE, data, gold};
use assay_stats::clustered::sign_flip;
use assay_stats::correlation::{Correlation, kendall, pearson, spearman, tau_c};
use serde_json::Value;

#[track_caller]
fn close(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    let tolerance = TOLERANCE * expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= tolerance,
        "{what}: {found}, not {expected}"
    );
}

type Law = fn(&[f64], &[f64]) -> Option<Correlation>;

fn check(x: &[f64], y: &[f64], expected: &Value) {
    let laws: [(&str, &str, Law); 3] = [
        ("pearson", "pearson_p", pearson),
        ("spearman", "spearman_p", spearman),
        ("kendall_b", "kendall_b_p", kendall),
    ];
    for (name, p, law) in laws {
        if expected[name].as_f64().is_none_or(f64::is_nan) {
            continue;
        }
        let found = law(x, y).unwrap();
        close(found.value, &expected[name], name);
        close(found.p_value.unwrap(), &expected[p], p);
    }
    if expected["kendall_c"].is_number() {
        close(tau_c(x, y).unwrap(), &expected["kendall_c"], "kendall_c");
    }
    if let Some(ends) = expected["pearson_ci95"].as_array() {
        let found = pearson(x, y).unwrap().interval.unwrap();
        for (found, expected) in found.iter().zip(ends) {
            close(*found, expected, "interval");
        }
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap())
        .collect()
}

/// Each row's score under a metric of the gold's.
fn by_metric(rows: &[Value], metric: &str) -> Vec<f64> {
    let pairs = rows.iter().map(|row| {
        let text = |key: &str| row[key].as_str().unwrap();
        (text("system_output"), vec![text("reference")])
    });
    let segments: Vec<(&str, Vec<&str>)> = pairs.collect();
    if metric == "length_chars" {
        let length = |(text, _): &(&str, Vec<&str>)| text.chars().count() as f64;
        return segments.iter().map(length).collect();
    }
    let name = match metric {
        "sentBLEU" => "bleu",
        "chrF2" => "chrf",
        name => name,
    };
    let mut spec = MetricSpec::named(name).unwrap();
    if name == "rougeL" {
        spec.set("use_stemmer", "true").unwrap();
    }
    let metric = spec.metric();
    let rows = metric.rows(&segments);
    rows.chunks_exact(metric.width())
        .map(|row| metric.segment_score(row))
        .collect()
}

#[test]
fn correlations_are_scipys() {
    let Some(gold) = gold("correlation") else {
        return;
    };
    for small in gold["small"].as_array().unwrap() {
        check(&numbers(&small["a"]), &numbers(&small["b"]), small);
    }
    let mut checked = 0;
    for entry in gold["correlations"].as_array().unwrap() {
        let path = data(entry["file"].as_str().unwrap());
        let rows: Vec<Value> =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let of = |name: &str| -> Vec<f64> {
            rows.iter()
                .map(|r| r["scores"][name].as_f64().unwrap())
                .collect()
        };
        // People against people, or a metric against people.
        match (entry["a"].as_str(), entry["b"].as_str()) {
            (Some(a), Some(b)) => check(&of(a), &of(b), entry),
            _ => {
                let metric = entry["metric"].as_str().unwrap();
                let human = entry["human"].as_str().unwrap();
                check(&by_metric(&rows, metric), &of(human), entry);
            }
        }
        checked += 1;
    }
    assert_eq!(checked, 27);
}

#[test]
fn exhaustive_sign_flips_give_the_p_value_of_scipy() {
    let Some(gold) = gold("tests") else {
        return;
    };
    let mut checked = 0;
    for entry in gold["segment_scores"].as_array().unwrap() {
        let expected = &entry["exact_sign_flip_permutation"];
        if expected.is_null() {
            continue;
        }
        let (a, b) = (numbers(&entry["a"]), numbers(&entry["b"]));
        let differences: Vec<f64> = a.iter().zip(&b).map(|(x, y)| x - y).collect();
        close(sign_flip(&differences, 1).unwrap(), &expected["p"], "p");
        checked += 1;
    }
    assert!(checked > 0);
}
