//! Corrected means and rates, the alternative annotator test, strengths with ties and tests of equivalence, compared
//! with their reference tools; `make_judges.py` wrote the values.

use assay_stats::alternative_annotator::{Alignment, alternative_annotator};
use assay_stats::davidson::{Game, Outcome, davidson};
use assay_stats::equivalence::Equivalence;
use assay_stats::prediction_powered::corrected_mean;
use assay_stats::rogan_gladen::{Labelled, corrected_rate};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn cases<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let gold: Value = serde_json::from_str(include_str!("judges.json")).unwrap();
    serde_json::from_value(gold[name].clone()).unwrap()
}

#[track_caller]
fn near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() < tolerance, "{found:?}, not {expected:?}");
    }
}

#[derive(Deserialize)]
struct MeanCase {
    labels: Vec<f64>,
    predictions: Vec<f64>,
    unlabelled: Vec<f64>,
    value: f64,
    interval: [f64; 2],
}

#[test]
fn corrected_means_match_ppi_python() {
    for case in cases::<MeanCase>("means") {
        let found = corrected_mean(&case.labels, &case.predictions, &case.unlabelled).unwrap();
        near(&[found.value], &[case.value], 1e-9);
        near(&found.interval, &case.interval, 1e-9);
    }
}

#[derive(Deserialize)]
struct RateCase {
    people: Vec<bool>,
    judge: Vec<bool>,
    judged: Vec<bool>,
    value: f64,
    interval: [f64; 2],
}

#[test]
fn corrected_rates_match_judgy() {
    for case in cases::<RateCase>("rates") {
        let pairs = case.people.iter().zip(&case.judge);
        let labelled: Vec<Labelled> = pairs
            .map(|(&people, &judge)| Labelled { people, judge })
            .collect();
        let found = corrected_rate(&labelled, &case.judged, 400, 12345).unwrap();
        near(&[found.value], &[case.value], 1e-9);
        near(&found.interval, &case.interval, 1e-9);
    }
}

#[derive(Deserialize)]
struct ReplacementCase {
    alignment: String,
    granted: f64,
    people: Vec<Vec<Option<f64>>>,
    judge: Vec<Option<f64>>,
    winning_rate: f64,
    advantage: f64,
}

#[test]
fn replacements_match_the_authors_notebook() {
    for case in cases::<ReplacementCase>("replacements") {
        let alignment = match case.alignment.as_str() {
            "accuracy" => Alignment::Same,
            _ => Alignment::Near,
        };
        let found = alternative_annotator(&case.people, &case.judge, alignment, case.granted);
        let found = found.unwrap();
        let expected = [case.winning_rate, case.advantage];
        near(&[found.winning_rate, found.advantage], &expected, 1e-12);
    }
}

#[derive(Deserialize)]
struct StrengthCase {
    items: usize,
    games: Vec<[usize; 4]>,
    values: Vec<f64>,
    tie: f64,
    errors: Vec<f64>,
}

#[test]
fn strengths_with_ties_match_evalica_and_their_errors_the_sandwich() {
    for case in cases::<StrengthCase>("strengths") {
        let game = |&[first, second, outcome, cluster]: &[usize; 4]| Game {
            items: [first, second],
            outcome: [Outcome::First, Outcome::Second, Outcome::Tie][outcome],
            cluster,
        };
        let games: Vec<Game> = case.games.iter().map(game).collect();
        let found = davidson(case.items, &games, 0.0).unwrap();
        near(&found.strengths.values, &case.values, 1e-6);
        near(&[found.tie], &[case.tie], 1e-6);
        near(&found.strengths.standard_errors, &case.errors, 1e-6);
    }
}

#[derive(Deserialize)]
struct EquivalenceCase {
    differences: Vec<f64>,
    margin: f64,
    p_value: f64,
    p_not_below: f64,
    p_not_above: f64,
}

#[test]
fn equivalence_matches_statsmodels() {
    for case in cases::<EquivalenceCase>("equivalences") {
        let found = Equivalence::of(&case.differences, case.margin).unwrap();
        let expected = [case.p_value, case.p_not_below, case.p_not_above];
        let found = [found.p_value(), found.p_not_below, found.p_not_above];
        near(&found, &expected, 1e-9);
    }
}
