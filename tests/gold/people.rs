//! Agreement of raters and strengths from comparisons compared with krippendorff 0.9.0, statsmodels 0.15.0,
//! scikit-learn 1.9.1, pingouin 0.7.0, irrCAC and choix 0.4.1, on real judgements.

use super::{TOLERANCE, data, gold};
use assay_stats::agreement::*;
use assay_stats::bradley_terry::{bradley_terry, online_elo};
use assay_stats::icc::{Correlation, Model, icc};
use serde_json::Value;
use std::collections::BTreeMap;

#[track_caller]
fn close(found: Option<f64>, expected: &Value, tolerance: f64) {
    let (found, expected) = (found.unwrap(), expected.as_f64().unwrap());
    assert!(
        (found - expected).abs() <= tolerance,
        "{found}, not {expected}"
    );
}

fn numbers(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().unwrap().iter();
    numbers.map(|n| n.as_f64().unwrap()).collect()
}

fn table(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

const LEVELS: [(&str, Level); 4] = [
    ("nominal", Level::Nominal),
    ("ordinal", Level::Ordinal),
    ("interval", Level::Interval),
    ("ratio", Level::Ratio),
];

fn alphas(ratings: &Ratings, expected: &Value) {
    for (name, value) in expected.as_object().unwrap() {
        let level = LEVELS.iter().find(|(n, _)| n == name).unwrap().1;
        close(krippendorff(ratings, level), value, TOLERANCE);
    }
}

/// How many raters chose each category of each unit.
fn counted(ratings: &Ratings, categories: usize) -> Vec<Vec<f64>> {
    let of_unit = |unit: usize| {
        let mut row = vec![0.0; categories];
        ratings
            .iter()
            .for_each(|r| row[r[unit].unwrap() as usize] += 1.0);
        row
    };
    (0..ratings[0].len()).map(of_unit).collect()
}

#[test]
fn agreement_of_three_annotators_matches_the_tools() {
    let Some(gold) = gold("agreement") else {
        return;
    };
    let expected = &gold["pandalm_3_annotators"];
    let path = data("pandalm/testset-v1.json");
    let rows: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // The reference took the first of them.
    let units = expected["units"].as_u64().unwrap() as usize;
    let of = |name: &str| rows.iter().take(units).map(|r| r[name].as_f64()).collect();
    let ratings: Ratings = ["annotator1", "annotator2", "annotator3"].map(of).into();
    alphas(&ratings, &expected["krippendorff"]);
    let counts = counted(&ratings, 3);
    assert_eq!(counts[..10], table(&expected["table_first10"]));
    close(fleiss(&counts), &expected["fleiss"], TOLERANCE);
    close(randolph(&counts), &expected["randolph"], TOLERANCE);
    let gwets = &expected["irrCAC"]["gwet"];
    // irrCAC rounds to five digits.
    close(
        gwet(&ratings, Nearness::Exact, &[]),
        &gwets["coefficient_value"],
        6e-6,
    );
    close(percent(&ratings), &gwets["pa"], 6e-6);
    for (pair, expected) in expected["pairwise"].as_object().unwrap() {
        let digits: Vec<usize> = pair.split('-').map(|n| n.parse().unwrap()).collect();
        let (a, b) = (&ratings[digits[0] - 1], &ratings[digits[1] - 1]);
        let kappa = |nearness| cohen(a, b, nearness, &[]).map(|c| c.kappa);
        close(kappa(Nearness::Exact), &expected["kappa"], TOLERANCE);
        close(
            kappa(Nearness::Linear),
            &expected["kappa_linear"],
            TOLERANCE,
        );
        close(
            kappa(Nearness::Quadratic),
            &expected["kappa_quadratic"],
            TOLERANCE,
        );
        let error = cohen(a, b, Nearness::Exact, &[]).unwrap().standard_error;
        close(error, &expected["kappa_se"], TOLERANCE);
        let both = percent(&[a.clone(), b.clone()]);
        close(both, &expected["agreement"], TOLERANCE);
    }
}

#[test]
fn agreement_of_textbook_examples_matches_the_tools() {
    let Some(gold) = gold("agreement") else {
        return;
    };
    let expected = &gold["wikipedia_krippendorff_example"];
    let rater = |row: &Value| row.as_array().unwrap().iter().map(Value::as_f64).collect();
    let rows = expected["data_raters_x_units"].as_array().unwrap();
    alphas(&rows.iter().map(rater).collect(), &expected["alpha"]);
    let expected = &gold["wikipedia_fleiss_example"];
    let counts = table(&expected["table"]);
    close(fleiss(&counts), &expected["fleiss"], TOLERANCE);
    close(randolph(&counts), &expected["randolph"], TOLERANCE);
}

/// Wins with each tie counted half for both.
fn halved(wins: &[Vec<f64>], ties: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let row = |(wins, ties): (&Vec<f64>, &Vec<f64>)| {
        wins.iter().zip(ties).map(|(w, t)| w + t / 2.0).collect()
    };
    wins.iter().zip(ties).map(row).collect()
}

fn correlations(table: &[Vec<f64>], expected: &Value) {
    for (letter, model) in [
        ("1", Model::OneWay),
        ("A", Model::Agreement),
        ("C", Model::Consistency),
    ] {
        let found = icc(table, model).unwrap();
        type Part = fn(&Correlation) -> (f64, [f64; 2]);
        let single: Part = |c| (c.single, c.single_interval);
        let mean: Part = |c| (c.mean, c.mean_interval);
        for (part, count) in [(single, "1"), (mean, "k")] {
            let expected = &expected[format!("ICC({letter},{count})")];
            let (value, interval) = part(&found);
            close(Some(value), &expected["icc"], TOLERANCE);
            close(Some(found.f), &expected["F"], 1e-8);
            assert_eq!(found.degrees[0], expected["df1"].as_f64().unwrap());
            assert_eq!(found.degrees[1], expected["df2"].as_f64().unwrap());
            close(Some(found.p_value), &expected["p"], TOLERANCE);
            for (found, expected) in interval.iter().zip(expected["ci95"].as_array().unwrap()) {
                close(Some(*found), expected, 1e-7);
            }
        }
    }
}

#[test]
fn agreement_and_correlation_of_translation_raters_match_the_tools() {
    let Some(gold) = gold("agreement") else {
        return;
    };
    let shrout = &gold["shrout_fleiss_1979"];
    correlations(&table(&shrout["data_targets_x_raters"]), &shrout["icc"]);

    let expected = &gold["mqm_3_of_10_raters"];
    let path = data("wmt-mqm/generalMT2023-ende.3raters.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut units: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let parts: Vec<&str> = line.split(',').collect();
        let unit = units.entry(parts[..3].join(",")).or_default();
        unit.insert(parts[3].to_owned(), parts[4].parse().unwrap());
    }
    assert_eq!(units.len() as u64, expected["units"].as_u64().unwrap());
    let raters: Vec<String> = serde_json::from_value(expected["raters"].clone()).unwrap();
    let of = |rater: &String| units.values().map(|u| u.get(rater).copied()).collect();
    let ratings: Ratings = raters.iter().map(of).collect();
    alphas(&ratings, &expected["krippendorff_raw_mqm"]);
    let bin = |x: f64| [0.05, 1.0, 5.0].iter().filter(|edge| x >= **edge).count() as f64;
    let binned: Ratings = ratings
        .iter()
        .map(|r| r.iter().map(|x| x.map(bin)).collect())
        .collect();
    alphas(&binned, &expected["krippendorff_binned"]);
    for set in expected["icc"].as_array().unwrap() {
        let raters: Vec<String> = serde_json::from_value(set["raters"].clone()).unwrap();
        let all = |u: &&BTreeMap<String, f64>| {
            u.len() == raters.len() && raters.iter().all(|r| u.contains_key(r))
        };
        let rows: Vec<Vec<f64>> = units
            .values()
            .filter(all)
            .map(|u| raters.iter().map(|r| u[r]).collect())
            .collect();
        assert_eq!(rows.len() as u64, set["targets"].as_u64().unwrap());
        correlations(&rows, &set["results"]);
    }
}

#[test]
fn strengths_of_models_are_those_of_choix_and_statsmodels() {
    let Some(gold) = gold("bradley_terry") else {
        return;
    };
    for (name, set) in gold.as_object().unwrap() {
        let wins = table(&set["wins_row_beats_column"]);
        let halved = halved(&wins, &table(&set["ties"]));
        for (wins, part) in [(&wins, "glm_mle"), (&halved, "glm_mle_ties_half")] {
            let found = bradley_terry(wins, 0.0).unwrap();
            let expected = &set[part];
            let alike = |found: &[f64], name: &str, tolerance: f64| {
                for (found, expected) in found.iter().zip(expected[name].as_array().unwrap()) {
                    close(Some(*found), expected, tolerance);
                }
            };
            alike(&found.values, "log_strength_centered", 1e-9);
            alike(&found.standard_errors, "se_centered", 1e-7);
            alike(&found.elo(), "elo_scale_mean_1000", 1e-6);
            let errors: Vec<f64> = (0..wins.len())
                .map(|i| found.difference_error(0, i))
                .collect();
            alike(&errors, "se_relative_to_first", 1e-7);
        }
        // choix's optimiser stops within 1e-7 of its goal.
        let found = bradley_terry(&wins, 0.1).unwrap();
        let expected = numbers(&set["choix_opt_pairwise_alpha0.1"]);
        for (found, expected) in found.values.iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-6,
                "{name}: {found}, not {expected}"
            );
        }
    }
}

#[test]
fn ratings_after_each_game_are_those_of_the_reference() {
    let Some(gold) = gold("bradley_terry") else {
        return;
    };
    let path = data("pandalm/testset-v1.json");
    let rows: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for annotator in ["annotator1", "annotator2", "annotator3"] {
        let set = &gold[annotator];
        let models: Vec<String> = serde_json::from_value(set["models"].clone()).unwrap();
        let games = rows.iter().filter_map(|row| {
            let (a, b) = row["cmp_key"].as_str()?.split_once('_')?;
            let place = |name: &str| models.iter().position(|m| m == name);
            let (a, b) = (place(a)?, place(b)?);
            match row[annotator].as_u64()? {
                1 => Some((a, b, 1.0)),
                2 => Some((a, b, 0.0)),
                _ => Some((a, b, 0.5)),
            }
        });
        let games: Vec<(usize, usize, f64)> = games.collect();
        let found = online_elo(models.len(), &games, 4.0);
        let expected = numbers(&set["online_elo_K4_init1000_file_order"]);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
        }
    }
}
