//! The same of what is said of raters and judges.

use super::FEW;
use super::draws::Draws;
use assay_stats::clustered::{Clustered, mean_interval};
use assay_stats::davidson::{Game, Outcome, davidson};
use assay_stats::prediction_powered::corrected_mean;
use assay_stats::rogan_gladen::{Labelled, corrected_rate};

/// In which part of `sets` something holds that is drawn anew each time.
fn part(sets: usize, mut holds: impl FnMut(&mut Draws) -> bool) -> f64 {
    let mut draws = Draws::new(2027);
    let held = (0..sets).filter(|_| holds(&mut draws)).count();
    held as f64 / sets as f64
}

fn within([low, high]: [f64; 2], truth: f64) -> bool {
    (low..=high).contains(&truth)
}

/// A mean of 3 by people; the judge is a point too high and noisy.
fn corrected_mean_covers(sets: usize, labelled: usize, judged: usize) -> f64 {
    part(sets, |draws| {
        let mut both = || {
            let truth = 3.0 + draws.normal();
            (truth, truth + 1.0 + 0.7 * draws.normal())
        };
        let known: Vec<(f64, f64)> = (0..labelled).map(|_| both()).collect();
        let rest: Vec<f64> = (0..judged).map(|_| both().1).collect();
        let (labels, predictions): (Vec<f64>, Vec<f64>) = known.into_iter().unzip();
        within(
            corrected_mean(&labels, &predictions, &rest)
                .unwrap()
                .cautious,
            3.0,
        )
    })
}

/// Wins of 60 % by people; the judge favours the winner of the place, and says so in a third of cases.
fn corrected_win_rate_covers(sets: usize, labelled: usize, judged: usize) -> f64 {
    part(sets, |draws| {
        let mut both = || {
            let truth = draws.happens(0.6);
            let said = if draws.happens(1.0 / 3.0) {
                true
            } else {
                truth
            };
            [truth, said].map(|won| f64::from(u8::from(won)))
        };
        let known: Vec<[f64; 2]> = (0..labelled).map(|_| both()).collect();
        let rest: Vec<f64> = (0..judged).map(|_| both()[1]).collect();
        let labels: Vec<f64> = known.iter().map(|k| k[0]).collect();
        let predictions: Vec<f64> = known.iter().map(|k| k[1]).collect();
        within(
            corrected_mean(&labels, &predictions, &rest)
                .unwrap()
                .cautious,
            0.6,
        )
    })
}

/// Yes in 60 %; the judge is right on 90 % of yes and 75 % of no.
fn corrected_rate_covers(sets: usize, labelled: usize, judged: usize) -> f64 {
    part(sets, |draws| {
        let mut both = || {
            let people = draws.happens(0.6);
            let right = draws.happens(if people { 0.9 } else { 0.75 });
            Labelled {
                people,
                judge: people == right,
            }
        };
        let known: Vec<Labelled> = (0..labelled).map(|_| both()).collect();
        let rest: Vec<bool> = (0..judged).map(|_| both().judge).collect();
        let found = corrected_rate(&known, &rest, 1000, 12345);
        found.is_some_and(|f| within(f.interval, 0.6))
    })
}

/// The mean of ratings by raters who differ, of items that differ.
fn rating_covers(sets: usize, raters: usize, items: usize) -> f64 {
    part(sets, |draws| {
        let lenient: Vec<f64> = (0..raters).map(|_| 0.3 * draws.normal()).collect();
        let mut values = Vec::new();
        for item in 0..items {
            let own = draws.normal();
            for (rater, lenient) in lenient.iter().enumerate() {
                let value = 3.0 + own + lenient + 0.5 * draws.normal();
                values.push(Clustered { rater, item, value });
            }
        }
        let found = mean_interval(&values, 1000, 12345).unwrap();
        within([found.low, found.high], 3.0)
    })
}

/// Comparisons of four systems by two raters on each item, who tend to agree.
fn games(draws: &mut Draws, items: usize, strengths: [f64; 4]) -> Vec<Game> {
    let mut games = Vec::new();
    for cluster in 0..items {
        let first = cluster % 4;
        let second = (first + 1 + cluster / 4 % 3) % 4;
        let shared = draws.normal();
        for _ in 0..2 {
            let seen = strengths[first] - strengths[second] + shared + 1.2 * draws.normal();
            let outcome = match seen {
                seen if seen > 0.4 => Outcome::First,
                seen if seen < -0.4 => Outcome::Second,
                _ => Outcome::Tie,
            };
            games.push(Game {
                items: [first, second],
                outcome,
                cluster,
            });
        }
    }
    games
}

/// Four systems of one strength: that the interval of a difference holds 0, and that none is called first alone.
fn strengths_hold(sets: usize, items: usize) -> [f64; 2] {
    let fitted = |draws: &mut Draws| davidson(4, &games(draws, items, [0.0; 4]), 0.0);
    let covers = part(sets, |draws| {
        fitted(draws).is_ok_and(|found| {
            let apart = found.strengths.values[0] - found.strengths.values[1];
            apart.abs() <= 1.96 * found.strengths.difference_error(0, 1)
        })
    });
    let alone = part(sets, |draws| {
        fitted(draws).is_ok_and(|found| {
            let ranks = found.strengths.rank_intervals();
            ranks.iter().any(|[best, worst]| best != &1 || worst != &4)
        })
    });
    [covers, alone]
}

#[test]
fn corrected_results_and_strengths_cover_the_truth() {
    let found = [
        corrected_mean_covers(FEW, 30, 500),
        corrected_win_rate_covers(FEW, 50, 500),
        corrected_rate_covers(FEW, 100, 500),
    ];
    assert!(found.iter().all(|part| *part > 0.88), "{found:?}");
    let [covers, told_apart] = strengths_hold(FEW, 120);
    assert!(covers > 0.88 && told_apart < 0.1, "{covers} {told_apart}");
}

pub(crate) fn tables(sets: usize) {
    let percent = |part: f64| format!("{:.1} %", 100.0 * part);
    println!("\n| corrected by people | labelled | judge only | interval covers |");
    println!("| --- | --- | --- | --- |");
    type Covers = fn(usize, usize, usize) -> f64;
    let kinds: [(&str, Covers, [usize; 3]); 3] = [
        (
            "mean of points (PPI++)",
            corrected_mean_covers,
            [20, 30, 100],
        ),
        ("win rate (PPI++)", corrected_win_rate_covers, [20, 30, 100]),
        (
            "rate of yes (Rogan-Gladen)",
            corrected_rate_covers,
            [30, 50, 100],
        ),
    ];
    for (name, covers, sizes) in kinds {
        for labelled in sizes {
            let part = covers(sets, labelled, 500);
            println!("| {name} | {labelled} | 500 | {} |", percent(part));
        }
    }
    println!("\n| mean rating, raters and items resampled | items | interval covers |");
    println!("| --- | --- | --- |");
    for (raters, items) in [(1, 30), (3, 30), (3, 100), (8, 100)] {
        let part = rating_covers(sets, raters, items);
        println!("| {raters} raters | {items} | {} |", percent(part));
    }
    println!(
        "\n| strengths of four equal systems | items | difference interval covers | any told apart |"
    );
    println!("| --- | --- | --- | --- |");
    for items in [60, 120, 480] {
        let [covers, apart] = strengths_hold(sets, items);
        println!(
            "| two raters an item | {items} | {} | {} |",
            percent(covers),
            percent(apart)
        );
    }
}
