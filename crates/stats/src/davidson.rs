//! Strengths from pairwise comparisons with ties (Davidson 1970): item i beats item j with a probability in
//! proportion to exp(b_i), loses in proportion to exp(b_j), and ties in proportion to v exp((b_i + b_j) / 2). The
//! greatest likelihood by Newton's steps, which equals evalica 0.4.2's `newman` (whose v is half of this one), with
//! standard errors that allow for games of one cluster depending on each other (the sandwich; Liang and Zeger 1986).

use super::bradley_terry::{RankingError, Strengths};
use super::newton;
use super::pcg64::Pcg64;
use super::percentile_interval;
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// How a game of two ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The first won.
    First,
    /// The second won.
    Second,
    /// Neither.
    Tie,
}

/// A game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Game {
    /// The places of the two.
    pub items: [usize; 2],
    /// How it ended.
    pub outcome: Outcome,
    /// What other games it may depend on: those of the same number.
    pub cluster: usize,
}

/// Strengths with the readiness to tie.
#[derive(Debug, Clone, PartialEq)]
pub struct Davidson {
    /// The strengths; their covariance is that over clusters.
    pub strengths: Strengths,
    /// Davidson's v: the odds of a tie between equals against a win of one of them; 0 where none tied.
    pub tie: f64,
}

/// The strengths of that many `items` by their games. A `penalty` above 0 takes that times the strengths' squares from
/// the log-likelihood, so that they are bounded whatever the games.
///
/// # Errors
/// When there are fewer than two items, or a strength has no bound.
pub fn davidson(items: usize, games: &[Game], penalty: f64) -> Result<Davidson, RankingError> {
    let is_known = |g: &Game| g.items.iter().all(|i| *i < items) && g.items[0] != g.items[1];
    if items < 2 || games.is_empty() || !games.iter().all(is_known) {
        return Err(RankingError::Shape);
    }
    let model = Model {
        items,
        games,
        penalty: penalty.max(0.0),
        has_ties: games.iter().any(|g| g.outcome == Outcome::Tie),
    };
    let peak = model.peak().ok_or(RankingError::Unbounded)?;
    let covariance = model.covariance(&peak).ok_or(RankingError::Unbounded)?;
    let rows = (0..items).map(|i| (0..items).map(|j| covariance[(i, j)]).collect());
    Ok(Davidson {
        strengths: Strengths {
            values: peak.iter().take(items).copied().collect(),
            standard_errors: (0..items)
                .map(|i| covariance[(i, i)].max(0.0).sqrt())
                .collect(),
            covariance: rows.collect(),
        },
        tie: if model.has_ties {
            peak[items].exp()
        } else {
            0.0
        },
    })
}

/// The part of resamples that may have no strengths (somebody lost no game in them) before there are no intervals.
const UNBOUNDED: f64 = 0.05;

/// 95 % intervals of the strengths from a bootstrap: clusters are drawn, and the strengths fitted anew. Nothing where
/// there are fewer than two clusters, or where more than 5 % of the resamples give a strength without a bound.
#[must_use]
pub fn bootstrap_intervals(
    items: usize,
    games: &[Game],
    samples: usize,
    seed: u64,
) -> Option<Vec<[f64; 2]>> {
    let mut clusters: BTreeMap<usize, Vec<Game>> = BTreeMap::new();
    for game in games {
        clusters.entry(game.cluster).or_default().push(*game);
    }
    let clusters: Vec<Vec<Game>> = clusters.into_values().collect();
    if clusters.len() < 2 {
        return None;
    }
    let mut rng = Pcg64::new(seed);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(samples); items];
    for _ in 0..samples {
        let draws = (0..clusters.len()).map(|_| rng.below(clusters.len() as u32) as usize);
        let games: Vec<Game> = draws.flat_map(|c| clusters[c].iter().copied()).collect();
        let model = Model {
            items,
            games: &games,
            penalty: 0.0,
            has_ties: games.iter().any(|g| g.outcome == Outcome::Tie),
        };
        for (values, value) in drawn.iter_mut().zip(model.peak().iter().flatten()) {
            values.push(*value);
        }
    }
    let fewest = (samples as f64 * (1.0 - UNBOUNDED)).ceil() as usize;
    let interval = |values: Vec<f64>| {
        let found = percentile_interval(values)?;
        Some([found.low, found.high])
    };
    let enough = drawn.iter().all(|values| values.len() >= fewest.max(1));
    enough.then(|| drawn.into_iter().map(interval).collect())?
}

struct Model<'a> {
    items: usize,
    games: &'a [Game],
    penalty: f64,
    has_ties: bool,
}

/// What a game says at some strengths: the first's, the second's and the tie's share of the slope, and how they
/// curve.
struct Slope {
    gradient: [f64; 3],
    curvature: [[f64; 3]; 3],
}

impl Model<'_> {
    /// The strengths, and where there are ties the logarithm of their odds.
    fn parameters(&self) -> usize {
        self.items + usize::from(self.has_ties)
    }

    /// The parameters that a game is about: of the two items, and of the tie.
    fn places(&self, game: &Game) -> [Option<usize>; 3] {
        let tie = self.has_ties.then_some(self.items);
        [Some(game.items[0]), Some(game.items[1]), tie]
    }

    /// Each outcome is a vector of what it adds to its logarithm: the slope is that of the outcome less the mean, the
    /// curvature their covariance.
    fn slope(&self, game: &Game, at: &DVector<f64>) -> Slope {
        let (first, second) = (at[game.items[0]], at[game.items[1]]);
        let middle = (first + second) / 2.0;
        let tie = if self.has_ties {
            middle + at[self.items]
        } else {
            f64::NEG_INFINITY
        };
        let most = first.max(second).max(tie);
        let weights = [first, second, tie].map(|x| (x - most).exp());
        let total: f64 = weights.iter().sum();
        let p = weights.map(|w| w / total);
        let adds = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.5, 0.5, 1.0]];
        let mean: [f64; 3] = std::array::from_fn(|k| (0..3).map(|o| p[o] * adds[o][k]).sum());
        let own = match game.outcome {
            Outcome::First => adds[0],
            Outcome::Second => adds[1],
            Outcome::Tie => adds[2],
        };
        let together = |k: usize, l: usize| {
            let products = (0..3).map(|o| p[o] * adds[o][k] * adds[o][l]);
            products.sum::<f64>() - mean[k] * mean[l]
        };
        Slope {
            gradient: std::array::from_fn(|k| own[k] - mean[k]),
            curvature: std::array::from_fn(|k| std::array::from_fn(|l| together(k, l))),
        }
    }

    fn slopes(&self, at: &DVector<f64>) -> (DVector<f64>, DMatrix<f64>) {
        let n = self.parameters();
        let mut gradient = at * (-2.0 * self.penalty);
        let mut curvature = DMatrix::<f64>::identity(n, n) * (2.0 * self.penalty);
        for game in self.games {
            let slope = self.slope(game, at);
            let places = self.places(game);
            for (k, row) in places.iter().enumerate() {
                let Some(row) = *row else { continue };
                gradient[row] += slope.gradient[k];
                for (l, column) in places.iter().enumerate() {
                    let Some(column) = *column else { continue };
                    curvature[(row, column)] += slope.curvature[k][l];
                }
            }
        }
        (gradient, curvature)
    }

    fn peak(&self) -> Option<DVector<f64>> {
        newton::peak(self.parameters(), self.items, |at| self.slopes(at))
    }

    /// The sandwich over clusters; by the curvature alone where there are fewer than two of them, or where a penalty
    /// holds strengths that the games leave open.
    fn covariance(&self, at: &DVector<f64>) -> Option<DMatrix<f64>> {
        let (_, curvature) = self.slopes(at);
        let inverse = newton::inverted(&curvature, self.items)?;
        // The slope of each cluster; it is about few of many items.
        let mut sums: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
        for game in self.games {
            let sum = sums.entry(game.cluster).or_default();
            let slope = self.slope(game, at);
            for (k, place) in self.places(game).into_iter().enumerate() {
                if let Some(place) = place {
                    *sum.entry(place).or_default() += slope.gradient[k];
                }
            }
        }
        let clusters = sums.len() as f64;
        if clusters < 2.0 || self.penalty > 0.0 {
            return Some(inverse);
        }
        let n = self.parameters();
        let mut meat = DMatrix::<f64>::zeros(n, n);
        for sum in sums.values() {
            for (row, a) in sum {
                for (column, b) in sum {
                    meat[(*row, *column)] += a * b;
                }
            }
        }
        Some(&inverse * meat * &inverse * (clusters / (clusters - 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn games(counts: [usize; 3]) -> Vec<Game> {
        let outcomes = [Outcome::First, Outcome::Second, Outcome::Tie];
        let each = outcomes.into_iter().zip(counts);
        let all = each.flat_map(|(outcome, n)| vec![outcome; n]);
        let game = |(cluster, outcome)| Game {
            items: [0, 1],
            outcome,
            cluster,
        };
        all.enumerate().map(game).collect()
    }

    #[test]
    fn two_items_fit_their_outcomes_exactly() {
        let found = davidson(2, &games([40, 10, 30]), 0.0).unwrap();
        let apart = found.strengths.values[0] - found.strengths.values[1];
        assert!((apart - 4f64.ln()).abs() < 1e-9);
        // Ties over the root of the product of wins.
        assert!((found.tie - 30.0 / 20.0).abs() < 1e-9);
    }

    #[test]
    fn without_ties_it_is_bradley_and_terrys_model() {
        let found = davidson(2, &games([30, 10, 0]), 0.0).unwrap();
        let apart = found.strengths.values[0] - found.strengths.values[1];
        assert!((apart - 3f64.ln()).abs() < 1e-9);
        assert_eq!(found.tie, 0.0);
        // A logit's error, with the factor for 40 clusters.
        let expected = ((1.0 / 30.0 + 1.0 / 10.0) * 40.0 / 39.0f64).sqrt();
        assert!((found.strengths.difference_error(0, 1) - expected).abs() < 1e-9);
    }

    #[test]
    fn games_of_one_cluster_widen_the_errors() {
        let apart = games([30, 20, 10]);
        let mut together = apart.clone();
        for game in &mut together {
            game.cluster /= 5;
        }
        let error = |g: &[Game]| {
            davidson(2, g, 0.0)
                .unwrap()
                .strengths
                .difference_error(0, 1)
        };
        assert!(error(&together) > 1.5 * error(&apart));
    }

    #[test]
    fn who_never_loses_has_no_bound_without_a_penalty() {
        assert_eq!(
            davidson(2, &games([5, 0, 3]), 0.0),
            Err(RankingError::Unbounded)
        );
        assert_eq!(
            davidson(2, &games([0, 0, 3]), 0.0),
            Err(RankingError::Unbounded)
        );
        for counts in [[5, 0, 3], [0, 0, 3], [5, 0, 0]] {
            let found = davidson(2, &games(counts), 0.1).unwrap();
            assert!(found.strengths.values[0] >= found.strengths.values[1]);
        }
        assert_eq!(davidson(1, &[], 0.1), Err(RankingError::Shape));
    }
}
