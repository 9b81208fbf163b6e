//! Strengths from pairwise comparisons, with what sways the choice held equal: item i beats item j with the probability
//! 1 / (1 + exp(b_j - b_i - g x)), where x says by how much the two outputs differ in length and style and g how much that
//! counts (Chiang and others 2024, "style control"; the length term of AlpacaEval 2, Dubois and others 2024). A tie is half
//! a win. The greatest likelihood by Newton's steps, which equals arena-rank 0.1.1's `ContextualBradleyTerry`; standard
//! errors allow for games of one cluster depending on each other (Liang and Zeger 1986).

use super::bradley_terry::{RankingError, Strengths};
use super::newton;
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// A comparison with what differs between the two.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlledGame {
    /// The places of the two.
    pub items: [usize; 2],
    /// 1 where the first won, 0 where the second did, a half for a tie.
    pub won: f64,
    /// By how much the first exceeds the second in each feature; as many in every game.
    pub features: Vec<f64>,
    /// What other games it may depend on: those of the same number.
    pub cluster: usize,
}

/// Strengths with all features held equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Controlled {
    /// The strengths; their covariance is that over clusters.
    pub strengths: Strengths,
    /// What one unit of each feature adds to the log-odds.
    pub effects: Vec<f64>,
    /// The standard error of each.
    pub effect_errors: Vec<f64>,
}

/// The strengths of that many `items`. The ridge takes half of that times the effects' squares from the mean
/// log-likelihood of a game.
///
/// # Errors
/// When there are fewer than two items, games of other shapes, or a strength or an effect has no bound.
pub fn controlled(
    items: usize,
    games: &[ControlledGame],
    ridge: f64,
) -> Result<Controlled, RankingError> {
    let features = games.first().map_or(0, |game| game.features.len());
    let is_known = |game: &ControlledGame| {
        let [first, second] = game.items;
        first < items && second < items && first != second && game.features.len() == features
    };
    if items < 2 || games.is_empty() || !games.iter().all(is_known) {
        return Err(RankingError::Shape);
    }
    let model = Model {
        items,
        features,
        games,
        ridge: ridge.max(0.0) * games.len() as f64,
    };
    let peak = model.peak().ok_or(RankingError::Unbounded)?;
    let covariance = model.covariance(&peak).ok_or(RankingError::Unbounded)?;
    let error = |i: usize| covariance[(i, i)].max(0.0).sqrt();
    let rows = (0..items).map(|i| (0..items).map(|j| covariance[(i, j)]).collect());
    Ok(Controlled {
        strengths: Strengths {
            values: peak.iter().take(items).copied().collect(),
            standard_errors: (0..items).map(error).collect(),
            covariance: rows.collect(),
        },
        effects: peak.iter().skip(items).copied().collect(),
        effect_errors: (items..items + features).map(error).collect(),
    })
}

struct Model<'a> {
    items: usize,
    features: usize,
    games: &'a [ControlledGame],
    ridge: f64,
}

impl Model<'_> {
    /// The parameters that a game is about, each with its factor.
    fn terms<'g>(
        &self,
        game: &'g ControlledGame,
    ) -> impl Iterator<Item = (usize, f64)> + Clone + 'g {
        let items = self.items;
        let features = game.features.iter().enumerate();
        let features = features.map(move |(k, x)| (items + k, *x));
        [(game.items[0], 1.0), (game.items[1], -1.0)]
            .into_iter()
            .chain(features)
    }

    /// The probability that the first wins.
    fn probability(&self, game: &ControlledGame, at: &DVector<f64>) -> f64 {
        let odds: f64 = self.terms(game).map(|(k, x)| x * at[k]).sum();
        1.0 / (1.0 + (-odds).exp())
    }

    fn slopes(&self, at: &DVector<f64>) -> (DVector<f64>, DMatrix<f64>) {
        let n = self.items + self.features;
        let mut gradient = DVector::<f64>::zeros(n);
        let mut curvature = DMatrix::<f64>::zeros(n, n);
        for k in self.items..n {
            gradient[k] = -self.ridge * at[k];
            curvature[(k, k)] = self.ridge;
        }
        for game in self.games {
            let p = self.probability(game, at);
            for (row, x) in self.terms(game) {
                gradient[row] += (game.won - p) * x;
                for (column, y) in self.terms(game) {
                    curvature[(row, column)] += p * (1.0 - p) * x * y;
                }
            }
        }
        (gradient, curvature)
    }

    fn peak(&self) -> Option<DVector<f64>> {
        newton::peak(self.items + self.features, self.items, |at| self.slopes(at))
    }

    /// The sandwich over clusters; by the curvature alone where there are fewer than two of them.
    fn covariance(&self, at: &DVector<f64>) -> Option<DMatrix<f64>> {
        let (_, curvature) = self.slopes(at);
        let inverse = newton::inverted(&curvature, self.items)?;
        let mut sums: BTreeMap<usize, DVector<f64>> = BTreeMap::new();
        let n = self.items + self.features;
        for game in self.games {
            let rest = game.won - self.probability(game, at);
            let sum = sums
                .entry(game.cluster)
                .or_insert_with(|| DVector::zeros(n));
            for (k, x) in self.terms(game) {
                sum[k] += rest * x;
            }
        }
        let clusters = sums.len() as f64;
        if clusters < 2.0 {
            return Some(inverse);
        }
        let mut meat = DMatrix::<f64>::zeros(n, n);
        for sum in sums.values() {
            meat += sum * sum.transpose();
        }
        Some(&inverse * meat * &inverse * (clusters / (clusters - 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The longer one wins whatever it is, and the second system is longer.
    fn games() -> Vec<ControlledGame> {
        let game = |i: usize| {
            let longer = if i.is_multiple_of(4) { 1.0 } else { -1.0 };
            let by_length = if i.is_multiple_of(5) { -longer } else { longer };
            ControlledGame {
                items: [0, 1],
                won: f64::from(u8::from(by_length > 0.0)),
                features: vec![longer],
                cluster: i,
            }
        };
        (0..200).map(game).collect()
    }

    #[test]
    fn a_lead_by_length_alone_goes_away_with_equal_lengths() {
        let plain: Vec<ControlledGame> = games()
            .into_iter()
            .map(|game| ControlledGame {
                features: Vec::new(),
                ..game
            })
            .collect();
        let apart = |found: &Controlled| found.strengths.values[1] - found.strengths.values[0];
        let raw = controlled(2, &plain, 0.0).unwrap();
        let held = controlled(2, &games(), 0.0).unwrap();
        assert!(apart(&raw) > 0.5, "{}", apart(&raw));
        assert!(apart(&held).abs() < 0.1, "{}", apart(&held));
        assert!((held.effects[0] - 4f64.ln()).abs() < 0.1);
    }

    #[test]
    fn games_of_other_shapes_and_without_a_bound_are_refused() {
        assert_eq!(controlled(2, &[], 0.0), Err(RankingError::Shape));
        let mut uneven = games();
        uneven[3].features.push(1.0);
        assert_eq!(controlled(2, &uneven, 0.0), Err(RankingError::Shape));
        let mut sure = games();
        sure.iter_mut().for_each(|game| game.won = 1.0);
        assert_eq!(controlled(2, &sure, 0.0), Err(RankingError::Unbounded));
    }
}
