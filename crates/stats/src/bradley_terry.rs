//! Strengths from pairwise comparisons (Bradley and Terry 1952): item i beats item j with the
//! probability 1 / (1 + exp(b_j - b_i)). The greatest likelihood by Newton's steps, which equals choix
//! 0.4.1 and a binomial regression in statsmodels 0.15.0 on the same wins.

use super::newton::inverted;
use nalgebra::{DMatrix, DVector};

/// Newton's steps; the likelihood has one peak and few are needed.
const STEPS: usize = 100;
/// What the last step may still move.
const CLOSE: f64 = 1e-12;

/// Why there are no strengths.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RankingError {
    /// Fewer than two items, or a table that is not square.
    #[error("a ranking needs two items or more, and a win count for each pair")]
    Shape,
    /// A count below 0 or no number.
    #[error("the wins of item {first} over item {second} are no count")]
    Count {
        /// The item that won.
        first: usize,
        /// The item that lost.
        second: usize,
    },
    /// Some items never lost to, or were never compared with, the others: their strength has no bound.
    #[error(
        "the items do not beat each other in a circle, so that some strength has no bound; gather more comparisons, or give a penalty"
    )]
    Unbounded,
}

/// The strengths of some items.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Strengths {
    /// On the scale of natural logarithms, their mean 0.
    pub values: Vec<f64>,
    /// The standard error of each.
    pub standard_errors: Vec<f64>,
    /// The covariance of the strengths, a row for each.
    pub covariance: Vec<Vec<f64>>,
}

impl Strengths {
    /// Strengths at the likelihood's peak, with what its curvature there says of their errors.
    pub(super) fn of(b: &DVector<f64>, curvature: &DMatrix<f64>) -> Option<Self> {
        let covariance = inverted(curvature, b.len())?;
        let n = b.len();
        Some(Self {
            values: b.iter().copied().collect(),
            standard_errors: (0..n).map(|i| covariance[(i, i)].max(0.0).sqrt()).collect(),
            covariance: (0..n)
                .map(|i| (0..n).map(|j| covariance[(i, j)]).collect())
                .collect(),
        })
    }

    /// The same on Elo's scale, with the mean 1000.
    pub fn elo(&self) -> Vec<f64> {
        let scale = 400.0 / std::f64::consts::LN_10;
        self.values.iter().map(|b| 1000.0 + scale * b).collect()
    }

    /// The standard error of the difference of two.
    pub fn difference_error(&self, first: usize, second: usize) -> f64 {
        let c = &self.covariance;
        (c[first][first] + c[second][second] - 2.0 * c[first][second])
            .max(0.0)
            .sqrt()
    }
}

/// The strengths by `wins`: a row for each item, how often it beat each. A `penalty` above 0 takes
/// that times the strengths' squares from the log-likelihood, so that they are bounded whatever the
/// wins.
///
/// # Errors
/// When the table is none, or a strength has no bound.
pub fn bradley_terry(wins: &[Vec<f64>], penalty: f64) -> Result<Strengths, RankingError> {
    check(wins)?;
    let penalty = penalty.max(0.0);
    if penalty == 0.0 && !is_bounded(wins) {
        return Err(RankingError::Unbounded);
    }
    let n = wins.len();
    let mut b = DVector::<f64>::zeros(n);
    for _ in 0..STEPS {
        let (gradient, curvature) = slopes(wins, &b, penalty);
        let inverse = inverted(&curvature, n).ok_or(RankingError::Unbounded)?;
        let mut step = inverse * gradient;
        // A step that is too long would overshoot where the likelihood is flat.
        let longest = step.amax();
        if longest > 2.0 {
            step *= 2.0 / longest;
        }
        b += &step;
        if longest < CLOSE {
            break;
        }
    }
    b.add_scalar_mut(-b.mean());
    let (_, curvature) = slopes(wins, &b, penalty);
    Strengths::of(&b, &curvature).ok_or(RankingError::Unbounded)
}

/// Elo's ratings after one game after another, from 1000. A game is two items and the first one's part
/// of the win (1, 0, or one half of a tie), and moves both by at most `k`. The order of games matters,
/// which is why strengths of the greatest likelihood are shown beside it.
#[must_use]
pub fn online_elo(items: usize, games: &[(usize, usize, f64)], k: f64) -> Vec<f64> {
    let mut ratings = vec![1000.0; items];
    for &(first, second, won) in games {
        let expected = 1.0 / (1.0 + 10f64.powf((ratings[second] - ratings[first]) / 400.0));
        ratings[first] += k * (won - expected);
        ratings[second] -= k * (won - expected);
    }
    ratings
}

fn check(wins: &[Vec<f64>]) -> Result<(), RankingError> {
    let n = wins.len();
    if n < 2 || wins.iter().any(|row| row.len() != n) {
        return Err(RankingError::Shape);
    }
    for (first, row) in wins.iter().enumerate() {
        for (second, count) in row.iter().enumerate() {
            if !(count.is_finite() && *count >= 0.0) {
                return Err(RankingError::Count { first, second });
            }
        }
    }
    Ok(())
}

/// Whether every item is beaten, over others, by every other (Ford 1957).
pub(super) fn is_bounded(wins: &[Vec<f64>]) -> bool {
    let n = wins.len();
    let all_reached = |beats: &dyn Fn(usize, usize) -> bool| {
        let (mut seen, mut waiting) = (vec![false; n], vec![0]);
        seen[0] = true;
        while let Some(item) = waiting.pop() {
            for (other, seen) in seen.iter_mut().enumerate() {
                if !*seen && beats(item, other) {
                    *seen = true;
                    waiting.push(other);
                }
            }
        }
        seen.into_iter().all(|s| s)
    };
    all_reached(&|a, b| wins[a][b] > 0.0) && all_reached(&|a, b| wins[b][a] > 0.0)
}

/// The log-likelihood's slope, and its curvature with the sign turned.
fn slopes(wins: &[Vec<f64>], b: &DVector<f64>, penalty: f64) -> (DVector<f64>, DMatrix<f64>) {
    let n = wins.len();
    let mut gradient = b * (-2.0 * penalty);
    let mut curvature = DMatrix::<f64>::identity(n, n) * (2.0 * penalty);
    for i in 0..n {
        for j in (0..n).filter(|&j| j != i) {
            let both = wins[i][j] + wins[j][i];
            let p = 1.0 / (1.0 + (b[j] - b[i]).exp());
            gradient[i] += wins[i][j] - both * p;
            let weight = both * p * (1.0 - p);
            curvature[(i, i)] += weight;
            curvature[(i, j)] -= weight;
        }
    }
    (gradient, curvature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_items_have_the_log_odds_of_their_wins() {
        let found = bradley_terry(&[vec![0.0, 30.0], vec![10.0, 0.0]], 0.0).unwrap();
        assert!((found.values[0] - found.values[1] - 3f64.ln()).abs() < 1e-10);
        // The variance of a logit: one over each count.
        let expected = (1.0f64 / 30.0 + 1.0 / 10.0).sqrt();
        assert!((found.difference_error(0, 1) - expected).abs() < 1e-10);
    }

    #[test]
    fn separated_items_are_an_error_without_a_penalty() {
        let wins = [vec![0.0, 5.0], vec![0.0, 0.0]];
        assert_eq!(bradley_terry(&wins, 0.0), Err(RankingError::Unbounded));
        let found = bradley_terry(&wins, 0.1).unwrap();
        assert!(found.values[0] > found.values[1] && found.values[0].is_finite());
        assert_eq!(bradley_terry(&[], 0.0), Err(RankingError::Shape));
        let bad = [vec![0.0, f64::NAN], vec![1.0, 0.0]];
        let error = Err(RankingError::Count {
            first: 0,
            second: 1,
        });
        assert_eq!(bradley_terry(&bad, 0.0), error);
    }

    proptest! {
        #[test]
        fn expected_wins_equal_observed_wins_and_order_does_not_matter(
            counts in proptest::collection::vec(1u8..30, 16))
        {
            let wins: Vec<Vec<f64>> = (0..4)
                .map(|i| (0..4).map(|j| if i == j { 0.0 } else { f64::from(counts[4 * i + j]) }).collect())
                .collect();
            let found = bradley_terry(&wins, 0.0).unwrap();
            for (i, row) in wins.iter().enumerate() {
                let expected: f64 = (0..4).filter(|&j| j != i).map(|j| {
                    let p = 1.0 / (1.0 + (found.values[j] - found.values[i]).exp());
                    (wins[i][j] + wins[j][i]) * p
                }).sum();
                prop_assert!((expected - row.iter().sum::<f64>()).abs() < 1e-7);
            }
            let turned: Vec<Vec<f64>> = (0..4).map(|i| (0..4).map(|j| wins[3 - i][3 - j]).collect()).collect();
            let other = bradley_terry(&turned, 0.0).unwrap();
            for i in 0..4 {
                prop_assert!((found.values[i] - other.values[3 - i]).abs() < 1e-9);
            }
        }
    }
}
