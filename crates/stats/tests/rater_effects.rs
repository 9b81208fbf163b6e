//! Strengths whose raters differ, compared with SciPy's optimiser and statsmodels; `make_rater_effects.py` wrote the
//! values.

use assay_stats::bradley_terry::RankingError;
use assay_stats::davidson::{Game, Outcome, davidson};
use assay_stats::rater_effects::{
    Differing, LogEffect, RatedGame, RatedStrengths, ShownOrder, rated_strengths,
};
use serde::Deserialize;

/// First, second, outcome, cluster, rater, and whether the order is known.
type Row = [usize; 6];

#[derive(Deserialize)]
struct Gold {
    strengths: Vec<Case>,
    glm: Vec<GlmCase>,
}

#[derive(Deserialize)]
struct Case {
    items: usize,
    raters: usize,
    discriminates: bool,
    games: Vec<Row>,
    values: Vec<f64>,
    errors: Vec<f64>,
    discriminations: Vec<f64>,
    discrimination_errors: Vec<f64>,
    orders: Vec<Option<f64>>,
    order_errors: Vec<Option<f64>>,
    tie: f64,
}

#[derive(Deserialize)]
struct GlmCase {
    items: usize,
    raters: usize,
    games: Vec<Row>,
    values: Vec<f64>,
    orders: Vec<f64>,
    order_errors: Vec<f64>,
}

fn gold() -> Gold {
    serde_json::from_str(include_str!("rater_effects.json")).unwrap()
}

fn games(rows: &[Row]) -> Vec<RatedGame> {
    let game = |&[first, second, outcome, cluster, rater, known]: &Row| RatedGame {
        game: Game {
            items: [first, second],
            outcome: [Outcome::First, Outcome::Second, Outcome::Tie][outcome],
            cluster,
        },
        rater,
        order: match known {
            0 => ShownOrder::Unknown,
            _ => ShownOrder::Known,
        },
    };
    rows.iter().map(game).collect()
}

#[track_caller]
fn near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() < tolerance, "{found:?}, not {expected:?}");
    }
}

fn of(
    found: &RatedStrengths,
    effect: impl Fn(&assay_stats::rater_effects::RaterEffect) -> Option<LogEffect>,
    part: fn(LogEffect) -> f64,
) -> Vec<Option<f64>> {
    found.raters.iter().map(|r| effect(r).map(part)).collect()
}

#[test]
fn strengths_orders_and_discriminations_match_scipys_optimiser() {
    for case in gold().strengths {
        let differing = match case.discriminates {
            true => Differing::OrderAndDiscrimination,
            false => Differing::Order,
        };
        let games = games(&case.games);
        let found = rated_strengths(case.items, case.raters, &games, differing).unwrap();
        near(&found.strengths.values, &case.values, 1e-6);
        near(&found.strengths.standard_errors, &case.errors, 1e-6);
        near(&[found.tie], &[case.tie], 1e-6);
        let some = |all: Vec<Option<f64>>| all.into_iter().flatten().collect::<Vec<f64>>();
        let value: fn(LogEffect) -> f64 = |e| e.value;
        let error: fn(LogEffect) -> f64 = |e| e.error;
        let orders = of(&found, |r| r.order, value);
        let known = |all: &[Option<f64>]| all.iter().map(Option::is_some).collect::<Vec<bool>>();
        assert_eq!(known(&orders), known(&case.orders));
        near(&some(orders), &some(case.orders), 1e-6);
        let errors = of(&found, |r| r.order, error);
        near(&some(errors), &some(case.order_errors), 1e-6);
        let scales = some(of(&found, |r| r.discrimination, value));
        near(&scales, &case.discriminations, 1e-6);
        let errors = some(of(&found, |r| r.discrimination, error));
        near(&errors, &case.discrimination_errors, 1e-6);
    }
}

#[test]
fn order_effects_without_ties_match_statsmodels_glm() {
    for case in gold().glm {
        let found = rated_strengths(
            case.items,
            case.raters,
            &games(&case.games),
            Differing::Order,
        )
        .unwrap();
        near(
            &found.strengths.values[..case.items - 1],
            &case.values,
            1e-7,
        );
        let orders: Vec<LogEffect> = found.raters.iter().filter_map(|r| r.order).collect();
        let values: Vec<f64> = orders.iter().map(|o| o.value).collect();
        let errors: Vec<f64> = orders.iter().map(|o| o.error).collect();
        near(&values, &case.orders, 1e-7);
        near(&errors, &case.order_errors, 1e-6);
    }
}

#[test]
fn a_rater_without_a_known_order_leaves_davidsons_model() {
    let case = &gold().strengths[0];
    let mut all = games(&case.games);
    for rated in &mut all {
        rated.rater = 0;
        rated.order = ShownOrder::Unknown;
    }
    let plain: Vec<Game> = all.iter().map(|rated| rated.game).collect();
    let expected = davidson(case.items, &plain, 0.0).unwrap();
    let found = rated_strengths(case.items, 1, &all, Differing::Order).unwrap();
    assert!(found.raters[0].order.is_none());
    near(&found.strengths.values, &expected.strengths.values, 1e-9);
    let errors = &expected.strengths.standard_errors;
    near(&found.strengths.standard_errors, errors, 1e-9);
}

#[test]
fn what_has_no_bound_is_refused() {
    let case = &gold().strengths[0];
    let all = games(&case.games);
    let shape = Err(RankingError::Shape);
    assert_eq!(rated_strengths(1, 2, &all, Differing::Order), shape);
    assert_eq!(rated_strengths(3, 1, &all, Differing::Order), shape);
    assert_eq!(rated_strengths(3, 2, &[], Differing::Order), shape);
    let mut sure = all.clone();
    sure.iter_mut()
        .for_each(|rated| rated.game.outcome = Outcome::First);
    let unbounded = Err(RankingError::Unbounded);
    assert_eq!(rated_strengths(3, 2, &sure, Differing::Order), unbounded);
    // A rater who always ties tells nothing apart.
    let mut flat = all;
    let own = flat.iter_mut().filter(|rated| rated.rater == 0);
    own.for_each(|rated| rated.game.outcome = Outcome::Tie);
    let found = rated_strengths(3, 2, &flat, Differing::OrderAndDiscrimination);
    let is_finite = |found: RatedStrengths| found.strengths.values.iter().all(|v| v.is_finite());
    assert!(found.is_err() || found.is_ok_and(is_finite));
}
