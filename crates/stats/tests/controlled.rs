//! Strengths with features held equal against arena-rank, and bootstrap intervals of strengths against SciPy's
//! optimiser on resampled clusters; `make_controlled.py` wrote the values.

use assay_stats::controlled::{ControlledGame, controlled};
use assay_stats::davidson::{Game, Outcome, bootstrap_intervals, davidson};
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    controlled: Vec<ControlledCase>,
    bootstrap: Vec<BootstrapCase>,
}

#[derive(Deserialize)]
struct ControlledCase {
    items: usize,
    ridge: f64,
    games: Vec<(usize, usize, f64, usize)>,
    features: Vec<Vec<f64>>,
    values: Vec<f64>,
    errors: Vec<f64>,
    effects: Vec<f64>,
    effect_errors: Vec<f64>,
}

#[derive(Deserialize)]
struct BootstrapCase {
    items: usize,
    games: Vec<(usize, usize, usize, usize)>,
    intervals: Vec<[f64; 2]>,
}

fn gold() -> Gold {
    serde_json::from_str(include_str!("controlled.json")).unwrap()
}

#[track_caller]
fn near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() < tolerance, "{found:?}, not {expected:?}");
    }
}

#[test]
fn strengths_and_effects_match_arena_rank_and_their_errors_the_sandwich() {
    for case in gold().controlled {
        let games = case.games.iter().zip(&case.features);
        let games: Vec<ControlledGame> = games
            .map(
                |(&(first, second, won, cluster), features)| ControlledGame {
                    items: [first, second],
                    won,
                    features: features.clone(),
                    cluster,
                },
            )
            .collect();
        let found = controlled(case.items, &games, case.ridge).unwrap();
        near(&found.strengths.values, &case.values, 1e-5);
        near(&found.effects, &case.effects, 1e-5);
        near(&found.strengths.standard_errors, &case.errors, 1e-5);
        near(&found.effect_errors, &case.effect_errors, 1e-5);
    }
}

#[test]
fn bootstrap_intervals_are_those_of_resampled_clusters() {
    for case in gold().bootstrap {
        let outcomes = [Outcome::First, Outcome::Second, Outcome::Tie];
        let games = case.games.iter();
        let games: Vec<Game> = games
            .map(|&(first, second, outcome, cluster)| Game {
                items: [first, second],
                outcome: outcomes[outcome],
                cluster,
            })
            .collect();
        let found = bootstrap_intervals(case.items, &games, 1000, 7).unwrap();
        let strengths = davidson(case.items, &games, 0.0).unwrap().strengths;
        for (i, (found, expected)) in found.iter().zip(&case.intervals).enumerate() {
            // An end of 1,000 draws is known to within about a tenth of the interval's half-width.
            let half = (expected[1] - expected[0]) / 2.0;
            near(found, expected, 0.15 * half);
            let error = strengths.standard_errors[i];
            let ratio = half / (1.96 * error);
            assert!((0.8..1.3).contains(&ratio), "the sandwich's: {ratio}");
        }
    }
}

#[test]
fn who_never_loses_has_no_bootstrap_interval() {
    let game = |cluster| Game {
        items: [0, 1],
        outcome: Outcome::First,
        cluster,
    };
    let games: Vec<Game> = (0..30).map(game).collect();
    assert_eq!(bootstrap_intervals(2, &games, 50, 1), None);
    assert_eq!(bootstrap_intervals(2, &games[..1], 50, 1), None);
}
