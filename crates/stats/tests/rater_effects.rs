//! Strengths whose raters differ, compared with SciPy's optimiser and statsmodels; `make_rater_effects.py` wrote the
//! values.

use assay_stats::NORMAL_975;
use assay_stats::bradley_terry::RankingError;
use assay_stats::davidson::{Game, Outcome, davidson};
use assay_stats::pcg64::Pcg64;
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

/// The strengths of three systems in the simulations.
const STRENGTHS: [f64; 3] = [-0.5, 0.0, 0.5];
/// The logarithm of the odds of a tie.
const TIE: f64 = -0.7;

/// What raters differ in, in the simulations: order effects and logarithms of discriminations, which sum to 0.
struct Truth {
    orders: Vec<f64>,
    discriminations: Vec<f64>,
}

impl Truth {
    fn of(raters: usize) -> Self {
        let at = |rater: usize| rater as f64 / (raters - 1) as f64 - 0.5;
        Self {
            orders: (0..raters).map(|rater| 0.2 + 0.8 * at(rater)).collect(),
            discriminations: (0..raters).map(|rater| 0.8 * at(rater)).collect(),
        }
    }

    /// Each rater compares one pair of systems on each item, shown in any order. On half of the items all raters decide by
    /// one draw, so that their comparisons depend on each other.
    fn drawn(&self, items: usize, draws: &mut Pcg64) -> Vec<RatedGame> {
        let uniform = |draws: &mut Pcg64| (draws.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        let mut games = Vec::new();
        for item in 0..items {
            let first = draws.below(3) as usize;
            let second = (first + 1 + draws.below(2) as usize) % 3;
            let (is_shared, shared) = (draws.below(2) == 0, uniform(draws));
            for rater in 0..self.orders.len() {
                let own = uniform(draws);
                let scale = self.discriminations[rater].exp();
                let [one, two] = [first, second].map(|system| scale * STRENGTHS[system]);
                let logs = [one + self.orders[rater], (one + two) / 2.0 + TIE, two];
                let weights = logs.map(f64::exp);
                let at = weights.iter().sum::<f64>() * if is_shared { shared } else { own };
                let outcome = match at {
                    at if at < weights[0] => Outcome::First,
                    at if at < weights[0] + weights[1] => Outcome::Tie,
                    _ => Outcome::Second,
                };
                games.push(RatedGame {
                    game: Game {
                        items: [first, second],
                        outcome,
                        cluster: item,
                    },
                    rater,
                    order: ShownOrder::Known,
                });
            }
        }
        games
    }
}

/// How many of some intervals hold the truth, of how many.
#[derive(Default)]
struct Held([usize; 2]);

impl Held {
    fn add(&mut self, value: f64, error: f64, truth: f64) {
        self.0[0] += usize::from((value - truth).abs() <= NORMAL_975 * error);
        self.0[1] += 1;
    }

    fn percent(&self) -> f64 {
        100.0 * self.0[0] as f64 / self.0[1] as f64
    }
}

/// The parts of intervals that hold the truth over many data sets: of order effects, discriminations and strengths. And
/// the part of sets that leave something without a bound.
fn covered(raters: usize, items: usize, sets: usize) -> [f64; 4] {
    let truth = Truth::of(raters);
    let mut draws = Pcg64::new(2028);
    let mut held: [Held; 3] = Default::default();
    let mut open = 0;
    for _ in 0..sets {
        let games = truth.drawn(items, &mut draws);
        let fitted = rated_strengths(3, raters, &games, Differing::OrderAndDiscrimination);
        let Ok(found) = fitted else {
            open += 1;
            continue;
        };
        for (rater, effect) in found.raters.iter().enumerate() {
            if let Some(order) = effect.order {
                held[0].add(order.value, order.error, truth.orders[rater]);
            }
            if let Some(own) = effect.discrimination {
                held[1].add(own.value, own.error, truth.discriminations[rater]);
            }
        }
        let strengths = &found.strengths;
        for (system, expected) in STRENGTHS.into_iter().enumerate() {
            let value = strengths.values[system];
            held[2].add(value, strengths.standard_errors[system], expected);
        }
    }
    let [orders, discriminations, strengths] = held.map(|held| held.percent());
    let open = 100.0 * open as f64 / sets as f64;
    [orders, discriminations, strengths, open]
}

#[test]
fn intervals_of_two_raters_hold_the_truth() {
    let [orders, discriminations, strengths, open] = covered(2, 120, 60);
    for covered in [orders, discriminations, strengths] {
        assert!((88.0..=100.0).contains(&covered), "{covered}");
    }
    assert!(open < 5.0, "{open}");
}

#[test]
#[ignore = "prints the table of raters who differ in docs/statistics.md, in some minutes"]
fn tables() {
    println!(
        "| raters | items | order effect covers | discrimination covers | strength covers | left open |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for (raters, items) in [(2, 40), (2, 120), (5, 40), (5, 120)] {
        let found = covered(raters, items, 1000);
        let cells = found.map(|percent| format!("{percent:.1} %"));
        println!("| {raters} | {items} | {} |", cells.join(" | "));
    }
}
