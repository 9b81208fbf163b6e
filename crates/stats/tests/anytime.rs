//! Looks at a growing mean: bets and intervals against confseq, by Waudby-Smith and Ramdas (`make_anytime.py` wrote the
//! values), and simulations that look after every unit.

use assay_stats::anytime::BoundedMean;
use assay_stats::pcg64::Pcg64;
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    values: Vec<f64>,
    capital: Vec<(f64, f64)>,
    interval: [f64; 2],
}

/// Half a step of the grid of means that confseq looks at.
const GRID: f64 = 1.0 / 400.0;

#[test]
fn p_values_and_intervals_match_confseq() {
    let gold: Gold = serde_json::from_str(include_str!("anytime.json")).unwrap();
    for case in gold.cases {
        let found = BoundedMean::of(case.values).unwrap();
        for (mean, capital) in case.capital {
            let expected = (1.0 / capital).min(1.0);
            let p = found.p_value(mean);
            assert!((p - expected).abs() < 1e-9 * expected, "{p} {expected}");
        }
        for (own, theirs) in found.interval(0.05).into_iter().zip(case.interval) {
            assert!((own - theirs).abs() <= GRID, "{own}, not {theirs}");
        }
    }
}

struct Draws(Pcg64);

impl Draws {
    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// 1 with a probability.
    fn one(&mut self, probability: f64) -> f64 {
        f64::from(u8::from(self.uniform() < probability))
    }
}

/// In which part of `sets` somebody who looks after every unit ever sees a p-value below 5 %.
fn ever_decided(sets: usize, mut p_values: impl FnMut(&mut Draws) -> bool) -> f64 {
    let mut draws = Draws(Pcg64::new(2027));
    (0..sets).filter(|_| p_values(&mut draws)).count() as f64 / sets as f64
}

/// Preferences of which the second system wins a part, and a fifth are ties.
fn preferences_decide(draws: &mut Draws, wins: f64, items: usize) -> bool {
    let mut values = Vec::new();
    (0..items).any(|_| {
        let tied = draws.uniform() < 0.2;
        values.push(if tied { 0.5 } else { draws.one(wins) });
        let found = BoundedMean::of(values.iter().copied()).unwrap();
        found.p_value(0.5) < 0.05
    })
}

#[test]
fn who_looks_at_preferences_after_every_item_is_rarely_wrong_and_sees_what_is_there() {
    let wrong = ever_decided(200, |draws| preferences_decide(draws, 0.5, 150));
    assert!(wrong < 0.05, "{wrong}");
    let right = ever_decided(60, |draws| preferences_decide(draws, 0.75, 150));
    assert!(right > 0.9, "{right}");
}

/// The same where three raters, who tend to agree on an item, send their preferences one after another: whoever looks
/// after each answer sees an item's mean change when the next rater comes.
fn raters_in_turn_decide(draws: &mut Draws, shift: f64, items: usize) -> bool {
    let clear: Vec<f64> = (0..items).map(|_| draws.uniform() - 0.5 + shift).collect();
    let mut said: Vec<Vec<f64>> = vec![Vec::new(); items];
    for _ in 0..3 {
        for item in 0..items {
            said[item].push(draws.one((0.5 + clear[item]).clamp(0.0, 1.0)));
            let known = said.iter().filter(|s| !s.is_empty());
            let means = known.map(|s| s.iter().sum::<f64>() / s.len() as f64);
            if BoundedMean::of(means).unwrap().p_value(0.5) < 0.05 {
                return true;
            }
        }
    }
    false
}

#[test]
fn who_looks_after_every_answer_of_raters_in_turn_is_rarely_wrong() {
    let wrong = ever_decided(150, |draws| raters_in_turn_decide(draws, 0.0, 50));
    assert!(wrong < 0.05, "{wrong}");
}

#[test]
#[ignore = "prints the first table of looks in docs/statistics.md, in some minutes"]
fn tables() {
    type Design = (&'static str, usize, fn(&mut Draws, usize) -> bool);
    let designs: [Design; 8] = [
        ("one judgement an item, no preference", 100, |d, n| {
            preferences_decide(d, 0.5, n)
        }),
        ("one judgement an item, no preference", 400, |d, n| {
            preferences_decide(d, 0.5, n)
        }),
        (
            "three raters one after another, no preference",
            50,
            |d, n| raters_in_turn_decide(d, 0.0, n),
        ),
        (
            "three raters one after another, no preference",
            150,
            |d, n| raters_in_turn_decide(d, 0.0, n),
        ),
        ("60 % of wins", 100, |d, n| preferences_decide(d, 0.6, n)),
        ("60 % of wins", 400, |d, n| preferences_decide(d, 0.6, n)),
        ("70 % of wins", 100, |d, n| preferences_decide(d, 0.7, n)),
        ("70 % of wins", 400, |d, n| preferences_decide(d, 0.7, n)),
    ];
    println!("| preferences, looked at after every answer | items | ever decided |");
    println!("| --- | --- | --- |");
    for (name, items, decides) in designs {
        let part = ever_decided(1000, |draws| decides(draws, items));
        println!("| {name} | {items} | {:.1} % |", 100.0 * part);
    }
}
